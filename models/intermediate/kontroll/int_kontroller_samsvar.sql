{#
    Figures that claim the same indicator for the same group and year must agree, whatever their
    units. Each is held against the one the indicators use.
#}
with

tall as (
    select * from {{ ref('int_tall') }}
    where indikator_id is not null
),

foretrukne as (
    select * from {{ ref('int_foretrukne_tall') }}
),

oppgitte as (
    select * from {{ ref('int_oppgitte_belop') }}
    where art = 'bevilgning'
),

indikatorer as (
    select * from {{ ref('stg_indikatordefinisjoner') }}
),

i_brev as (
    select
        lower(oppgitte.dokument_id || '-bevilgning-' || oppgitte.kapittel || '-' || oppgitte.post)
            as serie_id,
        oppgitte.virksomhet_id,
        'saldert_bevilgning' as indikator_id,
        oppgitte.kapittel || '/' || oppgitte.post as gruppe,
        oppgitte.budsjettaar as aar,
        oppgitte.belop as verdi,
        oppgitte.enhet,
        oppgitte.faktor,
        oppgitte.grunnenhet,
        oppgitte.grunnverdi,
        oppgitte.slingring as slingring_ned,
        oppgitte.slingring as slingring_opp,
        oppgitte.dokument_id,
        oppgitte.sted
    from oppgitte
),

alle as (
    select
        serie_id,
        virksomhet_id,
        indikator_id,
        gruppe,
        aar,
        verdi,
        enhet,
        faktor,
        grunnenhet,
        grunnverdi,
        slingring_ned,
        slingring_opp,
        dokument_id,
        sted
    from tall

    union all

    select
        serie_id,
        virksomhet_id,
        indikator_id,
        gruppe,
        aar,
        verdi,
        enhet,
        faktor,
        grunnenhet,
        grunnverdi,
        slingring_ned,
        slingring_opp,
        dokument_id,
        sted
    from i_brev
),

sammenlignet as (
    select
        {{ samsvarskontroll_id('alle') }} as kontroll_id,
        alle.virksomhet_id,
        'samsvar' as regel_id,
        indikatorer.indikator || ' (' || alle.gruppe || ') har samme verdi begge steder'
            as beskrivelse,
        alle.aar,
        alle.verdi,
        alle.faktor,
        alle.enhet,
        alle.dokument_id,
        alle.sted,
        foretrukne.grunnverdi,
        foretrukne.dokument_id || ', ' || foretrukne.sted || ': '
        || {{ norsk_tall('foretrukne.verdi') }} || ' ' || foretrukne.enhet as beregnet_fra,
        alle.slingring_ned + foretrukne.slingring_opp as slingring_over,
        alle.slingring_opp + foretrukne.slingring_ned as slingring_under,
        {{ samme_presisjon('alle.', 'foretrukne.') }} as samme_presisjon
    from alle
    inner join foretrukne
        on
            alle.virksomhet_id = foretrukne.virksomhet_id
            and alle.indikator_id = foretrukne.indikator_id
            and alle.gruppe = foretrukne.gruppe
            and alle.aar = foretrukne.aar
            and alle.serie_id <> foretrukne.serie_id
    inner join indikatorer
        on alle.indikator_id = indikatorer.indikator_id
),

kontroller as (
    select
        kontroll_id,
        virksomhet_id,
        regel_id,
        beskrivelse,
        aar,
        cast(verdi as decimal(24, 6)) as oppgitt,
        cast(grunnverdi / faktor as decimal(24, 6)) as beregnet,
        cast(case when samme_presisjon then 0 else slingring_over / faktor end as decimal(24, 6))
            as toleranse_over,
        cast(case when samme_presisjon then 0 else slingring_under / faktor end as decimal(24, 6))
            as toleranse_under,
        enhet,
        dokument_id,
        sted,
        beregnet_fra
    from sammenlignet
)

select {{ kontrollkolonner() }} from kontroller
