"""The state that postings are generated from: posts, agencies, yearly totals and the lines they are spread over.

Everything is worked out by DuckDB from hashes of row numbers and the seed, in whole øre, so that the same plan gives
the same rows, and so that parts always add up to their whole: a part is the difference between two cumulative shares.

Tables, one row per
    virksomhet    agency (`virk`, a number from 0), virk_maaned: agency and month, with the names of that month
    post          kapittel and post, post_aar: post and year, with names, ministry, bevilgninger (øre, debit positive)
    par           post and agency that draws on it, par_aar: the same and year, with the total (øre, debit positive)
    linje         par, artskonto and regnskapsfører, with its share of the pair's total
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from styring.stier import SEEDS

MAPPE = Path(__file__).parent
IMDI = "987879696"
# the state's own books (posts 2800 and 5999), which DFØ publishes with this number instead of an organisation number
STATSREGNSKAPET = "50"
# the condensed files' remainder of small agencies is no agency; a number that no organisation has stands for it
OVRIGE = "999999999"
MINST_PER_KAPITTEL = 3
KAPITLER = 1500
# as many as there are kinds of post, in each chapter
FLEST_POSTER = KAPITLER * 58


@dataclass(frozen=True)
class Plan:
    """What to generate. Rows a year are a target: months without payments make the number differ by some percent."""

    fra: int = 2014
    til: int = 2025
    siste_maaned: int = 12
    virksomheter: int = 160
    poster: int = 1700
    rader: int = 285_000
    fro: int = 1
    fasit: Path | None = None

    def __post_init__(self) -> None:
        if not (1900 < self.fra <= self.til < 2100 and 1 <= self.siste_maaned <= 12):
            raise ValueError(f"no months from {self.fra} to {self.til}-{self.siste_maaned:02}")
        if self.virksomheter < 3 or not 20 <= self.poster <= FLEST_POSTER or self.rader < 1:
            raise ValueError(f"at least 3 agencies, 20 posts (at most {FLEST_POSTER}) and 1 row a year are needed")

    @property
    def aar(self) -> range:
        """The years."""
        return range(self.fra, self.til + 1)

    def perioder(self, aar: int) -> list[str]:
        """The year's months, as DFØ writes them: ÅÅÅÅMM."""
        return [f"{aar}{maaned:02}" for maaned in range(1, (self.siste_maaned if aar == self.til else 12) + 1)]


def bygg(plan: Plan) -> duckdb.DuckDBPyConnection:
    """Build the tables in a database in memory."""
    forbindelse = duckdb.connect()
    for navn, verdi in (
        ("fra", plan.fra),
        ("til", plan.til),
        ("siste_periode", plan.til * 100 + plan.siste_maaned),
        ("virksomheter", plan.virksomheter),
        ("poster", plan.poster),
        ("per_kapittel", max(MINST_PER_KAPITTEL, -(-plan.poster // KAPITLER))),
    ):
        forbindelse.execute(f"set variable {navn} = {verdi}")
    _kjor(forbindelse, _FELLES.format(fro=plan.fro, mappe=MAPPE, seeds=SEEDS))
    if plan.fasit is None:
        _kjor(forbindelse, _SYNTETISK.format(imdi=IMDI, statsregnskapet=STATSREGNSKAPET))
    else:
        _kjor(forbindelse, _FASIT.format(fasit=plan.fasit, ovrige=OVRIGE))
    _kjor(forbindelse, _VEKT)
    _fordel_linjer(forbindelse, plan.rader)
    return forbindelse


def _kjor(forbindelse: duckdb.DuckDBPyConnection, sql: str) -> None:
    for setning in duckdb.extract_statements(sql):
        forbindelse.execute(setning)


def _fordel_linjer(forbindelse: duckdb.DuckDBPyConnection, rader: int) -> None:
    """Give each pair a number of lines, so that all of them together give about so many rows a year."""
    par = forbindelse.sql("select par, slag, vekt, andel_av_aarene from par_vekt order by par").fetchall()
    maaneder: dict[str, list[int]] = {}
    for slag, antall in forbindelse.sql("select slag, maaneder from kontering order by slag, nr").fetchall():
        maaneder.setdefault(slag, []).append(antall)
    [(flest,)] = forbindelse.sql("select count(*) from virksomhet").fetchall()

    def linjer(lengde: float) -> list[tuple[int, int]]:
        return [
            (nummer, max(1, min(round(lengde * vekt), flest * len(maaneder[slag])))) for nummer, slag, vekt, _ in par
        ]

    def antall_rader(fordelt: Iterable[tuple[int, int]]) -> float:
        sum_ = 0.0
        for (_, slag, _, andel), (_, antall) in zip(par, fordelt, strict=True):
            runder, rest = divmod(antall, len(maaneder[slag]))
            sum_ += andel * (runder * sum(maaneder[slag]) + sum(maaneder[slag][:rest]))
        return sum_

    lavt, hoyt = 0.0, float(rader) * max(1, flest)
    if antall_rader(linjer(hoyt)) < rader:
        raise ValueError(
            f"{rader} rows a year are more than {len(par)} posts and agencies can have: ask for more posts"
        )
    for _ in range(60):
        midt = (lavt + hoyt) / 2
        lavt, hoyt = (midt, hoyt) if antall_rader(linjer(midt)) < rader else (lavt, midt)
    fordelt = linjer(hoyt)
    forbindelse.execute(
        "create table par_linjer as select unnest($par)::integer as par, unnest($antall)::integer as antall",
        {"par": [nummer for nummer, _ in fordelt], "antall": [antall for _, antall in fordelt]},
    )
    _kjor(forbindelse, _LINJER)


_FELLES = """
-- a number from 0 to 1 that looks random
create macro u(hva, a, b) as (hash(hva, a::bigint, b::bigint, {fro}) % 1000003)::double / 1000003;
-- a share (in billionths, or in millionths) of an amount, without rounding in between: all of it at the full share
create macro andel(belop, mrd_deler) as
    (belop // 1000000000) * mrd_deler + ((belop % 1000000000) * mrd_deler) // 1000000000;
create macro promille_andel(belop, mill_deler) as
    (belop // 1000000) * mill_deler + ((belop % 1000000) * mill_deler) // 1000000;
-- whole numbers from -1000 to 1000: noise of a line in a month, half of it shared by the lines of its pair
create macro stoy(linje, par, aar, nr) as
    (hash(linje, aar::bigint, nr::bigint, {fro}) % 1001)::bigint
    + (hash(par, aar::bigint, nr::bigint, {fro}) % 1001)::bigint - 1000;
create macro felt(verdi) as '"' || replace(verdi, '"', '""') || '";';
create macro kroner(ore) as replace((ore::decimal(18, 0) * 0.010::decimal(3, 3))::varchar, '.', ',');
-- millions of kroner as printed, in øre
create macro mill(tekst) as (tekst::decimal(18, 1) * 100000000)::bigint;
create macro hele_tusen(ore) as (ore // 100000) * 100000;
create macro er_inntekt(post_id) as post_id >= '300000';

create table aar as select unnest(range(getvariable('fra'), getvariable('til') + 1))::integer as aar;
create table maaned as
select aar.aar, mnd::integer as mnd, (aar.aar * 100 + mnd)::integer as periode
from aar cross join range(1, 13) as maaneder (mnd)
where aar.aar * 100 + mnd <= getvariable('siste_periode')
order by periode;

create table departement as from read_csv('{mappe}/departementer.csv', all_varchar = true);
create table artskonto as
select row_number() over (order by artskonto_id)::integer as art, *
from read_csv('{mappe}/kontoplan.csv', all_varchar = true);

-- each month with payments: share of the year before and after it (millionths), and how far the latter may be off
create table profil as
with uttrekk as (
    unpivot (from read_csv('{mappe}/profiler.csv')) on columns(* exclude profil) into name navn value promille
),
betalinger as (
    select
        profil,
        list_position(
            ['jan', 'feb', 'mar', 'apr', 'mai', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'des'], navn
        )::integer as mnd,
        promille::bigint * 1000 as deler
    from uttrekk
    where promille > 0
),
summert as (
    select
        *,
        row_number() over aaret as nr,
        sum(deler) over aaret as etter,
        least(deler, coalesce(lead(deler) over aaret, 0)) * 3 // 10 as slingring
    from betalinger
    window aaret as (partition by profil order by mnd)
)
select
    profil, mnd, nr::bigint as nr, (etter - deler)::bigint as foer, etter::bigint as etter,
    coalesce(lag(slingring) over (partition by profil order by mnd), 0)::bigint as slingring_foer,
    slingring::bigint as slingring_etter
from summert
order by profil, mnd;

create table kontering as
with lest as (
    select row_number() over () as rekkefolge, *
    from read_csv('{mappe}/konteringer.csv', types = {{'artskonto_id': 'varchar'}})
)
select
    lest.slag, (dense_rank() over (order by lest.slag))::integer as slagnr,
    row_number() over (partition by lest.slag order by lest.rekkefolge) - 1 as nr,
    count(*) over (partition by lest.slag) as antall,
    artskonto.art, lest.profil, lest.vekt::bigint as vekt,
    (select count(*) from profil where profil.profil = lest.profil) as maaneder
from lest inner join artskonto using (artskonto_id)
order by lest.slag, nr;

create macro slag(post_id) as case
    when post_id >= '550000' then 'skatt'
    when post_id >= '300000' then 'inntekt'
    when post_id[5:6] >= '90' then 'laan'
    when post_id[5:6] >= '70' and post_id between '250000' and '279999' then 'trygd'
    when post_id[5:6] >= '70' then 'tilskudd'
    when post_id[5:6] >= '60' then 'kommune'
    when post_id[5:6] >= '50' then 'stat'
    when post_id[5:6] >= '30' then 'investering'
    else 'drift'
end;
create macro post_type(post_id) as case
    when post_id >= '300000' then 'Inntekter'
    when post_id[5:6] >= '90' then 'Utlån, kapitaltilskudd og aksjer'
    when post_id[5:6] >= '70' then 'Andre overføringer'
    when post_id[5:6] >= '60' then 'Overføringer til kommuneforvaltningen'
    when post_id[5:6] >= '50' then 'Overføringer til andre'
    when post_id[5:6] >= '30' then 'Investeringer'
    else 'Utgifter til drift'
end;

-- what the project's own files print of IMDi's posts, øre: the accounts as the most exact of them
create table imdi_noyaktig as
select
    serie.kapittel || serie.post as post_id,
    verdi.aar::integer as aar,
    min_by((verdi.verdi::decimal(18, 3) * enhet.faktor::integer * 100)::bigint, enhet.faktor::integer) as regnskap
from read_csv(
    ['{seeds}/tall/statsregnskapet_verdier.csv', '{seeds}/tall/regnskap_verdier.csv'], all_varchar = true
) as verdi
inner join read_csv(
    ['{seeds}/tall/statsregnskapet_serier.csv', '{seeds}/tall/regnskap_serier.csv'], all_varchar = true
) as serie using (serie_id)
inner join read_csv('{seeds}/kontroll/enheter.csv', all_varchar = true) as enhet using (enhet)
where serie.indikator_id = 'regnskap' and serie.post is not null and verdi.verdi is not null
group by all;
create table imdi_dfo as
select
    serie.kapittel || serie.post as post_id,
    verdi.aar::integer as aar,
    max(mill(verdi.verdi)) filter (serie.indikator_id = 'saldert_bevilgning') as saldert,
    max(mill(verdi.verdi)) filter (serie.indikator_id = 'revidert_bevilgning') as revidert,
    max(substr(serie.rad, 9)) as navn
from read_csv('{seeds}/tall/statsregnskapet_verdier.csv', all_varchar = true) as verdi
inner join read_csv('{seeds}/tall/statsregnskapet_serier.csv', all_varchar = true) as serie using (serie_id)
group by all;
create table imdi_trykt as
select post_id, aar, noyaktig.regnskap, imdi_dfo.saldert, imdi_dfo.revidert, imdi_dfo.navn
from imdi_dfo
full join (from imdi_noyaktig semi join imdi_dfo using (post_id)) as noyaktig using (post_id, aar);
create table imdi_kapittel as
select kapittel as kapittel_id, max_by(kapittelnavn, budsjettaar) as kapittel
from read_csv('{seeds}/budsjett/poster.csv', all_varchar = true)
where virksomhet_id = 'imdi'
group by kapittel;
"""

_SYNTETISK = """
create macro ord(hva, nummer) as list_extract(
    case hva
        when 'omraade' then [
            'skogbruk', 'sjøfart', 'fiskehelse', 'høyere utdanning', 'språkopplæring', 'vannressurser', 'byggkvalitet',
            'kulturarv', 'arbeidsmiljø', 'romvirksomhet', 'miljøovervåking', 'pasientsikkerhet', 'bredbånd', 'kystvakt',
            'strålevern', 'luftfart', 'veitransport', 'matproduksjon', 'forbrukerspørsmål', 'likestilling', 'film',
            'geodata', 'reindrift', 'grunnforskning', 'kriminalomsorg', 'digital tillit', 'samisk språk', 'bosetting',
            'voksenopplæring', 'innkjøp', 'beredskap', 'sivilforsvar', 'barnevern', 'havbruk', 'naturmangfold',
            'idrett', 'lån og garantier', 'byutvikling', 'utviklingshjelp', 'jernbane', 'energisparing', 'statistikk',
            'måleteknikk'
        ]
        when 'etat' then [
            'Direktoratet for', 'Tilsynet for', 'Senteret for', 'Instituttet for', 'Rådet for', 'Nemnda for'
        ]
        when 'landsdel' then [
            '', ' i nord', ' i sør', ' på Vestlandet', ' på Østlandet', ' i Trøndelag', ' på Sørlandet'
        ]
        else ['Tiltak for', 'Forvaltning av', 'Forskning på', 'Utvikling av', 'Formål innen', 'Støtte til']
    end,
    1 + nummer::bigint % case hva when 'omraade' then 43 when 'landsdel' then 7 else 6 end
);
create macro virksomhetsnavn(nummer) as
    ord('etat', nummer // 43) || ' ' || ord('omraade', nummer) || ord('landsdel', nummer // 258)
    || case when nummer >= 1806 then ' ' || nummer // 1806 + 1 else '' end;

-- years from the first until something happens: less than there are years after the first, if there are any
create macro aar_til(hva, nummer) as floor((getvariable('til') - getvariable('fra')) * u(hva, nummer, 7))::integer;

-- organisation numbers whose last digit is the check digit of the others
create table virksomhet as
with numre as (
    select
        kandidat,
        11 - list_sum(list_transform(
            range(1, 9), lambda i: substr(kandidat::varchar, i, 1)::integer * substr('32765432', i, 1)::integer
        )) % 11 as kontroll
    from range(91000000, 91000000 + 2 * getvariable('virksomheter') + 50) as alle (kandidat)
),
gyldige as (
    select kandidat::varchar || (kontroll % 11) as virksomhet_id, row_number() over (order by kandidat) as virk
    from numre
    where kontroll <> 10
)
select virk::integer as virk, virksomhet_id from gyldige where virk <= getvariable('virksomheter') - 2
union all select 0, '{imdi}'
union all select getvariable('virksomheter')::integer - 1, '{statsregnskapet}'
order by virk;

-- every seventh agency gets another name, every eleventh another ministry
create table virk_maaned as
with dep as (select row_number() over () - 1 as nr, departement_id, departement from departement),
endringer as (
    select
        *,
        case when virk % 7 = 3
            then (getvariable('fra') + aar_til('nytt navn', virk)) * 100 + 2 + (10 * u('måned', virk, 0))::integer
        end as nytt_navn_fra,
        case when virk % 11 = 5 then getvariable('fra') + 1 + aar_til('flyttet', virk) end as flyttet_fra
    from virksomhet
)
select
    endringer.virk, maaned.periode, endringer.virksomhet_id,
    case endringer.virksomhet_id
        when '{imdi}' then 'Integrerings- og mangfoldsdirektoratet'
        when '{statsregnskapet}' then 'Statsregnskapet'
        else virksomhetsnavn(
            endringer.virk + case when maaned.periode >= nytt_navn_fra then getvariable('virksomheter') else 0 end
        )
    end as virksomhet,
    dep.departement_id, dep.departement
from endringer
cross join maaned
inner join dep on dep.nr = case endringer.virksomhet_id
    when '{imdi}' then 5
    when '{statsregnskapet}' then 13
    else (endringer.virk * 5 + case when maaned.aar >= flyttet_fra then 3 else 0 end) % 16
end
order by virk, periode;

create macro utgiftspost(nummer) as list_extract([
    1, 21, 70, 45, 50, 60, 71, 22, 72, 30, 61, 51, 73, 23, 80, 2, 74, 24, 46, 62, 75, 52, 76, 31, 77, 25, 78, 63, 47,
    79, 53, 26, 64, 32, 82, 90, 54, 27, 65, 33, 83, 28, 66, 48, 84, 55, 29, 67, 34, 85, 3, 4, 5, 6, 7, 8, 9, 10
], nummer::bigint + 1);
create macro inntektspost(nummer) as list_extract([
    1, 2, 4, 80, 7, 85, 15, 16, 18, 72, 3, 5, 6, 8, 9, 10, 11, 12, 13, 14, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28,
    29, 50, 70, 71, 73, 74, 75, 76, 77, 78, 79, 81, 82, 83, 84, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95, 96, 97
], nummer::bigint + 1);
create macro postnavn(post_id, nummer) as case
    when post_id >= '300000' and post_id[5:6] < '15' then 'Driftsinntekter'
    when post_id >= '300000' and post_id[5:6] < '80' then 'Refusjoner og innbetalinger, ' || ord('omraade', nummer)
    when post_id >= '300000' then 'Gebyrer og avgifter, ' || ord('omraade', nummer)
    when post_id[5:6] = '01' then 'Driftsutgifter'
    when post_id[5:6] = '21' then 'Spesielle driftsutgifter'
    when post_id[5:6] < '30' then 'Særskilte driftsutgifter, ' || ord('omraade', nummer)
    when post_id[5:6] = '45' then 'Større utstyrsanskaffelser og vedlikehold'
    when post_id[5:6] < '50' then 'Nybygg og anlegg, ' || ord('omraade', nummer)
    when post_id[5:6] < '60' then 'Overføring til forvaltningsorgan, ' || ord('omraade', nummer)
    when post_id[5:6] < '70' then 'Tilskudd til kommuner, ' || ord('omraade', nummer)
    when post_id[5:6] < '90' then 'Tilskudd til ' || ord('omraade', nummer)
    else 'Lån og kapital til ' || ord('omraade', nummer)
end;

-- posts of the generated agencies, with the size of their year (øre) and the years they are there
create table laget_post as
with nummerert as (
    select
        nr, nr % getvariable('per_kapittel') as plass, nr // getvariable('per_kapittel') as kapittelnr,
        inntekt
    from (
        select range as nr, false as inntekt from range((getvariable('poster') * 7) // 10)
        union all
        select range, true from range(getvariable('poster') - (getvariable('poster') * 7) // 10)
    )
),
kapitler as (
    select
        nummerert.*,
        dep.nr as depnr,
        dep.foerste_kapittel::integer + kapittelnr // 17 + if(inntekt, 3000, 0) as kapittel,
        case when inntekt then inntektspost(plass) else utgiftspost(plass) end as postnr
    from nummerert
    inner join (select row_number() over () - 1 as nr, * from departement) as dep on dep.nr = kapittelnr % 17
),
identer as (
    select
        *, lpad(kapittel::varchar, 4, '0') as kapittel_id,
        lpad((kapittel * 100 + postnr)::varchar, 6, '0') as post_id
    from kapitler
),
rangert as (
    select
        *,
        row_number() over (partition by inntekt order by u('rang', nr, inntekt::integer), post_id) as rang
    from identer
    where
        post_id not in (select post_id from imdi_trykt)
        and kapittel_id not between '0670' and '0672'
)
select
    post_id, kapittel_id, depnr, kapittelnr, nr, inntekt, rang,
    (case when inntekt then 27e12 else 30e12 end / pow(rang, 1.15))::bigint as storrelse,
    getvariable('fra') + case when rang > 5 and u('begynner', nr, inntekt::integer) < 0.08
        then 1 + aar_til('fra', nr) else 0 end as foerste_aar,
    getvariable('til') - case when rang > 5 and u('slutter', nr, inntekt::integer) < 0.08
        then 1 + aar_til('til', nr) else 0 end as siste_aar
from rangert
order by post_id;

create macro fremskrevet(belop, aar) as hele_tusen((belop * pow(1.03, aar))::bigint);
-- IMDi's posts: as printed, and for other years the nearest printed, three percent a year more or less
create table imdi_aar as
with naermest as (
    select post_id, aar.aar, least(greatest(aar.aar, 2022), 2025) as trykt_aar
    from aar cross join (select distinct post_id from imdi_trykt)
),
fylt as (
    select
        naermest.post_id, naermest.aar,
        coalesce(egen.regnskap, fremskrevet(naer.regnskap, naermest.aar - naermest.trykt_aar)) as regnskap,
        coalesce(egen.saldert, fremskrevet(naer.saldert, naermest.aar - naermest.trykt_aar)) as saldert,
        coalesce(egen.revidert, fremskrevet(naer.revidert, naermest.aar - naermest.trykt_aar)) as revidert
    from naermest
    left join imdi_trykt as naer on naer.post_id = naermest.post_id and naer.aar = naermest.trykt_aar
    left join imdi_trykt as egen on egen.post_id = naermest.post_id and egen.aar = naermest.aar
)
select
    *,
    -- what other agencies have drawn on the posts that IMDi shares with them
    case when post_id[1:4] not in ('0670', '0671', '0672') or post_id in ('067162', '067172', '067173')
        then nullif(greatest(
            hele_tusen((revidert * (0.94 + 0.07 * u('andres', post_id::integer, aar)))::bigint)
            - coalesce(regnskap, 0), 0
        ), 0) end as andres
from fylt;

create table post as
with alle as (
    select post_id, kapittel_id from laget_post
    union all select distinct post_id, post_id[1:4] from imdi_aar
    union all select '599990', '5999'
)
select row_number() over (order by post_id)::integer as post, post_id, kapittel_id from alle order by post_id;

-- pairs and the totals of their years; posts have one agency or more, and the first agencies have most
create table laget_par as
with antall as (
    select
        *,
        case
            when u('antall', post.post, 0) < 0.65 then 1
            when u('antall', post.post, 0) < 0.82 then 2
            when u('antall', post.post, 0) < 0.92 then 3
            when u('antall', post.post, 0) < 0.985 then 5
            else 30
        end as antall
    from laget_post inner join post using (post_id)
),
trukket as (
    select
        antall.post, antall.post_id, nr.range as nr,
        case
            when nr.range = 0 and antall.nr < getvariable('virksomheter') - 2 and not antall.inntekt then antall.nr + 1
            else floor(pow(getvariable('virksomheter') - 2, u('virksomhet', antall.post, nr.range)))
        end::integer as virk
    from antall cross join range(30) as nr
    where nr.range < antall.antall
)
select post, post_id, virk, min(nr) as nr from trukket group by all order by post, virk;

create table laget_par_aar as
with post_belop as (
    select
        post.post, aar.aar, laget_post.inntekt,
        (laget_post.storrelse * pow(1.04, aar.aar - 2014) * (0.9 + 0.2 * u('aar', post.post, aar.aar)))::bigint as ore
    from laget_post
    inner join post using (post_id)
    inner join aar on aar.aar between laget_post.foerste_aar and laget_post.siste_aar
),
vektet as (
    select
        post, aar, laget_par.virk, if(post_belop.inntekt, -1, 1) * ore as ore,
        (1000000 / pow(laget_par.nr + 1, 1.5) * (0.8 + 0.4 * u('par', post * 4096 + laget_par.virk, aar)))::bigint
        as vekt
    from post_belop inner join laget_par using (post)
),
summert as (
    select *, sum(vekt) over (post_aar order by virk) as hittil, sum(vekt) over post_aar as i_alt
    from vektet
    window post_aar as (partition by post, aar)
)
select
    post, virk, aar,
    andel(ore, (hittil::bigint * 1000000000) // i_alt::bigint)
    - andel(ore, ((hittil - vekt)::bigint * 1000000000) // i_alt::bigint) as ore
from summert
union all
select post.post, 0, aar, regnskap from imdi_aar inner join post using (post_id) where regnskap <> 0
union all
select post.post, 1, aar, andres - andres // 3 from imdi_aar inner join post using (post_id) where andres is not null
union all
select post.post, 2, aar, andres // 3 from imdi_aar inner join post using (post_id) where andres is not null;
-- the state's books balance
insert into laget_par_aar
select (select post from post where post_id = '599990'), getvariable('virksomheter') - 1, aar, -sum(ore)
from laget_par_aar group by aar;

create table par as
select row_number() over (order by post, virk)::integer as par, post, virk
from (select distinct post, virk from laget_par_aar)
order by par;
create table par_aar as
select par.par, aar, ore::bigint as ore from laget_par_aar inner join par using (post, virk) order by par, aar;

-- every ninth chapter moves to another ministry
create table post_aar as
with belop as (
    select par.post, par_aar.aar, sum(par_aar.ore)::bigint as ore
    from par_aar inner join par using (par) group by all
),
flyttet as (
    select
        *,
        case when kapittelnr % 9 = 4 then getvariable('fra') + 1 + aar_til('kapittel', kapittelnr) end as flyttet_fra
    from laget_post
),
revidert as (
    select
        belop.post, belop.aar, belop.ore,
        hele_tusen((belop.ore / (0.955 + 0.06 * u('revidert', belop.post, belop.aar)))::bigint) as revidert
    from belop
),
saldert as (
    select
        *,
        case when u('uendret', post, aar) < 0.3 then revidert
            else hele_tusen((revidert * (0.9 + 0.12 * u('saldert', post, aar)))::bigint) end as saldert
    from revidert
)
select
    post.post, post.post_id, post.kapittel_id, saldert.aar,
    ord('', flyttet.kapittelnr) || ' ' || ord('omraade', flyttet.kapittelnr // 5) as kapittel,
    postnavn(post.post_id, flyttet.nr) as navn,
    dep.departement_id, dep.departement, dep.programomraade_id, dep.programomraade,
    dep.programkategori_id, dep.programkategori, saldert.ore as regnskap, saldert.saldert, saldert.revidert
from saldert
inner join post using (post)
inner join flyttet using (post_id)
inner join (select row_number() over () - 1 as nr, * from departement) as dep
    on dep.nr = (flyttet.depnr + case when saldert.aar >= flyttet.flyttet_fra then 1 else 0 end) % 17
union all
select
    post.post, post.post_id, post.kapittel_id, imdi_aar.aar, coalesce(imdi_kapittel.kapittel, ''), imdi_trykt.navn,
    dep.departement_id, dep.departement, dep.programomraade_id, dep.programomraade,
    if(dep.departement_id = '06', '0970', dep.programkategori_id),
    if(dep.departement_id = '06', 'Integrering og mangfold', dep.programkategori),
    coalesce(imdi_aar.regnskap, 0) + coalesce(imdi_aar.andres, 0), imdi_aar.saldert, imdi_aar.revidert
from imdi_aar
inner join post using (post_id)
left join imdi_kapittel using (kapittel_id)
inner join (select post_id, max(navn) as navn from imdi_trykt group by post_id) as imdi_trykt using (post_id)
inner join departement as dep on dep.foerste_kapittel = post.kapittel_id[1:2] || '00'
where imdi_aar.saldert is not null or imdi_aar.revidert is not null or imdi_aar.regnskap is not null
union all
select
    post.post, post.post_id, post.kapittel_id, saldert.aar, 'Statslånemidler', 'Lånetransaksjoner',
    dep.departement_id, dep.departement, dep.programomraade_id, dep.programomraade,
    dep.programkategori_id, dep.programkategori, saldert.ore, saldert.saldert, saldert.revidert
from saldert
inner join post on post.post = saldert.post and post.post_id = '599990'
inner join departement as dep on dep.departement_id = '16'
order by 1, 4;
"""

_FASIT = """
create macro ikke_nan(navn) as case when lower(navn) = 'nan' then '' else coalesce(navn, '') end;
create table ekte_post as
with lest as (
    select
        *, kapittel || post as post_id, if(er_inntekt(kapittel || post), -1, 1) as fortegn,
        -- the names with most money behind them, the last by alphabet among equals
        (
            coalesce(abs(mill(regnskap_mill_kr)), 0) + coalesce(abs(mill(saldert_mill_kr)), 0),
            kapittelnavn, postnavn, fagdepartement
        ) as tyngde
    from read_csv('{fasit}/statsregnskapet_poster.csv', all_varchar = true)
)
select
    post_id, aar::integer as aar,
    max_by(ikke_nan(kapittelnavn), tyngde) as kapittel,
    max_by(ikke_nan(postnavn), tyngde) as navn,
    max_by(ikke_nan(fagdepartement), tyngde) as departement,
    sum(fortegn * mill(regnskap_mill_kr))::bigint as regnskap,
    sum(fortegn * mill(saldert_mill_kr))::bigint as saldert,
    sum(fortegn * mill(revidert_mill_kr))::bigint as revidert
from lest
group by all;
create table ekte_virksomhet as
select
    kapittel || post as post_id, aar::integer as aar,
    case when virksomhet_orgnr = '_ovrige' then '{ovrige}' else virksomhet_orgnr end as virksomhet_id,
    case when virksomhet_orgnr = '_ovrige' then 'Øvrige virksomheter' else ikke_nan(virksomhet) end as virksomhet,
    if(er_inntekt(kapittel || post), -1, 1) * mill(regnskap_mill_kr) as ore
from read_csv('{fasit}/statsregnskapet_virksomheter.csv', all_varchar = true)
where aar::integer between getvariable('fra') and getvariable('til');

create table virksomhet as
select (row_number() over (order by virksomhet_id <> '987879696', virksomhet_id) - 1)::integer as virk, virksomhet_id
from (select distinct virksomhet_id from ekte_virksomhet)
order by virk;
create table post as
select row_number() over (order by post_id)::integer as post, post_id, post_id[1:4] as kapittel_id
from (select distinct post_id from ekte_post)
order by post_id;
create table ekte_departement as
select departement, departement_id, programomraade_id, programomraade, programkategori_id, programkategori
from departement
where foerste_kapittel <> '2600';

create table virk_maaned as
with navn as (
    select virksomhet_id, aar, max(virksomhet) as virksomhet from ekte_virksomhet group by all
),
departementer as (
    select virksomhet_id, departement, sum(abs(ore)) as tyngde
    from ekte_virksomhet inner join ekte_post using (post_id, aar)
    group by all
),
stoerst as (
    select virksomhet_id, max_by(departement, (tyngde, departement)) as departement from departementer group by all
)
select
    virksomhet.virk, maaned.periode, virksomhet.virksomhet_id,
    coalesce(navn.virksomhet, max(navn.virksomhet) over (partition by virksomhet.virk)) as virksomhet,
    coalesce(ekte_departement.departement_id, '') as departement_id, stoerst.departement
from virksomhet
cross join maaned
left join navn using (virksomhet_id, aar)
left join stoerst using (virksomhet_id)
left join ekte_departement using (departement)
order by virk, periode;

create table par as
select row_number() over (order by post, virk)::integer as par, post, virk
from (
    select distinct post.post, virksomhet.virk
    from ekte_virksomhet inner join post using (post_id) inner join virksomhet using (virksomhet_id)
)
order by par;
create table par_aar as
select par.par, ekte_virksomhet.aar, ekte_virksomhet.ore
from ekte_virksomhet
inner join post using (post_id)
inner join virksomhet using (virksomhet_id)
inner join par using (post, virk)
order by par, aar;

create table post_aar as
select
    post.post, post.post_id, post.kapittel_id, ekte_post.aar, ekte_post.kapittel, ekte_post.navn,
    coalesce(dep.departement_id, '') as departement_id, ekte_post.departement,
    coalesce(dep.programomraade_id, '') as programomraade_id, coalesce(dep.programomraade, '') as programomraade,
    coalesce(dep.programkategori_id, '') as programkategori_id, coalesce(dep.programkategori, '') as programkategori,
    ekte_post.regnskap,
    ekte_post.saldert, ekte_post.revidert
from ekte_post
inner join post using (post_id)
left join ekte_departement as dep using (departement)
where ekte_post.aar >= getvariable('fra')
order by post, aar;
"""

_VEKT = """
create table par_vekt as
select
    par.par, slag(any_value(post.post_id)) as slag, sqrt(avg(abs(par_aar.ore))) as vekt,
    count(*) / (select count(*) from aar) as andel_av_aarene
from par_aar
inner join par using (par)
inner join post using (post)
group by par.par
order by par.par;
"""

_LINJER = """
-- lines of a pair: its artskonti in turn, first by the agency itself and then by other units
create table linje as
with laget as (
    select par_linjer.par, unnest(range(par_linjer.antall)) as nr, slag.slagnr, slag.antall, par.virk
    from par_linjer
    inner join par using (par)
    inner join par_vekt using (par)
    inner join (select distinct slag, slagnr, antall from kontering) as slag using (slag)
),
kontert as (
    select
        laget.par, laget.nr, kontering.art, kontering.profil,
        ((laget.virk + laget.nr // laget.antall) % (select count(*) from virksomhet))::integer as forer,
        (kontering.vekt * 10000 * (0.7 + 0.6 * u('linje', laget.par, laget.nr)))::bigint
        // (1 + laget.nr // laget.antall) as vekt
    from laget
    inner join kontering on kontering.slagnr = laget.slagnr and kontering.nr = laget.nr % laget.antall
),
summert as (
    select *, sum(vekt) over (partition by par order by nr) as hittil, sum(vekt) over (partition by par) as i_alt
    from kontert
)
select
    row_number() over (order by par, nr) as linje, par, art, profil, forer,
    ((hittil - vekt)::hugeint * 1000000000 // i_alt)::bigint as foer,
    (hittil::hugeint * 1000000000 // i_alt)::bigint as etter
from summert
order by par, nr;
"""
