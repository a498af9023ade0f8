with

verdier as (
    select * from {{ ref('stg_verdier') }}
),

serier as (
    select * from {{ ref('stg_serier') }}
),

enheter as (
    select * from {{ ref('stg_enheter') }}
),

tall as (
    select
        verdier.serie_id,
        verdier.aar,
        serier.virksomhet_id,
        serier.dokument_id,
        serier.sted,
        serier.rad,
        coalesce(serier.kolonne, cast(verdier.aar as {{ dbt.type_string() }})) as kolonne,
        serier.indikator_id,
        -- figures of the accounts are told apart by chapter and post alone
        coalesce(serier.gruppe, serier.kapittel || '/' || serier.post) as gruppe,
        serier.kapittel,
        serier.post,
        serier.prioritet,
        verdier.verdi,
        serier.enhet,
        verdier.desimaler,
        verdier.status,
        enheter.grunnenhet,
        enheter.faktor,
        cast(verdier.verdi * enheter.faktor as decimal(24, 6)) as grunnverdi,
        {{ slingring('ned', 'verdier', 'enheter') }} as slingring_ned,
        {{ slingring('opp', 'verdier', 'enheter') }} as slingring_opp
    from verdier
    inner join serier
        on verdier.serie_id = serier.serie_id
    inner join enheter
        on serier.enhet = enheter.enhet
    where verdier.verdi is not null
)

select * from tall
