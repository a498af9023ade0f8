with

kilde as (
    select * from {{ ref('poster') }}
),

typet as (
    select
        virksomhet_id,
        budsjettaar,
        kapittel,
        post,
        kapittelnavn,
        postnavn,
        stikkord,
        dokument_id,
        sted
    from kilde
)

select * from typet
