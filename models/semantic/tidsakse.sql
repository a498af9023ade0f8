{# MetricFlow asks for an axis of days, though every figure here is of a year or has a date of its own. #}
with

dager as (
    {{ dbt.date_spine("day", "cast('2014-01-01' as date)", "cast('2036-01-01' as date)") }}
)

select cast(date_day as date) as dag
from dager
