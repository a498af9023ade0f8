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
        til_linje,
        tittel_fra_aar,
        tittel_til_aar
    from kilde
)

select * from typet
