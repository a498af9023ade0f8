with

maal as (
    select * from {{ ref('stg_maal') }}
),

styringsparametere as (
    select * from {{ ref('stg_styringsparametere') }}
),

forbehold as (
    select * from {{ ref('stg_sp_forbehold') }}
),

dokumenter as (
    select * from {{ ref('stg_dokumenter') }}
),

indikatorer as (
    select * from {{ ref('int_sp_begrunnelse') }}
),

uforklarte as (
    select * from {{ ref('int_uforklarte_avvik') }}
),

maaloppnaaelse as (
    select
        styringsparametere.virksomhet_id,
        styringsparametere.gjelder_aar as aar,
        styringsparametere.maal_nr,
        maal.maal,
        styringsparametere.sp_nr,
        styringsparametere.sp,
        indikatorer.nummer,
        indikatorer.indikator_id,
        indikatorer.indikator,
        indikatorer.definisjon,
        indikatorer.gruppe,
        coalesce(indikatorer.er_fordeling, false) as er_fordeling,
        indikatorer.enhet,
        indikatorer.retning,
        indikatorer.siste_aar,
        indikatorer.kohort_aar,
        indikatorer.maalt_aar,
        indikatorer.siste_verdi,
        indikatorer.siste_status,
        coalesce(indikatorer.siste_status = 'foreløpig', false) as forelopig,
        indikatorer.forrige_aar,
        indikatorer.forrige_verdi,
        indikatorer.endring,
        indikatorer.verdi_uten_tilkommet,
        indikatorer.krav,
        indikatorer.kravgrunnlag,
        indikatorer.krav_dokument_id,
        indikatorer.krav_sted,
        coalesce(indikatorer.vurdering, 'ikke målt') as vurdering,
        indikatorer.bruddgrunn,
        indikatorer.korrigert,
        coalesce(uforklarte.antall, 0) as antall_uforklarte_avvik,
        coalesce(
            indikatorer.begrunnelse,
            'Dokumentene har ingen tall som måler styringsparameteren: ikke målt'
            || coalesce('. ' || forbehold.forbehold || '. Kilde: ' || dokumenter.tittel || ', ' || forbehold.sted, '')
            || '.'
        ) as begrunnelse,
        coalesce(indikatorer.dokument_id, forbehold.dokument_id) as dokument_id,
        coalesce(indikatorer.sted, forbehold.sted) as sted
    from styringsparametere
    inner join maal
        on
            styringsparametere.virksomhet_id = maal.virksomhet_id
            and styringsparametere.gjelder_aar = maal.gjelder_aar
            and styringsparametere.maal_nr = maal.maal_nr
    left join indikatorer
        on
            styringsparametere.virksomhet_id = indikatorer.virksomhet_id
            and styringsparametere.gjelder_aar = indikatorer.gjelder_aar
            and styringsparametere.sp_nr = indikatorer.sp_nr
    left join forbehold
        on
            styringsparametere.virksomhet_id = forbehold.virksomhet_id
            and styringsparametere.gjelder_aar = forbehold.gjelder_aar
            and styringsparametere.sp_nr = forbehold.sp_nr
    left join dokumenter
        on forbehold.dokument_id = dokumenter.dokument_id
    left join uforklarte
        on
            indikatorer.serie_id = uforklarte.serie_id
            and indikatorer.siste_aar = uforklarte.verdi_aar
)

select * from maaloppnaaelse
order by virksomhet_id, aar, sp_nr, nummer
