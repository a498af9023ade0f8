with

kilde as (
    select * from {{ ref('henvisninger') }}
),

typet as (
    select
        dokument_id,
        sted,
        henvisning_trykt,
        henviser_til,
        emne,
        staar_i
    from kilde
)

select * from typet
