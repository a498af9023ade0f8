{#
    A figure as a sentence says it: its reservation, the number in Norwegian writing and the unit. A share with a
    reservation is said in whole per cent ("i underkant av to tredeler" is "knapt 67 prosent"); "antall" is no word to say.
#}
{% macro tall_i_setning(verdi, enhet, tilnaermet="''") -%}
    {%- set avrundet -%}
        case
            when {{ enhet }} <> 'prosent' then {{ verdi }}
            when coalesce({{ tilnaermet }}, '') = '' then round({{ verdi }}, 1)
            else round({{ verdi }}, 0)
        end
    {%- endset -%}
    case coalesce({{ tilnaermet }}, '')
        when '' then ''
        when 'under' then 'knapt '
        else {{ tilnaermet }} || ' '
    end
    || {{ norsk_tall(avrundet) }}
    || case when {{ enhet }} = 'antall' then '' else ' ' || {{ enhet }} end
{%- endmacro %}

{# The year as a sentence says it: a cohort by its own year, with the year of measuring when that is another. #}
{% macro aar_i_setning(aar, er_kohort, maalt_aar=none) -%}
    case
        when {{ er_kohort }}
            then ' for ' || cast({{ aar }} as {{ dbt.type_string() }}) || '-kohorten'
            {%- if maalt_aar %}
            || case
                when {{ maalt_aar }} <> {{ aar }}
                    then ' (målt i ' || cast({{ maalt_aar }} as {{ dbt.type_string() }}) || ')'
                else ''
            end
            {%- endif %}
        else ' i ' || cast({{ aar }} as {{ dbt.type_string() }})
    end
{%- endmacro %}

{# What a reader must not overlook about a figure. #}
{% macro merker_i_setning(status, korrigert) -%}
    case when {{ status }} = 'foreløpig' then ' (foreløpig)' else '' end
    || case when {{ korrigert }} then ' (rettet trykkfeil)' else '' end
{%- endmacro %}
