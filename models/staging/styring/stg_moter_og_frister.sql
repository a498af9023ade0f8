with

kilde as (
    select * from {{ ref('moter_og_frister') }}
),

typet as (
    select
        kalender_id,
        virksomhet_id,
        dokument_id,
        sted,
        type,
        tittel,
        dato,
        frist_trykt,
        periode_fra,
        periode_til,
        telletidspunkt,
        gjelder_aar
    from kilde
)

select * from typet
