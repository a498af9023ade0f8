{#
    A relation controls nothing in a year that lacks one of its figures: a wrong serie or year offset, or a figure that
    has gone missing, would otherwise pass in silence. Years without the figures are declared (fra_aar, til_aar).
#}
with

relasjoner as (
    select * from {{ ref('stg_relasjoner') }}
),

resultater as (
    select
        relasjoner.relasjon_id,
        {{ relasjonskontroll_id('relasjoner') }} as kontroll_id,
        verdier.aar
    from relasjoner
    left join {{ ref('stg_verdier') }} as verdier
        on
            relasjoner.resultat_serie_id = verdier.serie_id
            and verdier.verdi is not null
            and verdier.aar >= coalesce(relasjoner.fra_aar, verdier.aar)
            and verdier.aar <= coalesce(relasjoner.til_aar, verdier.aar)
)

select
    resultater.relasjon_id,
    resultater.aar
from resultater
left join {{ ref('kontroller') }} as kontroller
    on
        resultater.kontroll_id = kontroller.kontroll_id
        and resultater.aar = kontroller.aar
where kontroller.kontroll_id is null
