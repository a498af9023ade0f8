with

kilde as (
    select * from {{ ref('dokumenter') }}
),

typet as (
    select
        dokument_id,
        virksomhet_id,
        tittel,
        type,
        avsender,
        mottaker,
        dato,
        tidligste_dato,
        gjelder_aar,
        rekkefolge,
        erstatter_dokument_id,
        url
    from kilde
)

select * from typet
