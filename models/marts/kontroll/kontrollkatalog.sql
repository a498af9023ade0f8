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

per_kontroll as (
    select
        kontroll_id,
        virksomhet_id,
        regel_id,
        min(beskrivelse) as beskrivelse,
        min(dokument_id) as dokument_id,
        min(sted) as sted,
        count(*) as antall_evaluert,
        count(case when resultat <> 'avvik' then 1 end) as antall_holdt,
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
        cast(per_kontroll.antall_holdt as integer) as antall_holdt,
        cast(per_kontroll.antall_avrunding as integer) as antall_avrunding,
        cast(per_kontroll.antall_avvik as integer) as antall_avvik
    from per_kontroll
    inner join regler
        on per_kontroll.regel_id = regler.regel_id
)

select * from katalog
order by nummer, kontroll_id
