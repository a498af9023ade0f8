with

kilde as (
    select * from {{ ref('relasjonsledd') }}
),

typet as (
    select
        relasjon_id,
        ledd_nr,
        serie_id,
        rolle,
        fortegn,
        aar_forskyvning
    from kilde
)

select * from typet
