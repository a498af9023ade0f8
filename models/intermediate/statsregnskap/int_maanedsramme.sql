{#
    What an agency may spend on a post, as it was at the end of each month: what the letters had made disposable where
    letters are at hand, else the appropriation with its carry-over, for an agency that is alone on the post that year.
    Several agencies on one post and no letters: nobody outside knows whose share is what, and there is none to state.
#}
with

hittil as (
    select * from {{ ref('int_regnskap_hittil') }}
),

hovedbok as (
    select * from {{ ref('int_hovedbok') }}
),

tildeling as (
    select * from {{ ref('int_tildeling_per_post') }}
),

hendelser as (
    select * from {{ ref('int_statsbevilgninger') }}
),

maaneder as (
    select distinct
        budsjettaar,
        maaned,
        cast(
            {{ dbt.dateadd('day', -1, dbt.dateadd('month', 1, 'make_date(budsjettaar, maaned, 1)')) }} as date
        ) as siste_dag
    from hittil
),

brukere as (
    select
        budsjettaar,
        kapittel,
        post,
        count(distinct organisasjonsnummer) as antall
    from hittil
    group by
        budsjettaar,
        kapittel,
        post
),

bevilget as (
    select
        maaneder.budsjettaar,
        maaneder.maaned,
        hendelser.kapittel,
        hendelser.post,
        cast(sum(case when hendelser.type = 'saldert budsjett' then hendelser.belop_kr end) as decimal(18, 0))
            as saldert_kr,
        cast(sum(case when hendelser.type <> 'overført fra i fjor' then hendelser.belop_kr end) as decimal(18, 0))
            as revidert_kr,
        cast(sum(case when hendelser.type = 'overført fra i fjor' then hendelser.belop_kr end) as decimal(18, 0))
            as overfort_kr
    from maaneder
    inner join hendelser
        on
            maaneder.budsjettaar = hendelser.budsjettaar
            -- what is carried over has no date
            and coalesce(hendelser.dato, make_date(hendelser.budsjettaar, 1, 1)) <= maaneder.siste_dag
    where hendelser.type <> 'overføres til neste år'
    group by
        maaneder.budsjettaar,
        maaneder.maaned,
        hendelser.kapittel,
        hendelser.post
),

disponibelt as (
    select
        hovedbok.virksomhet_id,
        maaneder.budsjettaar,
        maaneder.maaned,
        hovedbok.kapittel,
        hovedbok.post,
        hovedbok.disponibelt_etter_kr,
        tildeling.tildelingsgrunnlag
    from maaneder
    inner join hovedbok
        on
            maaneder.budsjettaar = hovedbok.budsjettaar
            and maaneder.siste_dag between hovedbok.gjelder_fra and hovedbok.gjelder_til
    inner join tildeling
        on
            hovedbok.virksomhet_id = tildeling.virksomhet_id
            and hovedbok.budsjettaar = tildeling.budsjettaar
            and hovedbok.kapittel = tildeling.kapittel
            and hovedbok.post = tildeling.post
),

rammer as (
    select
        hittil.virksomhet_id,
        hittil.organisasjonsnummer,
        hittil.budsjettaar,
        hittil.maaned,
        hittil.kapittel,
        hittil.post,
        bevilget.saldert_kr,
        bevilget.revidert_kr,
        bevilget.overfort_kr,
        disponibelt.disponibelt_etter_kr as tildelt_kr,
        cast(case
            when disponibelt.disponibelt_etter_kr is not null then disponibelt.disponibelt_etter_kr
            when brukere.antall = 1 then bevilget.revidert_kr + coalesce(bevilget.overfort_kr, 0)
        end as decimal(18, 0)) as ramme_kr,
        case
            when disponibelt.disponibelt_etter_kr is not null then disponibelt.tildelingsgrunnlag
            when brukere.antall = 1 and bevilget.revidert_kr is not null then 'bevilgningen'
        end as rammegrunnlag
    from hittil
    inner join brukere
        on
            hittil.budsjettaar = brukere.budsjettaar
            and hittil.kapittel = brukere.kapittel
            and hittil.post = brukere.post
    left join bevilget
        on
            hittil.budsjettaar = bevilget.budsjettaar
            and hittil.maaned = bevilget.maaned
            and hittil.kapittel = bevilget.kapittel
            and hittil.post = bevilget.post
    left join disponibelt
        on
            hittil.virksomhet_id = disponibelt.virksomhet_id
            and hittil.budsjettaar = disponibelt.budsjettaar
            and hittil.maaned = disponibelt.maaned
            and hittil.kapittel = disponibelt.kapittel
            and hittil.post = disponibelt.post
)

select * from rammer
