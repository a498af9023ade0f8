with

celler as (
    select * from {{ ref('stg_statistikk') }}
),

tabeller as (
    select * from {{ ref('stg_statistikktabeller') }}
),

statistikk as (
    select
        cast(null as {{ dbt.type_string() }}) as virksomhet_id,
        celler.tabell,
        tabeller.emne,
        celler.tittel,
        celler.innhold_id,
        celler.innhold,
        celler.enhet,
        celler.desimaler,
        celler.tid,
        -- a year of school or a quarter begins with its first year
        cast(substring(celler.tid, 1, 4) as integer) as aar,
        coalesce(nullif(celler.dimensjoner, ''), 'alle') as dimensjoner,
        coalesce(nullif(celler.dimensjoner_navn, ''), 'alle') as dimensjoner_navn,
        celler.verdi,
        celler.status,
        cast(celler.oppdatert as date) as oppdatert,
        celler.kilde,
        cast(celler.hentet as date) as hentet
    from celler
    -- a table that the seed no longer names stays in the data folder, and is not shown
    inner join tabeller
        on celler.tabell = tabeller.tabell
)

select * from statistikk
order by tabell, innhold_id, dimensjoner, tid
