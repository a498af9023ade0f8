with

kilde as (
    select * from {{ ref('enheter') }}
),

typet as (
    select
        enhet,
        grunnenhet,
        faktor,
        eksakt,
        slingring
    from kilde
)

select * from typet
