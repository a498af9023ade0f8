{# Who leads an oppdrag or part: the body a document names, for the part or else for the whole. #}
with

aktorer as (
    select * from {{ ref('stg_oppdragsaktorer') }}
    where rolle = 'hovedansvarlig'
),

deler as (
    select * from {{ ref('int_oppdragsdeler') }}
),

ansvar as (
    select
        deler.virksomhet_id,
        deler.oppdrag_nr,
        deler.del,
        coalesce(for_delen.aktor, for_hele.aktor) as hovedansvarlig
    from deler
    left join aktorer as for_delen
        on
            deler.virksomhet_id = for_delen.virksomhet_id
            and deler.oppdrag_nr = for_delen.oppdrag_nr
            and deler.del = for_delen.del
    left join aktorer as for_hele
        on
            deler.virksomhet_id = for_hele.virksomhet_id
            and deler.oppdrag_nr = for_hele.oppdrag_nr
            and for_hele.del = 'hele'
)

select * from ansvar
