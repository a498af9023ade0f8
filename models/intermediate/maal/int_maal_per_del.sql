{#
    The goals that a document links a post or a part of one to: the one goal and SP, or none of them when there are
    several, and why, with the source.
#}
with

koblinger as (
    select * from {{ ref('stg_maalkoblinger') }}
),

dokumenter as (
    select * from {{ ref('stg_dokumenter') }}
),

-- goals that are linked with the same words, from the same place, are told together
like_koblinger as (
    select
        koblinger.virksomhet_id,
        koblinger.gjelder_aar,
        koblinger.kapittel,
        koblinger.post,
        koblinger.del,
        min(koblinger.maal_nr) as forste_maal,
        {{ dbt.listagg("cast(koblinger.maal_nr as " ~ dbt.type_string() ~ ")", "', '", "order by koblinger.maal_nr") }}
            as maalene,
        koblinger.grunnlag,
        dokumenter.tittel || ', ' || koblinger.sted as kilde
    from koblinger
    inner join dokumenter
        on koblinger.dokument_id = dokumenter.dokument_id
    group by
        koblinger.virksomhet_id,
        koblinger.gjelder_aar,
        koblinger.kapittel,
        koblinger.post,
        koblinger.del,
        koblinger.grunnlag,
        dokumenter.tittel,
        koblinger.sted
),

begrunnelser as (
    select
        virksomhet_id,
        gjelder_aar,
        kapittel,
        post,
        del,
        {{ dbt.listagg(
            "'Mål ' || maalene || ': ' || grunnlag || ' (' || kilde || ')'", "'; '", "order by forste_maal"
        ) }} as grunnlag
    from like_koblinger
    group by
        virksomhet_id,
        gjelder_aar,
        kapittel,
        post,
        del
),

maal_per_del as (
    select
        virksomhet_id,
        gjelder_aar,
        kapittel,
        post,
        del,
        case when count(*) = 1 then max(maal_nr) end as maal_nr,
        case when count(*) = 1 then max(sp_nr) end as sp_nr,
        {{ dbt.listagg("cast(maal_nr as " ~ dbt.type_string() ~ ")", "', '", "order by maal_nr") }} as aktuelle_maal
    from koblinger
    group by
        virksomhet_id,
        gjelder_aar,
        kapittel,
        post,
        del
)

select
    maal_per_del.*,
    begrunnelser.grunnlag
from maal_per_del
inner join begrunnelser
    on
        maal_per_del.virksomhet_id = begrunnelser.virksomhet_id
        and maal_per_del.gjelder_aar = begrunnelser.gjelder_aar
        and maal_per_del.kapittel = begrunnelser.kapittel
        and maal_per_del.post = begrunnelser.post
        and coalesce(maal_per_del.del, '') = coalesce(begrunnelser.del, '')
