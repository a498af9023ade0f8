{#
    The parts of a post that a document gives an amount for: earmarks of the letters (allocated), schemes of the annual
    report (paid), and oppdrag with money of their own. An earmark within an earmark is left to the outer one.
#}
with

bindinger as (
    select * from {{ ref('int_bindinger_i_kroner') }}
    where
        overordnet_binding is null
        and andelstype = 'fordeling'
),

tall as (
    select * from {{ ref('int_foretrukne_tall') }}
    where
        indikator_id = 'tilskudd_utbetalt'
        and kapittel is not null
),

hendelser as (
    select * from {{ ref('int_hovedbok') }}
    where type = 'oppdragsmidler'
),

oppdrag as (
    select * from {{ ref('int_oppdragstitler') }}
    where maal_nr is not null
),

tildelte as (
    select
        bindinger.virksomhet_id,
        bindinger.budsjettaar,
        bindinger.kapittel,
        bindinger.post,
        bindinger.binding as del,
        cast(bindinger.grunnverdi as decimal(18, 0)) as tildelt_kr,
        cast(null as decimal(18, 0)) as regnskap_kr,
        cast(null as integer) as oppdragets_maal_nr,
        bindinger.dokument_id,
        bindinger.sted
    from bindinger
),

utbetalte as (
    select
        tall.virksomhet_id,
        tall.aar as budsjettaar,
        tall.kapittel,
        tall.post,
        tall.gruppe as del,
        cast(null as decimal(18, 0)) as tildelt_kr,
        cast(tall.grunnverdi as decimal(18, 0)) as regnskap_kr,
        cast(null as integer) as oppdragets_maal_nr,
        tall.dokument_id,
        tall.sted
    from tall
),

oppdragsmidler as (
    select
        hendelser.virksomhet_id,
        hendelser.budsjettaar,
        hendelser.kapittel,
        hendelser.post,
        'Oppdrag ' || hendelser.oppdrag_nr as del,
        hendelser.belop_kr as tildelt_kr,
        cast(null as decimal(18, 0)) as regnskap_kr,
        oppdrag.maal_nr as oppdragets_maal_nr,
        hendelser.dokument_id,
        hendelser.sted
    from hendelser
    inner join oppdrag
        on
            hendelser.virksomhet_id = oppdrag.virksomhet_id
            and hendelser.oppdrag_nr = oppdrag.oppdrag_nr
),

deler as (
    select * from tildelte
    union all
    select * from utbetalte
    union all
    select * from oppdragsmidler
)

select * from deler
