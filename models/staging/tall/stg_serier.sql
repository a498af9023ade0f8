with

kilde as (
    {% for omraade, navn in fagomraader().items() -%}
    select
        *,
        '{{ omraade }}' as omraade,
        '{{ navn }}' as omraadenavn
    from {{ ref(omraade ~ "_serier") }}
    {{ "union all" if not loop.last }}
    {% endfor %}
),

typet as (
    select
        serie_id,
        omraade,
        omraadenavn,
        virksomhet_id,
        dokument_id,
        sted,
        overrad,
        rad,
        kolonne,
        enhet,
        indikator_id,
        gruppe,
        kapittel,
        post,
        prioritet,
        merknad
    from kilde
)

select * from typet
