{# A break declared for an indicator, group or year without a figure stops no comparison. #}
select
    seriebrudd.indikator_id,
    seriebrudd.gruppe,
    seriebrudd.brudd_aar
from {{ ref('stg_seriebrudd') }} as seriebrudd
left join {{ ref('indikatorer') }} as indikatorer
    on
        seriebrudd.virksomhet_id = indikatorer.virksomhet_id
        and seriebrudd.indikator_id = indikatorer.indikator_id
        and seriebrudd.gruppe = indikatorer.gruppe
        and seriebrudd.brudd_aar = indikatorer.aar
where indikatorer.indikator_id is null
