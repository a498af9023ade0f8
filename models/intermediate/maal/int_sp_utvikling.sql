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

-- a letter is judged by what was known in its year: later figures belong to later letters
nummerert as (
    select
        sp_indikatorer.gjelder_aar,
        sp_indikatorer.sp_nr,
        verdier.*,
        row_number() over (
            partition by
                sp_indikatorer.virksomhet_id,
                sp_indikatorer.gjelder_aar,
                sp_indikatorer.sp_nr,
                sp_indikatorer.indikator_id
            order by verdier.aar desc
        ) as nummer
    from sp_indikatorer
    inner join verdier
        on
            sp_indikatorer.virksomhet_id = verdier.virksomhet_id
            and sp_indikatorer.indikator_id = verdier.indikator_id
            and sp_indikatorer.gruppe = verdier.gruppe
            and sp_indikatorer.gjelder_aar >= verdier.aar
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
        siste.gjelder_aar,
        siste.sp_nr,
        krav.indikator_id,
        krav.krav_verdi,
        krav.grunnlag,
        row_number() over (
            partition by siste.virksomhet_id, siste.gjelder_aar, siste.sp_nr, krav.indikator_id
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
        siste.gjelder_aar,
        siste.sp_nr,
        siste.indikator_id,
        siste.gruppe,
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
    from siste
    left join forrige
        on
            siste.virksomhet_id = forrige.virksomhet_id
            and siste.gjelder_aar = forrige.gjelder_aar
            and siste.sp_nr = forrige.sp_nr
            and siste.indikator_id = forrige.indikator_id
    left join nummererte_krav
        on
            siste.virksomhet_id = nummererte_krav.virksomhet_id
            and siste.gjelder_aar = nummererte_krav.gjelder_aar
            and siste.sp_nr = nummererte_krav.sp_nr
            and siste.indikator_id = nummererte_krav.indikator_id
            and nummererte_krav.nummer = 1
)

select * from utvikling
