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
        slingring,
        minst,
        hoyst
    from kilde
)

select * from typet
