{#
    The year as it runs: for each agency and post that has accounts in a year, every month of it that is at hand, also
    those without a posting. Expenditure and income are both positive: what is income is credited in the accounts.
#}
with

regnskap as (
    select * from {{ ref('int_regnskap_per_maaned') }}
),

register as (
    select * from {{ ref('stg_virksomheter') }}
),

maaneder as (
    select
        budsjettaar,
        maaned,
        count(*) over (partition by budsjettaar) = 12 as helt_aar
    from regnskap
    group by
        budsjettaar,
        maaned
),

poster as (
    select distinct
        organisasjonsnummer,
        budsjettaar,
        kapittel,
        post
    from regnskap
),

per_maaned as (
    select
        poster.organisasjonsnummer,
        poster.budsjettaar,
        maaneder.maaned,
        maaneder.helt_aar,
        poster.kapittel,
        poster.post,
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
        sum(belop) over (
            partition by organisasjonsnummer, kapittel, post, budsjettaar
            order by maaned
            rows between unbounded preceding and current row
        ) as hittil,
        case
            when helt_aar
                then sum(belop) over (partition by organisasjonsnummer, kapittel, post, budsjettaar)
        end as hele_aaret
    from per_maaned
),

-- a year that is at hand, and in which the post has nothing, is a year with nothing
med_fjoraaret as (
    select
        coalesce(register.virksomhet_id, naa.organisasjonsnummer) as virksomhet_id,
        naa.organisasjonsnummer,
        naa.budsjettaar,
        naa.maaned,
        naa.kapittel,
        naa.post,
        cast(naa.belop as decimal(24, 3)) as belop,
        cast(naa.hittil as decimal(24, 3)) as hittil,
        cast(naa.hele_aaret as decimal(24, 3)) as hele_aaret,
        cast(
            coalesce(i_fjor.hittil, case when fjoraaret.maaned is not null then 0 end) as decimal(24, 3)
        ) as hittil_i_fjor,
        cast(
            coalesce(i_fjor.hele_aaret, case when fjoraaret.helt_aar then 0 end) as decimal(24, 3)
        ) as hele_fjoraaret
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
    left join register
        on naa.organisasjonsnummer = register.organisasjonsnummer
)

select * from med_fjoraaret
