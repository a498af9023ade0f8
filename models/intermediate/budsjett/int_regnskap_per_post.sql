{#
    The figures of accounts and budgets, one row per post and year: what the annual report
    prints where it does, else the state's accounts.
#}
with

tall as (
    select * from {{ ref('int_foretrukne_tall') }}
    where kapittel is not null
),

per_post as (
    select
        virksomhet_id,
        aar as budsjettaar,
        kapittel,
        post,
        {% for indikator in [
            "overfort_fra_i_fjor",
            "aarets_tildeling",
            "samlet_tildeling",
            "regnskap",
            "maks_overforbart",
            "mulig_overforing",
            "saldert_bevilgning",
            "revidert_bevilgning",
        ] -%}
        cast(max(case when indikator_id = '{{ indikator }}' then grunnverdi end) as decimal(18, 0))
            as {{ indikator }}_kr,
        {% endfor -%}
        cast(max(case when indikator_id = 'regnskap' then slingring_ned + slingring_opp end) as decimal(18, 0))
            as regnskap_presisjon_kr,
        max(case when indikator_id = 'samlet_tildeling' then dokument_id end) as tildelingskilde,
        max(case when indikator_id = 'samlet_tildeling' then sted end) as tildeling_sted,
        max(case when indikator_id = 'regnskap' then dokument_id end) as regnskapskilde,
        max(case when indikator_id = 'regnskap' then sted end) as regnskap_sted
    from tall
    group by
        virksomhet_id,
        aar,
        kapittel,
        post
)

select * from per_post
