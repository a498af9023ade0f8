{#
    An identity that holds for every row; `uttrykk` that is neither true nor false (null) also
    fails, unless `der` leaves the row out. On a seed, `forventet` says in Norwegian what was
    expected, for the message that the CSV validation gives when it evaluates the same expression.
#}
{% test alltid_sant(model, uttrykk, der="1 = 1", forventet="") %}

select *
from {{ model }}
where
    ({{ der }})
    and not coalesce({{ uttrykk }}, false)

{% endtest %}
