{# "Disposable on a date" is a plain where: no day of the year may have two balances on one post. #}
select
    forste.hendelse_id,
    andre.hendelse_id as annen_hendelse_id
from {{ ref('tildelinger') }} as forste
inner join {{ ref('tildelinger') }} as andre
    on
        forste.virksomhet_id = andre.virksomhet_id
        and forste.budsjettaar = andre.budsjettaar
        and forste.kapittel = andre.kapittel
        and forste.post = andre.post
        and forste.nummer < andre.nummer
where
    forste.gjelder_fra <= forste.gjelder_til
    and andre.gjelder_fra <= andre.gjelder_til
    and forste.gjelder_til >= andre.gjelder_fra
