with

bindinger as (
    select * from {{ ref('stg_bindinger') }}
),

enheter as (
    select * from {{ ref('stg_enheter') }}
),

dokumenter as (
    select * from {{ ref('stg_dokumenter') }}
),

i_kroner as (
    select
        dokumenter.virksomhet_id,
        dokumenter.type as dokumenttype,
        bindinger.budsjettaar,
        bindinger.kapittel,
        bindinger.post,
        bindinger.binding,
        bindinger.overordnet_binding,
        bindinger.andelstype,
        bindinger.belop,
        bindinger.enhet,
        enheter.faktor,
        cast(cast(bindinger.belop as decimal(24, 3)) * enheter.faktor as decimal(24, 6)) as grunnverdi,
        case
            when bindinger.enhet = 'kr' then cast(0 as decimal(24, 6))
            else {{ halv_siste_siffer('enheter.faktor', 'bindinger.desimaler', 'enheter.eksakt') }}
        end as slingring,
        bindinger.mottaker,
        bindinger.dokument_id,
        bindinger.sted
    from bindinger
    inner join enheter
        on bindinger.enhet = enheter.enhet
    inner join dokumenter
        on bindinger.dokument_id = dokumenter.dokument_id
)

select * from i_kroner
