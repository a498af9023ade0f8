{# The order of letters across years: a letter of next year can change this year's money, and comes after all of this year's. #}
{% macro brevnummer(relasjon) -%}
    {{ relasjon }}.gjelder_aar * 1000 + {{ relasjon }}.rekkefolge
{%- endmacro %}
