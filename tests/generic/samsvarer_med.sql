{#
    Every value of a text column has a given form. `monster` is a regular expression for the whole value;
    `forventet` says the form in Norwegian, for the message that the CSV validation gives.
#}
{% test samsvarer_med(model, column_name, monster, forventet) %}

select {{ column_name }}
from {{ model }}
where
    {{ column_name }} is not null
    and not {{ samsvarer("cast(" ~ column_name ~ " as " ~ dbt.type_string() ~ ")", monster) }}

{% endtest %}
