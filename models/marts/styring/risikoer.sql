with

risikoer as (
    select * from {{ ref('stg_risikovurderinger') }}
)

select
    risiko_id,
    virksomhet_id,
    aar,
    overordnet_maal,
    maal_nr,
    risiko,
    risikovurdering,
    restrisiko,
    dokument_id,
    sted
from risikoer
order by virksomhet_id, aar, risiko_id
