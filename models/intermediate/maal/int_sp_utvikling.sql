{#
    For each indicator of each SP: the latest value, the one before it, the requirement, and
    whether the series was broken between them.
#}
with

sp_indikatorer as (
    select * from {{ ref('stg_sp_indikatorer') }}
),

verdier as (
    select * from {{ ref('int_indikatorverdier') }}
),

krav as (
    select * from {{ ref('stg_krav') }}
),

nummerert as (
    select
        *,
        row_number() over (
            partition by virksomhet_id, indikator_id, gruppe
            order by aar desc
        ) as nummer
    from verdier
),

siste as (
    select * from nummerert
    where nummer = 1
),

forrige as (
    select * from nummerert
    where nummer = 2
),

nummererte_krav as (
    select
        siste.virksomhet_id,
        krav.indikator_id,
        krav.gruppe,
        krav.krav_verdi,
        krav.grunnlag,
        row_number() over (
            partition by siste.virksomhet_id, krav.indikator_id, krav.gruppe
            order by krav.gjelder_fra_aar desc
        ) as nummer
    from krav
    inner join siste
        on
            krav.indikator_id = siste.indikator_id
            and krav.gruppe = siste.gruppe
            and krav.gjelder_fra_aar <= siste.aar
),

utvikling as (
    select
        siste.virksomhet_id,
        sp_indikatorer.gjelder_aar,
        sp_indikatorer.sp_nr,
        sp_indikatorer.indikator_id,
        sp_indikatorer.gruppe,
        siste.aar as siste_aar,
        siste.verdi as siste_verdi,
        siste.status as siste_status,
        siste.korrigert,
        siste.dokument_id,
        siste.sted,
        forrige.aar as forrige_aar,
        forrige.verdi as forrige_verdi,
        cast(siste.verdi - forrige.verdi as decimal(18, 3)) as endring,
        siste.brudd as brudd_for_siste,
        nummererte_krav.krav_verdi as krav,
        nummererte_krav.grunnlag as kravgrunnlag
    from sp_indikatorer
    inner join siste
        on
            sp_indikatorer.virksomhet_id = siste.virksomhet_id
            and sp_indikatorer.indikator_id = siste.indikator_id
            and sp_indikatorer.gruppe = siste.gruppe
    left join forrige
        on
            siste.virksomhet_id = forrige.virksomhet_id
            and siste.indikator_id = forrige.indikator_id
            and siste.gruppe = forrige.gruppe
    left join nummererte_krav
        on
            siste.virksomhet_id = nummererte_krav.virksomhet_id
            and siste.indikator_id = nummererte_krav.indikator_id
            and siste.gruppe = nummererte_krav.gruppe
            and nummererte_krav.nummer = 1
)

select * from utvikling
