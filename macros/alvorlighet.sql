{#
    How serious an avvik is, by a stated rule. Money by kroner, whatever unit it is printed in: high from one
    million, where Note B and the letters are read line by line. Other figures by their share of the right one:
    high from five per cent, where a reader would conclude otherwise, low under one. Per cent and percentage
    points by points: high from five. Forms and titles are low, deadlines missed or out of order middle; a post
    or date that cannot be is high.
    `relasjon` has the control and, from its unit, `grunnenhet` and `faktor` (null for what is not a figure).
#}
{% macro alvorlighet(relasjon) -%}
    case
        when {{ relasjon }}.enhet in ('titler', 'nummer', 'frister') then 'lav'
        when {{ relasjon }}.enhet = 'frist' then 'middels'
        when {{ relasjon }}.kontrolltype = 'gyldighet' then 'høy'
        when {{ relasjon }}.grunnenhet = 'kr'
            then case
                when abs({{ relasjon }}.differanse) * {{ relasjon }}.faktor >= 1000000 then 'høy'
                else 'middels'
            end
        when {{ relasjon }}.grunnenhet = 'andel'
            then case
                when abs({{ relasjon }}.differanse) * {{ relasjon }}.faktor >= 0.05 then 'høy'
                else 'middels'
            end
        when abs({{ relasjon }}.differanse) >= 0.05 * abs({{ relasjon }}.beregnet) then 'høy'
        when abs({{ relasjon }}.differanse) >= 0.01 * abs({{ relasjon }}.beregnet) then 'middels'
        else 'lav'
    end
{%- endmacro %}
