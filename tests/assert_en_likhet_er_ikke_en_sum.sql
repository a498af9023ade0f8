{# A sum of one term lets rounding explain what it cannot: two figures that must be equal are declared as `lik`. #}
select relasjoner.relasjon_id
from {{ ref('stg_relasjoner') }} as relasjoner
inner join {{ ref('stg_relasjonsledd') }} as ledd
    on relasjoner.relasjon_id = ledd.relasjon_id
where relasjoner.type in ('sum', 'lik')
group by
    relasjoner.relasjon_id,
    relasjoner.type
having (count(*) = 1) <> (relasjoner.type = 'lik')
