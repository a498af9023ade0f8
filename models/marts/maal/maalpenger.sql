{#
    Money by goal, never divided: a part of a post stands under the goal that a document links it to; what is linked to
    several goals, or to none, stands for itself, so that the parts of a post sum to the post. What was allocated and what
    was accounted for are parted differently, and stand apart.
#}
with

utnyttelse as (
    select * from {{ ref('budsjettutnyttelse') }}
),

deler as (
    select * from {{ ref('int_maalpenger_deler') }}
),

koblinger as (
    select * from {{ ref('int_maal_per_del') }}
),

brevaar as (
    select distinct
        virksomhet_id,
        gjelder_aar
    from {{ ref('stg_maal') }}
),

poster as (
    select
        virksomhet_id,
        budsjettaar,
        kapittel,
        post,
        'tildelt' as art,
        samlet_tildeling_kr as belop_kr,
        dokument_id,
        sted
    from utnyttelse
    where samlet_tildeling_kr is not null

    union all

    select
        virksomhet_id,
        budsjettaar,
        kapittel,
        post,
        'regnskap' as art,
        regnskap_kr as belop_kr,
        regnskapskilde as dokument_id,
        regnskap_sted as sted
    from utnyttelse
    where regnskap_kr is not null
),

i_deler as (
    select
        virksomhet_id,
        budsjettaar,
        kapittel,
        post,
        art,
        sum(belop_kr) as belop_kr
    from deler
    group by
        virksomhet_id,
        budsjettaar,
        kapittel,
        post,
        art
),

alle as (
    select
        virksomhet_id,
        budsjettaar,
        kapittel,
        post,
        art,
        del,
        belop_kr,
        oppdragets_maal_nr,
        false as er_rest,
        dokument_id,
        sted
    from deler

    union all

    select
        poster.virksomhet_id,
        poster.budsjettaar,
        poster.kapittel,
        poster.post,
        poster.art,
        case when i_deler.post is null then 'Hele posten' else 'Resten av posten' end as del,
        cast(poster.belop_kr - coalesce(i_deler.belop_kr, 0) as decimal(18, 0)) as belop_kr,
        cast(null as integer) as oppdragets_maal_nr,
        true as er_rest,
        poster.dokument_id,
        poster.sted
    from poster
    left join i_deler
        on
            poster.virksomhet_id = i_deler.virksomhet_id
            and poster.budsjettaar = i_deler.budsjettaar
            and poster.kapittel = i_deler.kapittel
            and poster.post = i_deler.post
            and poster.art = i_deler.art
    where
        i_deler.post is null
        or poster.belop_kr <> i_deler.belop_kr
),

maalpenger as (
    select
        alle.virksomhet_id,
        brevaar.gjelder_aar as maal_fra_aar,
        alle.budsjettaar,
        alle.kapittel,
        alle.post,
        utnyttelse.postnavn,
        alle.art,
        alle.del,
        coalesce(koblinger.maal_nr, alle.oppdragets_maal_nr) as maal_nr,
        koblinger.sp_nr,
        coalesce(
            koblinger.aktuelle_maal, cast(alle.oppdragets_maal_nr as {{ dbt.type_string() }})
        ) as aktuelle_maal,
        alle.belop_kr,
        utnyttelse.tildelingsgrunnlag,
        coalesce(
            koblinger.grunnlag,
            case
                when alle.oppdragets_maal_nr is not null then 'Oppdraget står under målet i tildelingsbrevet'
                else 'Ikke oppgitt per ordning, eller ikke knyttet til noe mål i de foreliggende dokumentene'
            end
        ) as grunnlag,
        alle.dokument_id,
        alle.sted
    from alle
    -- an agency without goals has money all the same
    left join brevaar
        on alle.virksomhet_id = brevaar.virksomhet_id
    inner join utnyttelse
        on
            alle.virksomhet_id = utnyttelse.virksomhet_id
            and alle.budsjettaar = utnyttelse.budsjettaar
            and alle.kapittel = utnyttelse.kapittel
            and alle.post = utnyttelse.post
    left join koblinger
        on
            alle.virksomhet_id = koblinger.virksomhet_id
            and brevaar.gjelder_aar = koblinger.gjelder_aar
            and alle.kapittel = koblinger.kapittel
            and alle.post = koblinger.post
            and (
                alle.del = koblinger.del
                or (alle.er_rest and koblinger.del is null)
            )
)

select * from maalpenger
order by virksomhet_id, maal_fra_aar, budsjettaar, kapittel, post, art, del
