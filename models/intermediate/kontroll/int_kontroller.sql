{# Every control, with its verdict: equal, explained by rounding, or an avvik. #}
with

alle as (
    select {{ kontrollkolonner() }} from {{ ref('int_kontroller_relasjoner') }}
    union all
    select {{ kontrollkolonner() }} from {{ ref('int_kontroller_samsvar') }}
    union all
    select {{ kontrollkolonner() }} from {{ ref('int_kontroller_saldo') }}
    union all
    select {{ kontrollkolonner() }} from {{ ref('int_kontroller_brevsummer') }}
    union all
    select {{ kontrollkolonner() }} from {{ ref('int_kontroller_avstemming') }}
    union all
    select {{ kontrollkolonner() }} from {{ ref('int_kontroller_poster') }}
    union all
    select {{ kontrollkolonner() }} from {{ ref('int_kontroller_oppdrag') }}
    union all
    select {{ kontrollkolonner() }} from {{ ref('int_kontroller_steder') }}
    union all
    select {{ kontrollkolonner() }} from {{ ref('int_kontroller_grenser') }}
),

regler as (
    select * from {{ ref('stg_kontrollregler') }}
),

med_differanse as (
    select
        alle.*,
        regler.kontrolltype,
        cast(alle.oppgitt - alle.beregnet as decimal(24, 6)) as differanse,
        case when alle.oppgitt >= alle.beregnet then alle.toleranse_over else alle.toleranse_under end as toleranse
    from alle
    left join regler
        on alle.regel_id = regler.regel_id
),

avgjort as (
    select
        *,
        case
            when differanse = 0 then 'ok'
            when abs(differanse) <= toleranse then 'avrunding'
            else 'avvik'
        end as resultat
    from med_differanse
)

select * from avgjort
