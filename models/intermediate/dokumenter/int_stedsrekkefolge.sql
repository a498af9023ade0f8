{# Where a place stands among all places: by date, letter, page. The order in which the documents speak. #}
with

steder as (
    select * from {{ ref('stg_steder') }}
),

dokumenter as (
    select * from {{ ref('stg_dokumenter') }}
),

forste_linje as (
    select
        steder.dokument_id,
        steder.sted,
        coalesce(
            dokumenter.dato,
            dokumenter.tidligste_dato,
            make_date(dokumenter.gjelder_aar, 1, 1)
        ) as dato,
        {{ brevnummer('dokumenter') }} as brevnummer,
        min(steder.fra_linje) as linje
    from steder
    inner join dokumenter
        on steder.dokument_id = dokumenter.dokument_id
    group by
        steder.dokument_id,
        steder.sted,
        dokumenter.dato,
        dokumenter.tidligste_dato,
        dokumenter.gjelder_aar,
        dokumenter.rekkefolge
),

nummerert as (
    select
        dokument_id,
        sted,
        cast(row_number() over (
            order by dato, brevnummer, dokument_id, linje, sted
        ) as integer) as plass
    from forste_linje
)

select * from nummerert
