with

dokumenter as (
    select * from {{ ref('stg_dokumenter') }}
),

filer as (
    select * from {{ ref('stg_dokumentfiler') }}
),

nummererte_filer as (
    select
        dokument_id,
        fil,
        sha256,
        row_number() over (partition by dokument_id order by fil) as nummer
    from filer
),

antall_filer as (
    select
        dokument_id,
        cast(count(*) as integer) as antall_filer
    from filer
    group by dokument_id
),

kilder as (
    select
        dokumenter.dokument_id,
        dokumenter.virksomhet_id,
        dokumenter.tittel,
        dokumenter.type,
        dokumenter.avsender,
        dokumenter.mottaker,
        dokumenter.dato,
        dokumenter.tidligste_dato,
        dokumenter.gjelder_aar,
        dokumenter.rekkefolge,
        dokumenter.erstatter_dokument_id,
        coalesce(antall_filer.antall_filer, 0) as antall_filer,
        nummererte_filer.fil,
        nummererte_filer.sha256,
        dokumenter.url
    from dokumenter
    left join antall_filer
        on dokumenter.dokument_id = antall_filer.dokument_id
    left join nummererte_filer
        on
            dokumenter.dokument_id = nummererte_filer.dokument_id
            and nummererte_filer.nummer = 1
)

select * from kilder
order by gjelder_aar, virksomhet_id, rekkefolge, dokument_id
