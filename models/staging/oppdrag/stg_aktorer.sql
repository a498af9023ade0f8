with

kilde as (
    select * from {{ ref('aktorer') }}
),

typet as (
    select
        aktor,
        navn,
        dokument_id,
        sted
    from kilde
)

select * from typet
