with

filer as (
    select * from {{ ref('stg_kudosdokumenter') }}
),

virksomheter as (
    select * from {{ ref('stg_virksomheter') }}
),

koblinger as (
    select * from {{ ref('int_dokumentkobling') }}
),

nummererte_filer as (
    select
        organisasjonsnummer,
        kudos_id,
        type,
        tittel,
        publisert,
        gjelder_fra_aar,
        gjelder_til_aar,
        utgivere,
        eiere,
        mottakere,
        filnavn,
        url,
        sha256,
        sider,
        hentet,
        count(fil_id) over (partition by organisasjonsnummer, kudos_id) as antall_filer,
        row_number() over (
            partition by organisasjonsnummer, kudos_id
            order by case when hovedfil then 0 else 1 end, filnavn nulls last, fil_id nulls last
        ) as nummer
    from filer
),

register as (
    select
        virksomheter.virksomhet_id,
        nummererte_filer.kudos_id,
        nummererte_filer.type,
        nummererte_filer.tittel,
        nummererte_filer.publisert,
        nummererte_filer.gjelder_fra_aar,
        nummererte_filer.gjelder_til_aar,
        nummererte_filer.utgivere,
        nummererte_filer.eiere,
        nummererte_filer.mottakere,
        cast(nummererte_filer.antall_filer as integer) as antall_filer,
        nummererte_filer.filnavn as fil,
        nummererte_filer.url,
        nummererte_filer.sha256,
        nummererte_filer.sider,
        koblinger.dokument_id is not null as er_registrert,
        koblinger.dokument_id,
        koblinger.koblet_paa,
        cast(nummererte_filer.hentet as date) as hentet
    from nummererte_filer
    inner join virksomheter
        on nummererte_filer.organisasjonsnummer = virksomheter.organisasjonsnummer
    left join koblinger
        on
            nummererte_filer.organisasjonsnummer = koblinger.organisasjonsnummer
            and nummererte_filer.kudos_id = koblinger.kudos_id
    where nummererte_filer.nummer = 1
)

select * from register
order by virksomhet_id, gjelder_fra_aar, type, tittel, kudos_id
