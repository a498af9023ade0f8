{#
    A judgement holds for the difference it was made for; when the difference changes the avvik
    is new again.
#}
with

kontroller as (
    select * from {{ ref('kontroller') }}
    where resultat = 'avvik'
),

vurderinger as (
    select * from {{ ref('stg_avviksvurdering') }}
),

avvik as (
    select
        kontroller.*,
        coalesce(vurderinger.status, 'ny') as status,
        {{ alvorlighet('kontroller') }} as alvorlighet,
        vurderinger.forklaring,
        vurderinger.rettet_serie_id,
        vurderinger.rettet_verdi
    from kontroller
    left join vurderinger
        on
            kontroller.kontroll_id = vurderinger.kontroll_id
            and kontroller.aar = vurderinger.aar
            and kontroller.differanse = vurderinger.differanse
)

select * from avvik
order by
    case alvorlighet when 'høy' then 1 when 'middels' then 2 else 3 end,
    kontroll_id,
    aar
