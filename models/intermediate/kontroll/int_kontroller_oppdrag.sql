{#
    What cannot be: a date that does not exist, a number of the wrong form, an order of dates
    that runs backwards, two titles for one oppdrag. `oppgitt` counts what is printed,
    `beregnet` what is valid.
#}
{# two years with a hyphen or dash between: 2021-2024, 2023–24 #}
{%- set periode = '20[0-9]{2}[-–—](?:20)?[0-9]{2}' -%}
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

nummer_har_riktig_form as (
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

-- the final deadlines of an oppdrag, by place
endelige_frister as (
    select
        frister.dokument_id,
        frister.oppdrag_nr,
        frister.sted,
        frister.frist,
        min(frister.frist_trykt) as frist_trykt,
        dokumenter.virksomhet_id,
        dokumenter.gjelder_aar as aar
    from frister
    inner join dokumenter
        on frister.dokument_id = dokumenter.dokument_id
    where
        frister.fristtype = 'endelig'
        and frister.frist is not null
    group by
        frister.dokument_id,
        frister.oppdrag_nr,
        frister.sted,
        frister.frist,
        dokumenter.virksomhet_id,
        dokumenter.gjelder_aar
),

steder_per_oppdrag as (
    select
        dokument_id,
        oppdrag_nr,
        count(distinct sted) as antall_steder
    from endelige_frister
    group by
        dokument_id,
        oppdrag_nr
),

steder_per_frist as (
    select
        dokument_id,
        oppdrag_nr,
        frist,
        count(distinct sted) as antall_steder
    from endelige_frister
    group by
        dokument_id,
        oppdrag_nr,
        frist
),

samme_frist as (
    select
        'gyldighet:frist-' || endelige_frister.dokument_id || '-' || endelige_frister.oppdrag_nr as kontroll_id,
        endelige_frister.virksomhet_id,
        'Oppdrag ' || endelige_frister.oppdrag_nr || ' har de samme fristene alle steder i brevet'
            as beskrivelse,
        endelige_frister.aar,
        cast(count(distinct endelige_frister.frist) as integer) as oppgitt,
        cast(count(distinct case
            when steder_per_frist.antall_steder = steder_per_oppdrag.antall_steder then endelige_frister.frist
        end) as integer) as beregnet,
        'frister' as enhet,
        endelige_frister.dokument_id,
        min(endelige_frister.sted) as sted,
        {{ dbt.listagg(
            "endelige_frister.sted || ': ' || endelige_frister.frist_trykt",
            "'; '",
            "order by endelige_frister.sted, endelige_frister.frist"
        ) }} as beregnet_fra
    from endelige_frister
    inner join steder_per_oppdrag
        on
            endelige_frister.dokument_id = steder_per_oppdrag.dokument_id
            and endelige_frister.oppdrag_nr = steder_per_oppdrag.oppdrag_nr
            and steder_per_oppdrag.antall_steder > 1
    inner join steder_per_frist
        on
            endelige_frister.dokument_id = steder_per_frist.dokument_id
            and endelige_frister.oppdrag_nr = steder_per_frist.oppdrag_nr
            and endelige_frister.frist = steder_per_frist.frist
    group by
        endelige_frister.dokument_id,
        endelige_frister.oppdrag_nr,
        endelige_frister.virksomhet_id,
        endelige_frister.aar
),

frist_i_budsjettaaret_eller_senere as (
    select
        'gyldighet:fristaar-' || endelige_frister.dokument_id || '-' || endelige_frister.oppdrag_nr
        || '-' || {{ norsk_dato('endelige_frister.frist') }} as kontroll_id,
        endelige_frister.virksomhet_id,
        'Fristen ' || {{ norsk_dato('endelige_frister.frist') }} || ' for oppdrag ' || endelige_frister.oppdrag_nr
        || ' er ikke før budsjettåret brevet gjelder' as beskrivelse,
        endelige_frister.aar,
        1 as oppgitt,
        case when extract(year from endelige_frister.frist) < endelige_frister.aar then 0 else 1 end as beregnet,
        'frist' as enhet,
        endelige_frister.dokument_id,
        min(endelige_frister.sted) as sted,
        'budsjettåret ' || cast(endelige_frister.aar as {{ dbt.type_string() }}) as beregnet_fra
    from endelige_frister
    group by
        endelige_frister.dokument_id,
        endelige_frister.oppdrag_nr,
        endelige_frister.frist,
        endelige_frister.virksomhet_id,
        endelige_frister.aar
),

finansiering as (
    select * from {{ ref('stg_oppdragsfinansiering') }}
    where
        kapittel is not null
        and post is not null
),

samme_post as (
    select
        'gyldighet:oppdragspost-' || finansiering.virksomhet_id || '-' || finansiering.oppdrag_nr as kontroll_id,
        finansiering.virksomhet_id,
        'Oppdrag ' || finansiering.oppdrag_nr || ' har samme kapittel og post alle steder det er finansiert'
            as beskrivelse,
        max(dokumenter.gjelder_aar) as aar,
        cast(count(distinct finansiering.kapittel || '/' || finansiering.post) as integer) as oppgitt,
        1 as beregnet,
        'poster' as enhet,
        max(finansiering.dokument_id) as dokument_id,
        max(finansiering.sted) as sted,
        {{ dbt.listagg(
            "finansiering.dokument_id || ', ' || finansiering.sted || ': ' || finansiering.kapittel || '/' || finansiering.post",
            "'; '",
            "order by finansiering.dokument_id, finansiering.sted"
        ) }} as beregnet_fra
    from finansiering
    inner join dokumenter
        on finansiering.dokument_id = dokumenter.dokument_id
    group by
        finansiering.virksomhet_id,
        finansiering.oppdrag_nr
    having count(*) > 1
),

titler_med_periode as (
    select distinct
        omtaler.dokument_id,
        omtaler.oppdrag_nr,
        omtaler.sted,
        {{ forste_treff('omtaler.tittel', periode) }} as periode
    from omtaler
),

mulig_periode as (
    select
        'gyldighet:periode-' || titler_med_periode.dokument_id || '-' || titler_med_periode.oppdrag_nr
        || '-' || {{ nokkel('titler_med_periode.sted') }} as kontroll_id,
        dokumenter.virksomhet_id,
        'Perioden ' || titler_med_periode.periode || ' i tittelen på oppdrag ' || titler_med_periode.oppdrag_nr
        || ' slutter etter at den begynner' as beskrivelse,
        dokumenter.gjelder_aar as aar,
        1 as oppgitt,
        case
            when right(titler_med_periode.periode, 2) >= substring(titler_med_periode.periode, 3, 2) then 1
            else 0
        end as beregnet,
        'periode' as enhet,
        titler_med_periode.dokument_id,
        titler_med_periode.sted,
        'årstallene i tittelen' as beregnet_fra
    from titler_med_periode
    inner join dokumenter
        on titler_med_periode.dokument_id = dokumenter.dokument_id
    where titler_med_periode.periode is not null
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
{{ gyldighetskontroller('nummer_har_riktig_form', 'nummerform') }}
union all
{{ gyldighetskontroller('samme_tittel', 'samme_tittel') }}
union all
{{ gyldighetskontroller('samme_frist', 'samme_frist') }}
union all
{{ gyldighetskontroller('frist_i_budsjettaaret_eller_senere', 'fristaar') }}
union all
{{ gyldighetskontroller('mulig_periode', 'periode') }}
union all
{{ gyldighetskontroller('samme_post', 'oppdragspost') }}
union all
{{ gyldighetskontroller('delleveranse_for_frist', 'delleveranse') }}
union all
{{ gyldighetskontroller('levert_i_tide', 'levert') }}
