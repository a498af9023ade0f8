{#
    The columns that every evaluated control has, in the order in which int_kontroller unions them. `toleranse_over`
    and `toleranse_under` are how far the printed figure may lie above and below the computed one.
#}
{% macro kontrollkolonner() -%}
    kontroll_id,
    virksomhet_id,
    regel_id,
    beskrivelse,
    aar,
    oppgitt,
    beregnet,
    toleranse_over,
    toleranse_under,
    enhet,
    dokument_id,
    sted,
    beregnet_fra
{%- endmacro %}

{#
    A control on amounts: from base units to the unit in which the figure is printed. The relation has
    `belop` and `enhet` as printed, `faktor`, `beregnet_grunnverdi` and `slingring` in base units.
#}
{% macro belopskontroller(relasjon, regel_id) -%}
    select
        kontroll_id,
        virksomhet_id,
        '{{ regel_id }}' as regel_id,
        beskrivelse,
        budsjettaar as aar,
        cast(belop as decimal(24, 6)) as oppgitt,
        cast(beregnet_grunnverdi / faktor as decimal(24, 6)) as beregnet,
        cast(slingring / faktor as decimal(24, 6)) as toleranse_over,
        cast(slingring / faktor as decimal(24, 6)) as toleranse_under,
        enhet,
        dokument_id,
        sted,
        beregnet_fra
    from {{ relasjon }}
{%- endmacro %}

{# A control that holds or does not: `oppgitt` counts what is printed, `beregnet` what is valid; nothing is rounded. #}
{% macro gyldighetskontroller(relasjon, regel_id) -%}
    select
        kontroll_id,
        virksomhet_id,
        '{{ regel_id }}' as regel_id,
        beskrivelse,
        aar,
        cast(oppgitt as decimal(24, 6)) as oppgitt,
        cast(beregnet as decimal(24, 6)) as beregnet,
        cast(0 as decimal(24, 6)) as toleranse_over,
        cast(0 as decimal(24, 6)) as toleranse_under,
        enhet,
        dokument_id,
        sted,
        beregnet_fra
    from {{ relasjon }}
{%- endmacro %}

{# The key of a control from a declared relation; whatever refers to the control makes it here. #}
{% macro relasjonskontroll_id(relasjoner=none) -%}
    {%- set tabell = relasjoner ~ '.' if relasjoner else '' -%}
    {{ tabell }}type || ':' || {{ tabell }}relasjon_id
{%- endmacro %}

{# The key of the control that holds a series against the preferred one of its indicator. #}
{% macro samsvarskontroll_id(serier) -%}
    'samsvar:' || {{ serier }}.serie_id
{%- endmacro %}

{# The key of the control that a figure is one that its unit allows. #}
{% macro grensekontroll_id(tall) -%}
    'grense:' || {{ tall }}.serie_id
{%- endmacro %}

{# The key of the control that holds a stated balance against the ledger. #}
{% macro saldokontroll_id(oppgitte=none) -%}
    {%- set tabell = oppgitte ~ '.' if oppgitte else '' -%}
    'saldo:' || {{ tabell }}dokument_id || '-' || {{ tabell }}kapittel || '-' || {{ tabell }}post
    || '-' || {{ nokkel(tabell ~ 'sted') }}
{%- endmacro %}
