{# What a document says of its own places: the years in a table's title, and where a reference leads. #}
with

steder as (
    select * from {{ ref('stg_steder') }}
    where tittel_fra_aar is not null
),

dokumenter as (
    select * from {{ ref('stg_dokumenter') }}
),

serier as (
    select * from {{ ref('stg_serier') }}
),

verdier as (
    select * from {{ ref('stg_verdier') }}
),

henvisninger as (
    select * from {{ ref('stg_henvisninger') }}
),

trykte_aar as (
    select distinct
        serier.dokument_id,
        serier.sted,
        verdier.aar
    from verdier
    inner join serier
        on verdier.serie_id = serier.serie_id
),

-- a year that is missing and a year too many both count against the title
tittel_mot_aar as (
    select
        steder.dokument_id,
        steder.sted,
        steder.tittel_fra_aar,
        steder.tittel_til_aar,
        min(trykte_aar.aar) as fra_aar,
        max(trykte_aar.aar) as til_aar,
        cast(sum(case
            when trykte_aar.aar between steder.tittel_fra_aar and steder.tittel_til_aar then 1
            else -1
        end) as integer) as antall
    from steder
    inner join trykte_aar
        on
            steder.dokument_id = trykte_aar.dokument_id
            and steder.sted = trykte_aar.sted
    group by
        steder.dokument_id,
        steder.sted,
        steder.tittel_fra_aar,
        steder.tittel_til_aar
),

tittel_og_tall as (
    select
        'gyldighet:tabellaar-' || tittel_mot_aar.dokument_id || '-'
        || {{ nokkel('tittel_mot_aar.sted') }} as kontroll_id,
        dokumenter.virksomhet_id,
        tittel_mot_aar.sted || ' har tall for årene tittelen nevner, '
        || cast(tittel_mot_aar.tittel_fra_aar as {{ dbt.type_string() }}) || '–'
        || cast(tittel_mot_aar.tittel_til_aar as {{ dbt.type_string() }}) as beskrivelse,
        tittel_mot_aar.tittel_til_aar as aar,
        tittel_mot_aar.tittel_til_aar - tittel_mot_aar.tittel_fra_aar + 1 as oppgitt,
        tittel_mot_aar.antall as beregnet,
        'år' as enhet,
        tittel_mot_aar.dokument_id,
        tittel_mot_aar.sted,
        'kolonnene, ' || cast(tittel_mot_aar.fra_aar as {{ dbt.type_string() }}) || '–'
        || cast(tittel_mot_aar.til_aar as {{ dbt.type_string() }}) as beregnet_fra
    from tittel_mot_aar
    inner join dokumenter
        on tittel_mot_aar.dokument_id = dokumenter.dokument_id
),

henvisning_treffer as (
    select
        'gyldighet:henvisning-' || henvisninger.dokument_id || '-' || {{ nokkel('henvisninger.sted') }} || '-'
        || {{ nokkel('henvisninger.henviser_til') }} as kontroll_id,
        dokumenter.virksomhet_id,
        henvisninger.sted || ' viser til ' || henvisninger.henvisning_trykt || ' for ' || henvisninger.emne
            as beskrivelse,
        dokumenter.gjelder_aar as aar,
        1 as oppgitt,
        case when henvisninger.henviser_til = henvisninger.staar_i then 1 else 0 end as beregnet,
        'henvisning' as enhet,
        henvisninger.dokument_id,
        henvisninger.sted,
        'emnet står i ' || henvisninger.staar_i as beregnet_fra
    from henvisninger
    inner join dokumenter
        on henvisninger.dokument_id = dokumenter.dokument_id
)

{{ gyldighetskontroller('tittel_og_tall', 'tabellaar') }}
union all
{{ gyldighetskontroller('henvisning_treffer', 'henvisning') }}
