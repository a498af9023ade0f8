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
    ({{ uttrykk }} rlike r'^({{ monster }})$')
{%- endmacro %}

{# The first part of a text that matches a regular expression; null when none does. #}
{% macro forste_treff(uttrykk, monster) -%}
    {{ return(adapter.dispatch("forste_treff", "styring")(uttrykk, monster)) }}
{%- endmacro %}

{% macro default__forste_treff(uttrykk, monster) -%}
    nullif(regexp_extract({{ uttrykk }}, '{{ monster }}'), '')
{%- endmacro %}

{% macro postgres__forste_treff(uttrykk, monster) -%}
    substring({{ uttrykk }} from '({{ monster }})')
{%- endmacro %}

{% macro spark__forste_treff(uttrykk, monster) -%}
    nullif(regexp_extract({{ uttrykk }}, r'{{ monster }}', 0), '')
{%- endmacro %}

{# A quotient with all its digits: of wide decimals Spark keeps six, too few for a share that becomes per cent. #}
{% macro brok(teller, nevner) -%}
    {{ return(adapter.dispatch("brok", "styring")(teller, nevner)) }}
{%- endmacro %}

{% macro default__brok(teller, nevner) -%}
    {{ teller }} / {{ nevner }}
{%- endmacro %}

{% macro spark__brok(teller, nevner) -%}
    cast({{ teller }} as double) / cast({{ nevner }} as double)
{%- endmacro %}

{#
    A number in Norwegian writing: a no-break space between thousands, a comma before decimals,
    no trailing zeros. Text for sentences only.
#}
{% macro norsk_tall(uttrykk) -%}
    {{ return(adapter.dispatch("norsk_tall", "styring")(uttrykk)) }}
{%- endmacro %}

{% macro default__norsk_tall(uttrykk) -%}
    replace(
        replace(
            regexp_replace(format('{:,.3f}', cast({{ uttrykk }} as double)), '[.]?0+$', ''),
            ',', chr(160)
        ),
        '.', ','
    )
{%- endmacro %}

{% macro postgres__norsk_tall(uttrykk) -%}
    replace(
        replace(
            regexp_replace(to_char(cast({{ uttrykk }} as numeric), 'FM999,999,999,999,999,990.000'), '[.]?0+$', ''),
            ',', chr(160)
        ),
        '.', ','
    )
{%- endmacro %}

{% macro spark__norsk_tall(uttrykk) -%}
    replace(
        replace(
            regexp_replace(format_number({{ uttrykk }}, 3), '[.]?0+$', ''),
            ',', chr(160)
        ),
        '.', ','
    )
{%- endmacro %}

{#
    dbt-spark's own leaves the order out. Spark's `listagg … within group` fails beside a `count(distinct …)`, so the parts are
    sorted as a list; only ascending.
#}
{% macro spark__listagg(measure, delimiter_text, order_by_clause, limit_num) -%}
    {%- set nokler = order_by_clause | replace("order by ", "") -%}
    array_join(
        transform(
            array_sort(collect_list(struct(struct({{ nokler }}) as plass, {{ measure }} as del))),
            ledd -> ledd.del
        ),
        {{ delimiter_text }}
    )
{%- endmacro %}

{# dbt-spark takes every table for Delta, and fails to state what Parquet cannot hold. What must not be null is a data test too. #}
{% macro spark__persist_constraints(relation, model) -%}
    {%- if config.get("file_format") == "delta" -%}
        {{ return(dbt_spark.spark__persist_constraints(relation, model)) }}
    {%- endif -%}
{%- endmacro %}

{#
    PostgreSQL plans by statistics that a new table is without until its own housekeeping comes by: joins of thousands of rows
    then take minutes. The others count as they write.
#}
{% macro analyser() -%}
    {{ return(adapter.dispatch("analyser", "styring")()) }}
{%- endmacro %}

{% macro default__analyser() -%}{%- endmacro %}

{% macro postgres__analyser() -%}
    {%- if config.get("materialized") != "view" %}analyze {{ this }}{% endif -%}
{%- endmacro %}
