with

kilde as (
    {% for omraade in fagomraader() -%}
    select * from {{ ref(omraade ~ "_verdier") }}
    {{ "union all" if not loop.last }}
    {% endfor %}
),

typet as (
    select
        serie_id,
        aar,
        cast(verdi as decimal(18, 3)) as verdi,
        cast({{ desimaler("verdi") }} as integer) as desimaler,
        cast({{ sluttnuller("verdi") }} as integer) as sluttnuller,
        tilnaermet,
        status,
        trykt,
        fotnote
    from kilde
)

select * from typet
