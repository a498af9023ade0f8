with

hendelser as (
    select * from {{ ref('int_oppdragshendelser') }}
),

register as (
    select * from {{ ref('stg_oppdragsregister') }}
),

oppdragshendelser as (
    select
        register.virksomhet_id,
        hendelser.oppdrag_nr,
        hendelser.del,
        cast(row_number() over (
            partition by hendelser.oppdrag_nr
            order by
                hendelser.gjelder_aar,
                hendelser.rekkefolge,
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
    inner join register
        on hendelser.oppdrag_nr = register.oppdrag_nr
)

select * from oppdragshendelser
order by virksomhet_id, oppdrag_nr, nummer
