{#
    Allocation beside accounts, one row per post and year; the letters' ledger where they are at
    hand, else the annual report.
#}
with

poster as (
    select * from {{ ref('stg_poster') }}
),

tildeling as (
    select * from {{ ref('int_tildeling_per_post') }}
),

regnskap as (
    select * from {{ ref('int_regnskap_per_post') }}
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
        coalesce(tildeling.dokument_id, regnskap.tildelingskilde, poster.dokument_id) as dokument_id,
        coalesce(tildeling.sted, regnskap.tildeling_sted, poster.sted) as sted,
        coalesce(tildeling.aarets_tildeling_kr, regnskap.aarets_tildeling_kr)
            as aarets_tildeling_kr,
        cast(coalesce(tildeling.samlet_tildeling_kr, regnskap.samlet_tildeling_kr) as decimal(18, 0))
            as samlet_tildeling_kr,
        -- Note A leaves the cell blank where nothing was carried over
        cast(coalesce(
            tildeling.overfort_kr,
            regnskap.overfort_fra_i_fjor_kr,
            regnskap.samlet_tildeling_kr - regnskap.aarets_tildeling_kr
        ) as decimal(18, 0)) as overfort_fra_i_fjor_kr,
        coalesce(
            tildeling.tildelingsgrunnlag,
            case when regnskap.samlet_tildeling_kr is not null then 'årsregnskapet' end
        ) as tildelingsgrunnlag,
        coalesce(tildeling.hevet_overforingsgrense_kr, 0) as hevet_overforingsgrense_kr,
        regnskap.regnskap_kr,
        regnskap.regnskap_presisjon_kr,
        regnskap.regnskapskilde,
        regnskap.regnskap_sted,
        regnskap.maks_overforbart_kr as oppgitt_maks_overforbart_kr,
        regnskap.mulig_overforing_kr as oppgitt_mulig_overforing_kr,
        regnskap.saldert_bevilgning_kr,
        regnskap.revidert_bevilgning_kr
    from poster
    left join tildeling
        on
            poster.virksomhet_id = tildeling.virksomhet_id
            and poster.budsjettaar = tildeling.budsjettaar
            and poster.kapittel = tildeling.kapittel
            and poster.post = tildeling.post
    left join regnskap
        on
            poster.virksomhet_id = regnskap.virksomhet_id
            and poster.budsjettaar = regnskap.budsjettaar
            and poster.kapittel = regnskap.kapittel
            and poster.post = regnskap.post
),

utnyttelse as (
    select
        *,
        cast(samlet_tildeling_kr - regnskap_kr as decimal(18, 0)) as mindreutgift_kr,
        case
            when samlet_tildeling_kr > 0
                then cast(cast(regnskap_kr as decimal(24, 6)) / samlet_tildeling_kr as decimal(12, 6))
        end as utnyttelsesgrad
    from sammenstilt
)

select * from utnyttelse
