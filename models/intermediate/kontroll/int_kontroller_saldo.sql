{#
    The letters' own arithmetic: stated balance against the ledger, chapter sums against the
    posts, earmarks against the post and against each other.
#}
with

oppgitte as (
    select * from {{ ref('int_oppgitte_belop') }}
),

hovedbok as (
    select * from {{ ref('int_hovedbok') }}
),

aapninger as (
    select * from {{ ref('int_implisitte_aapninger') }}
),

bindinger as (
    select * from {{ ref('int_bindinger_i_kroner') }}
),

-- the balance after the last event of a letter or of an earlier one
saldoer as (
    select
        oppgitte.dokument_id,
        oppgitte.sted,
        oppgitte.budsjettaar,
        oppgitte.kapittel,
        oppgitte.post,
        max(hovedbok.nummer) as siste_nummer
    from oppgitte
    inner join hovedbok
        on
            oppgitte.virksomhet_id = hovedbok.virksomhet_id
            and oppgitte.budsjettaar = hovedbok.budsjettaar
            and oppgitte.kapittel = hovedbok.kapittel
            and oppgitte.post = hovedbok.post
            and oppgitte.rekkefolge >= hovedbok.rekkefolge
    where oppgitte.art = 'disponibelt'
    group by
        oppgitte.dokument_id,
        oppgitte.sted,
        oppgitte.budsjettaar,
        oppgitte.kapittel,
        oppgitte.post
),

saldokontroller as (
    select
        'saldo:' || oppgitte.dokument_id || '-' || oppgitte.kapittel || '-' || oppgitte.post
        || case when oppgitte.sted like '% %ppsummering' then '-oppsummering' else '' end
            as kontroll_id,
        oppgitte.virksomhet_id,
        'saldo' as kontrolltype,
        'Oppgitt disponibelt beløp på kap. ' || oppgitte.kapittel || ' post ' || oppgitte.post
        || ' er lik saldoen i hovedboken etter brevet' as beskrivelse,
        oppgitte.budsjettaar as aar,
        cast(oppgitte.belop as decimal(24, 6)) as oppgitt,
        cast(hovedbok.disponibelt_etter_kr / oppgitte.faktor as decimal(24, 6)) as beregnet,
        cast(oppgitte.slingring / oppgitte.faktor as decimal(24, 6)) as toleranse,
        oppgitte.enhet,
        oppgitte.dokument_id,
        oppgitte.sted,
        'hovedboken til og med ' || hovedbok.dokument_id || ', ' || hovedbok.sted as beregnet_fra
    from oppgitte
    inner join saldoer
        on
            oppgitte.dokument_id = saldoer.dokument_id
            and oppgitte.sted = saldoer.sted
            and oppgitte.budsjettaar = saldoer.budsjettaar
            and oppgitte.kapittel = saldoer.kapittel
            and oppgitte.post = saldoer.post
    inner join hovedbok
        on
            oppgitte.virksomhet_id = hovedbok.virksomhet_id
            and saldoer.budsjettaar = hovedbok.budsjettaar
            and saldoer.kapittel = hovedbok.kapittel
            and saldoer.post = hovedbok.post
            and saldoer.siste_nummer = hovedbok.nummer
    -- the balance that the implied opening was derived from cannot fail, so it is no control
    left join aapninger
        on
            oppgitte.dokument_id = aapninger.dokument_id
            and oppgitte.sted = aapninger.sted
            and oppgitte.budsjettaar = aapninger.budsjettaar
            and oppgitte.kapittel = aapninger.kapittel
            and oppgitte.post = aapninger.post
    where
        oppgitte.art = 'disponibelt'
        and aapninger.dokument_id is null
),

postsummer as (
    select
        virksomhet_id,
        dokument_id,
        sted,
        budsjettaar,
        kapittel,
        cast(sum(belop_kr) as decimal(24, 6)) as sum_kr,
        cast(count(*) as {{ dbt.type_string() }}) as antall
    from hovedbok
    group by
        virksomhet_id,
        dokument_id,
        sted,
        budsjettaar,
        kapittel
),

kapittelsummer as (
    select
        'sum:' || oppgitte.dokument_id || '-' || oppgitte.kapittel as kontroll_id,
        oppgitte.virksomhet_id,
        'sum' as kontrolltype,
        'Trykt sum for kap. ' || oppgitte.kapittel || ' er summen av postene' as beskrivelse,
        oppgitte.budsjettaar as aar,
        cast(oppgitte.belop as decimal(24, 6)) as oppgitt,
        cast(postsummer.sum_kr / oppgitte.faktor as decimal(24, 6)) as beregnet,
        cast(oppgitte.slingring / oppgitte.faktor as decimal(24, 6)) as toleranse,
        oppgitte.enhet,
        oppgitte.dokument_id,
        oppgitte.sted,
        postsummer.antall || ' poster i ' || postsummer.sted as beregnet_fra
    from oppgitte
    inner join postsummer
        on
            oppgitte.virksomhet_id = postsummer.virksomhet_id
            and oppgitte.dokument_id = postsummer.dokument_id
            and oppgitte.sted = postsummer.sted
            and oppgitte.budsjettaar = postsummer.budsjettaar
            and oppgitte.kapittel = postsummer.kapittel
    where
        oppgitte.art = 'sum'
        and oppgitte.post is null
),

-- parts that are set beside each other; a "hvorav" is drawn from its part and does not add up
delsummer as (
    select
        virksomhet_id,
        dokument_id,
        sted,
        budsjettaar,
        kapittel,
        post,
        overordnet_binding,
        dokumenttype,
        sum(grunnverdi) as sum_kr,
        sum(slingring) as slingring,
        cast(count(*) as {{ dbt.type_string() }}) as antall
    from bindinger
    where andelstype = 'fordeling'
    group by
        virksomhet_id,
        dokument_id,
        sted,
        budsjettaar,
        kapittel,
        post,
        overordnet_binding,
        dokumenttype
),

-- only the letter of allocation distributes the whole post; a supplement names single amounts
bindinger_mot_post as (
    select
        'sum:' || oppgitte.dokument_id || '-' || oppgitte.kapittel || '-' || oppgitte.post || '-bindinger'
            as kontroll_id,
        oppgitte.virksomhet_id,
        'sum' as kontrolltype,
        'Bindingene på kap. ' || oppgitte.kapittel || ' post ' || oppgitte.post
        || ' er til sammen virksomhetens andel av posten' as beskrivelse,
        oppgitte.budsjettaar as aar,
        cast(oppgitte.belop as decimal(24, 6)) as oppgitt,
        cast(delsummer.sum_kr / oppgitte.faktor as decimal(24, 6)) as beregnet,
        cast((oppgitte.slingring + delsummer.slingring) / oppgitte.faktor as decimal(24, 6))
            as toleranse,
        oppgitte.enhet,
        oppgitte.dokument_id,
        oppgitte.sted,
        delsummer.antall || ' bindinger i ' || delsummer.sted as beregnet_fra
    from oppgitte
    inner join delsummer
        on
            oppgitte.dokument_id = delsummer.dokument_id
            and oppgitte.budsjettaar = delsummer.budsjettaar
            and oppgitte.kapittel = delsummer.kapittel
            and oppgitte.post = delsummer.post
    where
        oppgitte.art = 'disponibelt'
        and delsummer.overordnet_binding is null
        and delsummer.dokumenttype = 'tildelingsbrev'
),

bindinger_mot_binding as (
    select
        'sum:' || bindinger.dokument_id || '-' || bindinger.kapittel || '-' || bindinger.post || '-'
        || lower(replace(bindinger.binding, ' ', '-')) as kontroll_id,
        bindinger.virksomhet_id,
        'sum' as kontrolltype,
        bindinger.binding || ' er summen av delene' as beskrivelse,
        bindinger.budsjettaar as aar,
        cast(bindinger.belop as decimal(24, 6)) as oppgitt,
        cast(delsummer.sum_kr / bindinger.faktor as decimal(24, 6)) as beregnet,
        cast((bindinger.slingring + delsummer.slingring) / bindinger.faktor as decimal(24, 6))
            as toleranse,
        bindinger.enhet,
        bindinger.dokument_id,
        bindinger.sted,
        delsummer.antall || ' deler i ' || delsummer.sted as beregnet_fra
    from bindinger
    inner join delsummer
        on
            bindinger.dokument_id = delsummer.dokument_id
            and bindinger.budsjettaar = delsummer.budsjettaar
            and bindinger.kapittel = delsummer.kapittel
            and bindinger.post = delsummer.post
            and bindinger.binding = delsummer.overordnet_binding
),

trykte_bindingssummer as (
    select
        'sum:' || oppgitte.dokument_id || '-' || oppgitte.kapittel || '-' || oppgitte.post || '-'
        || lower(replace(oppgitte.binding, ' ', '-')) || '-trykt-sum' as kontroll_id,
        oppgitte.virksomhet_id,
        'sum' as kontrolltype,
        'Trykt sum for ' || oppgitte.binding || ' er summen av mottakerne' as beskrivelse,
        oppgitte.budsjettaar as aar,
        cast(oppgitte.belop as decimal(24, 6)) as oppgitt,
        cast(delsummer.sum_kr / oppgitte.faktor as decimal(24, 6)) as beregnet,
        cast((oppgitte.slingring + delsummer.slingring) / oppgitte.faktor as decimal(24, 6))
            as toleranse,
        oppgitte.enhet,
        oppgitte.dokument_id,
        oppgitte.sted,
        delsummer.antall || ' mottakere i ' || delsummer.sted as beregnet_fra
    from oppgitte
    inner join delsummer
        on
            oppgitte.dokument_id = delsummer.dokument_id
            and oppgitte.budsjettaar = delsummer.budsjettaar
            and oppgitte.kapittel = delsummer.kapittel
            and oppgitte.post = delsummer.post
            and oppgitte.binding = delsummer.overordnet_binding
    where oppgitte.art = 'sum'
),

gjentatte_bindinger as (
    select
        'samsvar:' || oppgitte.dokument_id || '-' || oppgitte.kapittel || '-' || oppgitte.post || '-'
        || lower(replace(oppgitte.binding, ' ', '-')) as kontroll_id,
        oppgitte.virksomhet_id,
        'samsvar' as kontrolltype,
        'Bindingen ' || oppgitte.binding || ' er den samme i begge brevene' as beskrivelse,
        oppgitte.budsjettaar as aar,
        cast(oppgitte.belop as decimal(24, 6)) as oppgitt,
        cast(bindinger.grunnverdi / oppgitte.faktor as decimal(24, 6)) as beregnet,
        cast((oppgitte.slingring + bindinger.slingring) / oppgitte.faktor as decimal(24, 6))
            as toleranse,
        oppgitte.enhet,
        oppgitte.dokument_id,
        oppgitte.sted,
        bindinger.dokument_id || ', ' || bindinger.sted as beregnet_fra
    from oppgitte
    inner join bindinger
        on
            oppgitte.virksomhet_id = bindinger.virksomhet_id
            and oppgitte.budsjettaar = bindinger.budsjettaar
            and oppgitte.kapittel = bindinger.kapittel
            and oppgitte.post = bindinger.post
            and oppgitte.binding = bindinger.binding
    where oppgitte.art = 'binding'
),

kontroller as (
    select {{ kontrollkolonner() }} from saldokontroller
    union all
    select {{ kontrollkolonner() }} from kapittelsummer
    union all
    select {{ kontrollkolonner() }} from bindinger_mot_post
    union all
    select {{ kontrollkolonner() }} from bindinger_mot_binding
    union all
    select {{ kontrollkolonner() }} from trykte_bindingssummer
    union all
    select {{ kontrollkolonner() }} from gjentatte_bindinger
)

select * from kontroller
