{# A date in Norwegian writing: 30.05.2025. Text for sentences only. #}
{% macro norsk_dato(uttrykk) -%}
    {%- set tekst = "cast(" ~ uttrykk ~ " as " ~ dbt.type_string() ~ ")" -%}
    substring({{ tekst }}, 9, 2) || '.' || substring({{ tekst }}, 6, 2) || '.' || substring({{ tekst }}, 1, 4)
{%- endmacro %}
