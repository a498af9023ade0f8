with

kilde as (
    select * from {{ ref('styringsparametere') }}
),

typet as (
    select
        virksomhet_id,
        gjelder_aar,
        sp_nr,
        maal_nr,
        sp,
        dokument_id,
        sted
    from kilde
)

select * from typet
