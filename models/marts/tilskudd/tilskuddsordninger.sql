with

tall as (
    select * from {{ ref('stg_verdier') }}
),

serier as (
    select * from {{ ref('stg_serier') }}
    -- the rows of a table: the running text repeats single figures of a scheme, and is held against them by samsvar
    where
        omraade = 'tilskudd'
        and kolonne is not null
),

enheter as (
    select * from {{ ref('stg_enheter') }}
),

tilskuddstall as (
    select
        serier.virksomhet_id,
        tall.aar,
        serier.kapittel,
        serier.post,
        serier.rad,
        serier.gruppe,
        serier.indikator_id,
        tall.verdi,
        cast(tall.verdi * enheter.faktor as decimal(18, 0)) as grunnverdi,
        serier.dokument_id,
        serier.sted
    from tall
    inner join serier
        on tall.serie_id = serier.serie_id
    inner join enheter
        on serier.enhet = enheter.enhet
),

tilskuddsordninger as (
    select
        virksomhet_id,
        aar,
        kapittel,
        post,
        rad as tilskuddsordning,
        gruppe as kortnavn,
        cast(max(case when indikator_id = 'tilskudd_soknader' then verdi end) as integer)
            as soknader,
        cast(max(case when indikator_id = 'tilskudd_innvilget' then verdi end) as integer)
            as innvilget,
        max(case when indikator_id = 'tilskudd_omsokt' then grunnverdi end) as omsokt_kr,
        max(case when indikator_id = 'tilskudd_utbetalt' then grunnverdi end) as utbetalt_kr,
        dokument_id,
        sted
    from tilskuddstall
    group by
        virksomhet_id,
        aar,
        kapittel,
        post,
        rad,
        gruppe,
        dokument_id,
        sted
)

select * from tilskuddsordninger
order by virksomhet_id, aar, kapittel, post, tilskuddsordning
