{# Number of decimals as printed, from a number kept as text ("2.50" has two). #}
{% macro desimaler(kolonne) -%}
    case
        when position('.' in {{ kolonne }}) = 0 then 0
        else length({{ kolonne }}) - position('.' in {{ kolonne }})
    end
{%- endmacro %}

{# Number of zeros at the end of a whole number kept as text: 2400 has two, 2.50 and 0 none. #}
{% macro sluttnuller(kolonne) -%}
    case
        when position('.' in {{ kolonne }}) > 0 or {{ kolonne }} = '0' then 0
        else length({{ kolonne }}) - length(rtrim({{ kolonne }}, '0'))
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

{#
    How far the true figure may lie below (`ned`) or above (`opp`) the printed one, in the base unit. A figure with a
    reservation holds to its last digit that is not zero: "om lag 2 150" to the nearest ten, "over 60" from 60 up to
    70, "nesten 60" (which is near 60) from 55 up to 60. A unit without digits of its own ("halvparten") states its slack.
#}
{% macro slingring(retning, verdier, enheter) -%}
    {%- set plass -%}
        cast({{ enheter }}.faktor as decimal(20, 6))
        * cast(power(10, {{ verdier }}.sluttnuller - {{ verdier }}.desimaler) as decimal(14, 6))
    {%- endset -%}
    cast(
        case
            when {{ enheter }}.slingring is not null then {{ enheter }}.slingring
            when {{ verdier }}.tilnaermet = 'om lag' then 0.5 * {{ plass }}
            {% if retning == "ned" -%}
            when {{ verdier }}.tilnaermet = 'under' then 0.5 * {{ plass }}
            {%- else -%}
            when {{ verdier }}.tilnaermet = 'over' then {{ plass }}
            {%- endif %}
            when {{ verdier }}.tilnaermet is not null then 0
            else {{ halv_siste_siffer(enheter ~ ".faktor", verdier ~ ".desimaler", enheter ~ ".eksakt") }}
        end as decimal(24, 6)
    )
{%- endmacro %}
