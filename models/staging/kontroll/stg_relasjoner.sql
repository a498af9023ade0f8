with

kilde as (
    select * from {{ ref('relasjoner') }}
),

typet as (
    select
        relasjon_id,
        type,
        resultat_serie_id,
        fra_aar,
        til_aar,
        beskrivelse
    from kilde
)

select * from typet
