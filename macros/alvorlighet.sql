{#
    How serious an avvik is, by a stated rule: money by kroner, figures by the share of the printed figure.
    Money is high from one million kroner, the limit at which Note B and the letters are read line by line;
    figures are high from five per cent, where a reader would conclude otherwise; below one per cent they are low.
    Forms and titles are low, deadlines missed or out of order middle; a post or date that cannot be is high.
#}
{% macro alvorlighet(relasjon) -%}
    case
        when {{ relasjon }}.enhet in ('titler', 'nummer', 'frister') then 'lav'
        when {{ relasjon }}.kontrolltype = 'gyldighet' and {{ relasjon }}.enhet = 'frist' then 'middels'
        when {{ relasjon }}.kontrolltype = 'gyldighet' then 'høy'
        when {{ relasjon }}.enhet = 'kr' and abs({{ relasjon }}.differanse) >= 1000000 then 'høy'
        when {{ relasjon }}.enhet = 'kr' then 'middels'
        when {{ relasjon }}.enhet = 'mill. kr' and abs({{ relasjon }}.differanse) >= 1 then 'høy'
        when {{ relasjon }}.enhet in ('prosent', 'prosentpoeng') and abs({{ relasjon }}.differanse) >= 5 then 'høy'
        when {{ relasjon }}.enhet in ('prosent', 'prosentpoeng') then 'middels'
        when abs({{ relasjon }}.differanse) >= 0.05 * abs({{ relasjon }}.beregnet) then 'høy'
        when abs({{ relasjon }}.differanse) >= 0.01 * abs({{ relasjon }}.beregnet) then 'middels'
        else 'lav'
    end
{%- endmacro %}
