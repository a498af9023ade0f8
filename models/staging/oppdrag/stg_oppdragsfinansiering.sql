with

kilde as (
    select * from {{ ref('oppdragsfinansiering') }}
),

typet as (
    select
        virksomhet_id,
        oppdrag_nr,
        dokument_id,
        sted,
        finansiering,
        cast(belop as decimal(18, 3)) as belop,
        cast({{ desimaler("belop") }} as integer) as desimaler,
        enhet,
        kapittel,
        post
    from kilde
)

select * from typet
