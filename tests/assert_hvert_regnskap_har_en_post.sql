{# Expenditure on a post that the list of posts does not have would fall out of the utilisation in silence. #}
select
    regnskap.virksomhet_id,
    regnskap.budsjettaar,
    regnskap.kapittel,
    regnskap.post
from {{ ref('int_regnskap_per_post') }} as regnskap
left join {{ ref('stg_poster') }} as poster
    on
        regnskap.virksomhet_id = poster.virksomhet_id
        and regnskap.budsjettaar = poster.budsjettaar
        and regnskap.kapittel = poster.kapittel
        and regnskap.post = poster.post
where
    regnskap.regnskap_kr is not null
    -- chapters from 3000 are income; the years before 2022 are key figures of one post alone
    and regnskap.kapittel < '3000'
    and regnskap.budsjettaar >= 2022
    and poster.post is null
