{# The columns that every evaluated control has, in the order in which int_kontroller unions them. #}
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

{#
    A control on amounts: from base units to the unit in which the figure is printed. The relation has
    `belop` and `enhet` as printed, `faktor`, `beregnet_grunnverdi` and `slingring` in base units.
#}
{% macro belopskontroller(relasjon, kontrolltype) -%}
    select
        kontroll_id,
        virksomhet_id,
        '{{ kontrolltype }}' as kontrolltype,
        beskrivelse,
        budsjettaar as aar,
        cast(belop as decimal(24, 6)) as oppgitt,
        cast(beregnet_grunnverdi / faktor as decimal(24, 6)) as beregnet,
        cast(slingring / faktor as decimal(24, 6)) as toleranse,
        enhet,
        dokument_id,
        sted,
        beregnet_fra
    from {{ relasjon }}
{%- endmacro %}
