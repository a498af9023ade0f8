with

hovedbok as (
    select * from {{ ref('int_hovedbok') }}
),

poster as (
    select * from {{ ref('stg_poster') }}
),

tildelinger as (
    select
        hovedbok.virksomhet_id,
        hovedbok.hendelse_id,
        hovedbok.budsjettaar,
        hovedbok.kapittel,
        hovedbok.post,
        poster.postnavn,
        hovedbok.nummer,
        hovedbok.dato,
        hovedbok.dokument_id,
        hovedbok.sted,
        hovedbok.type,
        hovedbok.belop_kr,
        hovedbok.disponibelt_etter_kr,
        hovedbok.oppdrag_nr,
        hovedbok.korrigerer_hendelse_id,
        hovedbok.gitt_i_dokument_id,
        hovedbok.implisitt,
        hovedbok.gjelder_fra,
        hovedbok.gjelder_til
    from hovedbok
    inner join poster
        on
            hovedbok.virksomhet_id = poster.virksomhet_id
            and hovedbok.budsjettaar = poster.budsjettaar
            and hovedbok.kapittel = poster.kapittel
            and hovedbok.post = poster.post
)

select * from tildelinger
order by virksomhet_id, budsjettaar, kapittel, post, nummer
