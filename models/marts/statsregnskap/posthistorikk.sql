with

poster as (
    select * from {{ ref('int_statsposter') }}
),

departementer as (
    select * from {{ ref('int_departementer') }}
),

hele_aar as (
    select distinct budsjettaar from {{ ref('int_regnskap_hittil') }}
    where hele_aaret is not null
),

-- early in a year, a post that has nothing yet has not ended
siste as (
    select coalesce(max(hele_aar.budsjettaar), max(poster.budsjettaar)) as budsjettaar
    from poster
    left join hele_aar
        on poster.budsjettaar = hele_aar.budsjettaar
),

med_forrige as (
    select
        *,
        lag(budsjettaar) over post_i_tid as forrige_aar,
        lag(kapittelnavn) over post_i_tid as forrige_kapittelnavn,
        lag(postnavn) over post_i_tid as forrige_postnavn,
        lag(departementsnummer) over post_i_tid as forrige_departement
    from poster
    window post_i_tid as (
        partition by kapittel, post
        order by budsjettaar
    )
),

strekk as (
    select
        *,
        sum(case
            when
                forrige_aar = budsjettaar - 1
                and forrige_kapittelnavn = kapittelnavn
                and forrige_postnavn = postnavn
                and coalesce(forrige_departement, '') = coalesce(departementsnummer, '')
                then 0
            else 1
        end) over (
            partition by kapittel, post
            order by budsjettaar
            rows between unbounded preceding and current row
        ) as nummer,
        max(budsjettaar) over (partition by kapittel, post) as postens_siste_aar
    from med_forrige
),

historikk as (
    select
        departementer.virksomhet_id,
        strekk.kapittel,
        strekk.post,
        strekk.kapittelnavn,
        strekk.postnavn,
        departementer.departement,
        min(strekk.budsjettaar) as fra_aar,
        case
            when max(strekk.budsjettaar) < greatest(max(siste.budsjettaar), max(strekk.postens_siste_aar))
                then max(strekk.budsjettaar)
        end as til_aar,
        'DFO-BEVILGNING' as dokument_id,
        'Regnskap og budsjett per post' as sted
    from strekk
    left join departementer
        on strekk.departementsnummer = departementer.departementsnummer
    cross join siste
    group by
        departementer.virksomhet_id,
        strekk.kapittel,
        strekk.post,
        strekk.nummer,
        strekk.kapittelnavn,
        strekk.postnavn,
        departementer.departement
)

select * from historikk
order by kapittel, post, fra_aar
