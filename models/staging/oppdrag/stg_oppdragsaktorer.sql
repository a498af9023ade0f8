with

kilde as (
    select * from {{ ref('oppdragsaktorer') }}
),

typet as (
    select
        virksomhet_id,
        oppdrag_nr,
        del,
        aktor,
        rolle,
        dokument_id,
        sted
    from kilde
)

select * from typet
