{#
    Across documents and years: what the letters carry over against what the accounts allow, and
    the printed limit against the rule.
#}
with

hovedbok as (
    select * from {{ ref('int_hovedbok') }}
),

regnskap as (
    select * from {{ ref('int_regnskap_per_post') }}
),

overforing as (
    select * from {{ ref('int_overforing') }}
),

tall as (
    select * from {{ ref('int_foretrukne_tall') }}
    where indikator_id = 'maks_overforbart'
),

-- accounts that say for some post what may be carried over, say by silence that the others may carry nothing
aar_med_beregning as (
    select distinct
        virksomhet_id,
        budsjettaar
    from regnskap
    where mulig_overforing_kr is not null
),

overfort as (
    select
        'avstemming:overforing-' || hovedbok.dokument_id || '-' || hovedbok.kapittel || '-' || hovedbok.post
            as kontroll_id,
        hovedbok.virksomhet_id,
        'avstemming' as kontrolltype,
        'Beløpet brevet overfører på kap. ' || hovedbok.kapittel || ' post ' || hovedbok.post
        || ' er det regnskapet for året før gir adgang til' as beskrivelse,
        hovedbok.budsjettaar as aar,
        cast(hovedbok.belop_kr as decimal(24, 6)) as oppgitt,
        cast(coalesce(regnskap.mulig_overforing_kr, 0) as decimal(24, 6)) as beregnet,
        -- letters carry over in whole thousands
        cast(500 as decimal(24, 6)) as toleranse,
        'kr' as enhet,
        hovedbok.dokument_id,
        hovedbok.sted,
        'mulig overføring i regnskapet for ' || cast(hovedbok.budsjettaar - 1 as {{ dbt.type_string() }})
            as beregnet_fra
    from hovedbok
    inner join aar_med_beregning
        on
            hovedbok.virksomhet_id = aar_med_beregning.virksomhet_id
            and hovedbok.budsjettaar = aar_med_beregning.budsjettaar + 1
    left join regnskap
        on
            hovedbok.virksomhet_id = regnskap.virksomhet_id
            and hovedbok.budsjettaar = regnskap.budsjettaar + 1
            and hovedbok.kapittel = regnskap.kapittel
            and hovedbok.post = regnskap.post
    where hovedbok.type = 'overført fra i fjor'
),

grense as (
    select
        'avstemming:maks-overforbart-' || tall.dokument_id || '-' || overforing.kapittel || '-' || overforing.post
            as kontroll_id,
        overforing.virksomhet_id,
        'avstemming' as kontrolltype,
        'Oppgitt øvre grense for overføring på kap. ' || overforing.kapittel || ' post ' || overforing.post
        || ' følger regelen i rundskriv R-2' as beskrivelse,
        overforing.budsjettaar as aar,
        cast(overforing.oppgitt_maks_overforbart_kr as decimal(24, 6)) as oppgitt,
        cast(overforing.maks_overforbart_kr as decimal(24, 6)) as beregnet,
        -- the state's appropriation of the year before is known to a tenth of a million
        cast(case overforing.stikkord when 'kan overføres' then 50000 else 1 end as decimal(24, 6))
            as toleranse,
        'kr' as enhet,
        tall.dokument_id,
        tall.sted,
        case overforing.stikkord
            when 'kan overføres' then 'bevilgningen i år og i fjor'
            else '5 prosent av årets tildeling'
        end as beregnet_fra
    from overforing
    inner join tall
        on
            overforing.virksomhet_id = tall.virksomhet_id
            and overforing.budsjettaar = tall.aar
            and overforing.kapittel = tall.kapittel
            and overforing.post = tall.post
),

kontroller as (
    select {{ kontrollkolonner() }} from overfort
    union all
    select {{ kontrollkolonner() }} from grense
)

select * from kontroller
