{#
    What an agency may spend on a post, as it was at the end of each month: what the letters had made disposable where
    letters are at hand, else the appropriation with its carry-over, for an agency that is alone on the post. Several agencies
    on one post and no letters: nobody outside knows whose share is what, and there is none to state. Who is on it, last
    year's accounts tell, or the year's own when it is over: the first that has a posting is not alone for that.
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
        siste_dag
    from hittil
),

brukere as (
    select
        budsjettaar,
        kapittel,
        post,
        count(distinct organisasjonsnummer) as antall
    from hittil
    where kjent
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

med_alle as (
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
        disponibelt.tildelingsgrunnlag,
        -- a post may have nothing but what was carried over
        case
            when
                brukere.antall = 1
                and bevilget.post is not null
                and (hittil.hittil_i_fjor is not null or hittil.hele_aaret is not null)
                then coalesce(bevilget.revidert_kr, 0) + coalesce(bevilget.overfort_kr, 0)
        end as bevilget_alene_kr
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
    where hittil.kjent
),

rammer as (
    select
        virksomhet_id,
        organisasjonsnummer,
        budsjettaar,
        maaned,
        kapittel,
        post,
        saldert_kr,
        revidert_kr,
        overfort_kr,
        tildelt_kr,
        cast(coalesce(tildelt_kr, bevilget_alene_kr) as decimal(18, 0)) as ramme_kr,
        case
            when tildelt_kr is not null then tildelingsgrunnlag
            when bevilget_alene_kr is not null then 'bevilgningen'
        end as rammegrunnlag
    from med_alle
)

select * from rammer
