{#
    One value per indicator, group and year, in the indicator's own unit: the preferred series,
    corrected where a known misprint has been judged.
#}
with

foretrukne as (
    select * from {{ ref('int_foretrukne_tall') }}
),

indikatorer as (
    select * from {{ ref('stg_indikatordefinisjoner') }}
),

enheter as (
    select * from {{ ref('stg_enheter') }}
),

rettelser as (
    select * from {{ ref('stg_avviksvurdering') }}
    where rettet_serie_id is not null
),

seriebrudd as (
    select * from {{ ref('stg_seriebrudd') }}
),

verdier as (
    select
        foretrukne.virksomhet_id,
        foretrukne.indikator_id,
        indikatorer.indikator,
        foretrukne.aar,
        foretrukne.gruppe,
        foretrukne.kapittel,
        foretrukne.post,
        cast(coalesce(
            rettelser.rettet_verdi * seriens_enhet.faktor / enheter.faktor,
            foretrukne.grunnverdi / enheter.faktor
        ) as decimal(18, 3)) as verdi,
        indikatorer.enhet,
        foretrukne.status,
        seriebrudd.indikator_id is not null as brudd,
        rettelser.kontroll_id is not null as korrigert,
        foretrukne.serie_id,
        foretrukne.dokument_id,
        foretrukne.sted
    from foretrukne
    inner join indikatorer
        on foretrukne.indikator_id = indikatorer.indikator_id
    inner join enheter
        on indikatorer.enhet = enheter.enhet
    -- a correction is written in the unit that its series is printed in
    inner join enheter as seriens_enhet
        on foretrukne.enhet = seriens_enhet.enhet
    left join rettelser
        on
            foretrukne.serie_id = rettelser.rettet_serie_id
            and foretrukne.aar = rettelser.aar
    left join seriebrudd
        on
            foretrukne.virksomhet_id = seriebrudd.virksomhet_id
            and foretrukne.indikator_id = seriebrudd.indikator_id
            and foretrukne.gruppe = seriebrudd.gruppe
            and foretrukne.aar = seriebrudd.brudd_aar
)

select * from verdier
