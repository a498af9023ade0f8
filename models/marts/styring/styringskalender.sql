with

kalender as (
    select * from {{ ref('stg_moter_og_frister') }}
)

select
    kalender_id,
    virksomhet_id,
    type,
    tittel,
    dato,
    frist_trykt,
    periode_fra,
    periode_til,
    telletidspunkt,
    gjelder_aar,
    dokument_id,
    sted
from kalender
order by virksomhet_id, coalesce(dato, periode_fra), kalender_id
