{#
    What an agency may spend on a post, as it was at the end of each month: what the letters had made disposable where
    letters are at hand, else the appropriation with its carry-over, for an agency that is alone on the post. Several agencies
    on one post and no letters: nobody outside knows whose share is what, and there is none to state. Who is on it is what
    was known then: those on the books, where there are last year's accounts to tell; and when the year is over, those with
    accounts in it. The first that has a posting is not alone for that.
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

med_brev as (
    select
        hittil.*,
        disponibelt.disponibelt_etter_kr,
        disponibelt.tildelingsgrunnlag,
        coalesce(hittil.maaned = 12 and hittil.hele_aaret is not null, false) as over
    from hittil
    left join disponibelt
        on
            hittil.virksomhet_id = disponibelt.virksomhet_id
            and hittil.budsjettaar = disponibelt.budsjettaar
            and hittil.maaned = disponibelt.maaned
            and hittil.kapittel = disponibelt.kapittel
            and hittil.post = disponibelt.post
    where hittil.kjent
),

med_brukere as (
    select
        *,
        not over or har_regnskap or disponibelt_etter_kr is not null as er_bruker,
        sum(case when not over or har_regnskap or disponibelt_etter_kr is not null then 1 else 0 end) over (
            partition by budsjettaar, maaned, kapittel, post
        ) as antall_brukere
    from med_brev
),

aar_med as (
    select
        budsjettaar,
        max(case when type = 'saldert budsjett' then 1 else 0 end) as har_saldert,
        max(case when type = 'overført fra i fjor' then 1 else 0 end) as har_overfort
    from hendelser
    group by budsjettaar
),

med_alle as (
    select
        hittil.virksomhet_id,
        hittil.organisasjonsnummer,
        hittil.budsjettaar,
        hittil.maaned,
        hittil.kapittel,
        hittil.post,
        coalesce(bevilget.saldert_kr, case when aar_med.har_saldert = 1 then 0 end) as saldert_kr,
        coalesce(bevilget.revidert_kr, case when aar_med.har_saldert = 1 then 0 end) as revidert_kr,
        coalesce(bevilget.overfort_kr, case when aar_med.har_overfort = 1 then 0 end) as overfort_kr,
        hittil.disponibelt_etter_kr as tildelt_kr,
        hittil.tildelingsgrunnlag,
        -- a post may have nothing but what was carried over
        case
            when
                hittil.er_bruker
                and hittil.antall_brukere = 1
                and bevilget.post is not null
                and (hittil.hittil_i_fjor is not null or hittil.over)
                then coalesce(bevilget.revidert_kr, 0) + coalesce(bevilget.overfort_kr, 0)
        end as bevilget_alene_kr
    from med_brukere as hittil
    left join aar_med
        on hittil.budsjettaar = aar_med.budsjettaar
    left join bevilget
        on
            hittil.budsjettaar = bevilget.budsjettaar
            and hittil.maaned = bevilget.maaned
            and hittil.kapittel = bevilget.kapittel
            and hittil.post = bevilget.post
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
