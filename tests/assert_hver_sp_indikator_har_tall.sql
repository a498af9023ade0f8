{#
    An indicator chosen for an SP, with a group that no serie carries, would show as "ikke målt"
    by a slip of the pen.
#}
select
    sp_indikatorer.gjelder_aar,
    sp_indikatorer.sp_nr,
    sp_indikatorer.indikator_id,
    sp_indikatorer.gruppe
from {{ ref('stg_sp_indikatorer') }} as sp_indikatorer
left join {{ ref('indikatorer') }} as indikatorer
    on
        sp_indikatorer.virksomhet_id = indikatorer.virksomhet_id
        and sp_indikatorer.indikator_id = indikatorer.indikator_id
        and sp_indikatorer.gruppe = indikatorer.gruppe
where indikatorer.indikator_id is null
