{# A goal has no verdict of its own: unlike things are not averaged. It says what each of its SP says. #}
with

styringsparametere as (
    select * from {{ ref('sp_sammendrag') }}
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
            "'SP ' || cast(sp_nr as " ~ dbt.type_string() ~ ") || ': ' || vurdering", "'; '", "order by sp_nr"
        ) }} || '.' as sammendrag
    from styringsparametere
    group by
        virksomhet_id,
        aar,
        maal_nr,
        maal
)

select * from maal
order by virksomhet_id, aar, maal_nr
