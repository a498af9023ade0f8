with

kilde as (
    select * from {{ ref('krav') }}
),

typet as (
    select
        indikator_id,
        gruppe,
        gjelder_fra_aar,
        cast(krav_verdi as decimal(18, 3)) as krav_verdi,
        betegnelse,
        grunnlag,
        dokument_id,
        sted
    from kilde
)

select * from typet
