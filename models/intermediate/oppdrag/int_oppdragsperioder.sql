{#
    From when to when each deadline holds, as far as the documents that are known on the day tell: a letter without a
    date speaks from the earliest date that its content allows. A day's last letter wins; the last one holds on.
#}
with

frister as (
    select * from {{ ref('stg_oppdragsfrister') }}
),

dokumenter as (
    select * from {{ ref('stg_dokumenter') }}
),

plasser as (
    select * from {{ ref('int_stedsrekkefolge') }}
),

datert as (
    select
        frister.virksomhet_id,
        frister.oppdrag_nr,
        frister.del,
        frister.frist,
        frister.frist_trykt,
        frister.dokument_id,
        frister.sted,
        coalesce(
            dokumenter.dato,
            dokumenter.tidligste_dato,
            make_date(dokumenter.gjelder_aar, 1, 1)
        ) as gjelder_fra,
        plasser.plass
    from frister
    inner join dokumenter
        on frister.dokument_id = dokumenter.dokument_id
    inner join plasser
        on
            frister.dokument_id = plasser.dokument_id
            and frister.sted = plasser.sted
),

dagens_siste as (
    select
        *,
        row_number() over (
            partition by virksomhet_id, oppdrag_nr, del, gjelder_fra
            order by plass desc
        ) as fra_slutt
    from datert
),

perioder as (
    select
        virksomhet_id,
        oppdrag_nr,
        del,
        frist,
        frist_trykt,
        dokument_id,
        sted,
        gjelder_fra,
        lead(gjelder_fra) over (
            partition by virksomhet_id, oppdrag_nr, del
            order by gjelder_fra
        ) as neste_fra
    from dagens_siste
    where fra_slutt = 1
)

select
    virksomhet_id,
    oppdrag_nr,
    del,
    frist,
    frist_trykt,
    dokument_id,
    sted,
    gjelder_fra,
    -- far in the future, so that a day is found with between
    coalesce({{ dbt.dateadd('day', -1, 'neste_fra') }}, make_date(9999, 12, 31)) as gjelder_til
from perioder
