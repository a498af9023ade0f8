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
