with

virksomhetene as (
    select * from {{ ref('stg_virksomheter') }}
),

-- a ministry is a row of its own, and is nobody's agency
med_departement as (
    select
        virksomhetene.virksomhet_id,
        virksomhetene.virksomhet,
        virksomhetene.kortnavn,
        virksomhetene.organisasjonsnummer,
        virksomhetene.departement_id,
        departementene.virksomhet as departement,
        departementene.kortnavn as departement_kortnavn
    from virksomhetene
    inner join virksomhetene as departementene
        on virksomhetene.departement_id = departementene.virksomhet_id
)

select * from med_departement
order by virksomhet_id
