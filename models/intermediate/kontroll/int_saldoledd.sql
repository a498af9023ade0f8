{#
    The money events that a stated balance is held against: all of the post up to and including the letter that
    states it.
#}
with

oppgitte as (
    select * from {{ ref('int_oppgitte_belop') }}
    where art = 'disponibelt'
),

kontroller as (
    select * from {{ ref('int_kontroller_saldo') }}
),

hovedbok as (
    select * from {{ ref('int_hovedbok') }}
),

ledd as (
    select
        kontroller.kontroll_id,
        kontroller.virksomhet_id,
        kontroller.aar,
        hovedbok.nummer,
        hovedbok.hendelse_id,
        hovedbok.type,
        hovedbok.belop_kr,
        hovedbok.dokument_id,
        hovedbok.sted
    from kontroller
    inner join oppgitte
        on
            kontroller.virksomhet_id = oppgitte.virksomhet_id
            and kontroller.kontroll_id = {{ saldokontroll_id('oppgitte') }}
            and kontroller.aar = oppgitte.budsjettaar
    inner join hovedbok
        on
            oppgitte.virksomhet_id = hovedbok.virksomhet_id
            and oppgitte.budsjettaar = hovedbok.budsjettaar
            and oppgitte.kapittel = hovedbok.kapittel
            and oppgitte.post = hovedbok.post
            and oppgitte.rekkefolge >= hovedbok.rekkefolge
)

select * from ledd
