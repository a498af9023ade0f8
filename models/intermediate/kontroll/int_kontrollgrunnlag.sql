{#
    Which printed figures each evaluated control rests on: the result and the terms of a relation, both sides of a
    samsvar, the figure that its unit does not allow.
#}
with

kontroller as (
    select * from {{ ref('int_kontroller') }}
),

ledd as (
    select * from {{ ref('int_relasjonsledd') }}
),

tall as (
    select * from {{ ref('int_tall') }}
),

serier as (
    select * from {{ ref('stg_serier') }}
),

foretrukne as (
    select * from {{ ref('int_foretrukne_tall') }}
),

resultater as (
    select distinct
        {{ relasjonskontroll_id() }} as kontroll_id,
        aar,
        resultat_serie_id as serie_id,
        aar as verdi_aar,
        'resultat' as rolle
    from ledd
),

samlet_vekt as (
    select
        relasjon_id,
        aar,
        sum(vekt) as vekt
    from ledd
    where rolle = 'verdi'
    group by
        relasjon_id,
        aar
),

-- an average hardly moves with a group of less than a tenth, so that the group's own average is not controlled by it
leddene as (
    select distinct
        {{ relasjonskontroll_id('ledd') }} as kontroll_id,
        ledd.aar,
        ledd.ledd_serie_id as serie_id,
        ledd.ledd_aar as verdi_aar,
        ledd.rolle
    from ledd
    left join samlet_vekt
        on
            ledd.relasjon_id = samlet_vekt.relasjon_id
            and ledd.aar = samlet_vekt.aar
    where
        ledd.ledd_aar is not null
        and (ledd.rolle <> 'verdi' or ledd.vekt >= 0.1 * samlet_vekt.vekt)
),

samsvar as (
    select
        {{ samsvarskontroll_id('tall') }} as kontroll_id,
        tall.aar,
        tall.serie_id,
        tall.aar as verdi_aar,
        'resultat' as rolle
    from tall

    union all

    select
        {{ samsvarskontroll_id('tall') }} as kontroll_id,
        tall.aar,
        foretrukne.serie_id,
        tall.aar as verdi_aar,
        'samsvar' as rolle
    from tall
    inner join foretrukne
        on
            tall.virksomhet_id = foretrukne.virksomhet_id
            and tall.indikator_id = foretrukne.indikator_id
            and tall.gruppe = foretrukne.gruppe
            and tall.aar = foretrukne.aar
),

grenser as (
    select
        {{ grensekontroll_id('tall') }} as kontroll_id,
        tall.aar,
        tall.serie_id,
        tall.aar as verdi_aar,
        'resultat' as rolle
    from tall
),

alle as (
    select * from resultater
    union all
    select * from leddene
    union all
    select * from samsvar
    union all
    select * from grenser
),

grunnlag as (
    select
        kontroller.kontroll_id,
        kontroller.virksomhet_id,
        kontroller.aar,
        kontroller.regel_id,
        serier.dokument_id,
        serier.sted,
        alle.serie_id,
        alle.verdi_aar,
        alle.rolle
    from kontroller
    inner join alle
        on
            kontroller.kontroll_id = alle.kontroll_id
            and kontroller.aar = alle.aar
    inner join serier
        on alle.serie_id = serier.serie_id
)

select * from grunnlag
