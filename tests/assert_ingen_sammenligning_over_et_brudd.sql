{# Two figures with a declared break between them have no change, and no verdict that rests on one. #}
select
    rader.sp_nr,
    rader.indikator_id,
    rader.gruppe,
    rader.vurdering,
    rader.endring
from {{ ref('maaloppnaaelse') }} as rader
inner join {{ ref('stg_seriebrudd') }} as brudd
    on
        rader.virksomhet_id = brudd.virksomhet_id
        and rader.indikator_id = brudd.indikator_id
        and rader.gruppe = brudd.gruppe
        and rader.forrige_aar < brudd.brudd_aar
        and rader.siste_aar >= brudd.brudd_aar
where
    rader.endring is not null
    or rader.vurdering not in ('brudd', 'nådd', 'ikke nådd')
