{#
    The date on which deadlines are judged: the variable `statusdato`, or the day of the build
    on Norwegian clocks. A model that asks for it has the tag `statusdato`: the day after, it is built again.
#}
{% macro statusdato() -%}
    cast('{{ var("statusdato") or run_started_at.astimezone(modules.pytz.timezone("Europe/Oslo")).strftime("%Y-%m-%d") }}' as date)
{%- endmacro %}
