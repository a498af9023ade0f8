{#
    Which series carry an indicator, in the order in which they are used: int_foretrukne_tall takes the first that has
    the year.
#}
with

tall as (
    select * from {{ ref('int_tall') }}
    where indikator_id is not null
),

foretrukne as (
    select * from {{ ref('int_foretrukne_tall') }}
),

serier as (
    select
        tall.virksomhet_id,
        tall.indikator_id,
        tall.gruppe,
        tall.prioritet,
        tall.serie_id,
        tall.dokument_id,
        tall.sted,
        tall.rad,
        tall.enhet,
        min(tall.slingring_ned + tall.slingring_opp) as slingring,
        min(tall.aar) as fra_aar,
        max(tall.aar) as til_aar,
        cast(count(*) as integer) as antall_aar,
        cast(count(foretrukne.serie_id) as integer) as antall_aar_brukt
    from tall
    left join foretrukne
        on
            tall.serie_id = foretrukne.serie_id
            and tall.aar = foretrukne.aar
    group by
        tall.virksomhet_id,
        tall.indikator_id,
        tall.gruppe,
        tall.prioritet,
        tall.serie_id,
        tall.dokument_id,
        tall.sted,
        tall.rad,
        tall.enhet
),

rangert as (
    select
        virksomhet_id,
        indikator_id,
        gruppe,
        cast(row_number() over (
            partition by virksomhet_id, indikator_id, gruppe
            order by prioritet, slingring, serie_id
        ) as integer) as nummer,
        serie_id,
        dokument_id,
        sted,
        rad,
        enhet,
        fra_aar,
        til_aar,
        antall_aar,
        antall_aar_brukt
    from serier
)

select * from rangert
order by virksomhet_id, indikator_id, gruppe, nummer
