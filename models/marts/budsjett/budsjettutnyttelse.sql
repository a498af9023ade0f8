with

utnyttelse as (
    select * from {{ ref('int_utnyttelse') }}
),

overforing as (
    select * from {{ ref('int_overforing') }}
),

statens_poster as (
    select * from {{ ref('int_statsposter') }}
),

-- the years that are over
statens_regnskap as (
    select * from {{ ref('int_regnskap_hittil') }}
    where
        maaned = 12
        and har_regnskap
        and kapittel < '3000'
),

aar_med_kjent_overforing as (
    select distinct
        virksomhet_id,
        budsjettaar
    from utnyttelse
    where overfort_fra_i_fjor_kr is not null
),

budsjettutnyttelse as (
    select
        utnyttelse.virksomhet_id,
        utnyttelse.budsjettaar,
        utnyttelse.kapittel,
        utnyttelse.post,
        utnyttelse.kapittelnavn,
        utnyttelse.postnavn,
        utnyttelse.stikkord,
        utnyttelse.overfort_fra_i_fjor_kr,
        utnyttelse.aarets_tildeling_kr,
        utnyttelse.samlet_tildeling_kr,
        utnyttelse.tildelingsgrunnlag,
        utnyttelse.regnskap_kr,
        utnyttelse.mindreutgift_kr,
        utnyttelse.utnyttelsesgrad,
        overforing.maks_overforbart_kr,
        overforing.mulig_overforing_kr,
        -- a post of its own that the next year's list leaves out, carried nothing over
        case
            when neste_aar_kjent.budsjettaar is not null
                then cast(coalesce(
                    neste_aar.overfort_fra_i_fjor_kr,
                    case when utnyttelse.samlet_tildeling_kr is not null then 0 end
                ) as decimal(18, 0))
        end as overfort_til_neste_aar_kr,
        utnyttelse.oppgitt_maks_overforbart_kr,
        utnyttelse.oppgitt_mulig_overforing_kr,
        utnyttelse.saldert_bevilgning_kr,
        utnyttelse.revidert_bevilgning_kr,
        utnyttelse.regnskap_presisjon_kr,
        utnyttelse.regnskapskilde,
        utnyttelse.regnskap_sted,
        utnyttelse.dokument_id,
        utnyttelse.sted
    from utnyttelse
    inner join overforing
        on
            utnyttelse.virksomhet_id = overforing.virksomhet_id
            and utnyttelse.budsjettaar = overforing.budsjettaar
            and utnyttelse.kapittel = overforing.kapittel
            and utnyttelse.post = overforing.post
    left join utnyttelse as neste_aar
        on
            utnyttelse.virksomhet_id = neste_aar.virksomhet_id
            and utnyttelse.budsjettaar + 1 = neste_aar.budsjettaar
            and utnyttelse.kapittel = neste_aar.kapittel
            and utnyttelse.post = neste_aar.post
    left join aar_med_kjent_overforing as neste_aar_kjent
        on
            utnyttelse.virksomhet_id = neste_aar_kjent.virksomhet_id
            and utnyttelse.budsjettaar + 1 = neste_aar_kjent.budsjettaar
),

-- the agencies and years without letters or printed accounts: what the state's accounts have, and nothing of allocation
resten_av_staten as (
    select
        statens_regnskap.virksomhet_id,
        statens_regnskap.budsjettaar,
        statens_regnskap.kapittel,
        statens_regnskap.post,
        statens_poster.kapittelnavn,
        statens_poster.postnavn,
        case
            when statens_poster.stikkord like '%kan overføres%' then 'kan overføres'
            when statens_poster.stikkord like '%overslagsbevilgning%' then 'overslagsbevilgning'
            when statens_poster.stikkord is not null then 'ingen'
        end as stikkord,
        cast(null as decimal(18, 0)) as overfort_fra_i_fjor_kr,
        cast(null as decimal(18, 0)) as aarets_tildeling_kr,
        cast(null as decimal(18, 0)) as samlet_tildeling_kr,
        cast(null as {{ dbt.type_string() }}) as tildelingsgrunnlag,
        cast(statens_regnskap.hele_aaret as decimal(18, 0)) as regnskap_kr,
        cast(null as decimal(18, 0)) as mindreutgift_kr,
        cast(null as decimal(12, 6)) as utnyttelsesgrad,
        cast(null as decimal(18, 0)) as maks_overforbart_kr,
        cast(null as decimal(18, 0)) as mulig_overforing_kr,
        cast(null as decimal(18, 0)) as overfort_til_neste_aar_kr,
        cast(null as decimal(18, 0)) as oppgitt_maks_overforbart_kr,
        cast(null as decimal(18, 0)) as oppgitt_mulig_overforing_kr,
        statens_poster.saldert_kr as saldert_bevilgning_kr,
        statens_poster.revidert_kr as revidert_bevilgning_kr,
        cast(1 as decimal(18, 0)) as regnskap_presisjon_kr,
        'DFO-REGNSKAP' as regnskapskilde,
        'Regnskap per post og virksomhet' as regnskap_sted,
        'DFO-REGNSKAP' as dokument_id,
        'Regnskap per post og virksomhet' as sted
    from statens_regnskap
    inner join statens_poster
        on
            statens_regnskap.budsjettaar = statens_poster.budsjettaar
            and statens_regnskap.kapittel = statens_poster.kapittel
            and statens_regnskap.post = statens_poster.post
    left join utnyttelse
        on
            statens_regnskap.virksomhet_id = utnyttelse.virksomhet_id
            and statens_regnskap.budsjettaar = utnyttelse.budsjettaar
            and statens_regnskap.kapittel = utnyttelse.kapittel
            and statens_regnskap.post = utnyttelse.post
    where
        statens_regnskap.hele_aaret is not null
        and utnyttelse.post is null
),

alle as (
    select * from budsjettutnyttelse
    union all
    select * from resten_av_staten
)

select * from alle
order by virksomhet_id, budsjettaar, kapittel, post
