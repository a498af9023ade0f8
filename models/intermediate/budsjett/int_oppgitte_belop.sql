with

oppgitte as (
    select * from {{ ref('stg_oppgitte_belop') }}
),

enheter as (
    select * from {{ ref('stg_enheter') }}
),

dokumenter as (
    select * from {{ ref('stg_dokumenter') }}
),

i_kroner as (
    select
        oppgitte.dokument_id,
        dokumenter.virksomhet_id,
        {{ brevnummer('dokumenter') }} as rekkefolge,
        oppgitte.sted,
        oppgitte.budsjettaar,
        oppgitte.kapittel,
        oppgitte.post,
        oppgitte.art,
        oppgitte.binding,
        oppgitte.belop,
        oppgitte.enhet,
        enheter.grunnenhet,
        enheter.faktor,
        cast(cast(oppgitte.belop as decimal(24, 3)) * enheter.faktor as decimal(24, 6)) as grunnverdi,
        -- a letter's amounts in kroner are exact; only amounts in millions are rounded
        case
            when oppgitte.enhet = 'kr' then cast(0 as decimal(24, 6))
            else {{ halv_siste_siffer('enheter.faktor', 'oppgitte.desimaler', 'enheter.eksakt') }}
        end as slingring
    from oppgitte
    inner join enheter
        on oppgitte.enhet = enheter.enhet
    inner join dokumenter
        on oppgitte.dokument_id = dokumenter.dokument_id
)

select * from i_kroner
