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

plasser as (
    select * from {{ ref('int_stedsrekkefolge') }}
),

nummerert as (
    select
        frister.*,
        register.gitt_dokument_id,
        row_number() over (
            partition by frister.virksomhet_id, frister.oppdrag_nr, frister.del
            order by plasser.plass
        ) as fra_start,
        row_number() over (
            partition by frister.virksomhet_id, frister.oppdrag_nr, frister.del
            order by plasser.plass desc
        ) as fra_slutt
    from frister
    inner join register
        on
            frister.virksomhet_id = register.virksomhet_id
            and frister.oppdrag_nr = register.oppdrag_nr
    inner join plasser
        on
            frister.dokument_id = plasser.dokument_id
            and frister.sted = plasser.sted
),

deler as (
    select
        siste.virksomhet_id,
        siste.oppdrag_nr,
        siste.del,
        siste.fristtype,
        siste.frist,
        siste.frist_trykt,
        -- a deadline that replaced an unknown one, or came later than the giving letter, is not the original
        case
            when forste.dokument_id = forste.gitt_dokument_id and forste.endring is null
                then forste.frist
        end as opprinnelig_frist,
        siste.dokument_id,
        siste.sted
    from nummerert as siste
    inner join nummerert as forste
        on
            siste.virksomhet_id = forste.virksomhet_id
            and siste.oppdrag_nr = forste.oppdrag_nr
            and siste.del = forste.del
            and forste.fra_start = 1
    where siste.fra_slutt = 1
)

select * from deler
