{#
    The date on which deadlines are judged: the variable `statusdato`, or the day the build
    runs.
#}
{% macro statusdato() -%}
    cast('{{ var("statusdato") or run_started_at.strftime("%Y-%m-%d") }}' as date)
{%- endmacro %}
