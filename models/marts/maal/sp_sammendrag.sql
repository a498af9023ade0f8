{#
    The picture of an SP from its indicators, breakdowns left out: the one verdict when all that are judged agree, else
    "sammensatt". Nothing is weighted or averaged; what cannot be judged is counted beside it.
#}
with

indikatorer as (
    select
        *,
        indikator
        || case
            when gruppe = 'alle' and forelopig then ' (foreløpig)'
            when gruppe = 'alle' then ''
            when forelopig then ' (' || gruppe || ', foreløpig)'
            else ' (' || gruppe || ')'
        end as navn,
        -- the verdicts that judge, in the order in which they are told
        case vurdering
            when 'nådd' then 1
            when 'delvis' then 2
            when 'ikke nådd' then 3
            when 'bedre' then 4
            when 'uendret' then 5
            when 'svakere' then 6
        end as utfall
    from {{ ref('maaloppnaaelse') }}
    where not er_fordeling
),

forbehold as (
    select * from {{ ref('stg_sp_forbehold') }}
),

styringsparametere as (
    select * from {{ ref('stg_styringsparametere') }}
),

tellinger as (
    select
        virksomhet_id,
        aar,
        maal_nr,
        maal,
        sp_nr,
        sp,
        cast(count(indikator_id) as integer) as antall_indikatorer,
        cast(count(case when vurdering = 'nådd' then 1 end) as integer) as antall_naadd,
        cast(count(case when vurdering = 'delvis' then 1 end) as integer) as antall_delvis,
        cast(count(case when vurdering = 'ikke nådd' then 1 end) as integer) as antall_ikke_naadd,
        cast(count(case when vurdering = 'bedre' then 1 end) as integer) as antall_bedre,
        cast(count(case when vurdering = 'uendret' then 1 end) as integer) as antall_uendret,
        cast(count(case when vurdering = 'svakere' then 1 end) as integer) as antall_svakere,
        cast(count(case when vurdering = 'brudd' then 1 end) as integer) as antall_brudd,
        cast(count(case when vurdering = 'uten sammenligning' then 1 end) as integer) as antall_uten_sammenligning,
        cast(count(case when vurdering = 'uten retning' then 1 end) as integer) as antall_uten_retning,
        cast(count(utfall) as integer) as antall_vurdert,
        cast(count(case when forelopig then 1 end) as integer) as antall_forelopige,
        max(siste_aar) as siste_aar,
        count(distinct utfall) as antall_ulike,
        max(case when utfall is not null then vurdering end) as en_av_dem
    from indikatorer
    group by
        virksomhet_id,
        aar,
        maal_nr,
        maal,
        sp_nr,
        sp
),

per_utfall as (
    select
        virksomhet_id,
        aar,
        sp_nr,
        utfall,
        case vurdering
            when 'delvis' then 'Delvis nådd'
            else upper(substring(vurdering, 1, 1)) || substring(vurdering, 2)
        end
        || ': '
        || {{ dbt.listagg("navn", "'; '", "order by nummer") }} || '.' as setning
    from indikatorer
    where utfall is not null
    group by
        virksomhet_id,
        aar,
        sp_nr,
        utfall,
        vurdering
),

i_ord as (
    select
        virksomhet_id,
        aar,
        sp_nr,
        {{ dbt.listagg("setning", "' '", "order by utfall") }} as setninger
    from per_utfall
    group by
        virksomhet_id,
        aar,
        sp_nr
)

select
    tellinger.virksomhet_id,
    tellinger.aar,
    tellinger.maal_nr,
    tellinger.maal,
    tellinger.sp_nr,
    tellinger.sp,
    case
        when tellinger.antall_indikatorer = 0 then 'ikke målt'
        when tellinger.antall_ulike = 0 then 'uten vurdering'
        when tellinger.antall_ulike = 1 then tellinger.en_av_dem
        else 'sammensatt'
    end as vurdering,
    tellinger.antall_indikatorer,
    cast(tellinger.antall_vurdert as integer) as antall_vurdert,
    tellinger.antall_naadd,
    tellinger.antall_delvis,
    tellinger.antall_ikke_naadd,
    tellinger.antall_bedre,
    tellinger.antall_uendret,
    tellinger.antall_svakere,
    tellinger.antall_brudd,
    tellinger.antall_uten_sammenligning,
    tellinger.antall_uten_retning,
    tellinger.antall_forelopige,
    tellinger.siste_aar,
    case
        when tellinger.antall_indikatorer = 0 then 'Ikke målt.'
        when tellinger.antall_vurdert = tellinger.antall_indikatorer then i_ord.setninger
        else
            coalesce(i_ord.setninger || ' ', '')
            || 'Ikke vurdert: '
            || cast(tellinger.antall_indikatorer - tellinger.antall_vurdert as {{ dbt.type_string() }})
            || ' av ' || cast(tellinger.antall_indikatorer as {{ dbt.type_string() }}) || ' indikatorer ('
            || {{ antall_i_ord([
                ('bare ett år', 'tellinger.antall_uten_sammenligning'),
                ('uten retning', 'tellinger.antall_uten_retning'),
                ('brudd i serien', 'tellinger.antall_brudd'),
            ]) }}
            || ').'
    end as sammendrag,
    forbehold.forbehold,
    forbehold.dokument_id as forbehold_dokument_id,
    forbehold.sted as forbehold_sted,
    styringsparametere.dokument_id,
    styringsparametere.sted
from tellinger
inner join styringsparametere
    on
        tellinger.virksomhet_id = styringsparametere.virksomhet_id
        and tellinger.aar = styringsparametere.gjelder_aar
        and tellinger.sp_nr = styringsparametere.sp_nr
left join i_ord
    on
        tellinger.virksomhet_id = i_ord.virksomhet_id
        and tellinger.aar = i_ord.aar
        and tellinger.sp_nr = i_ord.sp_nr
left join forbehold
    on
        tellinger.virksomhet_id = forbehold.virksomhet_id
        and tellinger.aar = forbehold.gjelder_aar
        and tellinger.sp_nr = forbehold.sp_nr
order by tellinger.virksomhet_id, tellinger.aar, tellinger.sp_nr
