{# How an oppdrag is financed now: the last letter that gave it money, else the last statement. #}
with

finansiering as (
    select * from {{ ref('stg_oppdragsfinansiering') }}
),

enheter as (
    select * from {{ ref('stg_enheter') }}
),

dokumenter as (
    select * from {{ ref('stg_dokumenter') }}
),

nummerert as (
    select
        finansiering.oppdrag_nr,
        finansiering.finansiering,
        cast(finansiering.belop * enheter.faktor as decimal(18, 0)) as belop_kr,
        finansiering.kapittel,
        finansiering.post,
        row_number() over (
            partition by finansiering.oppdrag_nr
            order by
                case finansiering.finansiering when 'tildelt' then 1 else 2 end,
                dokumenter.gjelder_aar desc,
                dokumenter.rekkefolge desc,
                finansiering.sted desc
        ) as nummer
    from finansiering
    inner join dokumenter
        on finansiering.dokument_id = dokumenter.dokument_id
    left join enheter
        on finansiering.enhet = enheter.enhet
),

gjeldende as (
    select
        oppdrag_nr,
        finansiering,
        belop_kr,
        kapittel,
        post
    from nummerert
    where nummer = 1
)

select * from gjeldende
