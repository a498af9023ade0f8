with

definisjoner as (
    select * from {{ ref('stg_indikatordefinisjoner') }}
),

verdier as (
    select * from {{ ref('indikatorer') }}
),

omfang as (
    select
        virksomhet_id,
        indikator_id,
        cast(count(distinct gruppe) as integer) as antall_grupper,
        min(aar) as fra_aar,
        max(aar) as til_aar
    from verdier
    group by
        virksomhet_id,
        indikator_id
)

select
    omfang.virksomhet_id,
    definisjoner.indikator_id,
    definisjoner.indikator,
    definisjoner.definisjon,
    definisjoner.enhet,
    definisjoner.retning,
    definisjoner.populasjon,
    definisjoner.maaletidspunkt,
    definisjoner.er_kohort,
    definisjoner.maales_etter_aar,
    definisjoner.kilde,
    omfang.antall_grupper,
    omfang.fra_aar,
    omfang.til_aar
from definisjoner
inner join omfang
    on definisjoner.indikator_id = omfang.indikator_id
order by omfang.virksomhet_id, definisjoner.indikator_id
