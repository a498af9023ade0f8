with

kontroller as (
    select * from {{ ref('int_kontroller') }}
)

select
    kontroll_id,
    virksomhet_id,
    kontrolltype,
    regel_id,
    beskrivelse,
    aar,
    oppgitt,
    beregnet,
    differanse,
    toleranse,
    enhet,
    resultat,
    dokument_id,
    sted,
    beregnet_fra
from kontroller
order by kontrolltype, kontroll_id, aar
