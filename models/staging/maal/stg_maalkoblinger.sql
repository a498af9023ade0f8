with

kilde as (
    select * from {{ ref('maalkoblinger') }}
),

typet as (
    select
        virksomhet_id,
        gjelder_aar,
        kapittel,
        post,
        del,
        maal_nr,
        sp_nr,
        grunnlag,
        dokument_id,
        sted
    from kilde
)

select * from typet
