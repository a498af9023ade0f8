with

rader as (
    select * from {{ ref('stg_karantene') }}
),

karantene as (
    select
        cast(null as {{ dbt.type_string() }}) as virksomhet_id,
        kilde,
        periode,
        grunn,
        fil,
        cast(count(*) as integer) as antall,
        cast(sum(belop) as decimal(18, 0)) as belop_kr,
        cast(min(linje) as integer) as forste_linje,
        case when kilde = 'bevilgninger' then 'DFO-BEVILGNING' else 'DFO-REGNSKAP' end as dokument_id,
        case
            when kilde = 'bevilgninger' then 'Regnskap og budsjett per post' else 'Regnskap per post og virksomhet'
        end as sted
    from rader
    group by
        kilde,
        periode,
        grunn,
        fil
)

select * from karantene
order by kilde, periode, grunn, fil
