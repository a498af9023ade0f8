with

kilde as (
    select * from {{ ref('oppdragsomtaler') }}
),

typet as (
    select
        virksomhet_id,
        oppdrag_nr,
        dokument_id,
        sted,
        hendelse,
        trykt_nr,
        tittel,
        maal_nr
    from kilde
)

select * from typet
