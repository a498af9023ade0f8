{#
    One row per ministry in the state's accounts and appropriations, by DFØ's number, with the name that it has last.
    The register's own ministries keep their id, also when they are renamed: a ministry has accounts of its own, under its
    organisation number and DFØ's. Where those are not at hand, its name tells. Others go by the number.
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

egne_regnskap as (
    select
        register.virksomhet_id,
        register.kortnavn,
        regnskap.virksomhetens_departementsnummer as departementsnummer,
        row_number() over (
            partition by register.virksomhet_id
            order by
                regnskap.budsjettaar desc,
                regnskap.maaned desc,
                regnskap.virksomhetens_departementsnummer asc
        ) as plass
    from regnskap
    inner join register
        on regnskap.organisasjonsnummer = register.organisasjonsnummer
    where
        register.departement_id is null
        and regnskap.virksomhetens_departementsnummer is not null
),

nummerert as (
    select
        departementsnummer,
        departement,
        row_number() over (
            partition by departementsnummer
            order by nummer desc, departement asc nulls last
        ) as plass
    from navn
    where departementsnummer is not null
),

departementer as (
    select
        nummerert.departementsnummer,
        coalesce(egne_regnskap.virksomhet_id, register.virksomhet_id, nummerert.departementsnummer)
            as virksomhet_id,
        nummerert.departement,
        coalesce(egne_regnskap.kortnavn, register.kortnavn, nummerert.departement) as kortnavn
    from nummerert
    left join egne_regnskap
        on
            nummerert.departementsnummer = egne_regnskap.departementsnummer
            and egne_regnskap.plass = 1
    left join register
        on nummerert.departement = register.virksomhet
    where nummerert.plass = 1
)

select * from departementer
