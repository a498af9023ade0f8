with

kilde as (
    select * from {{ ref('virksomhetsregister') }}
),

typet as (
    select
        virksomhet_id,
        virksomhet,
        kortnavn,
        organisasjonsnummer,
        departement_id
    from kilde
)

select * from typet
