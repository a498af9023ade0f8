with

kilde as (
    select * from {{ ref('maal') }}
),

typet as (
    select
        virksomhet_id,
        gjelder_aar,
        maal_nr,
        maal,
        dokument_id,
        sted
    from kilde
)

select * from typet
