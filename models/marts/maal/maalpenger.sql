{#
    Money by goal, never divided: a part of a post stands under the goal that a document links it to; what is linked to
    several goals, or to none, stands for itself, so that the parts of a post sum to the post.
#}
with

utnyttelse as (
    select * from {{ ref('budsjettutnyttelse') }}
),

deler as (
    select * from {{ ref('int_maalpenger_deler') }}
),

koblinger as (
    select * from {{ ref('stg_maalkoblinger') }}
),

brevaar as (
    select distinct
        virksomhet_id,
        gjelder_aar
    from {{ ref('stg_maal') }}
),

i_deler as (
    select
        virksomhet_id,
        budsjettaar,
        kapittel,
        post,
        sum(coalesce(tildelt_kr, 0)) as tildelt_kr,
        sum(coalesce(regnskap_kr, 0)) as regnskap_kr
    from deler
    group by
        virksomhet_id,
        budsjettaar,
        kapittel,
        post
),

resten as (
    select
        utnyttelse.virksomhet_id,
        utnyttelse.budsjettaar,
        utnyttelse.kapittel,
        utnyttelse.post,
        case when i_deler.post is null then 'Hele posten' else 'Resten av posten' end as del,
        cast(utnyttelse.samlet_tildeling_kr - coalesce(i_deler.tildelt_kr, 0) as decimal(18, 0)) as tildelt_kr,
        cast(utnyttelse.regnskap_kr - coalesce(i_deler.regnskap_kr, 0) as decimal(18, 0)) as regnskap_kr,
        cast(null as integer) as oppdragets_maal_nr,
        utnyttelse.dokument_id,
        utnyttelse.sted
    from utnyttelse
    left join i_deler
        on
            utnyttelse.virksomhet_id = i_deler.virksomhet_id
            and utnyttelse.budsjettaar = i_deler.budsjettaar
            and utnyttelse.kapittel = i_deler.kapittel
            and utnyttelse.post = i_deler.post
),

alle as (
    select
        *,
        true as er_rest
    from resten
    union all
    select
        *,
        false as er_rest
    from deler
),

samlede_koblinger as (
    select
        virksomhet_id,
        gjelder_aar,
        kapittel,
        post,
        del,
        case when count(*) = 1 then max(maal_nr) end as maal_nr,
        case when count(*) = 1 then max(sp_nr) end as sp_nr,
        {{ dbt.listagg("cast(maal_nr as " ~ dbt.type_string() ~ ")", "', '", "order by maal_nr") }} as aktuelle_maal,
        {{ dbt.listagg(
            "'Mål ' || cast(maal_nr as " ~ dbt.type_string() ~ ") || ': ' || grunnlag", "'; '", "order by maal_nr"
        ) }} as grunnlag,
        min(dokument_id) as dokument_id,
        min(sted) as sted
    from koblinger
    group by
        virksomhet_id,
        gjelder_aar,
        kapittel,
        post,
        del
),

maalpenger as (
    select
        alle.virksomhet_id,
        brevaar.gjelder_aar as aar,
        alle.budsjettaar,
        alle.kapittel,
        alle.post,
        utnyttelse.postnavn,
        alle.del,
        coalesce(samlede_koblinger.maal_nr, alle.oppdragets_maal_nr) as maal_nr,
        samlede_koblinger.sp_nr,
        coalesce(
            samlede_koblinger.aktuelle_maal, cast(alle.oppdragets_maal_nr as {{ dbt.type_string() }})
        ) as aktuelle_maal,
        alle.tildelt_kr,
        alle.regnskap_kr,
        utnyttelse.tildelingsgrunnlag,
        coalesce(
            samlede_koblinger.grunnlag,
            case
                when alle.oppdragets_maal_nr is not null then 'Oppdraget hører til målet'
                when alle.er_rest and alle.del <> 'Hele posten' then 'Ikke fordelt på deler i dokumentene'
                else 'Ingen dokumenter knytter dette til et mål'
            end
        ) as grunnlag,
        samlede_koblinger.dokument_id as kobling_dokument_id,
        samlede_koblinger.sted as kobling_sted,
        alle.dokument_id,
        alle.sted
    from alle
    inner join brevaar
        on alle.virksomhet_id = brevaar.virksomhet_id
    inner join utnyttelse
        on
            alle.virksomhet_id = utnyttelse.virksomhet_id
            and alle.budsjettaar = utnyttelse.budsjettaar
            and alle.kapittel = utnyttelse.kapittel
            and alle.post = utnyttelse.post
    left join samlede_koblinger
        on
            alle.virksomhet_id = samlede_koblinger.virksomhet_id
            and brevaar.gjelder_aar = samlede_koblinger.gjelder_aar
            and alle.kapittel = samlede_koblinger.kapittel
            and alle.post = samlede_koblinger.post
            and (
                alle.del = samlede_koblinger.del
                or (alle.er_rest and samlede_koblinger.del is null)
            )
)

select * from maalpenger
order by virksomhet_id, aar, budsjettaar, kapittel, post, del
