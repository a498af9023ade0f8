with

kilde as (
    select * from {{ ref('oppdragsleveranser') }}
),

typet as (
    select
        virksomhet_id,
        oppdrag_nr,
        del,
        levert_dato,
        dokument_id,
        sted,
        leveranse
    from kilde
)

select * from typet
