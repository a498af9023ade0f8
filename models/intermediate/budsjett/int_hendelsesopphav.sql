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
        korrigerer_hendelse_id
    from hendelser

    union all

    select
        kjede.hendelse_id,
        hendelser.type as opphavstype,
        hendelser.korrigerer_hendelse_id
    from kjede
    inner join hendelser
        on kjede.korrigerer_hendelse_id = hendelser.hendelse_id
),

opphav as (
    select
        hendelse_id,
        opphavstype
    from kjede
    where korrigerer_hendelse_id is null
)

select * from opphav
