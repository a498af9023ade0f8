"""A few rows of the state's accounts, as the marts have them when something is fetched: made up, not IMDi's own.

Two agencies from 2024 to September 2026, with what a page must say: a frame that is not known, a post that is gone, a
forecast that was no better, a month that is missing.
"""

RADER = """
insert into marts.virksomheter by name
select
    '999000001' as virksomhet_id, 'Direktoratet for prøver' as virksomhet, 'Direktoratet for prøver' as kortnavn,
    '999000001' as organisasjonsnummer, '14' as departement_id, 'Prøvedepartementet' as departement,
    'Prøvedepartementet' as departement_kortnavn;

insert into marts.budsjettutnyttelse_per_maaned by name
with poster(
    virksomhet_id, kapittel, post, side, kapittelnavn, postnavn, fra_aar, til_aar, i_maaneden, ramme_kr, rammegrunnlag
) as (
    values
    ('imdi', '0490', '23', 'utgift', 'Kompetanse', 'Kunnskapsutvikling', 2024, 2025, 1000, null, null),
    ('imdi', '0601', '21', 'utgift', 'Utredning', 'Spesielle driftsutgifter', 2024, 2026, 500000, null, null),
    ('imdi', '0670', '01', 'utgift', 'IMDi', 'Driftsutgifter', 2024, 2026, 300000, 70000000, 'bare tildelingsbrevet'),
    ('imdi', '0671', '60', 'utgift', 'Bosetting', 'Tilskudd', 2024, 2026, 400000, 90000000, 'bevilgningen'),
    ('imdi', '0671', '75', 'utgift', 'Bosetting', 'Ny ordning', 2026, 2026, 5000, 100000, 'bevilgningen'),
    ('imdi', '3671', '04', 'inntekt', 'Bosetting', 'Tilbakeføring', 2024, 2026, 4000, null, null),
    ('999000001', '1400', '01', 'utgift', 'Prøver', 'Driftsutgifter', 2025, 2026, 50000, null, null)
),

per_maaned as (
    select
        poster.* exclude (fra_aar, til_aar, i_maaneden, rammegrunnlag),
        -- the documents have no letter for 2026
        if(aar = 2026 and ramme_kr is not null, 'bevilgningen', rammegrunnlag) as rammegrunnlag,
        aar as budsjettaar,
        maaned,
        -- no post and no year is spread over the months as another
        i_maaneden * (aar - 2020) * (1 + (maaned * cast(kapittel || post as integer) + aar) % 7) as regnskap_kr
    from poster, range(2024, 2027) as aarene(aar), range(1, 13) as maanedene(maaned)
    where aar between fra_aar and til_aar and (aar < 2026 or maaned <= 9)
),

hittil as (
    select
        *,
        sum(regnskap_kr) over (
            partition by virksomhet_id, kapittel, post, budsjettaar order by maaned
        ) as hittil_i_aar_kr
    from per_maaned
),

med_fjoraaret as (
    select
        naa.*,
        case when naa.budsjettaar > 2024 then coalesce(fjor.hittil_i_aar_kr, 0) end as hittil_i_fjor_kr,
        case when fjor.budsjettaar is not null then 2 * naa.hittil_i_aar_kr end as prognose_kr
    from hittil as naa
    left join hittil as fjor
        on
            naa.virksomhet_id = fjor.virksomhet_id
            and naa.kapittel = fjor.kapittel
            and naa.post = fjor.post
            and naa.maaned = fjor.maaned
            and naa.budsjettaar = fjor.budsjettaar + 1
)

select
    *,
    case when rammegrunnlag = 'bare tildelingsbrevet' then ramme_kr end as tildelt_kr,
    cast(case when kapittel = '3671' then 0 else ramme_kr end as decimal(18, 0)) as revidert_bevilgning_kr,
    hittil_i_aar_kr / ramme_kr as forbruksgrad,
    ramme_kr - prognose_kr as prognose_mindreutgift_kr,
    'DFO-REGNSKAP' as dokument_id,
    'Regnskap per post og virksomhet' as sted
from med_fjoraaret;

insert into marts.okonomirapportering by name
select * exclude (
    maaned, regnskap_kr, saldert_bevilgning_kr, revidert_bevilgning_kr, overfort_bevilgning_kr, tildelt_kr
)
from marts.budsjettutnyttelse_per_maaned
where maaned = 8;

-- in August last year's rest was nearer, in September the forecast was
insert into marts.prognosetreff by name
select
    'imdi' as virksomhet_id, aar as budsjettaar, maaned, 4 as antall_poster, 1000000 * (aar - 2020) as regnskap_kr,
    60000 as feil_kr, if(maaned = 8, 50000, 90000) as feil_som_i_fjor_kr, 200000 as feil_jevnt_kr,
    1 as antall_bedre_enn_i_fjor, 3 as antall_bedre_enn_jevnt, 'DFO-REGNSKAP' as dokument_id,
    'Regnskap per post og virksomhet' as sted
from range(2024, 2026) as aarene(aar), range(8, 10) as maanedene(maaned);

insert into marts.bevilgningsendringer by name
select
    'aid' as virksomhet_id, 2026 as budsjettaar, '0671' as kapittel, '60' as post, 'Bosetting' as kapittelnavn,
    'Integreringstilskudd' as postnavn, *, 'DFO-BEVILGNING' as dokument_id, 'Regnskap og budsjett per post' as sted
from (
    values
    (1, null, 'overført fra i fjor', 'Overført fra 2025', 1000000, null),
    (2, date '2026-01-01', 'saldert budsjett', 'Saldert budsjett 2026', 85000000, 85000000),
    (3, date '2026-06-19', 'endring', 'Prp: p120/25-26 i491/25-26', 4000000, 89000000),
    (4, date '2026-12-11', 'endring', 'Prp: p20/26-27 i90/26-27', -250000, 88750000)
) as vedtakene(nummer, dato, type, vedtak, belop_kr, bevilgning_etter_kr);

insert into marts.statsbudsjettet by name
select
    'aid' as virksomhet_id, 'Arbeids- og inkluderingsdepartementet' as departement, '0671' as kapittel, '60' as post,
    'utgift' as side, 'Bosetting' as kapittelnavn, 'Integreringstilskudd' as postnavn, *,
    'DFO-BEVILGNING' as dokument_id, 'Regnskap og budsjett per post' as sted
from (
    values
    (2025, 80000000, 81000000, 79000000, 2, 80500000, 500000, 2000000, -1000),
    (2026, 85000000, 88750000, null, null, null, null, null, null)
) as aarene(
    budsjettaar, saldert_kr, revidert_kr, regnskap_kr, antall_virksomheter, tildelt_i_brev_kr, ikke_tildelt_i_brev_kr,
    mindreutgift_kr, avvik_fra_saldert_bok_kr
);

insert into marts.virksomhetshistorikk by name
select
    '999000001' as virksomhet_id, '999000001' as organisasjonsnummer, *, 'DFO-REGNSKAP' as dokument_id,
    'Regnskap per post og virksomhet' as sted
from (
    values
    ('Prøvetilsynet', '09', 'Næringsdepartementet', date '2025-01-01', date '2025-06-30'),
    ('Direktoratet for prøver', '14', 'Prøvedepartementet', date '2025-07-01', null)
) as tidsrommene(virksomhet, departement_id, departement, gjelder_fra, gjelder_til);

insert into marts.regnskapsperioder by name
select
    strftime(dag, '%Y%m') as periode, year(dag) as budsjettaar, month(dag) as maaned, 100 as antall_posteringer,
    2 as antall_virksomheter, if(dag = date '2026-09-01', 3, 0) as antall_i_karantene,
    case when dag >= date '2025-01-01' then if(dag = date '2026-09-01', 2, 0) end as antall_ukjente_poster,
    'sum' as sjekksum, timestamp '2026-10-20 22:30:00' as hentet, 'DFO-REGNSKAP' as dokument_id,
    'Regnskap per post og virksomhet' as sted
from range(date '2024-01-01', date '2026-10-01', interval 1 month) as maanedene(dag)
where dag <> date '2025-03-01';

insert into marts.karantene by name
select
    'statsregnskapet' as kilde, '202609' as periode, 'duplikat' as grunn, 'statsregnskapet_2026.csv' as fil,
    3 as antall, 1250 as belop_kr, 17 as forste_linje, 'DFO-REGNSKAP' as dokument_id,
    'Regnskap per post og virksomhet' as sted;
"""
