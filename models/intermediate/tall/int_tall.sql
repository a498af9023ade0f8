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

presisjoner as (
    select
        serie_id,
        desimaler,
        row_number() over (
            partition by serie_id
            order by count(*) desc, desimaler asc
        ) as nummer
    from verdier
    where verdi is not null
    group by
        serie_id,
        desimaler
),

-- a row has the precision that most of its figures are printed with: the 8 in "3,1  8  6,7  5,4" is 8,0
med_radens_presisjon as (
    select
        verdier.serie_id,
        verdier.aar,
        verdier.verdi,
        verdier.desimaler as trykte_desimaler,
        greatest(verdier.desimaler, presisjoner.desimaler) as desimaler,
        verdier.sluttnuller,
        verdier.tilnaermet,
        verdier.status
    from verdier
    inner join presisjoner
        on
            verdier.serie_id = presisjoner.serie_id
            and presisjoner.nummer = 1
    where verdier.verdi is not null
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
        verdier.trykte_desimaler as desimaler,
        verdier.tilnaermet,
        verdier.status,
        enheter.grunnenhet,
        enheter.faktor,
        cast(verdier.verdi * enheter.faktor as decimal(24, 6)) as grunnverdi,
        {{ slingring('ned', 'verdier', 'enheter') }} as slingring_ned,
        {{ slingring('opp', 'verdier', 'enheter') }} as slingring_opp
    from med_radens_presisjon as verdier
    inner join serier
        on verdier.serie_id = serier.serie_id
    inner join enheter
        on serier.enhet = enheter.enhet
)

select * from tall
