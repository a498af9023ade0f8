with

kilde as (
    select * from {{ ref('oppdragsaktorer') }}
),

typet as (
    select
        oppdrag_nr,
        del,
        aktor,
        rolle,
        dokument_id,
        sted
    from kilde
)

select * from typet
