with

kilde as (
    select * from {{ ref('steder') }}
),

typet as (
    select
        dokument_id,
        sted,
        plassering,
        fil,
        fra_linje,
        til_linje,
        tittel_fra_aar,
        tittel_til_aar
    from kilde
)

select * from typet
