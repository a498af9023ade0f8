{#
    One row per ministry in the state's accounts and appropriations, by DFØ's number, with the name that it has last.
    The register's own ministries keep their id; others go by the number.
#}
with

regnskap as (
    select * from {{ ref('int_regnskap_per_maaned') }}
),

bevilgninger as (
    select * from {{ ref('stg_bevilgninger') }}
),

register as (
    select * from {{ ref('stg_virksomheter') }}
),

navn as (
    select
        departementsnummer,
        departement,
        budsjettaar * 100 + maaned as nummer
    from regnskap
    union all
    select
        virksomhetens_departementsnummer as departementsnummer,
        virksomhetens_departement as departement,
        budsjettaar * 100 + maaned as nummer
    from regnskap
    union all
    select
        departementsnummer,
        departement,
        budsjettaar * 100 as nummer
    from bevilgninger
),

nummerert as (
    select
        departementsnummer,
        departement,
        row_number() over (
            partition by departementsnummer
            order by nummer desc, departement asc
        ) as plass
    from navn
    where departementsnummer is not null
),

departementer as (
    select
        nummerert.departementsnummer,
        coalesce(register.virksomhet_id, nummerert.departementsnummer) as virksomhet_id,
        nummerert.departement,
        coalesce(register.kortnavn, nummerert.departement) as kortnavn
    from nummerert
    left join register
        on nummerert.departement = register.virksomhet
    where nummerert.plass = 1
)

select * from departementer
