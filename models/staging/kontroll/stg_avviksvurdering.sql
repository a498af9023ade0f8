with

kilde as (
    select * from {{ ref('avviksvurdering') }}
),

typet as (
    select
        kontroll_id,
        aar,
        differanse,
        status,
        forklaring,
        rettet_serie_id,
        rettet_verdi,
        dokument_id,
        sted
    from kilde
)

select * from typet
