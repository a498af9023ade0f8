with

kilde as (
    select * from {{ ref('trykte_endringer') }}
),

typet as (
    select
        serie_id,
        indikator_id,
        gruppe,
        fortegn,
        aar_forskyvning
    from kilde
)

select * from typet
