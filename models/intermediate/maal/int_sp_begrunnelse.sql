{#
    The verdict of each indicator in one sentence: the figures, the years, the requirement, what is preliminary, corrected
    or broken, and the source.
#}
with

vurdering as (
    select * from {{ ref('int_sp_vurdering') }}
),

dokumenter as (
    select * from {{ ref('stg_dokumenter') }}
),

ledd as (
    select
        vurdering.*,
        case
            when vurdering.gruppe = 'alle' then ''
            else vurdering.gruppe || ': '
        end as om,
        {{ tall_i_setning('vurdering.siste_verdi', 'vurdering.enhet', 'vurdering.siste_tilnaermet') }}
        || {{ aar_i_setning('vurdering.siste_aar', 'vurdering.kohort_aar is not null', 'vurdering.maalt_aar') }}
        || {{ merker_i_setning('vurdering.siste_status', 'vurdering.korrigert') }} as naa,
        {{ tall_i_setning('vurdering.forrige_verdi', 'vurdering.enhet', 'vurdering.forrige_tilnaermet') }}
        || {{ aar_i_setning('vurdering.forrige_aar', 'vurdering.kohort_aar is not null') }}
        || {{ merker_i_setning('vurdering.forrige_status', 'vurdering.forrige_korrigert') }} as foer,
        {{ tall_i_setning(
            'abs(vurdering.endring)',
            "case when vurdering.grunnenhet = 'andel' then 'prosentpoeng' else vurdering.enhet end"
        ) }}
        || case
            when vurdering.eksakt and vurdering.endring < 0 then ' færre enn'
            when vurdering.eksakt then ' flere enn'
            when vurdering.endring < 0 then ' mindre enn'
            else ' mer enn'
        end
        || {{ aar_i_setning('vurdering.forrige_aar', 'vurdering.kohort_aar is not null') }} as trykt_endring,
        coalesce(
            ', ' || vurdering.kravbetegnelse || ' er ' || {{ tall_i_setning('vurdering.krav', 'vurdering.enhet') }}, ''
        ) as kravet,
        '; uten ' || vurdering.tilkommet_gruppe || ' '
        || {{ tall_i_setning('vurdering.verdi_uten_tilkommet', 'vurdering.enhet') }}
        || ' (beregnet)' as uten_tilkommet,
        '. Kilde: ' || dokumenter.tittel || ', ' || vurdering.sted || '.' as kilde
    from vurdering
    inner join dokumenter
        on vurdering.dokument_id = dokumenter.dokument_id
),

setninger as (
    select
        *,
        om || naa
        || case
            when vurdering = 'brudd' then ' sammenlignes ikke med ' || foer
            when brudd_for_siste then ''
            when forrige_verdi is not null then ' mot ' || foer
            when endring is not null then ', ' || trykt_endring
            else ''
        end
        || kravet
        || ': '
        || case vurdering
            when 'delvis' then 'delvis nådd (nærmere kravet enn før)'
            when 'uten sammenligning' then 'uten sammenligning (ingen tidligere tall er trykt)'
            when 'uten retning' then 'uten retning (verken høyere eller lavere er bedre)'
            when 'brudd'
                then
                    'brudd (' || lower(substring(bruddgrunn, 1, 1)) || substring(bruddgrunn, 2) || ')'
                    || coalesce(uten_tilkommet, '')
            when 'uendret'
                then
                    'uendret'
                    || case
                        when endring <> 0 and abs(endring) <= slingring
                            then ' (endringen er ikke større enn avrunding kan gi)'
                        else ''
                    end
            else vurdering
        end
        || kilde as setning
    from ledd
),

begrunnet as (
    select
        *,
        upper(substring(setning, 1, 1)) || substring(setning, 2) as begrunnelse
    from setninger
)

select * from begrunnet
