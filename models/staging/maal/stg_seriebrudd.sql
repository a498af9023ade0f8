with

kilde as (
    select * from {{ ref('seriebrudd') }}
),

typet as (
    select
        virksomhet_id,
        indikator_id,
        gruppe,
        brudd_aar,
        arsak,
        tilkommet_gruppe,
        dokument_id,
        sted
    from kilde
)

select * from typet
