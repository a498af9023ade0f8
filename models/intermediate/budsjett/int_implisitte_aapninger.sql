{#
    A year whose letter of allocation is not at hand: the opening balance of a post is its first
    stated balance less every known change up to that letter.
#}
with

hendelser as (
    select * from {{ ref('int_hendelser_i_kroner') }}
),

oppgitte as (
    select * from {{ ref('int_oppgitte_belop') }}
    where art = 'disponibelt'
),

aapnede_aar as (
    select distinct
        virksomhet_id,
        budsjettaar
    from hendelser
    where type = 'opprinnelig tildeling'
),

nummererte as (
    select
        oppgitte.*,
        row_number() over (
            partition by
                oppgitte.virksomhet_id,
                oppgitte.budsjettaar,
                oppgitte.kapittel,
                oppgitte.post
            order by oppgitte.rekkefolge, oppgitte.slingring, oppgitte.sted
        ) as nummer
    from oppgitte
    left join aapnede_aar
        on
            oppgitte.virksomhet_id = aapnede_aar.virksomhet_id
            and oppgitte.budsjettaar = aapnede_aar.budsjettaar
    where aapnede_aar.budsjettaar is null
),

forste_oppgitte as (
    select * from nummererte
    where nummer = 1
),

kjente_endringer as (
    select
        forste_oppgitte.virksomhet_id,
        forste_oppgitte.budsjettaar,
        forste_oppgitte.kapittel,
        forste_oppgitte.post,
        cast(coalesce(sum(hendelser.belop_kr), 0) as decimal(18, 0)) as endring_kr
    from forste_oppgitte
    left join hendelser
        on
            forste_oppgitte.virksomhet_id = hendelser.virksomhet_id
            and forste_oppgitte.budsjettaar = hendelser.budsjettaar
            and forste_oppgitte.kapittel = hendelser.kapittel
            and forste_oppgitte.post = hendelser.post
            and forste_oppgitte.rekkefolge >= hendelser.rekkefolge
    group by
        forste_oppgitte.virksomhet_id,
        forste_oppgitte.budsjettaar,
        forste_oppgitte.kapittel,
        forste_oppgitte.post
),

aapninger as (
    select
        forste_oppgitte.dokument_id || '-implisitt-' || forste_oppgitte.kapittel || '-'
        || forste_oppgitte.post as hendelse_id,
        forste_oppgitte.virksomhet_id,
        forste_oppgitte.budsjettaar,
        forste_oppgitte.kapittel,
        forste_oppgitte.post,
        forste_oppgitte.dokument_id,
        forste_oppgitte.sted,
        cast(forste_oppgitte.grunnverdi - kjente_endringer.endring_kr as decimal(18, 0))
            as belop_kr
    from forste_oppgitte
    inner join kjente_endringer
        on
            forste_oppgitte.virksomhet_id = kjente_endringer.virksomhet_id
            and forste_oppgitte.budsjettaar = kjente_endringer.budsjettaar
            and forste_oppgitte.kapittel = kjente_endringer.kapittel
            and forste_oppgitte.post = kjente_endringer.post
)

select * from aapninger
