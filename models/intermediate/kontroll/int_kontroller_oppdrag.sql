{#
    What cannot be: a date that does not exist, a number of the wrong form, an order of dates
    that runs backwards, two titles for one oppdrag. `oppgitt` counts what is printed,
    `beregnet` what is valid.
#}
with

dokumenter as (
    select * from {{ ref('stg_dokumenter') }}
),

frister as (
    select * from {{ ref('stg_oppdragsfrister') }}
),

omtaler as (
    select * from {{ ref('stg_oppdragsomtaler') }}
),

leveranser as (
    select * from {{ ref('stg_oppdragsleveranser') }}
),

deler as (
    select
        oppdragsdeler.*,
        leveranser.levert_dato
    from {{ ref('int_oppdragsdeler') }} as oppdragsdeler
    left join leveranser
        on
            oppdragsdeler.virksomhet_id = leveranser.virksomhet_id
            and oppdragsdeler.oppdrag_nr = leveranser.oppdrag_nr
            and oppdragsdeler.del = leveranser.del
),

dato_finnes as (
    select
        'gyldighet:dato-' || frister.dokument_id || '-' || frister.oppdrag_nr || '-' || frister.del as kontroll_id,
        dokumenter.virksomhet_id,
        'Fristen ' || frister.frist_trykt || ' for oppdrag ' || frister.oppdrag_nr || ' er en dato som finnes'
            as beskrivelse,
        dokumenter.gjelder_aar as aar,
        1 as oppgitt,
        case when frister.frist is null then 0 else 1 end as beregnet,
        'dato' as enhet,
        frister.dokument_id,
        min(frister.sted) as sted,
        'kalenderen' as beregnet_fra
    from frister
    inner join dokumenter
        on frister.dokument_id = dokumenter.dokument_id
    where {{ samsvarer('frister.frist_trykt', '[0-9]{1,2}[.][0-9]{1,2}[.][0-9]{4}') }}
    group by
        frister.oppdrag_nr,
        frister.del,
        dokumenter.virksomhet_id,
        frister.frist_trykt,
        dokumenter.gjelder_aar,
        frister.frist,
        frister.dokument_id
),

nummer_har_aarets_form as (
    select
        'gyldighet:nummer-' || omtaler.dokument_id || '-' || omtaler.oppdrag_nr as kontroll_id,
        dokumenter.virksomhet_id,
        'Oppdragsnummeret ' || min(omtaler.trykt_nr) || ' har formen år-nummer' as beskrivelse,
        dokumenter.gjelder_aar as aar,
        1 as oppgitt,
        min(case
            when {{ samsvarer('omtaler.trykt_nr', '(20[0-9]{2}-[0-9]{2}|TB20[0-9]{2}[- ]FoU[0-9]+)') }} then 1
            else 0
        end) as beregnet,
        'nummer' as enhet,
        omtaler.dokument_id,
        min(omtaler.sted) as sted,
        'formen ÅÅÅÅ-NN' as beregnet_fra
    from omtaler
    inner join dokumenter
        on omtaler.dokument_id = dokumenter.dokument_id
    group by
        omtaler.oppdrag_nr,
        dokumenter.virksomhet_id,
        dokumenter.gjelder_aar,
        omtaler.dokument_id
),

samme_tittel as (
    select
        'gyldighet:tittel-' || omtaler.dokument_id || '-' || omtaler.oppdrag_nr as kontroll_id,
        dokumenter.virksomhet_id,
        'Oppdrag ' || omtaler.oppdrag_nr || ' har samme tittel alle steder i brevet'
            as beskrivelse,
        dokumenter.gjelder_aar as aar,
        cast(count(distinct omtaler.tittel) as integer) as oppgitt,
        1 as beregnet,
        'titler' as enhet,
        omtaler.dokument_id,
        min(omtaler.sted) as sted,
        {{ dbt.listagg(
            "omtaler.sted || ': «' || omtaler.tittel || '»'",
            "'; '",
            "order by omtaler.sted"
        ) }} as beregnet_fra
    from omtaler
    inner join dokumenter
        on omtaler.dokument_id = dokumenter.dokument_id
    group by
        omtaler.oppdrag_nr,
        dokumenter.virksomhet_id,
        dokumenter.gjelder_aar,
        omtaler.dokument_id
    having count(*) > 1
),

samme_frist as (
    select
        'gyldighet:frist-' || frister.dokument_id || '-' || frister.oppdrag_nr || '-' || frister.del as kontroll_id,
        dokumenter.virksomhet_id,
        'Oppdrag ' || frister.oppdrag_nr || ' har samme frist alle steder i brevet'
            as beskrivelse,
        dokumenter.gjelder_aar as aar,
        cast(count(distinct frister.frist) as integer) as oppgitt,
        1 as beregnet,
        'frister' as enhet,
        frister.dokument_id,
        min(frister.sted) as sted,
        {{ dbt.listagg(
            "frister.sted || ': ' || frister.frist_trykt",
            "'; '",
            "order by frister.sted"
        ) }} as beregnet_fra
    from frister
    inner join dokumenter
        on frister.dokument_id = dokumenter.dokument_id
    group by
        frister.oppdrag_nr,
        frister.del,
        dokumenter.virksomhet_id,
        dokumenter.gjelder_aar,
        frister.dokument_id
    having count(frister.frist) > 1
),

delleveranse_for_frist as (
    select
        'gyldighet:delleveranse-' || delleveranse.virksomhet_id || '-' || delleveranse.oppdrag_nr
        || '-' || delleveranse.del
            as kontroll_id,
        delleveranse.virksomhet_id,
        'Delleveransen i oppdrag ' || delleveranse.oppdrag_nr || ' kommer ikke etter den endelige fristen'
            as beskrivelse,
        cast(extract(year from endelig.frist) as integer) as aar,
        1 as oppgitt,
        case when delleveranse.frist > endelig.frist then 0 else 1 end as beregnet,
        'frist' as enhet,
        delleveranse.dokument_id,
        delleveranse.sted,
        {{ norsk_dato('delleveranse.frist') }} || ' mot endelig frist ' || {{ norsk_dato('endelig.frist') }}
        || ' (' || endelig.dokument_id || ', ' || endelig.sted || ')' as beregnet_fra
    from deler as delleveranse
    inner join deler as endelig
        on
            delleveranse.virksomhet_id = endelig.virksomhet_id
            and delleveranse.oppdrag_nr = endelig.oppdrag_nr
            and endelig.del = 'hele'
    where
        delleveranse.fristtype = 'delleveranse'
        and delleveranse.frist is not null
        and endelig.frist is not null
),

levert_i_tide as (
    select
        'gyldighet:levert-' || virksomhet_id || '-' || oppdrag_nr || '-' || del as kontroll_id,
        virksomhet_id,
        'Oppdrag ' || oppdrag_nr || ' ble levert innen fristen' as beskrivelse,
        cast(extract(year from frist) as integer) as aar,
        1 as oppgitt,
        case when levert_dato > frist then 0 else 1 end as beregnet,
        'frist' as enhet,
        dokument_id,
        sted,
        'levert ' || {{ norsk_dato('levert_dato') }} || ', frist ' || {{ norsk_dato('frist') }} as beregnet_fra
    from deler
    where
        levert_dato is not null
        and frist is not null
)

{{ gyldighetskontroller('dato_finnes', 'dato_finnes') }}
union all
{{ gyldighetskontroller('nummer_har_aarets_form', 'nummerform') }}
union all
{{ gyldighetskontroller('samme_tittel', 'samme_tittel') }}
union all
{{ gyldighetskontroller('samme_frist', 'samme_frist') }}
union all
{{ gyldighetskontroller('delleveranse_for_frist', 'delleveranse') }}
union all
{{ gyldighetskontroller('levert_i_tide', 'levert') }}
