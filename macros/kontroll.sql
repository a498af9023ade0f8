{#
    The columns that every evaluated control has, in the order in which int_kontroller unions
    them.
#}
{% macro kontrollkolonner() -%}
    kontroll_id,
    virksomhet_id,
    kontrolltype,
    beskrivelse,
    aar,
    oppgitt,
    beregnet,
    toleranse,
    enhet,
    dokument_id,
    sted,
    beregnet_fra
{%- endmacro %}
