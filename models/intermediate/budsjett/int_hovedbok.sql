{#
    The ledger of each post: every event in the order in which the letters gave it, with the
    balance after it.
#}
with

hendelser as (
    select * from {{ ref('int_hendelser_i_kroner') }}
),

aapninger as (
    select * from {{ ref('int_implisitte_aapninger') }}
),

alle as (
    select
        hendelse_id,
        virksomhet_id,
        budsjettaar,
        kapittel,
        post,
        dokument_id,
        sted,
        type,
        belop_kr,
        oppdrag_nr,
        korrigerer_hendelse_id,
        hever_overforingsgrense,
        gitt_i_dokument_id,
        rekkefolge,
        dato,
        tidligste_dato,
        false as implisitt
    from hendelser

    union all

    select
        hendelse_id,
        virksomhet_id,
        budsjettaar,
        kapittel,
        post,
        dokument_id,
        sted,
        'implisitt åpning' as type,
        belop_kr,
        cast(null as {{ dbt.type_string() }}) as oppdrag_nr,
        cast(null as {{ dbt.type_string() }}) as korrigerer_hendelse_id,
        false as hever_overforingsgrense,
        cast(null as {{ dbt.type_string() }}) as gitt_i_dokument_id,
        0 as rekkefolge,
        cast(null as date) as dato,
        cast(null as date) as tidligste_dato,
        true as implisitt
    from aapninger
),

datert as (
    select
        *,
        -- nothing can be used before the budget year begins
        greatest(
            coalesce(tidligste_dato, make_date(budsjettaar, 1, 1)),
            make_date(budsjettaar, 1, 1)
        ) as tidligst
    from alle
),

-- a letter without a date is no earlier than the letters before it
i_rekkefolge as (
    select
        *,
        max(tidligst) over (
            partition by virksomhet_id, budsjettaar, kapittel, post
            order by rekkefolge, length(hendelse_id), hendelse_id
            rows between unbounded preceding and current row
        ) as gjelder_fra
    from datert
),

saldert as (
    select
        *,
        cast(sum(belop_kr) over (
            partition by virksomhet_id, budsjettaar, kapittel, post
            order by rekkefolge, length(hendelse_id), hendelse_id
            rows between unbounded preceding and current row
        ) as decimal(18, 0)) as disponibelt_etter_kr,
        row_number() over (
            partition by virksomhet_id, budsjettaar, kapittel, post
            order by rekkefolge, length(hendelse_id), hendelse_id
        ) as nummer,
        lead(gjelder_fra) over (
            partition by virksomhet_id, budsjettaar, kapittel, post
            order by rekkefolge, length(hendelse_id), hendelse_id
        ) as neste_gjelder_fra
    from i_rekkefolge
),

avgrenset as (
    select
        hendelse_id,
        virksomhet_id,
        budsjettaar,
        kapittel,
        post,
        dokument_id,
        sted,
        type,
        belop_kr,
        disponibelt_etter_kr,
        oppdrag_nr,
        korrigerer_hendelse_id,
        hever_overforingsgrense,
        gitt_i_dokument_id,
        rekkefolge,
        cast(nummer as integer) as nummer,
        dato,
        implisitt,
        gjelder_fra,
        coalesce(cast({{ dbt.dateadd('day', -1, 'neste_gjelder_fra') }} as date), make_date(budsjettaar, 12, 31))
            as gjelder_til
    from saldert
)

select * from avgrenset
