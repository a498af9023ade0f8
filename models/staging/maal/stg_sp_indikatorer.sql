with

kilde as (
    select * from {{ ref('sp_indikatorer') }}
),

typet as (
    select
        gjelder_aar,
        sp_nr,
        indikator_id,
        gruppe
    from kilde
)

select * from typet
