{# How an oppdrag is financed now: the last letter that gave it money, else the last statement. #}
with

finansiering as (
    select * from {{ ref('stg_oppdragsfinansiering') }}
),

enheter as (
    select * from {{ ref('stg_enheter') }}
),

plasser as (
    select * from {{ ref('int_stedsrekkefolge') }}
),

nummerert as (
    select
        finansiering.virksomhet_id,
        finansiering.oppdrag_nr,
        finansiering.finansiering,
        cast(finansiering.belop * enheter.faktor as decimal(18, 0)) as belop_kr,
        finansiering.kapittel,
        finansiering.post,
        row_number() over (
            partition by finansiering.virksomhet_id, finansiering.oppdrag_nr
            order by
                case finansiering.finansiering when 'tildelt' then 1 else 2 end,
                plasser.plass desc
        ) as nummer
    from finansiering
    inner join plasser
        on
            finansiering.dokument_id = plasser.dokument_id
            and finansiering.sted = plasser.sted
    left join enheter
        on finansiering.enhet = enheter.enhet
),

gjeldende as (
    select
        virksomhet_id,
        oppdrag_nr,
        finansiering,
        belop_kr,
        kapittel,
        post
    from nummerert
    where nummer = 1
)

select * from gjeldende
