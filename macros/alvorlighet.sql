{#
    How serious an avvik is, by a stated rule: the rule's own severity where it states one (a post that does not exist,
    a title), else materiality. Money by kroner, whatever unit it is printed in; shares by percentage points; other
    figures by their share of the computed one. Only what rounding cannot explain counts. From the limit
    (`vesentlighet_kr`, `vesentlighet_andel`) it is high, from a fifth of it middle. A figure that a styringsparameter
    depends on counts one step higher.
    `relasjon` has the control, `regel_alvorlighet`, `gjelder_sp` and, from its unit, `grunnenhet` and `faktor`.
#}
{% macro alvorlighet(relasjon) -%}
    {%- set uforklart = "(abs(" ~ relasjon ~ ".differanse) - " ~ relasjon ~ ".toleranse)" -%}
    {%- set andel -%}
        case {{ relasjon }}.grunnenhet
            when 'kr' then {{ uforklart }} * {{ relasjon }}.faktor / {{ var("vesentlighet_kr") }}
            when 'andel' then {{ uforklart }} * {{ relasjon }}.faktor / {{ var("vesentlighet_andel") }}
            else {{ uforklart }} / nullif(abs({{ relasjon }}.beregnet), 0) / {{ var("vesentlighet_andel") }}
        end
    {%- endset -%}
    case
        when {{ relasjon }}.regel_alvorlighet <> 'vesentlighet' then {{ relasjon }}.regel_alvorlighet
        when coalesce({{ andel }}, 1) >= case when {{ relasjon }}.gjelder_sp then 0.2 else 1 end then 'høy'
        when {{ relasjon }}.gjelder_sp or coalesce({{ andel }}, 1) >= 0.2 then 'middels'
        else 'lav'
    end
{%- endmacro %}
