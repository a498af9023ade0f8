{#
    Every decision on a post's appropriation, dated and of a kind, read from the one field that DFØ has for it:
    "2014.01.01 Saldert budsjett 2014", "2023.05.11 Prp: p118/22-23 i490/22-23", "Overfort fra 2020", "Overfores til 2026".
#}
with

bevilgninger as (
    select * from {{ ref('stg_bevilgninger') }}
),

lest as (
    select
        *,
        {{ forste_treff('vedtak', '^[0-9]{4}[.][0-9]{2}[.][0-9]{2}') }} as datotekst
    from bevilgninger
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
        cast(sum(case
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
