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
        else length({{ kolonne }}) - length(trim(trailing '0' from {{ kolonne }}))
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
    reservation holds to its last digit that is not zero, and to a tenth of itself at most: "om lag 2 150" to the nearest
    ten, "om lag 10 000" to a thousand either way, "nesten 60" (which is near 60) from 55 up to 60. It never makes the figure
    more precise than it is without: "om lag 2" per cent is 1.5 to 2.5. "Over" says less: 60 up to 70, at most half as much
    again. A unit without digits of its own ("halvparten") states its slack.
#}
{% macro slingring(retning, verdier, enheter) -%}
    {%- set plass -%}
        cast(power(10, {{ verdier }}.sluttnuller - {{ verdier }}.desimaler) as decimal(14, 6))
    {%- endset -%}
    cast(
        case
            when {{ verdier }}.tilnaermet = '{{ "over" if retning == "ned" else "under" }}' then 0
            when {{ enheter }}.slingring is not null then {{ enheter }}.slingring
            when {{ verdier }}.tilnaermet in ('om lag', 'under')
                then greatest(
                    0.5 * {{ enheter }}.faktor * least({{ plass }}, 0.2 * abs({{ verdier }}.verdi)),
                    {{ halv_siste_siffer(enheter ~ ".faktor", verdier ~ ".desimaler", enheter ~ ".eksakt") }}
                )
            when {{ verdier }}.tilnaermet = 'over'
                then {{ enheter }}.faktor * least({{ plass }}, 0.5 * abs({{ verdier }}.verdi))
            else {{ halv_siste_siffer(enheter ~ ".faktor", verdier ~ ".desimaler", enheter ~ ".eksakt") }}
        end as decimal(24, 6)
    )
{%- endmacro %}

{#
    Whether two figures are printed to the same digit. One quantity rounded twice to the same digit is printed alike, so
    that nothing is left for rounding to explain. `venstre` and `hoyre` are relations with `slingring_ned` and `slingring_opp`,
    or the prefixes of such columns.
#}
{% macro samme_presisjon(venstre, hoyre) -%}
    {{ venstre }}slingring_ned = {{ hoyre }}slingring_ned and {{ venstre }}slingring_opp = {{ hoyre }}slingring_opp
{%- endmacro %}
