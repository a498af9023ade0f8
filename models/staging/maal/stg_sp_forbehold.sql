with

kilde as (
    select * from {{ ref('sp_forbehold') }}
),

typet as (
    select
        virksomhet_id,
        gjelder_aar,
        sp_nr,
        forbehold,
        dokument_id,
        sted
    from kilde
)

select * from typet
