with

kilde as (
    select * from {{ ref('kontrollregler') }}
),

typet as (
    select
        regel_id,
        nummer,
        kontrolltype,
        navn,
        gitt_at,
        naar,
        saa,
        toleranse,
        alvorlighet
    from kilde
)

select * from typet
