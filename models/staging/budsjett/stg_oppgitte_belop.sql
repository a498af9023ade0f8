with

kilde as (
    select * from {{ ref('oppgitte_belop') }}
),

typet as (
    select
        dokument_id,
        sted,
        budsjettaar,
        kapittel,
        post,
        art,
        binding,
        cast(belop as decimal(18, 3)) as belop,
        cast({{ desimaler("belop") }} as integer) as desimaler,
        enhet,
        oppdrag_nr
    from kilde
)

select * from typet
