with

kilde as (
    select * from {{ ref('indikatordefinisjoner') }}
),

typet as (
    select
        indikator_id,
        indikator,
        definisjon,
        enhet,
        retning,
        populasjon,
        maaletidspunkt
    from kilde
)

select * from typet
