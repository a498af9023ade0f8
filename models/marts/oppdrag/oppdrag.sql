with

register as (
    select * from {{ ref('stg_oppdragsregister') }}
),

deler as (
    select * from {{ ref('int_oppdragsdeler') }}
),

titler as (
    select * from {{ ref('int_oppdragstitler') }}
),

finansiering as (
    select * from {{ ref('int_oppdragsfinansiering') }}
),

ansvar as (
    select * from {{ ref('int_oppdragsansvar') }}
),

leveranser as (
    select * from {{ ref('stg_oppdragsleveranser') }}
),

virksomheter as (
    select * from {{ ref('stg_virksomheter') }}
),

aktorer as (
    select * from {{ ref('stg_aktorer') }}
),

dokumenter as (
    select * from {{ ref('stg_dokumenter') }}
),

oppdrag as (
    select
        register.virksomhet_id,
        register.oppdrag_nr,
        deler.del,
        titler.tittel,
        register.type,
        titler.maal_nr,
        register.gitt_dokument_id,
        gitt.dato as gitt_dato,
        deler.fristtype,
        deler.frist,
        deler.frist_trykt,
        deler.opprinnelig_frist,
        -- a letter that names no lead addresses the agency that receives it
        coalesce(ansvar.hovedansvarlig, virksomheter.kortnavn) as hovedansvarlig,
        coalesce(ledere.navn, virksomheter.virksomhet) as hovedansvarlig_navn,
        ansvar.hovedansvarlig is not null as hovedansvarlig_oppgitt,
        finansiering.finansiering,
        finansiering.belop_kr,
        finansiering.kapittel,
        finansiering.post,
        leveranser.levert_dato,
        case
            -- what is delivered later is not delivered on the day
            when leveranser.levert_dato <= {{ statusdato() }}
                then case when leveranser.levert_dato > deler.frist then 'levert etter frist' else 'levert' end
            when deler.frist is null then 'uten dato'
            when deler.frist < {{ statusdato() }} then 'frist passert'
            else 'ikke forfalt'
        end as status,
        {{ statusdato() }} as statusdato,
        deler.dokument_id,
        deler.sted
    from register
    inner join deler
        on
            register.virksomhet_id = deler.virksomhet_id
            and register.oppdrag_nr = deler.oppdrag_nr
    inner join titler
        on
            register.virksomhet_id = titler.virksomhet_id
            and register.oppdrag_nr = titler.oppdrag_nr
    inner join virksomheter
        on register.virksomhet_id = virksomheter.virksomhet_id
    left join dokumenter as gitt
        on register.gitt_dokument_id = gitt.dokument_id
    left join ansvar
        on
            deler.virksomhet_id = ansvar.virksomhet_id
            and deler.oppdrag_nr = ansvar.oppdrag_nr
            and deler.del = ansvar.del
    left join aktorer as ledere
        on ansvar.hovedansvarlig = ledere.aktor
    left join finansiering
        on
            register.virksomhet_id = finansiering.virksomhet_id
            and register.oppdrag_nr = finansiering.oppdrag_nr
    left join leveranser
        on
            deler.virksomhet_id = leveranser.virksomhet_id
            and deler.oppdrag_nr = leveranser.oppdrag_nr
            and deler.del = leveranser.del
)

select * from oppdrag
order by virksomhet_id, oppdrag_nr, del
