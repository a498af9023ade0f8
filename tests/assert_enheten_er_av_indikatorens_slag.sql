{# A share is no number of persons: a series is converted to the unit of its indicator, or means something else. #}
select
    serier.serie_id,
    serier.enhet,
    definisjoner.indikator_id,
    definisjoner.enhet as indikatorens_enhet
from {{ ref('stg_serier') }} as serier
inner join {{ ref('stg_indikatordefinisjoner') }} as definisjoner
    on serier.indikator_id = definisjoner.indikator_id
inner join {{ ref('stg_enheter') }} as seriens
    on serier.enhet = seriens.enhet
inner join {{ ref('stg_enheter') }} as indikatorens
    on definisjoner.enhet = indikatorens.enhet
where seriens.grunnenhet <> indikatorens.grunnenhet
