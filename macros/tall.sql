{# Number of decimals as printed, from a number kept as text ("2.50" has two). #}
{% macro desimaler(kolonne) -%}
    case
        when position('.' in {{ kolonne }}) = 0 then 0
        else length({{ kolonne }}) - position('.' in {{ kolonne }})
    end
{%- endmacro %}

{#
    Half of the last printed digit, in the base unit: what rounding can hide. An exact count
    hides nothing.
#}
{% macro halv_siste_siffer(faktor, desimaler, eksakt) -%}
    case
        when {{ eksakt }} then cast(0 as decimal(24, 6))
        else cast(
            0.5 * {{ faktor }} * case {{ desimaler }}
                when 0 then 1
                when 1 then 0.1
                when 2 then 0.01
                when 3 then 0.001
            end as decimal(24, 6)
        )
    end
{%- endmacro %}
