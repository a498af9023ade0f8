with

perioder as (
    select * from {{ ref('int_oppdragsperioder') }}
),

leveranser as (
    select * from {{ ref('stg_oppdragsleveranser') }}
),

med_levering as (
    select
        perioder.*,
        leveranser.levert_dato,
        coalesce(
            cast({{ dbt.dateadd('day', -1, 'leveranser.levert_dato') }} as date),
            make_date(9999, 12, 31)
        ) as dagen_for_levering
    from perioder
    left join leveranser
        on
            perioder.virksomhet_id = leveranser.virksomhet_id
            and perioder.oppdrag_nr = leveranser.oppdrag_nr
            and perioder.del = leveranser.del
),

-- the deadline's day is not late
for_fristen as (
    select
        virksomhet_id,
        oppdrag_nr,
        del,
        case when frist is null then 'uten dato' else 'ikke forfalt' end as status,
        frist,
        frist_trykt,
        cast(null as date) as levert_dato,
        gjelder_fra,
        least(gjelder_til, dagen_for_levering, coalesce(frist, gjelder_til)) as gjelder_til,
        dokument_id,
        sted
    from med_levering
),

etter_fristen as (
    select
        virksomhet_id,
        oppdrag_nr,
        del,
        'frist passert' as status,
        frist,
        frist_trykt,
        cast(null as date) as levert_dato,
        greatest(gjelder_fra, cast({{ dbt.dateadd('day', 1, 'frist') }} as date)) as gjelder_fra,
        least(gjelder_til, dagen_for_levering) as gjelder_til,
        dokument_id,
        sted
    from med_levering
    where frist is not null
),

etter_levering as (
    select
        virksomhet_id,
        oppdrag_nr,
        del,
        case when levert_dato > frist then 'levert etter frist' else 'levert' end as status,
        frist,
        frist_trykt,
        levert_dato,
        greatest(gjelder_fra, levert_dato) as gjelder_fra,
        gjelder_til,
        dokument_id,
        sted
    from med_levering
    where levert_dato is not null
),

alle as (
    select * from for_fristen
    union all
    select * from etter_fristen
    union all
    select * from etter_levering
)

select
    virksomhet_id,
    oppdrag_nr,
    del,
    cast(gjelder_fra as date) as gjelder_fra,
    cast(gjelder_til as date) as gjelder_til,
    status,
    frist,
    frist_trykt,
    levert_dato,
    dokument_id,
    sted
from alle
where gjelder_fra <= gjelder_til
order by virksomhet_id, oppdrag_nr, del, gjelder_fra
