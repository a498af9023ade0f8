with

kilde as (
    select * from {{ ref('statistikktabeller') }}
),

typet as (
    select
        tabell,
        emne,
        utvalg,
        hvorfor
    from kilde
)

select * from typet
