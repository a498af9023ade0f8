{# Money by goal sums to the post, in kroner: nothing is divided, lost or counted twice. #}
with

deler as (
    select
        virksomhet_id,
        maal_fra_aar,
        budsjettaar,
        kapittel,
        post,
        sum(case when art = 'tildelt' then belop_kr end) as tildelt_kr,
        sum(case when art = 'regnskap' then belop_kr end) as regnskap_kr
    from {{ ref('maalpenger') }}
    group by
        virksomhet_id,
        maal_fra_aar,
        budsjettaar,
        kapittel,
        post
)

select
    utnyttelse.budsjettaar,
    utnyttelse.kapittel,
    utnyttelse.post,
    utnyttelse.samlet_tildeling_kr,
    deler.tildelt_kr,
    utnyttelse.regnskap_kr,
    deler.regnskap_kr as delenes_regnskap_kr
from {{ ref('budsjettutnyttelse') }} as utnyttelse
left join deler
    on
        utnyttelse.virksomhet_id = deler.virksomhet_id
        and utnyttelse.budsjettaar = deler.budsjettaar
        and utnyttelse.kapittel = deler.kapittel
        and utnyttelse.post = deler.post
where
    deler.post is null
    or coalesce(utnyttelse.samlet_tildeling_kr, 0) <> coalesce(deler.tildelt_kr, 0)
    or coalesce(utnyttelse.regnskap_kr, 0) <> coalesce(deler.regnskap_kr, 0)
