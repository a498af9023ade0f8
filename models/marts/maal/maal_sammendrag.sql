{# A goal has no verdict of its own: unlike things are not averaged. It says what each of its SP says. #}
with

kilder as (
    select * from {{ ref('stg_maal') }}
),

styringsparametere as (
    select
        *,
        case
            when antall_indikatorer = 0 then ''
            else
                ' (' || cast(antall_vurdert as {{ dbt.type_string() }}) || ' av '
                || cast(antall_indikatorer as {{ dbt.type_string() }}) || ' vurdert)'
        end as grunnlag
    from {{ ref('sp_sammendrag') }}
),

maal as (
    select
        virksomhet_id,
        aar,
        maal_nr,
        maal,
        cast(count(*) as integer) as antall_sp,
        cast(count(case when vurdering = 'ikke målt' then 1 end) as integer) as antall_sp_ikke_maalt,
        cast(sum(antall_indikatorer) as integer) as antall_indikatorer,
        cast(sum(antall_naadd) as integer) as antall_naadd,
        cast(sum(antall_delvis) as integer) as antall_delvis,
        cast(sum(antall_ikke_naadd) as integer) as antall_ikke_naadd,
        cast(sum(antall_bedre) as integer) as antall_bedre,
        cast(sum(antall_uendret) as integer) as antall_uendret,
        cast(sum(antall_svakere) as integer) as antall_svakere,
        {{ dbt.listagg(
            "'SP ' || cast(sp_nr as " ~ dbt.type_string() ~ ") || ': ' || vurdering || grunnlag", "'; '", "order by sp_nr"
        ) }} || '.' as sammendrag
    from styringsparametere
    group by
        virksomhet_id,
        aar,
        maal_nr,
        maal
)

select
    maal.*,
    kilder.dokument_id,
    kilder.sted
from maal
inner join kilder
    on
        maal.virksomhet_id = kilder.virksomhet_id
        and maal.aar = kilder.gjelder_aar
        and maal.maal_nr = kilder.maal_nr
order by maal.virksomhet_id, maal.aar, maal.maal_nr
