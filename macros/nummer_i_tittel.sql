{#
    A letter's number as its title has it, with what sets a revised one apart: «Revidert tillegg nr. 6 …» is `revidert 6`.
    Empty for a title without a number. The title is in small letters.
#}
{% macro nummer_i_tittel(tittel) -%}
    case when {{ tittel }} like '%revidert%' then 'revidert ' else '' end
    || coalesce({{ forste_treff(forste_treff(tittel, "nr[.]? ?[0-9]+"), "[0-9]+") }}, '')
{%- endmacro %}
