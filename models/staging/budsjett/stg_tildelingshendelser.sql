with

kilde as (
    select * from {{ ref('tildelingshendelser') }}
),

typet as (
    select
        hendelse_id,
        budsjettaar,
        kapittel,
        post,
        dokument_id,
        sted,
        type,
        cast(belop as decimal(18, 3)) as belop,
        cast({{ desimaler("belop") }} as integer) as desimaler,
        enhet,
        oppdrag_nr,
        korrigerer_hendelse_id,
        gitt_i_dokument_id,
        coalesce(hever_overforingsgrense, false) as hever_overforingsgrense
    from kilde
)

select * from typet
