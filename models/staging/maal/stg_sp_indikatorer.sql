with

kilde as (
    select * from {{ ref('sp_indikatorer') }}
),

typet as (
    select
        virksomhet_id,
        gjelder_aar,
        sp_nr,
        nummer,
        indikator_id,
        gruppe,
        er_fordeling
    from kilde
)

select * from typet
