{#
    sum, differanse, andel and vekst, evaluated from the declarations alone for every year that has all its figures.
    Rounding can move a sum by half the last printed digit of the result and of each term; a share or growth by what
    the largest numerator over the smallest denominator differs from the printed ones.
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
        slingring,
        dokument_id,
        sted,
        count(*) as antall_ledd,
        count(ledd_grunnverdi) as antall_kjente,
        sum(case when rolle = 'ledd' then fortegn * ledd_grunnverdi end) as sum_ledd,
        sum(case when rolle = 'ledd' then ledd_slingring end) as slingring_ledd,
        sum(case when rolle in ('teller', 'ny') then fortegn * ledd_grunnverdi end) as teller,
        sum(case when rolle in ('teller', 'ny') then ledd_slingring end) as slingring_teller,
        sum(case when rolle in ('nevner', 'gammel') then fortegn * ledd_grunnverdi end) as nevner,
        sum(case when rolle in ('nevner', 'gammel') then ledd_slingring end) as slingring_nevner,
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
        slingring,
        dokument_id,
        sted
),

komplette as (
    select * from samlet
    where
        antall_ledd = antall_kjente
        and coalesce(nevner, 1) <> 0
),

beregnet as (
    select
        *,
        case type
            when 'andel' then teller / nevner
            when 'vekst' then teller / nevner - 1
            else sum_ledd
        end as beregnet_grunnverdi,
        slingring + case
            when type in ('andel', 'vekst')
                then (teller + slingring_teller) / (nevner - slingring_nevner) - teller / nevner
            else slingring_ledd
        end as toleranse_grunnverdi
    from komplette
),

kontroller as (
    select
        type || ':' || relasjon_id as kontroll_id,
        virksomhet_id,
        type as kontrolltype,
        beskrivelse,
        aar,
        cast(verdi as decimal(24, 6)) as oppgitt,
        cast(beregnet_grunnverdi / faktor as decimal(24, 6)) as beregnet,
        cast(toleranse_grunnverdi / faktor as decimal(24, 6)) as toleranse,
        enhet,
        dokument_id,
        sted,
        beregnet_fra
    from beregnet
)

select {{ kontrollkolonner() }} from kontroller
