-- the two marts say the same of an oppdrag on the day that its status is judged
select
    oppdrag.oppdrag_nr,
    oppdrag.del,
    oppdrag.status,
    tilstander.status as tilstand
from {{ ref('oppdrag') }} as oppdrag
left join {{ ref('oppdragstilstander') }} as tilstander
    on
        oppdrag.virksomhet_id = tilstander.virksomhet_id
        and oppdrag.oppdrag_nr = tilstander.oppdrag_nr
        and oppdrag.del = tilstander.del
        and oppdrag.statusdato between tilstander.gjelder_fra and tilstander.gjelder_til
where tilstander.status is distinct from oppdrag.status
