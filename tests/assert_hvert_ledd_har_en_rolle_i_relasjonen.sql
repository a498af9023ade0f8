{# A term whose role the relation's type does not know is left out of it, and nothing is controlled by it. #}
select
    ledd.relasjon_id,
    ledd.ledd_nr,
    relasjoner.type,
    ledd.rolle
from {{ ref('stg_relasjonsledd') }} as ledd
inner join {{ ref('stg_relasjoner') }} as relasjoner
    on ledd.relasjon_id = relasjoner.relasjon_id
where not (
    (ledd.rolle = 'ledd' and relasjoner.type in ('sum', 'fordeling', 'lik', 'differanse', 'retning'))
    or (ledd.rolle in ('teller', 'nevner') and relasjoner.type = 'andel')
    or (ledd.rolle in ('ny', 'gammel') and relasjoner.type = 'vekst')
    or (ledd.rolle in ('verdi', 'vekt') and relasjoner.type = 'snitt')
    or (ledd.rolle = 'helhet' and relasjoner.type = 'del')
)
