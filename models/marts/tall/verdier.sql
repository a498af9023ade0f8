with

verdier as (
    select * from {{ ref('stg_verdier') }}
),

serier as (
    select * from {{ ref('stg_serier') }}
),

alle as (
    select
        verdier.serie_id || '-' || cast(verdier.aar as {{ dbt.type_string() }}) as verdi_id,
        verdier.serie_id,
        serier.virksomhet_id,
        serier.omraade,
        serier.dokument_id,
        serier.sted,
        serier.overrad,
        serier.rad,
        coalesce(serier.kolonne, cast(verdier.aar as {{ dbt.type_string() }})) as kolonne,
        verdier.aar,
        verdier.verdi,
        serier.enhet,
        verdier.desimaler,
        verdier.status,
        serier.indikator_id,
        coalesce(serier.gruppe, serier.kapittel || '/' || serier.post) as gruppe,
        serier.kapittel,
        serier.post,
        verdier.trykt,
        coalesce(verdier.fotnote, serier.merknad) as fotnote
    from verdier
    inner join serier
        on verdier.serie_id = serier.serie_id
)

select * from alle
order by dokument_id, sted, serie_id, aar
