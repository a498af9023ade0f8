{#
    Every event of the letters reaches the public mart once: a post missing from the list of
    posts would drop it on the way.
#}
select
    hendelser.hendelse_id,
    count(tildelinger.hendelse_id) as antall
from {{ ref('stg_tildelingshendelser') }} as hendelser
left join {{ ref('tildelinger') }} as tildelinger
    on hendelser.hendelse_id = tildelinger.hendelse_id
group by hendelser.hendelse_id
having count(tildelinger.hendelse_id) <> 1
