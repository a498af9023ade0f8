{#
    The year as it runs: for each agency and post, every month at hand of a year, also those without a posting.
    Expenditure and income are both positive: what is income is credited in the accounts.

    A year has the posts that the agency has accounts on that year, had the year before, or has in a letter. `kjent` is what
    was on the books at the end of a month: it looks at no later posting, so that a forecast is judged as it was made. A
    post in a letter is while there is something at disposal; a post of last year when the agency has postings this year,
    and the post an appropriation, where they are at hand.
#}
with

regnskap as (
    select * from {{ ref('int_regnskap_per_maaned') }}
),

register as (
    select * from {{ ref('stg_virksomheter') }}
),

hovedbok as (
    select * from {{ ref('int_hovedbok') }}
),

vedtak as (
    select * from {{ ref('int_statsbevilgninger') }}
),

maaneder as (
    select
        budsjettaar,
        maaned,
        cast(
            {{ dbt.dateadd('day', -1, dbt.dateadd('month', 1, 'make_date(budsjettaar, maaned, 1)')) }} as date
        ) as siste_dag,
        count(*) over (partition by budsjettaar) = 12 as helt_aar,
        -- a sum that lacks a month is not what has accrued
        count(*) over (
            partition by budsjettaar
            order by maaned
            rows between unbounded preceding and current row
        ) = maaned as fra_januar
    from regnskap
    group by
        budsjettaar,
        maaned
),

i_brev as (
    select
        register.organisasjonsnummer,
        hovedbok.budsjettaar,
        hovedbok.kapittel,
        hovedbok.post,
        hovedbok.gjelder_fra,
        hovedbok.gjelder_til
    from hovedbok
    inner join register
        on hovedbok.virksomhet_id = register.virksomhet_id
    where hovedbok.disponibelt_etter_kr <> 0
),

-- what is carried over has no date
bevilget as (
    select
        budsjettaar,
        kapittel,
        post,
        min(coalesce(dato, make_date(budsjettaar, 1, 1))) as fra
    from vedtak
    where type <> 'overføres til neste år'
    group by
        budsjettaar,
        kapittel,
        post
),

aar_med_bevilgninger as (
    select distinct budsjettaar from bevilget
),

poster_i_regnskapet as (
    select distinct
        organisasjonsnummer,
        budsjettaar,
        kapittel,
        post
    from regnskap
),

poster as (
    select
        organisasjonsnummer,
        budsjettaar,
        kapittel,
        post
    from poster_i_regnskapet
    union
    select
        organisasjonsnummer,
        budsjettaar + 1 as budsjettaar,
        kapittel,
        post
    from poster_i_regnskapet
    union
    select
        organisasjonsnummer,
        budsjettaar,
        kapittel,
        post
    from i_brev
),

per_maaned as (
    select
        poster.organisasjonsnummer,
        poster.budsjettaar,
        maaneder.maaned,
        maaneder.siste_dag,
        maaneder.helt_aar,
        maaneder.fra_januar,
        poster.kapittel,
        poster.post,
        regnskap.post is not null as er_postert,
        coalesce(case when poster.kapittel < '3000' then regnskap.belop else -regnskap.belop end, 0) as belop
    from poster
    inner join maaneder
        on poster.budsjettaar = maaneder.budsjettaar
    left join regnskap
        on
            poster.organisasjonsnummer = regnskap.organisasjonsnummer
            and poster.budsjettaar = regnskap.budsjettaar
            and maaneder.maaned = regnskap.maaned
            and poster.kapittel = regnskap.kapittel
            and poster.post = regnskap.post
),

summert as (
    select
        *,
        case
            when fra_januar
                then sum(belop) over (
                    partition by organisasjonsnummer, kapittel, post, budsjettaar
                    order by maaned
                    rows between unbounded preceding and current row
                )
        end as hittil,
        case
            when helt_aar
                then sum(belop) over (partition by organisasjonsnummer, kapittel, post, budsjettaar)
        end as hele_aaret,
        max(case when er_postert then 1 else 0 end) over (
            partition by organisasjonsnummer, kapittel, post, budsjettaar
        ) = 1 as har_regnskap,
        max(case when er_postert then 1 else 0 end) over (
            partition by organisasjonsnummer, kapittel, post, budsjettaar
            order by maaned
            rows between unbounded preceding and current row
        ) = 1 as er_postert_hittil,
        max(case when er_postert then 1 else 0 end) over (
            partition by organisasjonsnummer, budsjettaar
            order by maaned
        ) = 1 as virksomheten_er_i_gang
    from per_maaned
),

-- a year that is at hand, and in which the post has nothing, is a year with nothing
med_fjoraaret as (
    select
        coalesce(register.virksomhet_id, naa.organisasjonsnummer) as virksomhet_id,
        naa.organisasjonsnummer,
        naa.budsjettaar,
        naa.maaned,
        naa.siste_dag,
        naa.kapittel,
        naa.post,
        cast(naa.belop as decimal(24, 3)) as belop,
        cast(naa.hittil as decimal(24, 3)) as hittil,
        cast(naa.hele_aaret as decimal(24, 3)) as hele_aaret,
        cast(
            coalesce(i_fjor.hittil, case when fjoraaret.fra_januar then 0 end) as decimal(24, 3)
        ) as hittil_i_fjor,
        cast(
            coalesce(i_fjor.hele_aaret, case when fjoraaret.helt_aar then 0 end) as decimal(24, 3)
        ) as hele_fjoraaret,
        naa.har_regnskap,
        naa.er_postert_hittil
        or i_brev.post is not null
        or (
            naa.virksomheten_er_i_gang
            and i_regnskapet_i_fjor.post is not null
            and (aar_med_bevilgninger.budsjettaar is null or coalesce(bevilget.fra <= naa.siste_dag, false))
        ) as kjent
    from summert as naa
    left join summert as i_fjor
        on
            naa.organisasjonsnummer = i_fjor.organisasjonsnummer
            and naa.budsjettaar = i_fjor.budsjettaar + 1
            and naa.maaned = i_fjor.maaned
            and naa.kapittel = i_fjor.kapittel
            and naa.post = i_fjor.post
    left join maaneder as fjoraaret
        on
            naa.budsjettaar = fjoraaret.budsjettaar + 1
            and naa.maaned = fjoraaret.maaned
    left join poster_i_regnskapet as i_regnskapet_i_fjor
        on
            naa.organisasjonsnummer = i_regnskapet_i_fjor.organisasjonsnummer
            and naa.budsjettaar = i_regnskapet_i_fjor.budsjettaar + 1
            and naa.kapittel = i_regnskapet_i_fjor.kapittel
            and naa.post = i_regnskapet_i_fjor.post
    left join i_brev
        on
            naa.organisasjonsnummer = i_brev.organisasjonsnummer
            and naa.budsjettaar = i_brev.budsjettaar
            and naa.kapittel = i_brev.kapittel
            and naa.post = i_brev.post
            and naa.siste_dag between i_brev.gjelder_fra and i_brev.gjelder_til
    left join aar_med_bevilgninger
        on naa.budsjettaar = aar_med_bevilgninger.budsjettaar
    left join bevilget
        on
            naa.budsjettaar = bevilget.budsjettaar
            and naa.kapittel = bevilget.kapittel
            and naa.post = bevilget.post
    left join register
        on naa.organisasjonsnummer = register.organisasjonsnummer
)

select * from med_fjoraaret
