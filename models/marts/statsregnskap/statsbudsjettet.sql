with

poster as (
    select * from {{ ref('int_statsposter') }}
),

departementer as (
    select * from {{ ref('int_departementer') }}
),

hittil as (
    select * from {{ ref('int_regnskap_hittil') }}
),

tildelt as (
    select * from {{ ref('int_tildeling_per_post') }}
),

-- a year that is not over has no accounts of the year; in one that is, a post without postings has nothing
hele_aar as (
    select distinct budsjettaar from hittil
    where hele_aaret is not null
),

aar_med_bevilgninger as (
    select distinct budsjettaar from poster
    where saldert_kr is not null
),

regnskap as (
    select
        budsjettaar,
        kapittel,
        post,
        cast(count(*) as integer) as antall_virksomheter,
        cast(sum(hele_aaret) as decimal(18, 0)) as regnskap_kr
    from hittil
    where
        maaned = 12
        and har_regnskap
    group by
        budsjettaar,
        kapittel,
        post
),

i_brev as (
    select
        budsjettaar,
        kapittel,
        post,
        cast(sum(aarets_tildeling_kr) as decimal(18, 0)) as tildelt_i_brev_kr,
        max(case when tildelingsgrunnlag = 'bare tildelingsbrevet' then 1 else 0 end) as mangler_tillegg
    from tildelt
    group by
        budsjettaar,
        kapittel,
        post
),

statsbudsjettet as (
    select
        departementer.virksomhet_id,
        departementer.departement,
        poster.budsjettaar,
        poster.kapittel,
        poster.post,
        poster.side,
        poster.kapittelnavn,
        poster.postnavn,
        poster.stikkord,
        poster.foreslaatt_kr,
        poster.saldert_kr,
        poster.endret_kr,
        poster.revidert_kr,
        poster.overfort_fra_i_fjor_kr,
        case when hele_aar.budsjettaar is not null then coalesce(regnskap.regnskap_kr, 0) end as regnskap_kr,
        poster.overfores_til_neste_aar_kr,
        case when hele_aar.budsjettaar is not null then coalesce(regnskap.antall_virksomheter, 0) end
            as antall_virksomheter,
        i_brev.tildelt_i_brev_kr,
        -- what the letters do not explain of the appropriation; the opening letter knows no amendment of it
        cast(
            case when i_brev.mangler_tillegg = 0 then poster.revidert_kr - i_brev.tildelt_i_brev_kr end
            as decimal(18, 0)
        ) as ikke_tildelt_i_brev_kr,
        -- what the year leaves that is neither spent nor carried on
        cast(
            case
                when hele_aar.budsjettaar is not null and aar_med_bevilgninger.budsjettaar is not null
                    then
                        coalesce(poster.revidert_kr, 0)
                        + coalesce(poster.overfort_fra_i_fjor_kr, 0)
                        - coalesce(regnskap.regnskap_kr, 0)
            end as decimal(18, 0)
        ) as mindreutgift_kr,
        cast(poster.saldert_i_boken_kr - poster.saldert_kr as decimal(18, 0)) as avvik_fra_saldert_bok_kr,
        'DFO-BEVILGNING' as dokument_id,
        'Regnskap og budsjett per post' as sted
    from poster
    left join departementer
        on poster.departementsnummer = departementer.departementsnummer
    left join hele_aar
        on poster.budsjettaar = hele_aar.budsjettaar
    left join aar_med_bevilgninger
        on poster.budsjettaar = aar_med_bevilgninger.budsjettaar
    left join regnskap
        on
            poster.budsjettaar = regnskap.budsjettaar
            and poster.kapittel = regnskap.kapittel
            and poster.post = regnskap.post
    left join i_brev
        on
            poster.budsjettaar = i_brev.budsjettaar
            and poster.kapittel = i_brev.kapittel
            and poster.post = i_brev.post
)

select * from statsbudsjettet
order by budsjettaar, kapittel, post
