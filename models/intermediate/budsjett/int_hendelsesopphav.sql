{#
    What a correction or withdrawal undoes in the end: the type of the event at the start of its
    chain. Money carried over by mistake and taken back then nets to nothing carried over.
#}
with recursive

hendelser as (
    select * from {{ ref('int_hovedbok') }}
),

kjede as (
    select
        hendelse_id,
        type as opphavstype,
        korrigerer_hendelse_id,
        1 as ledd
    from hendelser

    union all

    select
        kjede.hendelse_id,
        hendelser.type as opphavstype,
        hendelser.korrigerer_hendelse_id,
        kjede.ledd + 1 as ledd
    from kjede
    inner join hendelser
        on kjede.korrigerer_hendelse_id = hendelser.hendelse_id
    -- two events that correct each other would go on for ever; a test finds that they have no origin
    where kjede.ledd < 20
),

opphav as (
    select
        hendelse_id,
        opphavstype
    from kjede
    where korrigerer_hendelse_id is null
)

select * from opphav
