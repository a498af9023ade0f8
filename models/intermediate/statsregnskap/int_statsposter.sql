{#
    One row per year and post of the state's budget, from accounts, appropriations and budget books together: what it is
    called, whose it is, and what was granted.
#}
with

regnskap as (
    select * from {{ ref('int_regnskap_per_maaned') }}
),

bevilgninger as (
    select * from {{ ref('stg_bevilgninger') }}
),

hendelser as (
    select * from {{ ref('int_statsbevilgninger') }}
),

boker as (
    select * from {{ ref('stg_budsjettboker') }}
),

navn as (
    select
        budsjettaar,
        kapittel,
        post,
        kapittelnavn,
        postnavn,
        departementsnummer,
        maaned as nummer
    from regnskap
    union all
    select
        budsjettaar,
        kapittel,
        post,
        kapittelnavn,
        postnavn,
        departementsnummer,
        0 as nummer
    from bevilgninger
    union all
    select
        budsjettaar,
        kapittel,
        post,
        kapittelnavn,
        postnavn,
        departementsnummer,
        -1 as nummer
    from boker
),

-- the year's last name
nummerert as (
    select
        *,
        row_number() over (
            partition by budsjettaar, kapittel, post
            order by nummer desc, kapittelnavn asc, postnavn asc, departementsnummer asc nulls last
        ) as plass
    from navn
),

bevilget as (
    select
        budsjettaar,
        kapittel,
        post,
        cast(sum(case when type = 'saldert budsjett' then belop_kr end) as decimal(18, 0)) as saldert_kr,
        cast(sum(case when type = 'endring' then belop_kr end) as decimal(18, 0)) as endret_kr,
        cast(sum(case when type in ('saldert budsjett', 'endring') then belop_kr end) as decimal(18, 0))
            as revidert_kr,
        cast(sum(case when type = 'overført fra i fjor' then belop_kr end) as decimal(18, 0))
            as overfort_fra_i_fjor_kr,
        cast(sum(case when type = 'overføres til neste år' then belop_kr end) as decimal(18, 0))
            as overfores_til_neste_aar_kr
    from hendelser
    group by
        budsjettaar,
        kapittel,
        post
),

-- what is at hand of a year: a post that it says nothing of has nothing
vedtatt as (
    select
        budsjettaar,
        max(case when type = 'saldert budsjett' then 1 else 0 end) as har_saldert,
        max(case when type = 'overført fra i fjor' then 1 else 0 end) as har_overfort,
        max(case when type = 'overføres til neste år' then 1 else 0 end) as har_overfores
    from hendelser
    group by budsjettaar
),

-- what a state enterprise earns is printed as its parts, and then as the post itself
linjer as (
    select
        *,
        max(case when underpost is null then 1 else 0 end) over (
            partition by budsjettaar, slag, kapittel, post
        ) as har_sum
    from boker
),

-- a post's sub-posts share its mark
trykt as (
    select
        budsjettaar,
        kapittel,
        post,
        cast(sum(case when slag = 'gul bok' then belop_kr end) as decimal(18, 0)) as foreslaatt_kr,
        cast(sum(case when slag = 'saldert' then belop_kr end) as decimal(18, 0)) as saldert_i_boken_kr,
        coalesce(min(stikkord), 'ingen') as stikkord
    from linjer
    where
        underpost is null
        or har_sum = 0
    group by
        budsjettaar,
        kapittel,
        post
),

poster as (
    select
        nummerert.budsjettaar,
        nummerert.kapittel,
        nummerert.post,
        case when nummerert.kapittel < '3000' then 'utgift' else 'inntekt' end as side,
        nummerert.kapittelnavn,
        nummerert.postnavn,
        nummerert.departementsnummer,
        trykt.stikkord,
        trykt.foreslaatt_kr,
        trykt.saldert_i_boken_kr,
        coalesce(bevilget.saldert_kr, case when vedtatt.har_saldert = 1 then 0 end) as saldert_kr,
        coalesce(bevilget.endret_kr, case when vedtatt.har_saldert = 1 then 0 end) as endret_kr,
        coalesce(bevilget.revidert_kr, case when vedtatt.har_saldert = 1 then 0 end) as revidert_kr,
        coalesce(bevilget.overfort_fra_i_fjor_kr, case when vedtatt.har_overfort = 1 then 0 end)
            as overfort_fra_i_fjor_kr,
        coalesce(bevilget.overfores_til_neste_aar_kr, case when vedtatt.har_overfores = 1 then 0 end)
            as overfores_til_neste_aar_kr
    from nummerert
    left join vedtatt
        on nummerert.budsjettaar = vedtatt.budsjettaar
    left join bevilget
        on
            nummerert.budsjettaar = bevilget.budsjettaar
            and nummerert.kapittel = bevilget.kapittel
            and nummerert.post = bevilget.post
    left join trykt
        on
            nummerert.budsjettaar = trykt.budsjettaar
            and nummerert.kapittel = trykt.kapittel
            and nummerert.post = trykt.post
    where nummerert.plass = 1
)

select * from poster
