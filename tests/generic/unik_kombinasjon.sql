{#
    The grain of a relation: no two rows share these columns. Nulls count as equal, so that an
    empty part of a key does not hide a duplicate.
#}
{% test unik_kombinasjon(model, kolonner) %}

select
    {{ kolonner | join(", ") }},
    count(*) as antall
from {{ model }}
group by {{ kolonner | join(", ") }}
having count(*) > 1

{% endtest %}
