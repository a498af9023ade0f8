{#
    Each relation for each year that it is declared for and its result is printed in, with the figures of its terms in
    base units. How far a term may lie from its printed figure is seen from its sign: what lowers it, and what raises it.
#}
with

relasjoner as (
    select * from {{ ref('stg_relasjoner') }}
),

ledd as (
    select * from {{ ref('stg_relasjonsledd') }}
),

tall as (
    select * from {{ ref('int_tall') }}
),

-- a printed dash: nothing of the kind, which adds nothing to a sum
streker as (
    select
        serie_id,
        aar
    from {{ ref('stg_verdier') }}
    where
        verdi is null
        and trykt = '-'
),

resultater as (
    select
        relasjoner.relasjon_id,
        relasjoner.type,
        relasjoner.beskrivelse,
        relasjoner.resultat_serie_id,
        tall.aar,
        tall.virksomhet_id,
        tall.verdi,
        tall.enhet,
        tall.faktor,
        tall.grunnverdi,
        tall.slingring_ned,
        tall.slingring_opp,
        tall.dokument_id,
        tall.sted
    from relasjoner
    inner join tall
        on
            relasjoner.resultat_serie_id = tall.serie_id
            and tall.aar >= coalesce(relasjoner.fra_aar, tall.aar)
            and tall.aar <= coalesce(relasjoner.til_aar, tall.aar)
),

med_ledd as (
    select
        resultater.*,
        ledd.ledd_nr,
        ledd.rolle,
        ledd.fortegn,
        ledd.serie_id as ledd_serie_id,
        leddtall.rad as ledd_rad,
        leddtall.sted as ledd_sted,
        leddtall.aar as ledd_aar,
        leddtall.verdi as ledd_verdi,
        leddtall.enhet as ledd_enhet,
        case
            when resultater.type = 'sum' and streker.serie_id is not null then 0
            else leddtall.grunnverdi
        end as ledd_grunnverdi,
        case
            when resultater.type = 'sum' and streker.serie_id is not null then 0
            when ledd.fortegn < 0 then leddtall.slingring_opp
            else leddtall.slingring_ned
        end as ledd_slingring_ned,
        case
            when resultater.type = 'sum' and streker.serie_id is not null then 0
            when ledd.fortegn < 0 then leddtall.slingring_ned
            else leddtall.slingring_opp
        end as ledd_slingring_opp
    from resultater
    inner join ledd
        on resultater.relasjon_id = ledd.relasjon_id
    left join tall as leddtall
        on
            ledd.serie_id = leddtall.serie_id
            and resultater.aar + ledd.aar_forskyvning = leddtall.aar
    left join streker
        on
            ledd.serie_id = streker.serie_id
            and resultater.aar + ledd.aar_forskyvning = streker.aar
),

-- an average and the weights after it, up to the next average, belong together
med_snittnummer as (
    select
        *,
        count(case when rolle = 'verdi' then 1 end) over (
            partition by relasjon_id, aar
            order by ledd_nr
        ) as snittnummer
    from med_ledd
),

-- a weight may be a rest: those in all groups less those in the other ones
med_vekt as (
    select
        *,
        sum(case when rolle = 'vekt' then fortegn * ledd_grunnverdi end) over (
            partition by relasjon_id, aar, snittnummer
        ) as vekt
    from med_snittnummer
)

select * from med_vekt
