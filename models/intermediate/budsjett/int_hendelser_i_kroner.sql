with

hendelser as (
    select * from {{ ref('stg_tildelingshendelser') }}
),

enheter as (
    select * from {{ ref('stg_enheter') }}
),

dokumenter as (
    select * from {{ ref('stg_dokumenter') }}
),

i_kroner as (
    select
        hendelser.hendelse_id,
        brev.virksomhet_id,
        hendelser.budsjettaar,
        hendelser.kapittel,
        hendelser.post,
        hendelser.dokument_id,
        hendelser.sted,
        hendelser.type,
        cast(cast(hendelser.belop as decimal(24, 3)) * enheter.faktor as decimal(18, 0)) as belop_kr,
        hendelser.oppdrag_nr,
        hendelser.korrigerer_hendelse_id,
        hendelser.hever_overforingsgrense,
        -- money known only from a later letter still counts from the letter that gave it
        gitt_i.dokument_id as gitt_i_dokument_id,
        {{ brevnummer('gitt_i') }} as rekkefolge,
        gitt_i.dato,
        coalesce(gitt_i.dato, gitt_i.tidligste_dato) as tidligste_dato
    from hendelser
    inner join enheter
        on hendelser.enhet = enheter.enhet
    inner join dokumenter as brev
        on hendelser.dokument_id = brev.dokument_id
    inner join dokumenter as gitt_i
        on coalesce(hendelser.gitt_i_dokument_id, hendelser.dokument_id) = gitt_i.dokument_id
)

select * from i_kroner
