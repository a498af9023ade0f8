with

verdier as (
    select * from {{ ref('int_indikatorverdier') }}
)

select
    virksomhet_id,
    indikator_id,
    indikator,
    aar,
    gruppe,
    kapittel,
    post,
    verdi,
    enhet,
    status,
    brudd,
    korrigert,
    serie_id,
    dokument_id,
    sted
from verdier
order by virksomhet_id, indikator_id, gruppe, aar
