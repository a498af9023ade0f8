with

verdier as (
    select * from {{ ref('verdier') }}
),

hendelser as (
    select * from {{ ref('tildelinger') }}
),

ledd as (
    select * from {{ ref('kontrolledd') }}
),

bindinger as (
    select * from {{ ref('budsjettbindinger') }}
),

oppdragshendelser as (
    select * from {{ ref('oppdragshendelser') }}
),

kalender as (
    select * from {{ ref('styringskalender') }}
),

risikoer as (
    select * from {{ ref('risikoer') }}
),

oppnaaelse as (
    select * from {{ ref('maaloppnaaelse') }}
),

plasser as (
    select * from {{ ref('int_stedsrekkefolge') }}
),

kontrollerte_hendelser as (
    select distinct hendelse_id from ledd
    where hendelse_id is not null
),

-- an indicator that measures several SP is held to one requirement
krav as (
    select distinct
        virksomhet_id,
        indikator_id,
        gruppe,
        krav_dokument_id,
        krav_sted
    from oppnaaelse
    where krav is not null
),

alle as (
    select
        virksomhet_id,
        dokument_id,
        sted,
        'tall' as slag,
        1 as antall,
        case when antall_kontroller > 0 then 1 else 0 end as kontrollert
    from verdier
    where verdi is not null

    union all

    select
        hendelser.virksomhet_id,
        hendelser.dokument_id,
        hendelser.sted,
        'pengehendelser' as slag,
        1 as antall,
        case when kontrollerte_hendelser.hendelse_id is not null then 1 else 0 end as kontrollert
    from hendelser
    left join kontrollerte_hendelser
        on hendelser.hendelse_id = kontrollerte_hendelser.hendelse_id

    union all

    select
        virksomhet_id,
        dokument_id,
        sted,
        'bindinger' as slag,
        1 as antall,
        cast(null as integer) as kontrollert
    from bindinger

    union all

    select
        virksomhet_id,
        dokument_id,
        sted,
        'oppdragshendelser' as slag,
        1 as antall,
        cast(null as integer) as kontrollert
    from oppdragshendelser

    union all

    select
        virksomhet_id,
        dokument_id,
        sted,
        'møter og frister' as slag,
        1 as antall,
        cast(null as integer) as kontrollert
    from kalender

    union all

    select
        virksomhet_id,
        dokument_id,
        sted,
        'risikoer' as slag,
        1 as antall,
        cast(null as integer) as kontrollert
    from risikoer

    union all

    select
        virksomhet_id,
        krav_dokument_id as dokument_id,
        krav_sted as sted,
        'krav' as slag,
        1 as antall,
        cast(null as integer) as kontrollert
    from krav
),

talt as (
    select
        alle.virksomhet_id,
        alle.dokument_id,
        alle.sted,
        alle.slag,
        plasser.plass,
        cast(sum(alle.antall) as integer) as antall,
        cast(sum(alle.kontrollert) as integer) as antall_kontrollert
    from alle
    left join plasser
        on
            alle.dokument_id = plasser.dokument_id
            and alle.sted = plasser.sted
    group by
        alle.virksomhet_id,
        alle.dokument_id,
        alle.sted,
        alle.slag,
        plasser.plass
)

select * from talt
order by virksomhet_id, dokument_id, plass, slag
