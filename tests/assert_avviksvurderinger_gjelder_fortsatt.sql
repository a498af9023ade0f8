{#
    A judgement is made for one difference. When the figure is mended or changed, the row itself
    is the error: nothing stays excused by habit. It is asked after marts.avvik, which the report of a stopped build shows.
#}
-- depends_on: {{ ref('avvik') }}
select
    vurderinger.kontroll_id,
    vurderinger.aar,
    vurderinger.differanse as vurdert_differanse,
    kontroller.differanse
from {{ ref('stg_avviksvurdering') }} as vurderinger
left join {{ ref('kontroller') }} as kontroller
    on
        vurderinger.kontroll_id = kontroller.kontroll_id
        and vurderinger.aar = kontroller.aar
where
    kontroller.kontroll_id is null
    or kontroller.resultat <> 'avvik'
    or kontroller.differanse <> vurderinger.differanse
