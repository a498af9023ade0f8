with

kontroller as (
    select * from {{ ref('int_kontroller') }}
),

relasjonsledd as (
    select * from {{ ref('int_relasjonsledd') }}
),

grunnlag as (
    select * from {{ ref('int_kontrollgrunnlag') }}
),

saldoledd as (
    select * from {{ ref('int_saldoledd') }}
),

serier as (
    select * from {{ ref('stg_serier') }}
),

tall as (
    select * from {{ ref('int_tall') }}
),

-- a printed dash is a term too: it adds nothing, and is shown as the document has it
i_relasjoner as (
    select
        {{ relasjonskontroll_id('relasjonsledd') }} as kontroll_id,
        relasjonsledd.aar,
        relasjonsledd.ledd_nr,
        relasjonsledd.rolle,
        relasjonsledd.fortegn,
        serier.rad as navn,
        relasjonsledd.ledd_verdi as verdi,
        serier.enhet,
        relasjonsledd.ledd_aar as verdi_aar,
        serier.dokument_id,
        serier.sted,
        serier.serie_id || '-' || cast(relasjonsledd.ledd_aar as {{ dbt.type_string() }}) as verdi_id,
        cast(null as {{ dbt.type_string() }}) as hendelse_id
    from relasjonsledd
    inner join serier
        on relasjonsledd.ledd_serie_id = serier.serie_id
),

i_samsvar as (
    select
        grunnlag.kontroll_id,
        grunnlag.aar,
        1 as ledd_nr,
        'samsvar' as rolle,
        1 as fortegn,
        serier.rad as navn,
        tall.verdi,
        serier.enhet,
        grunnlag.verdi_aar,
        serier.dokument_id,
        serier.sted,
        serier.serie_id || '-' || cast(grunnlag.verdi_aar as {{ dbt.type_string() }}) as verdi_id,
        cast(null as {{ dbt.type_string() }}) as hendelse_id
    from grunnlag
    inner join serier
        on grunnlag.serie_id = serier.serie_id
    inner join tall
        on
            grunnlag.serie_id = tall.serie_id
            and grunnlag.verdi_aar = tall.aar
    where grunnlag.rolle = 'samsvar'
),

i_saldo as (
    select
        kontroll_id,
        aar,
        nummer as ledd_nr,
        'hendelse' as rolle,
        1 as fortegn,
        type as navn,
        belop_kr as verdi,
        'kr' as enhet,
        aar as verdi_aar,
        dokument_id,
        sted,
        cast(null as {{ dbt.type_string() }}) as verdi_id,
        hendelse_id
    from saldoledd
),

alle as (
    select * from i_relasjoner
    union all
    select * from i_samsvar
    union all
    select * from i_saldo
),

kontrolledd as (
    select
        alle.kontroll_id,
        kontroller.virksomhet_id,
        alle.aar,
        cast(alle.ledd_nr as integer) as ledd_nr,
        alle.rolle,
        cast(alle.fortegn as integer) as fortegn,
        alle.navn,
        cast(alle.verdi as decimal(18, 3)) as verdi,
        alle.enhet,
        alle.verdi_aar,
        alle.dokument_id,
        alle.sted,
        alle.verdi_id,
        alle.hendelse_id
    from alle
    inner join kontroller
        on
            alle.kontroll_id = kontroller.kontroll_id
            and alle.aar = kontroller.aar
)

select * from kontrolledd
order by kontroll_id, aar, ledd_nr
