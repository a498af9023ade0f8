{#
    How serious an avvik is, by a stated rule: the rule's own severity where it states one (a post that does not exist,
    a title), else materiality. Money by kroner, whatever unit it is printed in; shares by percentage points; other
    figures by their share of the computed one. Only what rounding cannot explain counts. From the limit
    (`vesentlighet_kr`, `vesentlighet_andel`) it is high, from a fifth of it middle. A figure that a styringsparameter
    depends on counts one step higher.
    Compared without dividing: a share that is exactly a fifth is a fifth on every engine.
    `relasjon` has the control, `regel_alvorlighet`, `gjelder_sp` and, from its unit, `grunnenhet` and `faktor`.
#}
{% macro alvorlighet(relasjon) -%}
    {%- set uforklart -%}
        (abs({{ relasjon }}.differanse) - {{ relasjon }}.toleranse)
        * case when {{ relasjon }}.grunnenhet in ('kr', 'andel') then {{ relasjon }}.faktor else 1 end
    {%- endset -%}
    {%- set grense -%}
        case {{ relasjon }}.grunnenhet
            when 'kr' then cast({{ var("vesentlighet_kr") }} as decimal(24, 6))
            when 'andel' then cast({{ var("vesentlighet_andel") }} as decimal(24, 6))
            else cast({{ var("vesentlighet_andel") }} * nullif(abs({{ relasjon }}.beregnet), 0) as decimal(24, 6))
        end
    {%- endset -%}
    case
        when {{ relasjon }}.regel_alvorlighet <> 'vesentlighet' then {{ relasjon }}.regel_alvorlighet
        when coalesce({{ uforklart }} >= case when {{ relasjon }}.gjelder_sp then 0.2 else 1 end * {{ grense }}, true) then 'høy'
        when {{ relasjon }}.gjelder_sp or coalesce({{ uforklart }} >= 0.2 * {{ grense }}, true) then 'middels'
        else 'lav'
    end
{%- endmacro %}
