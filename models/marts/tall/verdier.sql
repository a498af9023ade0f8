with

verdier as (
    select * from {{ ref('stg_verdier') }}
),

serier as (
    select * from {{ ref('stg_serier') }}
),

-- a place can be in two files of one document
plasseringer as (
    select distinct
        dokument_id,
        sted,
        plassering
    from {{ ref('stg_steder') }}
),

kontrollert as (
    select
        serie_id,
        verdi_aar,
        count(distinct kontroll_id) as antall_kontroller
    from {{ ref('int_kontrollgrunnlag') }}
    -- that one figure is higher than another, or than a limit, leaves it free to be wrong
    where regel_id not in ('del', 'retning', 'grense')
    group by
        serie_id,
        verdi_aar
),

alle as (
    select
        verdier.serie_id || '-' || cast(verdier.aar as {{ dbt.type_string() }}) as verdi_id,
        verdier.serie_id,
        serier.virksomhet_id,
        serier.omraade,
        serier.omraadenavn,
        serier.dokument_id,
        serier.sted,
        plasseringer.plassering,
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
        verdier.tilnaermet,
        verdier.trykt,
        coalesce(verdier.fotnote, serier.merknad) as fotnote,
        cast(coalesce(kontrollert.antall_kontroller, 0) as integer) as antall_kontroller
    from verdier
    inner join serier
        on verdier.serie_id = serier.serie_id
    inner join plasseringer
        on
            serier.dokument_id = plasseringer.dokument_id
            and serier.sted = plasseringer.sted
    left join kontrollert
        on
            verdier.serie_id = kontrollert.serie_id
            and verdier.aar = kontrollert.verdi_aar
)

select * from alle
order by dokument_id, sted, serie_id, aar
