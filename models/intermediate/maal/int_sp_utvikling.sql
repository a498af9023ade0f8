{#
    For each indicator and group of each SP: the latest value, the one before it, the requirement, and whether the series
    was broken between them.
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

trykte_endringer as (
    select * from {{ ref('stg_trykte_endringer') }}
),

tall as (
    select * from {{ ref('int_tall') }}
),

indikatorer as (
    select * from {{ ref('stg_indikatordefinisjoner') }}
),

enheter as (
    select * from {{ ref('stg_enheter') }}
),

-- a letter is judged by what was known in its year: later figures belong to later letters
nummerert as (
    select
        sp_indikatorer.gjelder_aar,
        sp_indikatorer.sp_nr,
        sp_indikatorer.nummer,
        sp_indikatorer.er_fordeling,
        verdier.*,
        row_number() over (
            partition by
                sp_indikatorer.virksomhet_id,
                sp_indikatorer.gjelder_aar,
                sp_indikatorer.sp_nr,
                sp_indikatorer.indikator_id,
                sp_indikatorer.gruppe
            order by verdier.aar desc
        ) as nyhet
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
    where nyhet = 1
),

forrige as (
    select * from nummerert
    where nyhet = 2
),

nummererte_krav as (
    select
        siste.virksomhet_id,
        siste.gjelder_aar,
        siste.sp_nr,
        krav.*,
        row_number() over (
            partition by siste.virksomhet_id, siste.gjelder_aar, siste.sp_nr, krav.indikator_id, krav.gruppe
            order by krav.gjelder_fra_aar desc
        ) as nyhet
    from krav
    inner join siste
        on
            krav.indikator_id = siste.indikator_id
            and krav.gruppe = siste.gruppe
            and krav.gjelder_fra_aar <= siste.aar
),

endringer as (
    select
        tall.virksomhet_id,
        trykte_endringer.indikator_id,
        trykte_endringer.gruppe,
        tall.aar,
        tall.aar + trykte_endringer.aar_forskyvning as fra_aar,
        cast(trykte_endringer.fortegn * tall.grunnverdi / enheter.faktor as decimal(18, 3)) as endring
    from trykte_endringer
    inner join tall
        on trykte_endringer.serie_id = tall.serie_id
    inner join indikatorer
        on trykte_endringer.indikator_id = indikatorer.indikator_id
    inner join enheter
        on indikatorer.enhet = enheter.enhet
),

utvikling as (
    select
        siste.virksomhet_id,
        siste.gjelder_aar,
        siste.sp_nr,
        siste.nummer,
        siste.indikator_id,
        siste.gruppe,
        siste.er_fordeling,
        siste.aar as siste_aar,
        siste.kohort_aar,
        siste.maalt_aar,
        siste.verdi as siste_verdi,
        siste.tilnaermet as siste_tilnaermet,
        siste.status as siste_status,
        siste.korrigert,
        siste.serie_id,
        siste.dokument_id,
        siste.sted,
        coalesce(forrige.aar, endringer.fra_aar) as forrige_aar,
        forrige.verdi as forrige_verdi,
        forrige.tilnaermet as forrige_tilnaermet,
        forrige.status as forrige_status,
        forrige.korrigert as forrige_korrigert,
        case
            when not siste.brudd
                then cast(coalesce(siste.verdi - forrige.verdi, endringer.endring) as decimal(18, 3))
        end as endring,
        cast(siste.slingring + coalesce(forrige.slingring, 0) as decimal(18, 3)) as slingring,
        siste.brudd as brudd_for_siste,
        siste.bruddgrunn,
        siste.tilkommet_gruppe,
        siste.verdi_uten_tilkommet,
        nummererte_krav.krav_verdi as krav,
        nummererte_krav.betegnelse as kravbetegnelse,
        nummererte_krav.grunnlag as kravgrunnlag,
        nummererte_krav.dokument_id as krav_dokument_id,
        nummererte_krav.sted as krav_sted
    from siste
    left join forrige
        on
            siste.virksomhet_id = forrige.virksomhet_id
            and siste.gjelder_aar = forrige.gjelder_aar
            and siste.sp_nr = forrige.sp_nr
            and siste.indikator_id = forrige.indikator_id
            and siste.gruppe = forrige.gruppe
    left join nummererte_krav
        on
            siste.virksomhet_id = nummererte_krav.virksomhet_id
            and siste.gjelder_aar = nummererte_krav.gjelder_aar
            and siste.sp_nr = nummererte_krav.sp_nr
            and siste.indikator_id = nummererte_krav.indikator_id
            and siste.gruppe = nummererte_krav.gruppe
            and nummererte_krav.nyhet = 1
    left join endringer
        on
            siste.virksomhet_id = endringer.virksomhet_id
            and siste.indikator_id = endringer.indikator_id
            and siste.gruppe = endringer.gruppe
            and siste.aar = endringer.aar
            and forrige.aar is null
)

select * from utvikling
