with

grunnlag as (
    select * from {{ ref('int_kontrollgrunnlag') }}
)

select
    kontroll_id,
    virksomhet_id,
    aar,
    dokument_id,
    sted,
    serie_id || '-' || cast(verdi_aar as {{ dbt.type_string() }}) as verdi_id,
    rolle
from grunnlag
order by kontroll_id, aar, rolle, verdi_id
