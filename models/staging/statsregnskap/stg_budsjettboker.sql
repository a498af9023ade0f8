with

kilde as (
    select * from {{ ekstern('budsjett') }} as kilde
),

typet as (
    select
        utgave,
        slag,
        aar as budsjettaar,
        departement_id as departementsnummer,
        departement,
        kapittel_id as kapittel,
        kapittel as kapittelnavn,
        post_nr as post,
        underpost,
        post as postnavn,
        stikkord,
        cast(belop as decimal(18, 0)) as belop_kr
    from kilde
)

select * from typet
