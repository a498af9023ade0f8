{# A link to an earmark or scheme that has no money by that name links nothing: most likely a slip of the pen. #}
select
    koblinger.kapittel,
    koblinger.post,
    koblinger.del,
    koblinger.maal_nr
from {{ ref('stg_maalkoblinger') }} as koblinger
left join {{ ref('int_maalpenger_deler') }} as deler
    on
        koblinger.virksomhet_id = deler.virksomhet_id
        and koblinger.kapittel = deler.kapittel
        and koblinger.post = deler.post
        and koblinger.del = deler.del
where
    koblinger.del is not null
    and deler.del is null
