with

navn as (
    select * from {{ ref('int_virksomhetsnavn') }}
),

historikk as (
    select
        virksomhet_id,
        organisasjonsnummer,
        virksomhet,
        departement_id,
        departement,
        gjelder_fra,
        gjelder_til,
        'DFO-REGNSKAP' as dokument_id,
        'Regnskap per post og virksomhet' as sted
    from navn
)

select * from historikk
order by virksomhet_id, gjelder_fra
