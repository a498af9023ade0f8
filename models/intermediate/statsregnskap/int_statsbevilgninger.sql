{#
    Every decision on a post's appropriation, dated and of a kind, read from the one field that DFØ has for it:
    "2014.01.01 Saldert budsjett 2014", "2023.05.11 Prp: p118/22-23 i490/22-23", "Overfort fra 2020", "Overfores til 2026".
#}
with

bevilgninger as (
    select * from {{ ref('stg_bevilgninger') }}
),

-- income is credited: where the budget as passed has it negative, the year's income is turned
fortegn as (
    select
        budsjettaar,
        case when sum(bevilget) < 0 then -1 else 1 end as inntektsfortegn
    from bevilgninger
    where
        kapittel >= '3000'
        and vedtak like '%Saldert budsjett%'
    group by budsjettaar
),

lest as (
    select
        bevilgninger.*,
        {{ forste_treff('bevilgninger.vedtak', '^[0-9]{4}[.][0-9]{2}[.][0-9]{2}') }} as datotekst,
        case when bevilgninger.kapittel >= '3000' then coalesce(fortegn.inntektsfortegn, 1) else 1 end as fortegn
    from bevilgninger
    left join fortegn
        on bevilgninger.budsjettaar = fortegn.budsjettaar
),

hendelser as (
    select
        budsjettaar,
        kapittel,
        post,
        cast(replace(datotekst, '.', '-') as date) as dato,
        case
            when vedtak like '%Saldert budsjett%' then 'saldert budsjett'
            when vedtak like 'Overfort fra%' then 'overført fra i fjor'
            when vedtak like 'Overfores til%' then 'overføres til neste år'
            else 'endring'
        end as type,
        vedtak,
        cast(sum(fortegn * case
            when vedtak like 'Overfort fra%' then overfort
            when vedtak like 'Overfores til%' then overfores
            else bevilget
        end) as decimal(18, 0)) as belop_kr
    from lest
    group by
        budsjettaar,
        kapittel,
        post,
        datotekst,
        vedtak
)

select * from hendelser
