with

kilde as (
    select * from {{ ref('relasjoner') }}
),

typet as (
    select
        relasjon_id,
        type,
        resultat_serie_id,
        beskrivelse
    from kilde
)

select * from typet
