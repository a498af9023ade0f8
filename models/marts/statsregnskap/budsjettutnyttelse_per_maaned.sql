with

hittil as (
    select * from {{ ref('int_regnskap_hittil') }}
),

rammer as (
    select * from {{ ref('int_maanedsramme') }}
),

prognoser as (
    select * from {{ ref('int_regnskapsprognose') }}
),

poster as (
    select * from {{ ref('int_statsposter') }}
),

brevenes_poster as (
    select * from {{ ref('stg_poster') }}
),

per_maaned as (
    select
        hittil.virksomhet_id,
        hittil.budsjettaar,
        hittil.maaned,
        hittil.kapittel,
        hittil.post,
        case when hittil.kapittel < '3000' then 'utgift' else 'inntekt' end as side,
        coalesce(poster.kapittelnavn, brevenes_poster.kapittelnavn) as kapittelnavn,
        coalesce(poster.postnavn, brevenes_poster.postnavn) as postnavn,
        cast(hittil.belop as decimal(18, 0)) as regnskap_kr,
        cast(hittil.hittil as decimal(18, 0)) as hittil_i_aar_kr,
        cast(hittil.hittil_i_fjor as decimal(18, 0)) as hittil_i_fjor_kr,
        cast(hittil.hele_fjoraaret as decimal(18, 0)) as hele_fjoraaret_kr,
        rammer.saldert_kr as saldert_bevilgning_kr,
        rammer.revidert_kr as revidert_bevilgning_kr,
        rammer.overfort_kr as overfort_bevilgning_kr,
        rammer.tildelt_kr,
        rammer.ramme_kr,
        rammer.rammegrunnlag,
        cast(
            case when rammer.ramme_kr > 0 then cast(hittil.hittil as decimal(24, 6)) / rammer.ramme_kr end
            as decimal(18, 6)
        ) as forbruksgrad,
        prognoser.prognose_kr,
        cast(rammer.ramme_kr - prognoser.prognose_kr as decimal(18, 0)) as prognose_mindreutgift_kr,
        'DFO-REGNSKAP' as dokument_id,
        'Regnskap per post og virksomhet' as sted
    from hittil
    left join poster
        on
            hittil.budsjettaar = poster.budsjettaar
            and hittil.kapittel = poster.kapittel
            and hittil.post = poster.post
    -- what is carried over in a letter alone is no post of the state's that year
    left join brevenes_poster
        on
            hittil.virksomhet_id = brevenes_poster.virksomhet_id
            and hittil.budsjettaar = brevenes_poster.budsjettaar
            and hittil.kapittel = brevenes_poster.kapittel
            and hittil.post = brevenes_poster.post
    inner join rammer
        on
            hittil.organisasjonsnummer = rammer.organisasjonsnummer
            and hittil.budsjettaar = rammer.budsjettaar
            and hittil.maaned = rammer.maaned
            and hittil.kapittel = rammer.kapittel
            and hittil.post = rammer.post
    inner join prognoser
        on
            hittil.organisasjonsnummer = prognoser.organisasjonsnummer
            and hittil.budsjettaar = prognoser.budsjettaar
            and hittil.maaned = prognoser.maaned
            and hittil.kapittel = prognoser.kapittel
            and hittil.post = prognoser.post
    where hittil.kjent
)

select * from per_maaned
order by virksomhet_id, budsjettaar, maaned, kapittel, post
