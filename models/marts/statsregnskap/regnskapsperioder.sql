with

regnskap as (
    select * from {{ ref('int_regnskap_per_maaned') }}
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
        regnskap.sjekksum,
        max(regnskap.hentet) as hentet,
        'DFO-REGNSKAP' as dokument_id,
        'Regnskap per post og virksomhet' as sted
    from regnskap
    left join satt_til_side
        on regnskap.periode = satt_til_side.periode
    group by
        regnskap.periode,
        regnskap.budsjettaar,
        regnskap.maaned,
        regnskap.sjekksum
)

select * from perioder
order by periode
