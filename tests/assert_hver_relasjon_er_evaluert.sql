{#
    A relation that never finds all its figures controls nothing: a wrong serie or year offset
    would otherwise pass in silence.
#}
select relasjoner.relasjon_id
from {{ ref('stg_relasjoner') }} as relasjoner
left join {{ ref('kontroller') }} as kontroller
    on relasjoner.type || ':' || relasjoner.relasjon_id = kontroller.kontroll_id
where kontroller.kontroll_id is null
