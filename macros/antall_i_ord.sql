{# Counts in words, those that are 0 left out: "bare ett år: 3, brudd i serien: 1". Takes pairs of words and count. #}
{% macro antall_i_ord(par) -%}
    substring(
        {% for ord, antall in par -%}
        case
            when {{ antall }} = 0 then ''
            else ', {{ ord }}: ' || cast({{ antall }} as {{ dbt.type_string() }})
        end{{ " || " if not loop.last }}
        {%- endfor %},
        3
    )
{%- endmacro %}
