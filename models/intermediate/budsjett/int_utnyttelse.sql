{#
    Allocation beside accounts, one row per post and year; the letters' ledger where they are at
    hand, else the annual report. The accounts are those that are printed in kroner, else the sum of
    the year's months where they are fetched, else what is printed in larger units.
#}
with

poster as (
    select * from {{ ref('stg_poster') }}
),

tildeling as (
    select * from {{ ref('int_tildeling_per_post') }}
),

trykt_regnskap as (
    select * from {{ ref('int_regnskap_per_post') }}
),

maanedene as (
    select * from {{ ref('int_regnskap_hittil') }}
    where
        maaned = 12
        and hele_aaret is not null
        and har_regnskap
),

sammenstilt as (
    select
        poster.virksomhet_id,
        poster.budsjettaar,
        poster.kapittel,
        poster.post,
        poster.kapittelnavn,
        poster.postnavn,
        poster.stikkord,
        -- where the allocation stands: the last letter that moved it, else the accounts, else the list of posts
        coalesce(tildeling.dokument_id, trykt_regnskap.tildelingskilde, poster.dokument_id) as dokument_id,
        coalesce(tildeling.sted, trykt_regnskap.tildeling_sted, poster.sted) as sted,
        coalesce(tildeling.aarets_tildeling_kr, trykt_regnskap.aarets_tildeling_kr)
            as aarets_tildeling_kr,
        cast(coalesce(tildeling.samlet_tildeling_kr, trykt_regnskap.samlet_tildeling_kr) as decimal(18, 0))
            as samlet_tildeling_kr,
        -- Note A leaves the cell blank where nothing was carried over
        cast(coalesce(
            tildeling.overfort_kr,
            trykt_regnskap.overfort_fra_i_fjor_kr,
            trykt_regnskap.samlet_tildeling_kr - trykt_regnskap.aarets_tildeling_kr
        ) as decimal(18, 0)) as overfort_fra_i_fjor_kr,
        coalesce(
            tildeling.tildelingsgrunnlag,
            case when trykt_regnskap.samlet_tildeling_kr is not null then 'årsregnskapet' end
        ) as tildelingsgrunnlag,
        coalesce(tildeling.hevet_overforingsgrense_kr, 0) as hevet_overforingsgrense_kr,
        trykt_regnskap.regnskap_kr,
        trykt_regnskap.regnskap_presisjon_kr,
        trykt_regnskap.regnskapskilde,
        trykt_regnskap.regnskap_sted,
        case
            when trykt_regnskap.regnskap_presisjon_kr is null or trykt_regnskap.regnskap_presisjon_kr > 1
                then cast(maanedene.hele_aaret as decimal(18, 0))
        end as maanedenes_regnskap_kr,
        trykt_regnskap.maks_overforbart_kr as oppgitt_maks_overforbart_kr,
        trykt_regnskap.mulig_overforing_kr as oppgitt_mulig_overforing_kr,
        trykt_regnskap.saldert_bevilgning_kr,
        trykt_regnskap.revidert_bevilgning_kr
    from poster
    left join tildeling
        on
            poster.virksomhet_id = tildeling.virksomhet_id
            and poster.budsjettaar = tildeling.budsjettaar
            and poster.kapittel = tildeling.kapittel
            and poster.post = tildeling.post
    left join trykt_regnskap
        on
            poster.virksomhet_id = trykt_regnskap.virksomhet_id
            and poster.budsjettaar = trykt_regnskap.budsjettaar
            and poster.kapittel = trykt_regnskap.kapittel
            and poster.post = trykt_regnskap.post
    left join maanedene
        on
            poster.virksomhet_id = maanedene.virksomhet_id
            and poster.budsjettaar = maanedene.budsjettaar
            and poster.kapittel = maanedene.kapittel
            and poster.post = maanedene.post
),

med_regnskap as (
    select
        virksomhet_id,
        budsjettaar,
        kapittel,
        post,
        kapittelnavn,
        postnavn,
        stikkord,
        dokument_id,
        sted,
        aarets_tildeling_kr,
        samlet_tildeling_kr,
        overfort_fra_i_fjor_kr,
        tildelingsgrunnlag,
        hevet_overforingsgrense_kr,
        coalesce(maanedenes_regnskap_kr, regnskap_kr) as regnskap_kr,
        case
            when maanedenes_regnskap_kr is not null then cast(1 as decimal(18, 0)) else regnskap_presisjon_kr
        end as regnskap_presisjon_kr,
        case when maanedenes_regnskap_kr is not null then 'DFO-REGNSKAP' else regnskapskilde end as regnskapskilde,
        case
            when maanedenes_regnskap_kr is not null then 'Regnskap per post og virksomhet' else regnskap_sted
        end as regnskap_sted,
        oppgitt_maks_overforbart_kr,
        oppgitt_mulig_overforing_kr,
        saldert_bevilgning_kr,
        revidert_bevilgning_kr
    from sammenstilt
),

utnyttelse as (
    select
        *,
        cast(samlet_tildeling_kr - regnskap_kr as decimal(18, 0)) as mindreutgift_kr,
        case
            when samlet_tildeling_kr > 0
                then cast(cast(regnskap_kr as decimal(24, 6)) / samlet_tildeling_kr as decimal(12, 6))
        end as utnyttelsesgrad
    from med_regnskap
)

select * from utnyttelse
