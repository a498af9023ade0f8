{#
    Figures that their unit does not allow: a share above a hundred per cent, a negative count. Some are as they should be
    (growth, coverage), which a judgement says. Only what is outside has a row: that the rest are within says little.
#}
with

tall as (
    select * from {{ ref('int_tall') }}
),

enheter as (
    select * from {{ ref('stg_enheter') }}
),

utenfor as (
    select
        {{ grensekontroll_id('tall') }} as kontroll_id,
        tall.virksomhet_id,
        tall.rad || ' er ' || case when tall.verdi < enheter.minst then 'minst ' else 'høyst ' end
        || cast(
            case when tall.verdi < enheter.minst then enheter.minst else enheter.hoyst end as {{ dbt.type_string() }}
        )
        || ' ' || tall.enhet as beskrivelse,
        tall.aar,
        tall.verdi as oppgitt,
        case when tall.verdi < enheter.minst then enheter.minst else enheter.hoyst end as beregnet,
        tall.enhet,
        tall.dokument_id,
        tall.sted,
        'grensen for enheten ' || tall.enhet as beregnet_fra
    from tall
    inner join enheter
        on tall.enhet = enheter.enhet
    where
        tall.verdi < enheter.minst
        or tall.verdi > enheter.hoyst
)

{{ gyldighetskontroller('utenfor', 'grense') }}
