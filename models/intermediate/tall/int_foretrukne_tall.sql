{#
    Of the series that claim the same indicator for the same group and year, the one to use:
    first by the order given, then the most precise.
#}
with

tall as (
    select * from {{ ref('int_tall') }}
    where indikator_id is not null
),

nummerert as (
    select
        *,
        row_number() over (
            partition by virksomhet_id, indikator_id, gruppe, aar
            order by prioritet, slingring_ned + slingring_opp, serie_id
        ) as nummer
    from tall
),

foretrukne as (
    select
        virksomhet_id,
        indikator_id,
        gruppe,
        aar,
        kapittel,
        post,
        serie_id,
        dokument_id,
        sted,
        verdi,
        enhet,
        desimaler,
        tilnaermet,
        status,
        grunnverdi,
        slingring_ned,
        slingring_opp
    from nummerert
    where nummer = 1
)

select * from foretrukne
