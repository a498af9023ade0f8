with

kilde as (
    select * from {{ ref('dokumentfiler') }}
),

typet as (
    select
        dokument_id,
        fil,
        sha256
    from kilde
)

select * from typet
