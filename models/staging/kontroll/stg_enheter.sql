with

kilde as (
    select * from {{ ref('enheter') }}
),

typet as (
    select
        enhet,
        grunnenhet,
        faktor,
        eksakt
    from kilde
)

select * from typet
