{#
    What an incremental model of months reads and replaces. Each of its rows carries the checksum of the month's
    postings, so that a month is known as new, corrected or gone by comparing checksums: nothing else is remembered.
    The relation that they come from has `periode` and `sjekksum` too.
#}

{# The months to read: new ones and corrected ones; none when all are to be read. #}
{% macro nye_perioder(kilde) -%}
    {%- if not execute or not is_incremental() -%}
        {{ return(none) }}
    {%- endif -%}
    {%- set sporring -%}
        select kilde.periode
        from (select distinct periode, sjekksum from {{ kilde }}) as kilde
        left join (select distinct periode, sjekksum from {{ this }}) as her
            on
                kilde.periode = her.periode
                and kilde.sjekksum = her.sjekksum
        where her.periode is null
        order by kilde.periode
    {%- endset -%}
    {{ return(run_query(sporring).columns[0].values() | list) }}
{%- endmacro %}

{# A hook before an incremental model: the months leave that are corrected or gone. #}
{% macro slett_endrede_perioder(kilde) -%}
    {%- if is_incremental() -%}
        delete from {{ this }}
        where not exists (
            select 1
            from (select distinct periode, sjekksum from {{ kilde }}) as kilde
            where
                kilde.periode = {{ this }}.periode
                and kilde.sjekksum = {{ this }}.sjekksum
        )
    {%- endif -%}
{%- endmacro %}
