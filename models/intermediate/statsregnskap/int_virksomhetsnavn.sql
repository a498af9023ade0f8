{#
    What an agency is called and which ministry it is under, as the accounts say each month: one row per stretch of
    months in which both stand. The last stretch has no end, unless a year has gone without accounts of the agency.
#}
with

regnskap as (
    select * from {{ ref('int_regnskap_per_maaned') }}
),

departementer as (
    select * from {{ ref('int_departementer') }}
),

register as (
    select * from {{ ref('stg_virksomheter') }}
),

per_maaned as (
    select
        organisasjonsnummer,
        make_date(budsjettaar, maaned, 1) as dato,
        max(virksomhet) as virksomhet,
        max(virksomhetens_departementsnummer) as departementsnummer
    from regnskap
    group by
        organisasjonsnummer,
        budsjettaar,
        maaned
),

med_forrige as (
    select
        *,
        lag(virksomhet) over (partition by organisasjonsnummer order by dato) as forrige_navn,
        lag(departementsnummer) over (partition by organisasjonsnummer order by dato) as forrige_departement,
        max(dato) over (partition by organisasjonsnummer) as siste_maaned,
        max(dato) over () as siste_i_staten
    from per_maaned
),

skifter as (
    select
        *,
        lead(dato) over (partition by organisasjonsnummer order by dato) as neste_fra
    from med_forrige
    where
        forrige_navn is null
        or forrige_navn <> virksomhet
        or coalesce(forrige_departement, '') <> coalesce(departementsnummer, '')
),

navn as (
    select
        coalesce(register.virksomhet_id, skifter.organisasjonsnummer) as virksomhet_id,
        skifter.organisasjonsnummer,
        skifter.virksomhet,
        departementer.virksomhet_id as departement_id,
        departementer.departement,
        departementer.kortnavn as departement_kortnavn,
        skifter.dato as gjelder_fra,
        case
            when skifter.neste_fra is not null
                then cast({{ dbt.dateadd('day', -1, 'skifter.neste_fra') }} as date)
            when skifter.siste_maaned <= {{ dbt.dateadd('month', -12, 'skifter.siste_i_staten') }}
                then cast(
                    {{ dbt.dateadd('day', -1, dbt.dateadd('month', 1, 'skifter.siste_maaned')) }} as date
                )
        end as gjelder_til,
        skifter.neste_fra is null as siste
    from skifter
    left join departementer
        on skifter.departementsnummer = departementer.departementsnummer
    left join register
        on skifter.organisasjonsnummer = register.organisasjonsnummer
)

select * from navn
