{# Events that correct each other in a ring have no origin, and would fall out of the allocation. #}
select hovedbok.hendelse_id
from {{ ref('int_hovedbok') }} as hovedbok
left join {{ ref('int_hendelsesopphav') }} as opphav
    on hovedbok.hendelse_id = opphav.hendelse_id
where opphav.hendelse_id is null
