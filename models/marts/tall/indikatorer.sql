with

verdier as (
    select * from {{ ref('int_indikatorverdier') }}
)

select
    virksomhet_id,
    indikator_id,
    indikator,
    aar,
    kohort_aar,
    maalt_aar,
    gruppe,
    kapittel,
    post,
    verdi,
    enhet,
    tilnaermet,
    status,
    brudd,
    bruddgrunn,
    brudd_dokument_id,
    brudd_sted,
    verdi_uten_tilkommet,
    korrigert,
    serie_id,
    dokument_id,
    sted
from verdier
order by virksomhet_id, indikator_id, gruppe, aar
