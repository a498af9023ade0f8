with

kilde as (
    select * from {{ ekstern('kudos') }} as kilde
),

typet as (
    select
        organisasjonsnummer,
        uuid as kudos_id,
        type,
        tittel,
        publisert,
        gjelder_fra_aar,
        gjelder_til_aar,
        utgivere,
        eiere,
        mottakere,
        fil_uuid as fil_id,
        filnavn,
        url,
        sha256,
        storrelse,
        mimetype,
        sider,
        hovedfil,
        cast(hentet as timestamp) as hentet
    from kilde
)

select * from typet
