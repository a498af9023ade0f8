{# The title and mål of an oppdrag: from where it is described in full, else from where it is first listed. #}
with

omtaler as (
    select * from {{ ref('stg_oppdragsomtaler') }}
),

plasser as (
    select * from {{ ref('int_stedsrekkefolge') }}
),

nummerert as (
    select
        omtaler.virksomhet_id,
        omtaler.oppdrag_nr,
        omtaler.tittel,
        -- the mål of the newest letter that lists it under one; the numbers can change from year to year
        first_value(omtaler.maal_nr) over (
            partition by omtaler.virksomhet_id, omtaler.oppdrag_nr
            order by case when omtaler.maal_nr is null then 1 else 0 end, plasser.plass desc
        ) as maal_nr,
        row_number() over (
            partition by omtaler.virksomhet_id, omtaler.oppdrag_nr
            order by
                case when omtaler.hendelse in ('beskrevet', 'revidert') then 1 else 2 end,
                plasser.plass
        ) as nummer
    from omtaler
    inner join plasser
        on
            omtaler.dokument_id = plasser.dokument_id
            and omtaler.sted = plasser.sted
),

titler as (
    select
        virksomhet_id,
        oppdrag_nr,
        tittel,
        maal_nr
    from nummerert
    where nummer = 1
)

select * from titler
