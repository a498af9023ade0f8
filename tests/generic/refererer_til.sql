{#
    A foreign key of several columns (dbt's own `relationships` takes one). Rows with an empty
    part are left to not_null.
#}
{% test refererer_til(model, kolonner, til, til_kolonner) %}

select
    {% for kolonne in kolonner -%}
    barn.{{ kolonne }}{{ "," if not loop.last }}
    {% endfor %}
from {{ model }} as barn
left join {{ til }} as forelder
    on
        {% for kolonne in kolonner -%}
        barn.{{ kolonne }} = forelder.{{ til_kolonner[loop.index0] }}{{ " and" if not loop.last }}
        {% endfor %}
where
    forelder.{{ til_kolonner[0] }} is null
    {% for kolonne in kolonner -%}
    and barn.{{ kolonne }} is not null
    {% endfor %}

{% endtest %}
