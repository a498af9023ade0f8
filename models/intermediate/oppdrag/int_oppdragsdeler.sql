{#
    The deadlines of each oppdrag and part: the one that holds now, and the one first given
    where the giving letter is at hand.
#}
with

frister as (
    select * from {{ ref('stg_oppdragsfrister') }}
),

register as (
    select * from {{ ref('stg_oppdragsregister') }}
),

dokumenter as (
    select * from {{ ref('stg_dokumenter') }}
),

plasser as (
    select
        dokument_id,
        sted,
        min(fra_linje) as plass
    from {{ ref('stg_steder') }}
    group by
        dokument_id,
        sted
),

nummerert as (
    select
        frister.*,
        register.gitt_dokument_id,
        row_number() over (
            partition by frister.oppdrag_nr, frister.del
            order by dokumenter.gjelder_aar, dokumenter.rekkefolge, plasser.plass
        ) as fra_start,
        row_number() over (
            partition by frister.oppdrag_nr, frister.del
            order by dokumenter.gjelder_aar desc, dokumenter.rekkefolge desc, plasser.plass desc
        ) as fra_slutt
    from frister
    inner join register
        on frister.oppdrag_nr = register.oppdrag_nr
    inner join dokumenter
        on frister.dokument_id = dokumenter.dokument_id
    left join plasser
        on
            frister.dokument_id = plasser.dokument_id
            and frister.sted = plasser.sted
),

deler as (
    select
        siste.oppdrag_nr,
        siste.del,
        siste.fristtype,
        siste.frist,
        siste.frist_trykt,
        -- a deadline that replaced an unknown one, or was printed later than the giving letter, is not the original
        case
            when forste.dokument_id = forste.gitt_dokument_id and forste.endring is null then forste.frist
        end as opprinnelig_frist,
        siste.dokument_id,
        siste.sted
    from nummerert as siste
    inner join nummerert as forste
        on
            siste.oppdrag_nr = forste.oppdrag_nr
            and siste.del = forste.del
            and forste.fra_start = 1
    where siste.fra_slutt = 1
)

select * from deler
