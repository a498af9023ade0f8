{#
    The catalogue a controller reads, made from the declarations: the rule says given, when and then; the declaration
    says of what. `saa` is the control's own sentence.
#}
with

kontroller as (
    select * from {{ ref('int_kontroller') }}
),

regler as (
    select * from {{ ref('stg_kontrollregler') }}
),

relasjoner as (
    select * from {{ ref('stg_relasjoner') }}
),

serier as (
    select * from {{ ref('stg_serier') }}
),

-- a declared relation is a control also when no year has its figures
deklarert as (
    select
        {{ relasjonskontroll_id('relasjoner') }} as kontroll_id,
        serier.virksomhet_id,
        relasjoner.type as regel_id,
        relasjoner.beskrivelse,
        serier.dokument_id,
        serier.sted
    from relasjoner
    inner join serier
        on relasjoner.resultat_serie_id = serier.serie_id
),

evaluert as (
    select
        kontroll_id,
        virksomhet_id,
        regel_id,
        min(beskrivelse) as beskrivelse,
        min(dokument_id) as dokument_id,
        min(sted) as sted,
        count(*) as antall_evaluert,
        count(case when resultat = 'ok' then 1 end) as antall_like,
        count(case when resultat = 'avrunding' then 1 end) as antall_avrunding,
        count(case when resultat = 'avvik' then 1 end) as antall_avvik,
        min(aar) as fra_aar,
        max(aar) as til_aar
    from kontroller
    group by
        kontroll_id,
        virksomhet_id,
        regel_id
),

per_kontroll as (
    select
        coalesce(evaluert.kontroll_id, deklarert.kontroll_id) as kontroll_id,
        coalesce(evaluert.virksomhet_id, deklarert.virksomhet_id) as virksomhet_id,
        coalesce(evaluert.regel_id, deklarert.regel_id) as regel_id,
        coalesce(evaluert.beskrivelse, deklarert.beskrivelse) as beskrivelse,
        coalesce(evaluert.dokument_id, deklarert.dokument_id) as dokument_id,
        coalesce(evaluert.sted, deklarert.sted) as sted,
        evaluert.fra_aar,
        evaluert.til_aar,
        coalesce(evaluert.antall_evaluert, 0) as antall_evaluert,
        coalesce(evaluert.antall_like, 0) as antall_like,
        coalesce(evaluert.antall_avrunding, 0) as antall_avrunding,
        coalesce(evaluert.antall_avvik, 0) as antall_avvik
    from evaluert
    full outer join deklarert
        on evaluert.kontroll_id = deklarert.kontroll_id
),

katalog as (
    select
        regler.nummer,
        per_kontroll.kontroll_id,
        per_kontroll.virksomhet_id,
        regler.kontrolltype,
        regler.navn,
        regler.gitt_at,
        regler.naar,
        regler.saa,
        per_kontroll.beskrivelse,
        regler.toleranse,
        regler.alvorlighet,
        per_kontroll.dokument_id,
        per_kontroll.sted,
        per_kontroll.fra_aar,
        per_kontroll.til_aar,
        cast(per_kontroll.antall_evaluert as integer) as antall_evaluert,
        cast(per_kontroll.antall_like as integer) as antall_like,
        cast(per_kontroll.antall_avrunding as integer) as antall_avrunding,
        cast(per_kontroll.antall_like + per_kontroll.antall_avrunding as integer) as antall_holdt,
        cast(per_kontroll.antall_avvik as integer) as antall_avvik
    from per_kontroll
    inner join regler
        on per_kontroll.regel_id = regler.regel_id
)

select * from katalog
order by nummer, kontroll_id
