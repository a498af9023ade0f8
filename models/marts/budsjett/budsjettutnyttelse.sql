with

utnyttelse as (
    select * from {{ ref('int_utnyttelse') }}
),

overforing as (
    select * from {{ ref('int_overforing') }}
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
)

select * from budsjettutnyttelse
order by virksomhet_id, budsjettaar, kapittel, post
