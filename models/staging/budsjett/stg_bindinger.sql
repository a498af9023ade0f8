with

kilde as (
    select * from {{ ref('bindinger') }}
),

typet as (
    select
        dokument_id,
        sted,
        budsjettaar,
        kapittel,
        post,
        binding,
        overordnet_binding,
        andelstype,
        cast(belop as decimal(18, 3)) as belop,
        cast({{ desimaler("belop") }} as integer) as desimaler,
        enhet,
        mottaker
    from kilde
)

select * from typet
