with

kilde as (
    select * from {{ ref('oppdragsfrister') }}
),

typet as (
    select
        virksomhet_id,
        oppdrag_nr,
        del,
        dokument_id,
        sted,
        fristtype,
        frist,
        frist_trykt,
        endring
    from kilde
)

select * from typet
