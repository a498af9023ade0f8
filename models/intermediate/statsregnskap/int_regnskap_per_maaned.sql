{#
    The accounts by month, agency and post. A month costs what a month costs: the months that have changed since the last
    build, known by the checksum of their postings, are read and replaced; the others stand. Not `delete+insert`, which
    compares row by row with a key that is not unique; here whole months leave before the new ones come.
#}
{{
    config(
        materialized = "incremental",
        incremental_strategy = "append",
        on_schema_change = "fail",
        pre_hook = "{{ slett_endrede_perioder(ref('stg_posteringer')) }}",
    )
}}
{%- set nye = nye_perioder(ref('stg_posteringer')) %}

with

posteringer as (
    select * from {{ ref('stg_posteringer') }}
    {% if nye is not none -%}
    where periode in ({{ "'" ~ nye | join("', '") ~ "'" }})
    {%- endif %}
),

per_maaned as (
    select
        periode,
        budsjettaar,
        maaned,
        organisasjonsnummer,
        kapittel,
        post,
        -- names are those of the month, and one where a post has several
        max(virksomhet) as virksomhet,
        max(virksomhetens_departementsnummer) as virksomhetens_departementsnummer,
        max(virksomhetens_departement) as virksomhetens_departement,
        max(kapittelnavn) as kapittelnavn,
        max(postnavn) as postnavn,
        max(departementsnummer) as departementsnummer,
        max(departement) as departement,
        cast(sum(belop) as decimal(24, 3)) as belop,
        cast(count(*) as integer) as antall_posteringer,
        sjekksum,
        max(hentet) as hentet
    from posteringer
    group by
        periode,
        budsjettaar,
        maaned,
        organisasjonsnummer,
        kapittel,
        post,
        sjekksum
)

select * from per_maaned
