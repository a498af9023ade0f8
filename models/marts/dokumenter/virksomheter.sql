with

virksomhetene as (
    select * from {{ ref('stg_virksomheter') }}
),

i_statsregnskapet as (
    select * from {{ ref('int_virksomhetsnavn') }}
    where siste
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
),

alle as (
    select * from med_departement

    union all

    select
        i_statsregnskapet.virksomhet_id,
        i_statsregnskapet.virksomhet,
        i_statsregnskapet.virksomhet as kortnavn,
        i_statsregnskapet.organisasjonsnummer,
        i_statsregnskapet.departement_id,
        i_statsregnskapet.departement,
        i_statsregnskapet.departement_kortnavn
    from i_statsregnskapet
    left join med_departement
        on i_statsregnskapet.virksomhet_id = med_departement.virksomhet_id
    where med_departement.virksomhet_id is null
)

select * from alle
order by virksomhet_id
