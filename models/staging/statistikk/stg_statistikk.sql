with

kilde as (
    select * from {{ ekstern('ssb') }} as kilde
),

typet as (
    select
        tabell,
        tittel,
        kilde,
        cast(oppdatert as timestamp) as oppdatert,
        innhold_id,
        innhold,
        enhet,
        desimaler,
        tid,
        dimensjoner,
        dimensjoner_navn,
        cast(verdi as decimal(24, 6)) as verdi,
        status,
        cast(hentet as timestamp) as hentet
    from kilde
)

select * from typet
