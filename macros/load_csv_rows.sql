{#
    How a CSV file is read, in place of dbt-duckdb's: nothing of its form is guessed, and its columns are those that are
    declared. dbt-duckdb lets DuckDB guess what quotes a field, which takes an apostrophe for one and reads on over commas
    and lines; and it makes one column of a file with another separator. `styring valider` has said so in better words
    before this; here it holds for a plain `dbt build` too.
#}
{% macro duckdb__load_csv_rows(model, agate_table) -%}
    {%- do krev_deklarerte_kolonner(model, agate_table) -%}
    {%- set sql -%}
        copy {{ this.render() }} from '{{ adapter.get_seed_file_path(model) }}'
        (format csv, header true, auto_detect false, delimiter ',', quote '"', escape '"')
    {%- endset -%}
    {%- do adapter.add_query(sql, abridge_sql_log=True) -%}
    {{ return(sql) }}
{%- endmacro %}

{# The other engines are given what dbt itself read: each column as text, since it is declared, until the engine casts it. #}
{% macro postgres__load_csv_rows(model, agate_table) -%}
    {%- do krev_deklarerte_kolonner(model, agate_table) -%}
    {{ return(dbt.default__load_csv_rows(model, agate_table)) }}
{%- endmacro %}

{# dbt translates `string` in a model's contract to what the engine calls it, but not in a seed's column types. #}
{% macro postgres__create_csv_table(model, agate_table) -%}
    {%- set sql -%}
        create table {{ this.render() }} (
            {% for navn, type in model['config']['column_types'].items() -%}
            {{ navn }} {{ api.Column.translate_type(type) }}{{ "," if not loop.last }}
            {% endfor %}
        )
    {%- endset -%}
    {%- call statement("_") -%}{{ sql }}{%- endcall -%}
    {{ return(sql) }}
{%- endmacro %}

{# dbt-spark's own writes an empty field as the text None, and leaves an apostrophe to end the text. #}
{% macro spark__load_csv_rows(model, agate_table) -%}
    {%- do krev_deklarerte_kolonner(model, agate_table) -%}
    {%- if not agate_table.rows -%}{{ return("") }}{%- endif -%}
    {%- set typer = model['config']['column_types'] -%}
    {%- set sql -%}
        insert into {{ this.render() }}
        select
            {% for navn, type in typer.items() -%}
            cast({{ navn }} as {{ type }}){{ "," if not loop.last }}
            {% endfor %}
        from values
            {% for rad in agate_table.rows -%}
            (
                {%- for verdi in rad -%}
                {{ "null" if verdi is none else "'" ~ verdi | replace("\\", "\\\\") | replace("'", "\\'") ~ "'" }}{{ ", " if not loop.last }}
                {%- endfor -%}
            ){{ "," if not loop.last }}
            {% endfor %} as rader ({{ typer.keys() | join(", ") }})
    {%- endset -%}
    {%- do adapter.add_query(sql, abridge_sql_log=True) -%}
    {{ return(sql) }}
{%- endmacro %}

{% macro krev_deklarerte_kolonner(model, agate_table) -%}
    {%- set ventet = model['config']['column_types'].keys() | list -%}
    {%- set funnet = agate_table.column_names | list -%}
    {%- if funnet != ventet -%}
        {%- do exceptions.raise_compiler_error(
            model['original_file_path'] ~ ', rad 1: fant kolonnene «' ~ funnet | join(',') ~ '», ventet «'
            ~ ventet | join(',') ~ '».'
        ) -%}
    {%- endif -%}
{%- endmacro %}
