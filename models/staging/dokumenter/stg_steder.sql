with

kilde as (
    select * from {{ ref('steder') }}
),

typet as (
    select
        dokument_id,
        sted,
        fil,
        fra_linje,
        til_linje
    from kilde
)

select * from typet
