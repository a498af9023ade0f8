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
    select
        serier.dokument_id,
        serier.sted,
        cast(count(distinct verdier.aar) as integer) as antall,
        min(verdier.aar) as fra_aar,
        max(verdier.aar) as til_aar
    from verdier
    inner join serier
        on verdier.serie_id = serier.serie_id
    group by
        serier.dokument_id,
        serier.sted
),

tittel_og_tall as (
    select
        'gyldighet:tabellaar-' || steder.dokument_id || '-' || {{ nokkel('steder.sted') }} as kontroll_id,
        dokumenter.virksomhet_id,
        steder.sted || ' har tall for årene tittelen nevner, '
        || cast(steder.tittel_fra_aar as {{ dbt.type_string() }}) || '–'
        || cast(steder.tittel_til_aar as {{ dbt.type_string() }}) as beskrivelse,
        steder.tittel_til_aar as aar,
        steder.tittel_til_aar - steder.tittel_fra_aar + 1 as oppgitt,
        trykte_aar.antall as beregnet,
        'år' as enhet,
        steder.dokument_id,
        steder.sted,
        'kolonnene, ' || cast(trykte_aar.fra_aar as {{ dbt.type_string() }}) || '–'
        || cast(trykte_aar.til_aar as {{ dbt.type_string() }}) as beregnet_fra
    from steder
    inner join dokumenter
        on steder.dokument_id = dokumenter.dokument_id
    inner join trykte_aar
        on
            steder.dokument_id = trykte_aar.dokument_id
            and steder.sted = trykte_aar.sted
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
