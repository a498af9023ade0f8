{#
    What cannot be: a post in a year without it. `oppgitt` counts what is printed, `beregnet` what is valid.
#}
with

hovedbok as (
    select * from {{ ref('int_hovedbok') }}
),

finansiering as (
    select * from {{ ref('stg_oppdragsfinansiering') }}
),

dokumenter as (
    select * from {{ ref('stg_dokumenter') }}
),

tall as (
    select * from {{ ref('int_foretrukne_tall') }}
),

statens_poster as (
    select distinct
        aar as budsjettaar,
        kapittel,
        post
    from tall
    where indikator_id in ('saldert_bevilgning', 'revidert_bevilgning')
),

statens_kapitler as (
    select distinct
        budsjettaar,
        kapittel
    from statens_poster
),

postbruk as (
    select
        virksomhet_id,
        dokument_id,
        sted,
        budsjettaar,
        kapittel,
        post
    from hovedbok
    where type not in ('korrigering', 'tilbaketrekking')

    union all

    select
        dokumenter.virksomhet_id,
        finansiering.dokument_id,
        finansiering.sted,
        dokumenter.gjelder_aar as budsjettaar,
        finansiering.kapittel,
        finansiering.post
    from finansiering
    inner join dokumenter
        on finansiering.dokument_id = dokumenter.dokument_id
    where finansiering.kapittel is not null
),

unik_postbruk as (
    select
        virksomhet_id,
        dokument_id,
        min(sted) as sted,
        budsjettaar,
        kapittel,
        post
    from postbruk
    group by
        virksomhet_id,
        dokument_id,
        budsjettaar,
        kapittel,
        post
),

post_finnes as (
    select
        'gyldighet:post-' || unik_postbruk.dokument_id || '-' || unik_postbruk.kapittel || '-' || unik_postbruk.post
            as kontroll_id,
        unik_postbruk.virksomhet_id,
        'Kap. ' || unik_postbruk.kapittel || ' post ' || unik_postbruk.post || ' finnes i statsbudsjettet det året'
            as beskrivelse,
        unik_postbruk.budsjettaar as aar,
        1 as oppgitt,
        case when statens_poster.post is null then 0 else 1 end as beregnet,
        'post' as enhet,
        unik_postbruk.dokument_id,
        unik_postbruk.sted,
        'statens bevilgninger per post (DFØ)' as beregnet_fra
    from unik_postbruk
    -- a chapter or year that the state's figures do not cover cannot be judged
    inner join statens_kapitler
        on
            unik_postbruk.budsjettaar = statens_kapitler.budsjettaar
            and unik_postbruk.kapittel = statens_kapitler.kapittel
    left join statens_poster
        on
            unik_postbruk.budsjettaar = statens_poster.budsjettaar
            and unik_postbruk.kapittel = statens_poster.kapittel
            and unik_postbruk.post = statens_poster.post
)

{{ gyldighetskontroller('post_finnes', 'post_finnes') }}
