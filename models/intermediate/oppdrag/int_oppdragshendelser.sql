{#
    Every document's statements about an oppdrag as events in time: listed, deadline set or
    moved, financing given or corrected, delivered.
#}
with

omtaler as (
    select * from {{ ref('stg_oppdragsomtaler') }}
),

register as (
    select * from {{ ref('stg_oppdragsregister') }}
),

frister as (
    select * from {{ ref('stg_oppdragsfrister') }}
),

finansiering as (
    select * from {{ ref('stg_oppdragsfinansiering') }}
),

leveranser as (
    select * from {{ ref('stg_oppdragsleveranser') }}
),

dokumenter as (
    select * from {{ ref('stg_dokumenter') }}
),

plasser as (
    select * from {{ ref('int_stedsrekkefolge') }}
),

-- a letter that is known only from a later one has given the oppdrag without listing it here
gitt_i_ukjent_brev as (
    select
        register.virksomhet_id,
        register.oppdrag_nr,
        'hele' as del,
        register.gitt_dokument_id as dokument_id,
        cast(null as {{ dbt.type_string() }}) as sted,
        'gitt' as felt,
        'gitt' as hendelse,
        cast(null as {{ dbt.type_string() }}) as til_verdi,
        cast(null as {{ dbt.type_string() }}) as endring,
        cast(null as date) as egen_dato
    from register
    left join omtaler
        on
            register.virksomhet_id = omtaler.virksomhet_id
            and register.oppdrag_nr = omtaler.oppdrag_nr
            and register.gitt_dokument_id = omtaler.dokument_id
    where
        register.gitt_dokument_id is not null
        and omtaler.oppdrag_nr is null
),

oppforinger as (
    select
        virksomhet_id,
        oppdrag_nr,
        'hele' as del,
        dokument_id,
        sted,
        'oppføring' as felt,
        hendelse,
        tittel as til_verdi,
        cast(null as {{ dbt.type_string() }}) as endring,
        cast(null as date) as egen_dato
    from omtaler
),

fristutsagn as (
    select
        virksomhet_id,
        oppdrag_nr,
        del,
        dokument_id,
        sted,
        'frist' as felt,
        'frist' as hendelse,
        coalesce(cast(frist as {{ dbt.type_string() }}), frist_trykt) as til_verdi,
        endring,
        cast(null as date) as egen_dato
    from frister
),

finansieringsutsagn as (
    select
        virksomhet_id,
        oppdrag_nr,
        'hele' as del,
        dokument_id,
        sted,
        'finansiering' as felt,
        case finansiering
            when 'tildelt, feil kapittel' then 'tildelt på feil kapittel'
            when 'over FoU-posten' then 'ført på FoU-posten'
            else 'finansiering'
        end as hendelse,
        finansiering
        || coalesce(' ' || {{ norsk_tall('belop') }} || ' ' || enhet, '')
        || coalesce(', ' || {{ kap_post('kapittel', 'post') }}, '') as til_verdi,
        cast(null as {{ dbt.type_string() }}) as endring,
        cast(null as date) as egen_dato
    from finansiering
),

leverte as (
    select
        virksomhet_id,
        oppdrag_nr,
        del,
        dokument_id,
        sted,
        'levert' as felt,
        'levert' as hendelse,
        leveranse as til_verdi,
        cast(null as {{ dbt.type_string() }}) as endring,
        levert_dato as egen_dato
    from leveranser
),

alle as (
    select * from gitt_i_ukjent_brev
    union all
    select * from oppforinger
    union all
    select * from fristutsagn
    union all
    select * from finansieringsutsagn
    union all
    select * from leverte
),

datert as (
    select
        alle.*,
        plasser.plass,
        coalesce(alle.egen_dato, dokumenter.dato) as dato,
        coalesce(alle.egen_dato, dokumenter.dato, dokumenter.tidligste_dato) as tidligste_dato
    from alle
    inner join dokumenter
        on alle.dokument_id = dokumenter.dokument_id
    left join plasser
        on
            alle.dokument_id = plasser.dokument_id
            and alle.sted = plasser.sted
),

med_forrige as (
    select
        *,
        lag(til_verdi) over (
            partition by virksomhet_id, oppdrag_nr, del, felt
            order by plass
        ) as fra_verdi
    from datert
),

navngitt as (
    select
        virksomhet_id,
        oppdrag_nr,
        del,
        dato,
        tidligste_dato,
        felt,
        case
            when felt = 'frist' and fra_verdi is null and endring is not null then 'frist endret'
            when felt = 'frist' and fra_verdi is null then 'frist satt'
            when felt = 'frist' and fra_verdi = til_verdi then 'frist gjentatt'
            when felt = 'frist' then 'frist endret'
            when hendelse = 'finansiering' and fra_verdi like 'tildelt, feil kapittel%' then 'finansiering korrigert'
            when hendelse = 'finansiering' and fra_verdi is null then 'finansiering satt'
            when hendelse = 'finansiering' and fra_verdi = til_verdi then 'finansiering gjentatt'
            when hendelse = 'finansiering' then 'finansiering endret'
            else hendelse
        end as hendelse,
        case when felt in ('frist', 'finansiering') then fra_verdi end as fra_verdi,
        til_verdi,
        dokument_id,
        sted,
        -- a letter that is not at hand has no page, and comes before the one that speaks of it
        coalesce(plass, 0) as plass
    from med_forrige
)

select * from navngitt
