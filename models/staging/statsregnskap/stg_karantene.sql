with

kilde as (
    select * from {{ ekstern('karantene') }} as kilde
),

typet as (
    select
        kilde,
        periode,
        grunn,
        linje,
        innhold,
        cast(belop as decimal(18, 3)) as belop,
        fil,
        cast(hentet as timestamp) as hentet
    from kilde
)

select * from typet
