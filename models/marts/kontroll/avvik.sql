{#
    A judgement holds for the difference it was made for; when the difference changes the avvik
    is new again.
#}
with

kontroller as (
    select * from {{ ref('kontroller') }}
    where resultat = 'avvik'
),

enheter as (
    select * from {{ ref('stg_enheter') }}
),

regler as (
    select * from {{ ref('stg_kontrollregler') }}
),

grunnlag as (
    select * from {{ ref('int_kontrollgrunnlag') }}
),

tall as (
    select * from {{ ref('int_tall') }}
),

sp_indikatorer as (
    select * from {{ ref('stg_sp_indikatorer') }}
),

for_styringsparametere as (
    select distinct
        grunnlag.kontroll_id,
        grunnlag.aar
    from grunnlag
    inner join tall
        on
            grunnlag.serie_id = tall.serie_id
            and grunnlag.verdi_aar = tall.aar
    inner join sp_indikatorer
        on
            tall.virksomhet_id = sp_indikatorer.virksomhet_id
            and tall.indikator_id = sp_indikatorer.indikator_id
            and tall.gruppe = sp_indikatorer.gruppe
),

med_enhet as (
    select
        kontroller.*,
        enheter.grunnenhet,
        enheter.faktor,
        regler.alvorlighet as regel_alvorlighet,
        for_styringsparametere.kontroll_id is not null as gjelder_sp
    from kontroller
    inner join regler
        on kontroller.regel_id = regler.regel_id
    left join enheter
        on kontroller.enhet = enheter.enhet
    left join for_styringsparametere
        on
            kontroller.kontroll_id = for_styringsparametere.kontroll_id
            and kontroller.aar = for_styringsparametere.aar
),

vurderinger as (
    select * from {{ ref('stg_avviksvurdering') }}
),

avvik as (
    select
        med_enhet.kontroll_id,
        med_enhet.virksomhet_id,
        med_enhet.kontrolltype,
        med_enhet.regel_id,
        med_enhet.beskrivelse,
        med_enhet.aar,
        med_enhet.oppgitt,
        med_enhet.beregnet,
        med_enhet.differanse,
        med_enhet.toleranse,
        med_enhet.enhet,
        med_enhet.resultat,
        med_enhet.dokument_id,
        med_enhet.sted,
        med_enhet.beregnet_fra,
        coalesce(vurderinger.status, 'ny') as status,
        {{ alvorlighet('med_enhet') }} as alvorlighet,
        med_enhet.gjelder_sp,
        vurderinger.forklaring,
        vurderinger.rettet_serie_id,
        vurderinger.rettet_verdi
    from med_enhet
    left join vurderinger
        on
            med_enhet.kontroll_id = vurderinger.kontroll_id
            and med_enhet.aar = vurderinger.aar
            and med_enhet.differanse = vurderinger.differanse
)

select * from avvik
order by
    case alvorlighet when 'høy' then 1 when 'middels' then 2 else 3 end,
    kontroll_id,
    aar
