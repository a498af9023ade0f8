with

hovedbok as (
    select * from {{ ref('int_hovedbok') }}
),

dokumenter as (
    select * from {{ ref('stg_dokumenter') }}
),

opphav as (
    select * from {{ ref('int_hendelsesopphav') }}
),

per_post as (
    select
        hovedbok.virksomhet_id,
        hovedbok.budsjettaar,
        hovedbok.kapittel,
        hovedbok.post,
        cast(sum(
            case when opphav.opphavstype = 'overført fra i fjor' then hovedbok.belop_kr else 0 end
        ) as decimal(18, 0)) as overfort_kr,
        cast(sum(
            case when opphav.opphavstype = 'overført fra i fjor' then 0 else hovedbok.belop_kr end
        ) as decimal(18, 0)) as aarets_tildeling_kr,
        cast(sum(
            case when hovedbok.hever_overforingsgrense then hovedbok.belop_kr else 0 end
        ) as decimal(18, 0)) as hevet_overforingsgrense_kr,
        max(hovedbok.nummer) as siste_nummer
    from hovedbok
    inner join opphav
        on hovedbok.hendelse_id = opphav.hendelse_id
    group by
        hovedbok.virksomhet_id,
        hovedbok.budsjettaar,
        hovedbok.kapittel,
        hovedbok.post
),

-- a year of which only the letter of allocation is at hand: its supplements are missing
aar_med_tillegg as (
    select distinct
        hovedbok.virksomhet_id,
        hovedbok.budsjettaar
    from hovedbok
    inner join dokumenter
        on hovedbok.dokument_id = dokumenter.dokument_id
    where dokumenter.type <> 'tildelingsbrev'
),

aar_med_overforing as (
    select distinct
        virksomhet_id,
        budsjettaar
    from hovedbok
    where type = 'overført fra i fjor'
),

tildeling as (
    select
        per_post.virksomhet_id,
        per_post.budsjettaar,
        per_post.kapittel,
        per_post.post,
        -- a year without any letter on carry-over is unknown, not nothing
        case when aar_med_overforing.budsjettaar is not null then per_post.overfort_kr end
            as overfort_kr,
        per_post.aarets_tildeling_kr,
        cast(per_post.overfort_kr + per_post.aarets_tildeling_kr as decimal(18, 0))
            as samlet_tildeling_kr,
        per_post.hevet_overforingsgrense_kr,
        case when aar_med_tillegg.budsjettaar is null then 'bare tildelingsbrevet' else 'tildelingsbrev og tillegg' end
            as tildelingsgrunnlag,
        siste.dokument_id,
        siste.sted
    from per_post
    inner join hovedbok as siste
        on
            per_post.virksomhet_id = siste.virksomhet_id
            and per_post.budsjettaar = siste.budsjettaar
            and per_post.kapittel = siste.kapittel
            and per_post.post = siste.post
            and per_post.siste_nummer = siste.nummer
    left join aar_med_tillegg
        on
            per_post.virksomhet_id = aar_med_tillegg.virksomhet_id
            and per_post.budsjettaar = aar_med_tillegg.budsjettaar
    left join aar_med_overforing
        on
            per_post.virksomhet_id = aar_med_overforing.virksomhet_id
            and per_post.budsjettaar = aar_med_overforing.budsjettaar
)

select * from tildeling
