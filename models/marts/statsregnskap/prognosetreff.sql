with

prognoser as (
    select * from {{ ref('int_regnskapsprognose') }}
),

hittil as (
    select * from {{ ref('int_regnskap_hittil') }}
),

-- the years that are over, and the posts that were forecast then, where all three can be judged
provet as (
    select
        hittil.virksomhet_id,
        prognoser.budsjettaar,
        prognoser.maaned,
        prognoser.hele_aaret,
        abs(prognoser.prognose_kr - prognoser.hele_aaret) as feil,
        abs(prognoser.resten_som_i_fjor_kr - prognoser.hele_aaret) as feil_som_i_fjor,
        abs(prognoser.jevnt_forbruk_kr - prognoser.hele_aaret) as feil_jevnt
    from prognoser
    inner join hittil
        on
            prognoser.organisasjonsnummer = hittil.organisasjonsnummer
            and prognoser.budsjettaar = hittil.budsjettaar
            and prognoser.maaned = hittil.maaned
            and prognoser.kapittel = hittil.kapittel
            and prognoser.post = hittil.post
    where
        hittil.kjent
        and prognoser.hele_aaret is not null
        and prognoser.prognose_kr is not null
        and prognoser.resten_som_i_fjor_kr is not null
        and prognoser.maaned < 12
),

treff as (
    select
        virksomhet_id,
        budsjettaar,
        maaned,
        cast(count(*) as integer) as antall_poster,
        cast(sum(abs(hele_aaret)) as decimal(18, 0)) as regnskap_kr,
        cast(sum(feil) as decimal(18, 0)) as feil_kr,
        cast(sum(feil_som_i_fjor) as decimal(18, 0)) as feil_som_i_fjor_kr,
        cast(sum(feil_jevnt) as decimal(18, 0)) as feil_jevnt_kr,
        cast(sum(case when feil < feil_som_i_fjor then 1 else 0 end) as integer) as antall_bedre_enn_i_fjor,
        cast(sum(case when feil < feil_jevnt then 1 else 0 end) as integer) as antall_bedre_enn_jevnt,
        'DFO-REGNSKAP' as dokument_id,
        'Regnskap per post og virksomhet' as sted
    from provet
    group by
        virksomhet_id,
        budsjettaar,
        maaned
)

select * from treff
order by virksomhet_id, budsjettaar, maaned
