{#
    The title of an oppdrag: from where it is described in full, else from where it is first
    listed.
#}
with

omtaler as (
    select * from {{ ref('stg_oppdragsomtaler') }}
),

dokumenter as (
    select * from {{ ref('stg_dokumenter') }}
),

nummerert as (
    select
        omtaler.oppdrag_nr,
        omtaler.tittel,
        row_number() over (
            partition by omtaler.oppdrag_nr
            order by
                case when omtaler.hendelse in ('beskrevet', 'revidert') then 1 else 2 end,
                dokumenter.gjelder_aar,
                dokumenter.rekkefolge,
                omtaler.sted
        ) as nummer
    from omtaler
    inner join dokumenter
        on omtaler.dokument_id = dokumenter.dokument_id
),

maal as (
    select
        oppdrag_nr,
        max(maal_nr) as maal_nr
    from omtaler
    group by oppdrag_nr
),

titler as (
    select
        nummerert.oppdrag_nr,
        nummerert.tittel,
        maal.maal_nr
    from nummerert
    inner join maal
        on nummerert.oppdrag_nr = maal.oppdrag_nr
    where nummerert.nummer = 1
)

select * from titler
