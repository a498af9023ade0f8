{#
    Which of the documents that Kudos knows are among those registered here: the same file; the same title and year; or the
    only letter or report of its kind, number and year on both sides. Titles are written by hand in both places.
#}
with

dokumenter as (
    select * from {{ ref('stg_dokumenter') }}
),

virksomheter as (
    select * from {{ ref('stg_virksomheter') }}
),

filer as (
    select * from {{ ref('stg_dokumentfiler') }}
),

kudos as (
    select * from {{ ref('stg_kudosdokumenter') }}
),

registrert as (
    select
        virksomheter.organisasjonsnummer,
        dokumenter.dokument_id,
        dokumenter.gjelder_aar,
        lower(trim(dokumenter.tittel)) as tittel,
        dokumenter.type as slag
    from dokumenter
    inner join virksomheter
        on dokumenter.virksomhet_id = virksomheter.virksomhet_id
),

kjent as (
    select distinct
        organisasjonsnummer,
        kudos_id,
        -- a document of several years is no letter or report of one
        case when coalesce(gjelder_til_aar, gjelder_fra_aar) = gjelder_fra_aar then gjelder_fra_aar end as gjelder_aar,
        lower(trim(tittel)) as tittel,
        case
            when lower(tittel) like '%tillegg%' or lower(tittel) like '%supplerende%' then 'tillegg'
            else lower(type)
        end as slag
    from kudos
),

-- a file with several letters in it does not say which of them it is
filer_med_ett_dokument as (
    select
        sha256,
        min(dokument_id) as dokument_id
    from filer
    group by sha256
    having count(distinct dokument_id) = 1
),

samme_fil as (
    select distinct
        kudos.organisasjonsnummer,
        kudos.kudos_id,
        registrert.dokument_id,
        1 as prioritet,
        'sha256' as koblet_paa
    from kudos
    inner join filer_med_ett_dokument
        on kudos.sha256 = filer_med_ett_dokument.sha256
    inner join registrert
        on
            filer_med_ett_dokument.dokument_id = registrert.dokument_id
            and kudos.organisasjonsnummer = registrert.organisasjonsnummer
),

samme_tittel as (
    select
        kjent.organisasjonsnummer,
        kjent.kudos_id,
        registrert.dokument_id,
        2 as prioritet,
        'tittel og år' as koblet_paa
    from kjent
    inner join registrert
        on
            kjent.organisasjonsnummer = registrert.organisasjonsnummer
            and kjent.gjelder_aar = registrert.gjelder_aar
            and kjent.tittel = registrert.tittel
),

registrert_med_nummer as (
    select
        organisasjonsnummer,
        dokument_id,
        gjelder_aar,
        slag,
        {{ nummer_i_tittel('tittel') }} as nummer,
        count(*) over (
            partition by organisasjonsnummer, gjelder_aar, slag, {{ nummer_i_tittel('tittel') }}
        ) as antall
    from registrert
    where slag in ('tildelingsbrev', 'tillegg', 'årsrapport')
),

kjent_med_nummer as (
    select
        organisasjonsnummer,
        kudos_id,
        gjelder_aar,
        slag,
        {{ nummer_i_tittel('tittel') }} as nummer,
        count(*) over (
            partition by organisasjonsnummer, gjelder_aar, slag, {{ nummer_i_tittel('tittel') }}
        ) as antall
    from kjent
),

samme_nummer as (
    select
        kjent_med_nummer.organisasjonsnummer,
        kjent_med_nummer.kudos_id,
        registrert_med_nummer.dokument_id,
        3 as prioritet,
        'type, nummer og år' as koblet_paa
    from kjent_med_nummer
    inner join registrert_med_nummer
        on
            kjent_med_nummer.organisasjonsnummer = registrert_med_nummer.organisasjonsnummer
            and kjent_med_nummer.gjelder_aar = registrert_med_nummer.gjelder_aar
            and kjent_med_nummer.slag = registrert_med_nummer.slag
            and kjent_med_nummer.nummer = registrert_med_nummer.nummer
    where
        kjent_med_nummer.antall = 1
        and registrert_med_nummer.antall = 1
),

treff as (
    select * from samme_fil
    union all
    select * from samme_tittel
    union all
    select * from samme_nummer
),

rangert as (
    select
        organisasjonsnummer,
        kudos_id,
        dokument_id,
        koblet_paa,
        row_number() over (
            partition by organisasjonsnummer, kudos_id
            order by prioritet, dokument_id
        ) as nummer
    from treff
)

select
    organisasjonsnummer,
    kudos_id,
    dokument_id,
    koblet_paa
from rangert
where nummer = 1
