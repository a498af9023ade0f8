with

maal as (
    select * from {{ ref('stg_maal') }}
),

styringsparametere as (
    select * from {{ ref('stg_styringsparametere') }}
),

vurdering as (
    select * from {{ ref('int_sp_vurdering') }}
),

satt_sammen as (
    select
        styringsparametere.virksomhet_id,
        styringsparametere.gjelder_aar as aar,
        styringsparametere.maal_nr,
        maal.maal,
        styringsparametere.sp_nr,
        styringsparametere.sp,
        vurdering.indikator_id,
        vurdering.indikator,
        vurdering.gruppe,
        vurdering.enhet,
        vurdering.retning,
        vurdering.siste_aar,
        vurdering.siste_verdi,
        vurdering.siste_status,
        vurdering.forrige_aar,
        vurdering.forrige_verdi,
        vurdering.endring,
        vurdering.krav,
        vurdering.kravgrunnlag,
        coalesce(vurdering.vurdering, 'ikke målt') as vurdering,
        vurdering.korrigert,
        vurdering.dokument_id,
        vurdering.sted
    from styringsparametere
    inner join maal
        on
            styringsparametere.virksomhet_id = maal.virksomhet_id
            and styringsparametere.gjelder_aar = maal.gjelder_aar
            and styringsparametere.maal_nr = maal.maal_nr
    left join vurdering
        on
            styringsparametere.virksomhet_id = vurdering.virksomhet_id
            and styringsparametere.gjelder_aar = vurdering.gjelder_aar
            and styringsparametere.sp_nr = vurdering.sp_nr
),

begrunnet as (
    select
        *,
        case
            when indikator_id is null
                then 'Ingen indikator er knyttet til denne styringsparameteren: ikke målt.'
            else
                {{ norsk_tall('siste_verdi') }} || ' ' || enhet || ' i '
                || cast(siste_aar as {{ dbt.type_string() }})
                || case when siste_status = 'foreløpig' then ' (foreløpig)' else '' end
                || case when korrigert then ' (rettet trykkfeil)' else '' end
                || case
                    when forrige_verdi is not null
                        then
                            ' mot ' || {{ norsk_tall('forrige_verdi') }} || ' ' || enhet || ' i '
                            || cast(forrige_aar as {{ dbt.type_string() }})
                    else ''
                end
                || case when krav is not null then ', krav ' || {{ norsk_tall('krav') }} || ' ' || enhet else '' end
                || ': ' || vurdering || '. Kilde: ' || dokument_id || ', ' || sted || '.'
        end as begrunnelse
    from satt_sammen
)

select * from begrunnet
order by virksomhet_id, aar, sp_nr, indikator_id
