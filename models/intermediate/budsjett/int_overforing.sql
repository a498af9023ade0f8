{#
    What may be carried over to the next year, by the rules of circular R-2:
    a post marked "kan overføres" by up to the sum of this year's and last year's appropriation;
    an operating post (01-29, except 24) by up to 5 per cent of this year's appropriation, raised where a letter raises it;
    other posts not at all. Without knowledge of the mark there is no limit to state.
#}
with

utnyttelse as (
    select * from {{ ref('int_utnyttelse') }}
),

aar_med_poster as (
    select distinct
        virksomhet_id,
        budsjettaar
    from utnyttelse
),

med_fjoraaret as (
    select
        utnyttelse.*,
        -- last year's share where a document gives it; the state's appropriation only where the agency
        -- has the whole post this year, since the two are different measures; nothing for a new post, and
        -- unknown for the first year that is at hand
        case
            when forrige_aar.budsjettaar is null then null
            when fjoraaret.post is null then 0
            when fjoraaret.aarets_tildeling_kr is not null then fjoraaret.aarets_tildeling_kr
            when abs(utnyttelse.revidert_bevilgning_kr - utnyttelse.aarets_tildeling_kr) <= 50000
                then fjoraaret.revidert_bevilgning_kr
        end as bevilgning_i_fjor_kr
    from utnyttelse
    left join utnyttelse as fjoraaret
        on
            utnyttelse.virksomhet_id = fjoraaret.virksomhet_id
            and utnyttelse.budsjettaar = fjoraaret.budsjettaar + 1
            and utnyttelse.kapittel = fjoraaret.kapittel
            and utnyttelse.post = fjoraaret.post
    left join aar_med_poster as forrige_aar
        on
            utnyttelse.virksomhet_id = forrige_aar.virksomhet_id
            and utnyttelse.budsjettaar = forrige_aar.budsjettaar + 1
),

grense as (
    select
        virksomhet_id,
        budsjettaar,
        kapittel,
        post,
        stikkord,
        aarets_tildeling_kr,
        tildelingsgrunnlag,
        mindreutgift_kr,
        oppgitt_maks_overforbart_kr,
        oppgitt_mulig_overforing_kr,
        cast(case
            when stikkord is null or aarets_tildeling_kr is null then null
            when stikkord = 'kan overføres' then aarets_tildeling_kr + bevilgning_i_fjor_kr
            when stikkord = 'ingen' and post between '01' and '29' and post <> '24'
                then 0.05 * aarets_tildeling_kr + hevet_overforingsgrense_kr
            else 0
        end as decimal(18, 0)) as maks_overforbart_kr
    from med_fjoraaret
),

overforing as (
    select
        *,
        case
            -- without the year's supplements the allocation is not whole, nor what is left of it
            when tildelingsgrunnlag = 'bare tildelingsbrevet' then null
            when mindreutgift_kr <= 0 then cast(0 as decimal(18, 0))
            when maks_overforbart_kr is not null then least(mindreutgift_kr, maks_overforbart_kr)
        end as mulig_overforing_kr
    from grense
)

select * from overforing
