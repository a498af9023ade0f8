{#
    sum, fordeling, lik, differanse, andel, vekst, snitt, del and retning, evaluated from the declarations alone for every
    year that has all its figures. What rounding can explain: the result's own, and for a sum that of each term; for a share or growth what
    the largest numerator over the smallest denominator gives, and the smallest over the largest; for an average the
    averages' own, weighted. Two equal figures printed to the same digit leave it nothing to explain.
#}
with

ledd as (
    select * from {{ ref('int_relasjonsledd') }}
),

samlet as (
    select
        relasjon_id,
        type,
        beskrivelse,
        aar,
        virksomhet_id,
        verdi,
        enhet,
        faktor,
        grunnverdi,
        slingring_ned,
        slingring_opp,
        dokument_id,
        sted,
        count(*) as antall_ledd,
        count(ledd_grunnverdi) as antall_kjente,
        sum(case when rolle = 'ledd' then fortegn * ledd_grunnverdi end) as sum_ledd,
        sum(case when rolle in ('ledd', 'helhet') then ledd_slingring_ned end) as ledd_ned,
        sum(case when rolle in ('ledd', 'helhet') then ledd_slingring_opp end) as ledd_opp,
        max(case when {{ samme_presisjon('', 'ledd_') }} then 1 else 0 end) as samme_presisjon,
        sum(case when rolle in ('teller', 'ny') then fortegn * ledd_grunnverdi end) as teller,
        sum(case when rolle in ('teller', 'ny') then ledd_slingring_ned end) as teller_ned,
        sum(case when rolle in ('teller', 'ny') then ledd_slingring_opp end) as teller_opp,
        sum(case when rolle in ('nevner', 'gammel') then fortegn * ledd_grunnverdi end) as nevner,
        sum(case when rolle in ('nevner', 'gammel') then ledd_slingring_ned end) as nevner_ned,
        sum(case when rolle in ('nevner', 'gammel') then ledd_slingring_opp end) as nevner_opp,
        sum(case when rolle = 'verdi' then ledd_grunnverdi * vekt end) as vektet,
        sum(case when rolle = 'verdi' then ledd_slingring_ned * vekt end) as vektet_ned,
        sum(case when rolle = 'verdi' then ledd_slingring_opp * vekt end) as vektet_opp,
        sum(case when rolle = 'verdi' then vekt end) as samlet_vekt,
        sum(case when rolle = 'helhet' then fortegn * ledd_grunnverdi end) as helhet,
        {{ dbt.listagg(
            "case when fortegn < 0 then '− ' else '' end || ledd_rad || ' ' || " ~ norsk_tall("ledd_verdi")
            ~ " || ' ' || ledd_enhet || ' (' || ledd_sted || ', ' || cast(ledd_aar as " ~ dbt.type_string() ~ ") || ')'",
            "'; '",
            "order by ledd_nr"
        ) }} as beregnet_fra
    from ledd
    group by
        relasjon_id,
        type,
        beskrivelse,
        aar,
        virksomhet_id,
        verdi,
        enhet,
        faktor,
        grunnverdi,
        slingring_ned,
        slingring_opp,
        dokument_id,
        sted
),

komplette as (
    select * from samlet
    where
        antall_ledd = antall_kjente
        and coalesce(nevner, 1) <> 0
        and coalesce(samlet_vekt, 1) <> 0
),

beregnet as (
    select
        *,
        case
            when type = 'andel' then {{ brok('teller', 'nevner') }}
            when type = 'vekst' then {{ brok('teller', 'nevner') }} - 1
            when type = 'snitt' then {{ brok('vektet', 'samlet_vekt') }}
            when type = 'del' then least(grunnverdi, helhet)
            when type = 'retning' then greatest(grunnverdi, sum_ledd)
            when type = 'fordeling' then 1 - sum_ledd
            else sum_ledd
        end as beregnet_grunnverdi,
        case
            when type in ('andel', 'vekst')
                then {{ brok('teller', 'nevner') }} - {{ brok('(teller - teller_ned)', '(nevner + nevner_opp)') }}
            when type = 'snitt' then {{ brok('vektet_ned', 'samlet_vekt') }}
            when type = 'fordeling' then ledd_opp
            else ledd_ned
        end as beregnet_ned,
        case
            when type in ('andel', 'vekst')
                then {{ brok('(teller + teller_opp)', '(nevner - nevner_ned)') }} - {{ brok('teller', 'nevner') }}
            when type = 'snitt' then {{ brok('vektet_opp', 'samlet_vekt') }}
            when type = 'fordeling' then ledd_ned
            else ledd_opp
        end as beregnet_opp
    from komplette
),

kontroller as (
    select
        {{ relasjonskontroll_id() }} as kontroll_id,
        virksomhet_id,
        type as regel_id,
        beskrivelse,
        aar,
        cast(verdi as decimal(24, 6)) as oppgitt,
        cast(beregnet_grunnverdi / faktor as decimal(24, 6)) as beregnet,
        cast(case
            when type = 'lik' and samme_presisjon = 1 then 0
            else (slingring_ned + beregnet_opp) / faktor
        end as decimal(24, 6)) as toleranse_over,
        cast(case
            when type = 'lik' and samme_presisjon = 1 then 0
            else (slingring_opp + beregnet_ned) / faktor
        end as decimal(24, 6)) as toleranse_under,
        enhet,
        dokument_id,
        sted,
        beregnet_fra
    from beregnet
)

select {{ kontrollkolonner() }} from kontroller
