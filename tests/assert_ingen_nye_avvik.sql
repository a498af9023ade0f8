{#
    An avvik that nobody has looked at stops the build, unless the caller lets it through; then
    it is a warning, and stays visible in marts.avvik.
#}
{{ config(severity="warn" if var("tillat_nye_avvik") else "error") }}

select
    kontroll_id,
    aar,
    oppgitt,
    beregnet,
    differanse,
    dokument_id,
    sted
from {{ ref('avvik') }}
where status = 'ny'
