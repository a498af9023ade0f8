-- the two marts say the same of an oppdrag on the day that its status is judged; a day before the last letter has
-- another deadline in force than the one that oppdrag shows
select
    oppdrag.oppdrag_nr,
    oppdrag.del,
    oppdrag.status,
    tilstander.status as tilstand
from {{ ref('oppdrag') }} as oppdrag
inner join {{ ref('oppdragstilstander') }} as tilstander
    on
        oppdrag.virksomhet_id = tilstander.virksomhet_id
        and oppdrag.oppdrag_nr = tilstander.oppdrag_nr
        and oppdrag.del = tilstander.del
        and oppdrag.statusdato between tilstander.gjelder_fra and tilstander.gjelder_til
where
    tilstander.frist is not distinct from oppdrag.frist
    and tilstander.status is distinct from oppdrag.status
