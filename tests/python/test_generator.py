"""The generator of state accounts: figures that add up, in files that look exactly as DFØ's."""

import csv
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from styring.stier import PROSJEKT, SEEDS
from tests.stat.feil import FEIL
from tests.stat.generator import KOLONNER, TEGNSETT, Stat, hoved, skriv, skriv_feil
from tests.stat.modell import IMDI, OVRIGE, Plan

EKSTERNT = PROSJEKT.parent / "shared" / "eksternt"
trenger_ekte_filer = pytest.mark.skipif(not EKSTERNT.is_dir(), reason="DFØs filer ligger ikke ved siden av prosjektet")

PLAN = Plan(fra=2021, til=2026, siste_maaned=7, virksomheter=40, poster=250, rader=8_000, fro=3)
LITEN = Plan(fra=2024, til=2024, siste_maaned=3, virksomheter=5, poster=20, rader=300)


def _les(forbindelse: duckdb.DuckDBPyConnection, navn: str, filer: Path) -> None:
    forbindelse.execute(
        f"create table {navn} as from read_csv('{filer}', delim = ';', quote = '\"', header = true, "
        "encoding = 'latin-1', all_varchar = true, filename = true)"
    )


@pytest.fixture(scope="module")
def mappe(tmp_path_factory: pytest.TempPathFactory) -> Path:
    mappe = tmp_path_factory.mktemp("stat")
    skriv(PLAN, mappe, pakket=False, hittil=True)
    return mappe


@pytest.fixture(scope="module")
def stat(mappe: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as forbindelse:
        _les(forbindelse, "lest", mappe / "statsregnskapet_aar_*.csv")
        _les(forbindelse, "bevilgninger_lest", mappe / "bevilgninger_full_historikk.csv")
        forbindelse.execute(
            """
            create table rader as
            select *, replace("Beløp", ',', '.')::decimal(18, 3) as kr, Kapittel_id >= '3000' as inntekt from lest;
            create table bevilgninger as
            select *, replace("Bevilgning_beløp", ',', '.')::decimal(18, 3) as kr,
                replace("Bevilgning_overføres_beløp", ',', '.')::decimal(18, 3) as til_neste,
                replace("Bevilgning_overført_beløp", ',', '.')::decimal(18, 3) as fra_forrige
            from bevilgninger_lest
            """
        )
        yield forbindelse


def _trykt(indikator: str, fil: str = "statsregnskapet", enhet: str = "mill. kr") -> dict[tuple[str, str], Decimal]:
    """What the project's files print of IMDi's posts in a unit, kroner by year and post."""
    faktor = {"kr": 1, "mill. kr": 1_000_000}[enhet]

    def rader(navn: str) -> Iterator[dict[str, str]]:
        with (SEEDS / "tall" / navn).open(encoding="utf-8") as fil:
            yield from csv.DictReader(fil)

    poster = {
        rad["serie_id"]: rad["kapittel"] + rad["post"]
        for rad in rader(f"{fil}_serier.csv")
        if rad["indikator_id"] == indikator and rad["enhet"] == enhet and rad["post"]
    }
    return {
        (rad["aar"], poster[rad["serie_id"]]): Decimal(rad["verdi"]) * faktor
        for rad in rader(f"{fil}_verdier.csv")
        if rad["serie_id"] in poster and rad["verdi"]
    }


def test_samme_plan_gir_samme_bytes(tmp_path: Path) -> None:
    foerste = skriv(LITEN, tmp_path / "a", hittil=True)
    andre = skriv(LITEN, tmp_path / "b", hittil=True)
    annet_fro = skriv(Plan(**(vars(LITEN) | {"fro": 2})), tmp_path / "c", hittil=True)
    assert [fil.read_bytes() for fil in foerste] == [fil.read_bytes() for fil in andre]
    assert all(a.read_bytes() != c.read_bytes() for a, c in zip(foerste, annet_fro, strict=True))


def test_radenes_rekkefolge_er_den_samme_med_flere_traader() -> None:
    with Stat(Plan(fra=2024, til=2024, rader=1_300_000)) as stat:
        stat.forbindelse.execute("set threads = 1")
        alene = b"".join(stat.maaned("202401"))
        stat.forbindelse.execute("set threads = 4")
        assert b"".join(stat.maaned("202401")) == alene


def test_filene_heter_som_hos_dfoe_med_en_csv_av_samme_navn_i_hver(tmp_path: Path) -> None:
    filer = skriv(LITEN, tmp_path, hittil=True)
    assert [fil.name for fil in filer] == [
        "statsregnskapet_aar_2024.zip",
        "statsregnskapet_siste_maaned.zip",
        "statsregnskapet_hittil_i_aar.zip",
        "bevilgninger_full_historikk.zip",
    ]
    for fil in filer:
        with zipfile.ZipFile(fil) as arkiv:
            assert arkiv.namelist() == [f"{fil.stem}.csv"]
            assert arkiv.testzip() is None


@trenger_ekte_filer
def test_hodet_og_formen_er_som_i_dfoes_egen_rad(mappe: Path) -> None:
    ekte_hode, ekte_rad, rest = (EKSTERNT / "statsregnskapet_eksempelrad_latin1.csv").read_bytes().split(b"\n")
    hode, rad, *_ = (mappe / "statsregnskapet_aar_2023.csv").read_bytes().split(b"\n")
    assert hode == ekte_hode and rest == b""
    assert len(rad.split(b'";"')) == len(ekte_rad.split(b'";"')) == len(KOLONNER)


def test_hver_rad_har_alle_felt_i_anforselstegn_og_tre_desimaler(mappe: Path) -> None:
    for fil in mappe.glob("*.csv"):
        hode, *rader, sist = fil.read_bytes().decode(TEGNSETT).split("\n")
        assert sist == "" and rader
        for rad in rader:
            felt = rad.split('";"')
            assert rad[0] == rad[-1] == '"' and len(felt) == len(hode.split('";"'))
            for belop in felt[-1:] if len(felt) == len(KOLONNER) else felt[14:17]:
                hele, desimaler = belop.rstrip('"').split(",")
                assert hele.lstrip("-").isdecimal() and len(desimaler) == 3


def test_hver_kontering_staar_en_gang(stat: duckdb.DuckDBPyConnection) -> None:
    assert not stat.sql(
        """
        select Periode, Post_id, Virksomhet_id, Artskonto_id, "Regnskapsfører_id", count(*)
        from rader group by all having count(*) > 1
        """
    ).fetchall()


def test_hvert_helt_aar_gaar_i_null_men_ikke_hver_maaned(stat: duckdb.DuckDBPyConnection) -> None:
    aar = dict(stat.sql("select År, sum(kr) from rader where År < '2026' group by År").fetchall())
    assert aar == dict.fromkeys(("2021", "2022", "2023", "2024", "2025"), Decimal(0))
    assert all(sum_ for (sum_,) in stat.sql("select sum(kr) from rader group by Periode").fetchall())


def test_imdis_regnskap_er_det_prosjektets_filer_trykker(stat: duckdb.DuckDBPyConnection) -> None:
    regnskap = {
        (aar, post): sum_
        for aar, post, sum_ in stat.execute(
            """
            select År, Post_id, sum(kr) from rader
            where Virksomhet_id = $1 and År between '2022' and '2025' group by all
            """,
            [IMDI],
        ).fetchall()
    }
    rundet, noyaktig = _trykt("regnskap"), _trykt("regnskap", "regnskap", "kr")
    assert regnskap.keys() == rundet.keys()
    # the annual report has the kroner of what DFØ prints in tenths of millions
    fasit = {nokkel: noyaktig.get(nokkel, verdi) for nokkel, verdi in rundet.items()}
    assert len(fasit.keys() & noyaktig.keys()) > 10
    assert {n for n in fasit if abs(regnskap[n] - fasit[n]) > (0 if n in noyaktig else 50_000)} == set()


@pytest.mark.parametrize(
    ("indikator", "hvilke"),
    [("saldert_bevilgning", "Bevilgning like '%Saldert%'"), ("revidert_bevilgning", "Bevilgning not like 'Overf%'")],
)
def test_bevilgningene_til_imdis_poster_er_de_trykte(
    stat: duckdb.DuckDBPyConnection, indikator: str, hvilke: str
) -> None:
    bevilget = {
        (aar, post): sum_
        for aar, post, sum_ in stat.sql(
            f"select År, Post_id, sum(kr) from bevilgninger where {hvilke} group by all"
        ).fetchall()
    }
    trykt = _trykt(indikator)
    assert {nokkel: bevilget.get(nokkel) for nokkel in trykt} == trykt


def test_andre_trekker_paa_noen_av_imdis_poster(stat: duckdb.DuckDBPyConnection) -> None:
    delte = stat.execute(
        "select distinct Post_id from rader where Virksomhet_id <> $1 and Kapittel_id between '0670' and '0672'",
        [IMDI],
    ).fetchall()
    assert {post for (post,) in delte} == {"067162", "067172", "067173"}


def test_bevilgningene_henger_sammen_med_regnskapet(stat: duckdb.DuckDBPyConnection) -> None:
    assert not stat.sql(
        "select År, Post_id from bevilgninger where Bevilgning like '%Saldert%' group by all having count(*) > 1"
    ).fetchall()
    [(lavest, hoyest, uten)] = stat.sql(
        """
        with bevilget as (select År, Post_id, sum(kr) as bevilget from bevilgninger group by all),
        brukt as (select År, Post_id, sum(kr) as brukt from rader where År < '2026' group by all)
        select min(brukt / bevilget) filter (Post_id[1:4] not between '0670' and '0672'), max(brukt / bevilget),
            count(*) filter (bevilget is null)
        from brukt left join bevilget using (År, Post_id)
        where abs(brukt) > 100_000_000
        """
    ).fetchall()
    assert uten == 0 and 0.9 < lavest < 1 < hoyest < 1.05


def test_det_som_overfoeres_er_overfoert_aaret_etter(stat: duckdb.DuckDBPyConnection) -> None:
    [(til, fra, ulike)] = stat.sql(
        """
        select count(til.Post_id), count(fra.Post_id), count(*) filter (til.til_neste <> fra.fra_forrige)
        from (from bevilgninger where Bevilgning = 'Overfores til ' || (År::integer + 1)) as til
        full join (from bevilgninger where Bevilgning = 'Overfort fra ' || (År::integer - 1)) as fra
            on fra.Post_id = til.Post_id and fra.År::integer = til.År::integer + 1
        """
    ).fetchall()
    assert til > fra > 100 and ulike == 0


def test_kontoplanen_og_kapitlene_henger_sammen(stat: duckdb.DuckDBPyConnection) -> None:
    assert not stat.sql(
        """
        select * from rader
        where Artskonto_id[1:2] <> Kontogruppe_id or Kontogruppe_id[1:1] <> Kontoklasse_id
            or Post_id[1:4] <> Kapittel_id or length(Post_id) <> 6 or Konto_no <> Post_id or År <> Periode[1:4]
        limit 1
        """
    ).fetchall()
    assert not stat.sql("select Periode, inntekt from rader group by all having (sum(kr) > 0) = inntekt").fetchall(), (
        "utgiftskapitler er debet og inntektskapitler kredit i hver måned"
    )


def test_navn_departementer_og_poster_skifter_underveis(stat: duckdb.DuckDBPyConnection) -> None:
    [(nytt_navn, flyttet)] = stat.sql(
        """
        select count(*) filter (navn > 1), count(*) filter (departementer > 1) from (
            select count(distinct Virksomhet) as navn, count(distinct Fagdepartement_Virksomhet_id) as departementer
            from rader group by Virksomhet_id
        )
        """
    ).fetchall()
    [(kapitler,)] = stat.sql(
        "select count(*) from (from rader select Kapittel_id group by all having count(distinct Fagdepartement_id) > 1)"
    ).fetchall()
    [(begynner, slutter)] = stat.sql(
        """
        select count(*) filter (foerst > '2021'), count(*) filter (sist < '2026')
        from (select min(År) as foerst, max(År) as sist from rader group by Post_id)
        """
    ).fetchall()
    assert min(nytt_navn, flyttet, kapitler, begynner, slutter) >= 2


def test_aaret_er_ikke_jevnt_fordelt(stat: duckdb.DuckDBPyConnection) -> None:
    [(desember, betalinger)] = stat.sql(
        """
        select sum(kr) filter (Periode = '202412' and Post_type = 'Utgifter til drift')
                / sum(kr) filter (Periode = '202407' and Post_type = 'Utgifter til drift'),
            count(distinct Periode) filter (Post_id = '067160' and År = '2024')
        from rader
        """
    ).fetchall()
    assert desember > 1.5 and 1 < betalinger < 12


def test_de_stoerste_har_det_meste(stat: duckdb.DuckDBPyConnection) -> None:
    for felt in ("Virksomhet_id", "Post_id"):
        rader = stat.sql(f"select count(*), sum(abs(kr)) from rader group by {felt} order by 2 desc").fetchall()
        tiendedel = rader[: len(rader) // 10]
        assert sum(antall for antall, _ in tiendedel) > 0.2 * sum(antall for antall, _ in rader)
        assert sum(kr for _, kr in tiendedel) > sum(kr for _, kr in rader) / 2


def test_antall_rader_er_om_lag_det_en_ber_om(stat: duckdb.DuckDBPyConnection) -> None:
    for (antall,) in stat.sql("select count(*) from rader where År < '2026' group by År").fetchall():
        assert abs(antall - PLAN.rader) < 0.1 * PLAN.rader


def test_for_mange_rader_avvises(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="ask for more"):
        skriv(Plan(fra=2024, til=2024, virksomheter=5, poster=20, rader=10_000_000), tmp_path / "stat")
    assert not (tmp_path / "stat").exists()


def test_siste_maaned_og_hittil_er_deler_av_siste_aar(mappe: Path) -> None:
    aaret = (mappe / "statsregnskapet_aar_2026.csv").read_bytes()
    hode, *siste = (mappe / "statsregnskapet_siste_maaned.csv").read_bytes().splitlines(keepends=True)
    assert (mappe / "statsregnskapet_hittil_i_aar.csv").read_bytes() == aaret
    assert aaret.startswith(hode) and aaret.endswith(b"".join(siste))
    assert {rad.split(b'";"')[1] for rad in siste} == {b"202607"}


@trenger_ekte_filer
def test_med_fasit_er_hver_virksomhets_aar_det_ekte(tmp_path: Path) -> None:
    skriv(Plan(fra=2025, til=2025, rader=20_000, fasit=EKSTERNT), tmp_path, pakket=False)
    with duckdb.connect() as forbindelse:
        _les(forbindelse, "rader", tmp_path / "statsregnskapet_aar_2025.csv")
        _les(forbindelse, "bevilgninger", tmp_path / "bevilgninger_full_historikk.csv")
        ulike = forbindelse.sql(
            f"""
            with ekte as (
                select kapittel || post as post,
                    if(virksomhet_orgnr = '_ovrige', '{OVRIGE}', virksomhet_orgnr) as virksomhet,
                    regnskap_mill_kr::decimal(18, 1) * 1_000_000 * if(side = 'inntekt', -1, 1) as kr
                from read_csv('{EKSTERNT}/statsregnskapet_virksomheter.csv', all_varchar = true) where aar = '2025'
            ),
            laget as (
                select Post_id as post, Virksomhet_id as virksomhet,
                    sum(replace("Beløp", ',', '.')::decimal(18, 3)) as kr
                from rader group by all
            )
            from ekte full join laget using (post, virksomhet) where ekte.kr is distinct from laget.kr
            """
        ).fetchall()
        assert not ulike
        ulike = forbindelse.sql(
            f"""
            with ekte as (
                select aar, kapittel || post as post,
                    sum(revidert_mill_kr::decimal(18, 1)) * 1_000_000 * if(kapittel >= '3000', -1, 1) as kr
                from read_csv('{EKSTERNT}/statsregnskapet_poster.csv', all_varchar = true) where aar >= '2025'
                group by aar, kapittel, post
            ),
            laget as (
                select År as aar, Post_id as post, sum(replace("Bevilgning_beløp", ',', '.')::decimal(18, 3)) as kr
                from bevilgninger group by all
            )
            from ekte full join laget using (aar, post) where coalesce(ekte.kr, 0) <> coalesce(laget.kr, 0)
            """
        ).fetchall()
        assert not ulike


@pytest.fixture(scope="module")
def maaned(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    skriv(LITEN, mappe := tmp_path_factory.mktemp("riktig"), pakket=False)
    return (mappe / "statsregnskapet_siste_maaned.csv").read_bytes()


def _felt(innhold: bytes) -> list[list[str]]:
    return list(csv.reader(innhold.decode(TEGNSETT).splitlines(), delimiter=";"))


def _kr(belop: str) -> Decimal:
    return Decimal(belop.replace(",", "."))


@pytest.mark.parametrize("feil", FEIL)
def test_hver_feil_er_bare_den_feilen(feil: str, maaned: bytes) -> None:
    innhold = FEIL[feil](maaned)
    riktig, rader = _felt(maaned), _felt(innhold)
    ulike = [(rett, rad) for rett, rad in zip(riktig, rader, strict=False) if rett != rad]
    match feil:
        case "feil_fortegn":
            assert all(_kr(rad[-1]) == -_kr(rett[-1]) for rett, rad in ulike) and len(ulike) == len(riktig) - 1
        case "ukjent_post":
            assert [(rad[12], rad[:12]) for _, rad in ulike] == [("999999", riktig[1][:12])]
        case "ukjent_kapittel":
            assert [(rad[10], rad[12]) for _, rad in ulike] == [("6000", "600001")]
        case "uten_post":
            assert [(rad[10], rad[12]) for _, rad in ulike] == [("", "")]
        case "duplikat":
            assert rader[2] == rader[3] and [*rader[:3], *rader[4:]] == riktig
        case "avkuttet_i_rad":
            assert not innhold.endswith(b"\n") and len(rader) < len(riktig) and len(ulike) == 1
        case "avkuttet_mellom_rader":
            assert innhold.endswith(b"\n") and not ulike and len(rader) == len(riktig) // 2
        case "feil_aar":
            assert {(rad[0], rad[1]) for _, rad in ulike} == {("2025", "202503")} and len(ulike) == len(riktig) - 1
        case "feil_aar_i_rad":
            assert [(rad[0], rad[1]) for _, rad in ulike] == [("2025", "202403")]
        case "kolonne_omdoept":
            assert [rad for _, rad in ulike] == [[*KOLONNER[:-1], "Belop"]]
        case "kolonne_mangler":
            assert {len(rad) for rad in rader} == {27} and "Post_type" not in rader[0]
        case "utf8":
            assert _felt(innhold.decode().encode(TEGNSETT)) == riktig and ulike
        case "desimalpunktum":
            assert all(rad[-1] == rett[-1].replace(",", ".") for rett, rad in ulike) and ulike
        case "tusenskille":
            assert all(rad[-1].replace(" ", "") == rett[-1] for rett, rad in ulike) and ulike
        case "ikke_tall":
            assert [rad[-1] for _, rad in ulike] == ["mangler"]
        case "rettet":
            assert len(ulike) == 2 and sum(_kr(rad[-1]) - _kr(rett[-1]) for rett, rad in ulike) == 0


def test_en_maaned_skrives_med_feilen(maaned: bytes, tmp_path: Path) -> None:
    fil = skriv_feil(LITEN, "202403", "duplikat", tmp_path / "feil.csv")
    assert fil.read_bytes() == FEIL["duplikat"](maaned)


def test_en_avkuttet_zip_kan_ikke_aapnes(tmp_path: Path) -> None:
    fil = skriv_feil(LITEN, "202403", "avkuttet_zip", tmp_path / "feil.zip")
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(fil)


def test_kommandoen_skriver_filene_og_sier_hva_de_heter(tmp_path: Path) -> None:
    valg = ["--fra", "2024", "--til", "2024", "--virksomheter", "5", "--poster", "20", "--rader", "300", "--csv"]
    svar = CliRunner().invoke(hoved, [str(tmp_path), *valg], catch_exceptions=False)
    assert svar.output.splitlines() == [
        str(tmp_path / f"{navn}.csv")
        for navn in ("statsregnskapet_aar_2024", "statsregnskapet_siste_maaned", "bevilgninger_full_historikk")
    ]
    svar = CliRunner().invoke(hoved, [str(tmp_path / "feil"), *valg, "--feil", "ikke_tall"], catch_exceptions=False)
    assert b'"mangler"' in (tmp_path / "feil" / "statsregnskapet_siste_maaned.csv").read_bytes()
