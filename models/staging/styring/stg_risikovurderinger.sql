with

kilde as (
    select * from {{ ref('risikovurderinger') }}
),

typet as (
    select
        risiko_id,
        virksomhet_id,
        aar,
        dokument_id,
        sted,
        overordnet_maal,
        maal_nr,
        risiko,
        risikovurdering,
        restrisiko
    from kilde
)

select * from typet
