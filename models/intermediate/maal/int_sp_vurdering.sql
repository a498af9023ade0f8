{#
    The rule anyone can read. A requirement from a document decides first; without one the direction of the change does.
    Figures on each side of a declared break are not compared. A change is "uendret" when it is no larger than what
    rounding can hide in the two figures, or than the threshold (`uendret_terskel`), a share of the earlier figure.
#}
with

utvikling as (
    select * from {{ ref('int_sp_utvikling') }}
),

indikatorer as (
    select * from {{ ref('stg_indikatordefinisjoner') }}
),

enheter as (
    select * from {{ ref('stg_enheter') }}
),

maalt as (
    select
        utvikling.*,
        indikatorer.indikator,
        indikatorer.definisjon,
        indikatorer.enhet,
        enheter.grunnenhet,
        enheter.eksakt,
        indikatorer.retning,
        -- positive when the change goes the right way
        case indikatorer.retning
            when 'høyere' then utvikling.endring
            when 'lavere' then -utvikling.endring
        end as forbedring,
        cast(greatest(
            coalesce(utvikling.slingring, 0),
            {{ var('uendret_terskel') }} * abs(utvikling.siste_verdi - utvikling.endring)
        ) as decimal(18, 3)) as terskel,
        case indikatorer.retning
            when 'lavere' then utvikling.siste_verdi <= utvikling.krav
            else utvikling.siste_verdi >= utvikling.krav
        end as krav_oppfylt
    from utvikling
    inner join indikatorer
        on utvikling.indikator_id = indikatorer.indikator_id
    inner join enheter
        on indikatorer.enhet = enheter.enhet
),

vurdert as (
    select
        *,
        case
            when krav is not null and krav_oppfylt then 'nådd'
            when krav is not null and forbedring > terskel then 'delvis'
            when krav is not null then 'ikke nådd'
            when brudd_for_siste then 'brudd'
            when endring is null then 'uten sammenligning'
            when retning = 'nøytral' then 'uten retning'
            when abs(endring) <= terskel then 'uendret'
            when forbedring > 0 then 'bedre'
            else 'svakere'
        end as vurdering
    from maalt
)

select * from vurdert
