with

regnskap as (
    select * from {{ ref('int_regnskap_per_maaned') }}
),

bevilgninger as (
    select * from {{ ref('int_statsbevilgninger') }}
),

karantene as (
    select * from {{ ref('stg_karantene') }}
    where kilde = 'statsregnskapet'
),

satt_til_side as (
    select
        periode,
        cast(count(*) as integer) as antall
    from karantene
    group by periode
),

-- from the year's appropriations, and the accounts of the year before
kjente_poster as (
    select
        budsjettaar,
        kapittel,
        post
    from bevilgninger
    union distinct
    select
        budsjettaar + 1 as budsjettaar,
        kapittel,
        post
    from regnskap
),

kjente_aar as (
    select distinct budsjettaar
    from kjente_poster
),

ukjente_poster as (
    select
        regnskap.periode,
        cast(count(distinct regnskap.kapittel || regnskap.post) as integer) as antall
    from regnskap
    left join kjente_poster
        on
            regnskap.budsjettaar = kjente_poster.budsjettaar
            and regnskap.kapittel = kjente_poster.kapittel
            and regnskap.post = kjente_poster.post
    where kjente_poster.post is null
    group by regnskap.periode
),

perioder as (
    select
        cast(null as {{ dbt.type_string() }}) as virksomhet_id,
        regnskap.periode,
        regnskap.budsjettaar,
        regnskap.maaned,
        cast(sum(regnskap.antall_posteringer) as integer) as antall_posteringer,
        cast(count(distinct regnskap.organisasjonsnummer) as integer) as antall_virksomheter,
        cast(sum(case when regnskap.kapittel < '3000' then regnskap.belop end) as decimal(18, 0)) as utgift_kr,
        cast(sum(case when regnskap.kapittel >= '3000' then -regnskap.belop end) as decimal(18, 0)) as inntekt_kr,
        coalesce(max(satt_til_side.antall), 0) as antall_i_karantene,
        case
            when max(kjente_aar.budsjettaar) is not null then coalesce(max(ukjente_poster.antall), 0)
        end as antall_ukjente_poster,
        regnskap.sjekksum,
        max(regnskap.hentet) as hentet,
        'DFO-REGNSKAP' as dokument_id,
        'Regnskap per post og virksomhet' as sted
    from regnskap
    left join satt_til_side
        on regnskap.periode = satt_til_side.periode
    left join kjente_aar
        on regnskap.budsjettaar = kjente_aar.budsjettaar
    left join ukjente_poster
        on regnskap.periode = ukjente_poster.periode
    group by
        regnskap.periode,
        regnskap.budsjettaar,
        regnskap.maaned,
        regnskap.sjekksum
)

select * from perioder
order by periode
