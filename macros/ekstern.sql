{#
    An external source, or, before anything of it is fetched, an empty relation with the columns that its yml declares:
    the same models build with and without it. On DuckDB the source is Parquet files (`meta.filer` says where), on other
    engines a table.
#}
{% macro ekstern(navn) -%}
    {%- set kilde = source("ekstern", navn) -%}
    {%- if not execute or ekstern_finnes(navn) -%}
        {{ kilde }}
    {%- else -%}
        (
            select
                {% for kolonne in ekstern_deklarert(navn).columns.values() -%}
                cast(null as {{ api.Column.translate_type(kolonne.data_type) }}) as {{ kolonne.name }}
                {{- "," if not loop.last }}
                {% endfor %}
            where 1 = 0
        )
    {%- endif -%}
{%- endmacro %}

{# Whether anything of an external source is fetched. #}
{% macro ekstern_finnes(navn) -%}
    {{ return(adapter.dispatch("ekstern_finnes", "styring")(navn)) }}
{%- endmacro %}

{% macro default__ekstern_finnes(navn) -%}
    {%- set kilde = source("ekstern", navn) -%}
    {{ return(adapter.get_relation(kilde.database, kilde.schema, kilde.identifier) is not none) }}
{%- endmacro %}

{% macro duckdb__ekstern_finnes(navn) -%}
    {%- set filer = ekstern_deklarert(navn).meta.filer -%}
    {{ return(run_query("select count(*) from glob('" ~ filer ~ "')").rows[0][0] > 0) }}
{%- endmacro %}

{% macro ekstern_deklarert(navn) -%}
    {{ return(graph.sources["source.styring.ekstern." ~ navn]) }}
{%- endmacro %}
