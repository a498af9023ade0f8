{#
    A number in Norwegian writing: a no-break space between thousands, a comma before decimals,
    no trailing zeros. Text for sentences only.
#}
{% macro norsk_tall(uttrykk) -%}
    replace(
        replace(
            regexp_replace(format('{:,.3f}', cast({{ uttrykk }} as double)), '[.]?0+$', ''),
            ',', chr(160)
        ),
        '.', ','
    )
{%- endmacro %}

{# A date in Norwegian writing: 30.05.2025. Text for sentences only. #}
{% macro norsk_dato(uttrykk) -%}
    {%- set tekst = "cast(" ~ uttrykk ~ " as " ~ dbt.type_string() ~ ")" -%}
    substring({{ tekst }}, 9, 2) || '.' || substring({{ tekst }}, 6, 2) || '.' || substring({{ tekst }}, 1, 4)
{%- endmacro %}
