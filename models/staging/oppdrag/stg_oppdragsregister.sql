with

kilde as (
    select * from {{ ref('oppdragsregister') }}
),

typet as (
    select
        oppdrag_nr,
        virksomhet_id,
        type,
        gitt_dokument_id
    from kilde
)

select * from typet
