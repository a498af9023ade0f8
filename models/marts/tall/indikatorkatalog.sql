with

definisjoner as (
    select * from {{ ref('stg_indikatordefinisjoner') }}
),

verdier as (
    select * from {{ ref('indikatorer') }}
),

omfang as (
    select
        indikator_id,
        cast(count(distinct gruppe) as integer) as antall_grupper,
        min(aar) as fra_aar,
        max(aar) as til_aar
    from verdier
    group by indikator_id
)

select
    definisjoner.indikator_id,
    definisjoner.indikator,
    definisjoner.definisjon,
    definisjoner.enhet,
    definisjoner.retning,
    definisjoner.populasjon,
    definisjoner.maaletidspunkt,
    definisjoner.maales_etter_aar,
    definisjoner.kilde,
    omfang.antall_grupper,
    omfang.fra_aar,
    omfang.til_aar
from definisjoner
left join omfang
    on definisjoner.indikator_id = omfang.indikator_id
order by definisjoner.indikator_id
