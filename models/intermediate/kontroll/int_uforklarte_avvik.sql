{#
    How many avvik a printed figure takes part in that nobody has explained or mended. It does not read marts.avvik: the
    tests there stop what is built after it, and a figure must be shown also in the report of a stopped build.
#}
with

kontroller as (
    select * from {{ ref('int_kontroller') }}
    where resultat = 'avvik'
),

grunnlag as (
    select * from {{ ref('int_kontrollgrunnlag') }}
),

forklarte as (
    select * from {{ ref('stg_avviksvurdering') }}
    where status in ('forklart', 'rettet')
)

select
    grunnlag.serie_id,
    grunnlag.verdi_aar,
    cast(count(distinct kontroller.kontroll_id) as integer) as antall
from grunnlag
inner join kontroller
    on
        grunnlag.kontroll_id = kontroller.kontroll_id
        and grunnlag.aar = kontroller.aar
left join forklarte
    on
        kontroller.kontroll_id = forklarte.kontroll_id
        and kontroller.aar = forklarte.aar
        and kontroller.differanse = forklarte.differanse
where forklarte.kontroll_id is null
group by
    grunnlag.serie_id,
    grunnlag.verdi_aar
