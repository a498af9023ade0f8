with

kilde as (
    select * from {{ ekstern('statsregnskapet') }} as kilde
),

typet as (
    select
        periode,
        cast(substring(periode, 1, 4) as integer) as budsjettaar,
        cast(substring(periode, 5, 2) as integer) as maaned,
        virksomhet_id as organisasjonsnummer,
        virksomhet,
        fagdepartement_virksomhet_id as virksomhetens_departementsnummer,
        fagdepartement_virksomhet as virksomhetens_departement,
        kapittel_id as kapittel,
        substring(post_id, 5, 2) as post,
        kapittel as kapittelnavn,
        post as postnavn,
        fagdepartement_id as departementsnummer,
        fagdepartement as departement,
        cast(belop as decimal(18, 3)) as belop,
        sjekksum,
        cast(hentet as timestamp) as hentet
    from kilde
)

select * from typet
