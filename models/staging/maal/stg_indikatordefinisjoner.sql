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
        maaletidspunkt,
        kilde,
        er_kohort,
        maales_etter_aar
    from kilde
)

select * from typet
