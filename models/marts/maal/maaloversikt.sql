{#
    Everything that a document links to a goal, in one relation: results, money, oppdrag and risks. What is linked to no
    goal, or to several, has no maal_nr and stands for itself.
#}
with

maal as (
    select * from {{ ref('stg_maal') }}
),

brevaar as (
    select distinct
        virksomhet_id,
        gjelder_aar
    from maal
),

resultater as (
    select * from {{ ref('maaloppnaaelse') }}
    where not er_fordeling
),

penger as (
    select * from {{ ref('maalpenger') }}
    where belop_kr <> 0
),

oppdrag as (
    select * from {{ ref('oppdrag') }}
),

risikoer as (
    select * from {{ ref('risikoer') }}
),

samlet as (
    select
        virksomhet_id,
        aar,
        maal_nr,
        cast(maal_nr as {{ dbt.type_string() }}) as aktuelle_maal,
        sp_nr,
        'resultat' as art,
        coalesce(indikator || case when gruppe = 'alle' then '' else ' (' || gruppe || ')' end, sp) as navn,
        siste_aar as gjelder_aar,
        cast(null as decimal(18, 0)) as tildelt_kr,
        cast(null as decimal(18, 0)) as regnskap_kr,
        siste_verdi as verdi,
        enhet,
        cast(null as date) as frist,
        vurdering as status,
        begrunnelse as beskrivelse,
        dokument_id,
        sted
    from resultater

    union all

    select
        virksomhet_id,
        maal_fra_aar as aar,
        maal_nr,
        aktuelle_maal,
        sp_nr,
        'penger' as art,
        'Kap. ' || kapittel || ' post ' || post || ' ' || postnavn || ': ' || del as navn,
        budsjettaar as gjelder_aar,
        case when art = 'tildelt' then belop_kr end as tildelt_kr,
        case when art = 'regnskap' then belop_kr end as regnskap_kr,
        cast(null as decimal(18, 3)) as verdi,
        'kr' as enhet,
        cast(null as date) as frist,
        art as status,
        grunnlag as beskrivelse,
        dokument_id,
        sted
    from penger

    union all

    select
        oppdrag.virksomhet_id,
        brevaar.gjelder_aar as aar,
        oppdrag.maal_nr,
        cast(oppdrag.maal_nr as {{ dbt.type_string() }}) as aktuelle_maal,
        cast(null as integer) as sp_nr,
        'oppdrag' as art,
        oppdrag.oppdrag_nr
        || case when oppdrag.del = 'hele' then '' else ' (' || oppdrag.del || ')' end
        || ' ' || oppdrag.tittel as navn,
        cast(null as integer) as gjelder_aar,
        -- money of an oppdrag is under its post, in "penger"
        cast(null as decimal(18, 0)) as tildelt_kr,
        cast(null as decimal(18, 0)) as regnskap_kr,
        cast(null as decimal(18, 3)) as verdi,
        cast(null as {{ dbt.type_string() }}) as enhet,
        oppdrag.frist,
        oppdrag.status,
        oppdrag.finansiering as beskrivelse,
        oppdrag.dokument_id,
        oppdrag.sted
    from oppdrag
    left join brevaar
        on oppdrag.virksomhet_id = brevaar.virksomhet_id

    union all

    select
        risikoer.virksomhet_id,
        brevaar.gjelder_aar as aar,
        risikoer.maal_nr,
        cast(risikoer.maal_nr as {{ dbt.type_string() }}) as aktuelle_maal,
        cast(null as integer) as sp_nr,
        'risiko' as art,
        risikoer.risiko as navn,
        risikoer.aar as gjelder_aar,
        cast(null as decimal(18, 0)) as tildelt_kr,
        cast(null as decimal(18, 0)) as regnskap_kr,
        cast(null as decimal(18, 3)) as verdi,
        cast(null as {{ dbt.type_string() }}) as enhet,
        cast(null as date) as frist,
        risikoer.risikovurdering as status,
        'Restrisiko: ' || coalesce(risikoer.restrisiko, 'ikke oppgitt') as beskrivelse,
        risikoer.dokument_id,
        risikoer.sted
    from risikoer
    left join brevaar
        on risikoer.virksomhet_id = brevaar.virksomhet_id
)

select
    samlet.virksomhet_id,
    samlet.aar as maal_fra_aar,
    samlet.maal_nr,
    maal.maal,
    samlet.aktuelle_maal,
    samlet.sp_nr,
    samlet.art,
    samlet.navn,
    samlet.gjelder_aar,
    samlet.tildelt_kr,
    samlet.regnskap_kr,
    samlet.verdi,
    samlet.enhet,
    samlet.frist,
    samlet.status,
    samlet.beskrivelse,
    samlet.dokument_id,
    samlet.sted
from samlet
left join maal
    on
        samlet.virksomhet_id = maal.virksomhet_id
        and samlet.aar = maal.gjelder_aar
        and samlet.maal_nr = maal.maal_nr
order by samlet.virksomhet_id, maal_fra_aar, samlet.maal_nr, samlet.art, samlet.gjelder_aar, samlet.navn
