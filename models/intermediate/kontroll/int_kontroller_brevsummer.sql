{# The letters' own addition: chapter sums against the posts, earmarks against the post and against each other. #}
with

oppgitte as (
    select * from {{ ref('int_oppgitte_belop') }}
),

hovedbok as (
    select * from {{ ref('int_hovedbok') }}
),

bindinger as (
    select * from {{ ref('int_bindinger_i_kroner') }}
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
        count(*) as antall
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

kapittelsummer as (
    select
        'sum:' || oppgitte.dokument_id || '-' || oppgitte.kapittel as kontroll_id,
        oppgitte.virksomhet_id,
        'Trykt sum for ' || {{ kap_post('oppgitte.kapittel') }} || ' er summen av postene' as beskrivelse,
        oppgitte.budsjettaar,
        oppgitte.belop,
        oppgitte.enhet,
        oppgitte.faktor,
        sum(hovedbok.belop_kr) as beregnet_grunnverdi,
        oppgitte.slingring,
        oppgitte.dokument_id,
        oppgitte.sted,
        cast(count(*) as {{ dbt.type_string() }}) || ' poster i ' || oppgitte.sted as beregnet_fra
    from oppgitte
    inner join hovedbok
        on
            oppgitte.virksomhet_id = hovedbok.virksomhet_id
            and oppgitte.dokument_id = hovedbok.dokument_id
            and oppgitte.sted = hovedbok.sted
            and oppgitte.budsjettaar = hovedbok.budsjettaar
            and oppgitte.kapittel = hovedbok.kapittel
    where
        oppgitte.art = 'sum'
        and oppgitte.post is null
    group by
        oppgitte.virksomhet_id,
        oppgitte.budsjettaar,
        oppgitte.kapittel,
        oppgitte.belop,
        oppgitte.enhet,
        oppgitte.faktor,
        oppgitte.slingring,
        oppgitte.dokument_id,
        oppgitte.sted
),

-- a whole that a letter states, and what its parts are called
helheter as (
    -- only the letter of allocation distributes the whole post; a supplement names single amounts
    select
        virksomhet_id,
        dokument_id,
        sted,
        budsjettaar,
        kapittel,
        post,
        cast(null as {{ dbt.type_string() }}) as binding,
        'bindinger' as endelse,
        'Bindingene på ' || {{ kap_post('kapittel', 'post') }}
        || ' er til sammen virksomhetens andel av posten' as beskrivelse,
        belop,
        enhet,
        faktor,
        slingring
    from oppgitte
    where art = 'disponibelt'

    union all

    select
        virksomhet_id,
        dokument_id,
        sted,
        budsjettaar,
        kapittel,
        post,
        binding,
        {{ nokkel('binding') }} as endelse,
        binding || ' er summen av delene' as beskrivelse,
        belop,
        enhet,
        faktor,
        slingring
    from bindinger

    union all

    select
        virksomhet_id,
        dokument_id,
        sted,
        budsjettaar,
        kapittel,
        post,
        binding,
        {{ nokkel('binding') }} || '-trykt-sum' as endelse,
        'Trykt sum for ' || binding || ' er summen av mottakerne' as beskrivelse,
        belop,
        enhet,
        faktor,
        slingring
    from oppgitte
    where
        art = 'sum'
        and binding is not null
),

bindingssummer as (
    select
        'sum:' || helheter.dokument_id || '-' || helheter.kapittel || '-' || helheter.post || '-'
        || helheter.endelse as kontroll_id,
        helheter.virksomhet_id,
        helheter.beskrivelse,
        helheter.budsjettaar,
        helheter.belop,
        helheter.enhet,
        helheter.faktor,
        delsummer.sum_kr as beregnet_grunnverdi,
        helheter.slingring + delsummer.slingring as slingring,
        helheter.dokument_id,
        helheter.sted,
        cast(delsummer.antall as {{ dbt.type_string() }}) || ' deler i ' || delsummer.sted as beregnet_fra
    from helheter
    inner join delsummer
        on
            helheter.virksomhet_id = delsummer.virksomhet_id
            and helheter.dokument_id = delsummer.dokument_id
            and helheter.sted = delsummer.sted
            and helheter.budsjettaar = delsummer.budsjettaar
            and helheter.kapittel = delsummer.kapittel
            and helheter.post = delsummer.post
            and coalesce(helheter.binding, '') = coalesce(delsummer.overordnet_binding, '')
    where
        helheter.binding is not null
        or delsummer.dokumenttype = 'tildelingsbrev'
),

gjentatte_bindinger as (
    select
        'samsvar:' || oppgitte.dokument_id || '-' || oppgitte.kapittel || '-' || oppgitte.post || '-'
        || {{ nokkel('oppgitte.binding') }} as kontroll_id,
        oppgitte.virksomhet_id,
        'Bindingen ' || oppgitte.binding || ' er den samme i begge brevene' as beskrivelse,
        oppgitte.budsjettaar,
        oppgitte.belop,
        oppgitte.enhet,
        oppgitte.faktor,
        bindinger.grunnverdi as beregnet_grunnverdi,
        case
            when oppgitte.slingring = bindinger.slingring then 0
            else oppgitte.slingring + bindinger.slingring
        end as slingring,
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
)

{{ belopskontroller('kapittelsummer', 'kapittelsum') }}
union all
{{ belopskontroller('bindingssummer', 'bindingssum') }}
union all
{{ belopskontroller('gjentatte_bindinger', 'gjentatt_binding') }}
