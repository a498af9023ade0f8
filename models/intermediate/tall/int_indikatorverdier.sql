{#
    One value per indicator, group and year, in the indicator's own unit: the preferred series, corrected where a known
    misprint has been judged, with what rounding can hide, the cohort it is for, and the break that it comes after.
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
        case when indikatorer.er_kohort then foretrukne.aar end as kohort_aar,
        case
            when indikatorer.er_kohort then foretrukne.aar + indikatorer.maales_etter_aar
            else foretrukne.aar
        end as maalt_aar,
        foretrukne.gruppe,
        foretrukne.kapittel,
        foretrukne.post,
        cast(coalesce(
            rettelser.rettet_verdi * seriens_enhet.faktor / enheter.faktor,
            foretrukne.grunnverdi / enheter.faktor
        ) as decimal(18, 3)) as verdi,
        indikatorer.enhet,
        cast(
            greatest(foretrukne.slingring_ned, foretrukne.slingring_opp) / enheter.faktor as decimal(18, 3)
        ) as slingring,
        foretrukne.tilnaermet,
        foretrukne.status,
        seriebrudd.indikator_id is not null as brudd,
        seriebrudd.arsak as bruddgrunn,
        seriebrudd.dokument_id as brudd_dokument_id,
        seriebrudd.sted as brudd_sted,
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
),

-- where the group that came in with a break is printed for itself, the series goes on without it
uten_tilkommet as (
    select
        verdier.virksomhet_id,
        verdier.indikator_id,
        verdier.gruppe,
        verdier.aar,
        seriebrudd.tilkommet_gruppe,
        case
            when verdier.aar < seriebrudd.brudd_aar then verdier.verdi
            else cast(verdier.verdi - tilkommet.verdi as decimal(18, 3))
        end as verdi_uten_tilkommet
    from verdier
    inner join seriebrudd
        on
            verdier.virksomhet_id = seriebrudd.virksomhet_id
            and verdier.indikator_id = seriebrudd.indikator_id
            and verdier.gruppe = seriebrudd.gruppe
            and seriebrudd.tilkommet_gruppe is not null
    left join verdier as tilkommet
        on
            seriebrudd.virksomhet_id = tilkommet.virksomhet_id
            and seriebrudd.indikator_id = tilkommet.indikator_id
            and seriebrudd.tilkommet_gruppe = tilkommet.gruppe
            and verdier.aar = tilkommet.aar
)

select
    verdier.*,
    uten_tilkommet.tilkommet_gruppe,
    uten_tilkommet.verdi_uten_tilkommet
from verdier
left join uten_tilkommet
    on
        verdier.virksomhet_id = uten_tilkommet.virksomhet_id
        and verdier.indikator_id = uten_tilkommet.indikator_id
        and verdier.gruppe = uten_tilkommet.gruppe
        and verdier.aar = uten_tilkommet.aar
