{#
    An identity that holds for every row; `uttrykk` that is neither true nor false (null) also
    fails, unless `der` leaves the row out.
#}
{% test alltid_sant(model, uttrykk, der="1 = 1") %}

select *
from {{ model }}
where
    ({{ der }})
    and not coalesce({{ uttrykk }}, false)

{% endtest %}
