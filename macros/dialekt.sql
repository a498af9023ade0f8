{# The few places where DuckDB, PostgreSQL and Spark differ. One macro per difference. #}

{# A whole text matches a regular expression. #}
{% macro samsvarer(uttrykk, monster) -%}
    {{ return(adapter.dispatch("samsvarer", "styring")(uttrykk, monster)) }}
{%- endmacro %}

{% macro default__samsvarer(uttrykk, monster) -%}
    regexp_full_match({{ uttrykk }}, '{{ monster }}')
{%- endmacro %}

{% macro postgres__samsvarer(uttrykk, monster) -%}
    ({{ uttrykk }} ~ '^({{ monster }})$')
{%- endmacro %}

{% macro spark__samsvarer(uttrykk, monster) -%}
    ({{ uttrykk }} rlike '^({{ monster }})$')
{%- endmacro %}
