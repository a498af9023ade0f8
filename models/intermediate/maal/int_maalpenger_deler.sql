{#
    The parts of a post that a document gives an amount for: earmarks of the letters and oppdrag with money of their own
    (allocated), schemes of the annual report (accounted for). An earmark within an earmark stands for itself only when
    a document links it to a goal, and is then taken out of the outer one.
#}
with

bindinger as (
    select * from {{ ref('int_bindinger_i_kroner') }}
),

koblinger as (
    select distinct
        virksomhet_id,
        kapittel,
        post,
        del
    from {{ ref('stg_maalkoblinger') }}
),

tall as (
    select * from {{ ref('int_foretrukne_tall') }}
    where
        indikator_id = 'tilskudd_utbetalt'
        and kapittel is not null
),

hendelser as (
    select * from {{ ref('int_hovedbok') }}
),

oppdrag as (
    select * from {{ ref('int_oppdragstitler') }}
),

indre as (
    select bindinger.*
    from bindinger
    inner join koblinger
        on
            bindinger.virksomhet_id = koblinger.virksomhet_id
            and bindinger.kapittel = koblinger.kapittel
            and bindinger.post = koblinger.post
            and bindinger.binding = koblinger.del
    where bindinger.overordnet_binding is not null
),

tatt_ut as (
    select
        virksomhet_id,
        budsjettaar,
        kapittel,
        post,
        overordnet_binding,
        sum(grunnverdi) as grunnverdi
    from indre
    group by
        virksomhet_id,
        budsjettaar,
        kapittel,
        post,
        overordnet_binding
),

deler as (
    select
        bindinger.virksomhet_id,
        bindinger.budsjettaar,
        bindinger.kapittel,
        bindinger.post,
        'tildelt' as art,
        bindinger.binding as del,
        cast(bindinger.grunnverdi - coalesce(tatt_ut.grunnverdi, 0) as decimal(18, 0)) as belop_kr,
        cast(null as integer) as oppdragets_maal_nr,
        bindinger.dokument_id,
        bindinger.sted
    from bindinger
    left join tatt_ut
        on
            bindinger.virksomhet_id = tatt_ut.virksomhet_id
            and bindinger.budsjettaar = tatt_ut.budsjettaar
            and bindinger.kapittel = tatt_ut.kapittel
            and bindinger.post = tatt_ut.post
            and bindinger.binding = tatt_ut.overordnet_binding
    where bindinger.overordnet_binding is null

    union all

    select
        virksomhet_id,
        budsjettaar,
        kapittel,
        post,
        'tildelt' as art,
        binding as del,
        cast(grunnverdi as decimal(18, 0)) as belop_kr,
        cast(null as integer) as oppdragets_maal_nr,
        dokument_id,
        sted
    from indre

    union all

    select
        hendelser.virksomhet_id,
        hendelser.budsjettaar,
        hendelser.kapittel,
        hendelser.post,
        'tildelt' as art,
        'Oppdrag ' || hendelser.oppdrag_nr as del,
        hendelser.belop_kr,
        oppdrag.maal_nr as oppdragets_maal_nr,
        hendelser.dokument_id,
        hendelser.sted
    from hendelser
    inner join oppdrag
        on
            hendelser.virksomhet_id = oppdrag.virksomhet_id
            and hendelser.oppdrag_nr = oppdrag.oppdrag_nr
    left join hendelser as rettelser
        on hendelser.hendelse_id = rettelser.korrigerer_hendelse_id
    where
        hendelser.type = 'oppdragsmidler'
        and rettelser.hendelse_id is null

    union all

    select
        virksomhet_id,
        aar as budsjettaar,
        kapittel,
        post,
        'regnskap' as art,
        gruppe as del,
        cast(grunnverdi as decimal(18, 0)) as belop_kr,
        cast(null as integer) as oppdragets_maal_nr,
        dokument_id,
        sted
    from tall
)

select * from deler
