with

hendelser as (
    select * from {{ ref('int_statsbevilgninger') }}
),

poster as (
    select * from {{ ref('int_statsposter') }}
),

departementer as (
    select * from {{ ref('int_departementer') }}
),

-- carry-over is no part of the appropriation, and has no date: what came in is first, and what goes on is last
nummerert as (
    select
        *,
        row_number() over (
            partition by budsjettaar, kapittel, post
            order by
                case when type = 'overføres til neste år' then 1 else 0 end,
                dato asc nulls first,
                type desc,
                vedtak asc
        ) as nummer
    from hendelser
),

bevilgningsendringer as (
    select
        departementer.virksomhet_id,
        nummerert.budsjettaar,
        nummerert.kapittel,
        nummerert.post,
        cast(nummerert.nummer as integer) as nummer,
        poster.kapittelnavn,
        poster.postnavn,
        nummerert.dato,
        nummerert.type,
        nummerert.vedtak,
        nummerert.belop_kr,
        cast(sum(
            case when nummerert.type in ('saldert budsjett', 'endring') then nummerert.belop_kr end
        ) over (
            partition by nummerert.budsjettaar, nummerert.kapittel, nummerert.post
            order by nummerert.nummer
            rows between unbounded preceding and current row
        ) as decimal(18, 0)) as bevilgning_etter_kr,
        'DFO-BEVILGNING' as dokument_id,
        'Regnskap og budsjett per post' as sted
    from nummerert
    inner join poster
        on
            nummerert.budsjettaar = poster.budsjettaar
            and nummerert.kapittel = poster.kapittel
            and nummerert.post = poster.post
    left join departementer
        on poster.departementsnummer = departementer.departementsnummer
)

select * from bevilgningsendringer
order by budsjettaar, kapittel, post, nummer
