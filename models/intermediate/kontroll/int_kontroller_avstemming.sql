{#
    Across documents and years: what the letters carry over against what the accounts allow, the printed limit against
    the rule, the agency's share against the state's appropriation, and the printed accounts against the state's by month.
    All in kroner.
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

trykte_regnskap as (
    select * from {{ ref('int_tall') }}
    where
        indikator_id = 'regnskap'
        and post is not null
),

statens_poster as (
    select * from {{ ref('int_statsposter') }}
),

-- the state's accounts by month, of the years that are over
statsregnskapet as (
    select * from {{ ref('int_regnskap_hittil') }}
    where
        maaned = 12
        and hele_aaret is not null
        and har_regnskap
),

-- the chapters of the years in which an agency has accounts there
kapitler_i_statsregnskapet as (
    select distinct
        statsregnskapet.virksomhet_id,
        statens_poster.budsjettaar,
        statens_poster.kapittel
    from statsregnskapet
    inner join statens_poster
        on statsregnskapet.budsjettaar = statens_poster.budsjettaar
),

-- accounts that say for some post what may be carried over, say by silence that the others may carry nothing
aar_med_beregning as (
    select distinct
        virksomhet_id,
        budsjettaar
    from regnskap
    where mulig_overforing_kr is not null
),

overforinger as (
    select
        virksomhet_id,
        budsjettaar,
        kapittel,
        post,
        -- without the cast DuckDB rounds the øre away below, where this is put beside amounts that have them
        cast(sum(belop_kr) as decimal(18, 0)) as overfort_kr,
        min(dokument_id) as dokument_id,
        min(sted) as sted
    from hovedbok
    where type = 'overført fra i fjor'
    group by
        virksomhet_id,
        budsjettaar,
        kapittel,
        post
),

overfort as (
    select
        'avstemming:overforing-' || overforinger.dokument_id || '-' || overforinger.kapittel
        || '-' || overforinger.post as kontroll_id,
        overforinger.virksomhet_id,
        'overforing' as regel_id,
        'Overført til ' || {{ kap_post('overforinger.kapittel', 'overforinger.post') }}
        || ' er høyst det regnskapet for året før gir adgang til' as beskrivelse,
        overforinger.budsjettaar as aar,
        overforinger.overfort_kr as oppgitt,
        -- less than the limit is as it should be
        least(overforinger.overfort_kr, coalesce(regnskap.mulig_overforing_kr, 0)) as beregnet,
        -- letters carry over in whole thousands
        500 as slingring,
        overforinger.dokument_id,
        overforinger.sted,
        'mulig overføring i regnskapet for '
        || cast(overforinger.budsjettaar - 1 as {{ dbt.type_string() }}) as beregnet_fra
    from overforinger
    inner join aar_med_beregning
        on
            overforinger.virksomhet_id = aar_med_beregning.virksomhet_id
            and overforinger.budsjettaar = aar_med_beregning.budsjettaar + 1
    left join regnskap
        on
            overforinger.virksomhet_id = regnskap.virksomhet_id
            and overforinger.budsjettaar = regnskap.budsjettaar + 1
            and overforinger.kapittel = regnskap.kapittel
            and overforinger.post = regnskap.post
),

grense as (
    select
        'avstemming:maks-overforbart-' || tall.dokument_id || '-' || overforing.kapittel || '-' || overforing.post
            as kontroll_id,
        overforing.virksomhet_id,
        'overforingsgrense' as regel_id,
        'Oppgitt øvre grense for overføring på ' || {{ kap_post('overforing.kapittel', 'overforing.post') }}
        || ' følger regelen i rundskriv R-2' as beskrivelse,
        overforing.budsjettaar as aar,
        overforing.oppgitt_maks_overforbart_kr as oppgitt,
        overforing.maks_overforbart_kr as beregnet,
        -- the state's appropriation of the year before is known to a tenth of a million
        case overforing.stikkord when 'kan overføres' then 50000 else 1 end as slingring,
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
    where overforing.maks_overforbart_kr is not null
),

-- the agency's share is at most what the Storting granted; the state's figure is known to a tenth of a million
innenfor_bevilgningen as (
    select
        'avstemming:bevilgningsramme-' || regnskap.tildelingskilde || '-' || regnskap.kapittel || '-' || regnskap.post
            as kontroll_id,
        regnskap.virksomhet_id,
        'bevilgningsramme' as regel_id,
        'Årets tildeling på ' || {{ kap_post('regnskap.kapittel', 'regnskap.post') }}
        || ' er høyst statens reviderte bevilgning' as beskrivelse,
        regnskap.budsjettaar as aar,
        regnskap.aarets_tildeling_kr as oppgitt,
        least(regnskap.aarets_tildeling_kr, regnskap.revidert_bevilgning_kr) as beregnet,
        50000 as slingring,
        regnskap.tildelingskilde as dokument_id,
        regnskap.tildeling_sted as sted,
        'statens reviderte bevilgning (DFØ), ' || {{ norsk_tall('regnskap.revidert_bevilgning_kr') }} || ' kr'
            as beregnet_fra
    from regnskap
    where
        regnskap.aarets_tildeling_kr is not null
        and regnskap.revidert_bevilgning_kr is not null
),

-- what is printed of a year's accounts on a post, whole or rounded, is what the months come to: nothing, where the
-- state has the chapter and the agency not the post. A chapter that the state did not have that year is printed by its
-- later number; and what is reported on the state's common chapters (VAT, incidental income, payroll tax) may be
-- carried by others there
maanedene as (
    select
        'avstemming:maanedsregnskap-' || trykte_regnskap.serie_id as kontroll_id,
        trykte_regnskap.virksomhet_id,
        'maanedsregnskap' as regel_id,
        'Regnskapet på ' || {{ kap_post('trykte_regnskap.kapittel', 'trykte_regnskap.post') }}
        || ' er summen av månedene i statsregnskapet' as beskrivelse,
        trykte_regnskap.aar,
        trykte_regnskap.grunnverdi as oppgitt,
        coalesce(statsregnskapet.hele_aaret, 0) as beregnet,
        -- the accounts are kept in øre
        greatest(trykte_regnskap.slingring_ned, trykte_regnskap.slingring_opp, 0.5) as slingring,
        trykte_regnskap.dokument_id,
        trykte_regnskap.sted,
        'statsregnskapet, tolv måneder' as beregnet_fra
    from trykte_regnskap
    inner join kapitler_i_statsregnskapet
        on
            trykte_regnskap.virksomhet_id = kapitler_i_statsregnskapet.virksomhet_id
            and trykte_regnskap.aar = kapitler_i_statsregnskapet.budsjettaar
            and trykte_regnskap.kapittel = kapitler_i_statsregnskapet.kapittel
    left join statsregnskapet
        on
            trykte_regnskap.virksomhet_id = statsregnskapet.virksomhet_id
            and trykte_regnskap.aar = statsregnskapet.budsjettaar
            and trykte_regnskap.kapittel = statsregnskapet.kapittel
            and trykte_regnskap.post = statsregnskapet.post
    where
        statsregnskapet.post is not null
        or trykte_regnskap.kapittel not in ('1633', '5309', '5700')
),

alle as (
    select * from overfort
    union all
    select * from grense
    union all
    select * from innenfor_bevilgningen
    union all
    select * from maanedene
),

kontroller as (
    select
        kontroll_id,
        virksomhet_id,
        regel_id,
        beskrivelse,
        aar,
        cast(oppgitt as decimal(24, 6)) as oppgitt,
        cast(beregnet as decimal(24, 6)) as beregnet,
        cast(slingring as decimal(24, 6)) as toleranse_over,
        cast(slingring as decimal(24, 6)) as toleranse_under,
        'kr' as enhet,
        dokument_id,
        sted,
        beregnet_fra
    from alle
)

select {{ kontrollkolonner() }} from kontroller
