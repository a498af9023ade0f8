with

kilde as (
    select * from {{ ekstern('bevilgninger') }} as kilde
),

typet as (
    select
        cast(aar as integer) as budsjettaar,
        kapittel_id as kapittel,
        substring(post_id, 5, 2) as post,
        kapittel as kapittelnavn,
        post as postnavn,
        fagdepartement_id as departementsnummer,
        fagdepartement as departement,
        bevilgning as vedtak,
        cast(bevilgning_belop as decimal(18, 3)) as bevilget,
        cast(bevilgning_overfores_belop as decimal(18, 3)) as overfores,
        cast(bevilgning_overfort_belop as decimal(18, 3)) as overfort,
        cast(hentet as timestamp) as hentet
    from kilde
)

select * from typet
