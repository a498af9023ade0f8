{# A definition that no serie carries defines nothing. #}
select definisjoner.indikator_id
from {{ ref('stg_indikatordefinisjoner') }} as definisjoner
left join {{ ref('indikatorer') }} as indikatorer
    on definisjoner.indikator_id = indikatorer.indikator_id
where indikatorer.indikator_id is null
