with

hendelser as (
    select * from {{ ref('int_oppdragshendelser') }}
),

oppdragshendelser as (
    select
        hendelser.virksomhet_id,
        hendelser.oppdrag_nr,
        hendelser.del,
        cast(row_number() over (
            partition by hendelser.virksomhet_id, hendelser.oppdrag_nr
            order by
                hendelser.plass,
                case hendelser.felt when 'oppføring' then 1 when 'frist' then 2 else 3 end,
                hendelser.del
        ) as integer) as nummer,
        hendelser.dato,
        hendelser.tidligste_dato,
        hendelser.hendelse,
        hendelser.fra_verdi,
        hendelser.til_verdi,
        hendelser.dokument_id,
        hendelser.sted
    from hendelser
)

select * from oppdragshendelser
order by virksomhet_id, oppdrag_nr, nummer
