"""The unchanged build: what was made from the same is not made again, and everything else is."""

import datetime
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from styring import avtrykk, dbt, norsk
from styring.publisering import AVTRYKK, FILNAVN, MANIFEST, Versjoner
from tests.python.conftest import kjor, kopi, kopi_av_lageret, skad
from tests.stat.generator import skriv
from tests.stat.modell import Plan

# The command line, where a build is a word.
_UTEN_BYGG = """
import sys, types
sys.modules["styring.bygg"] = types.ModuleType("styring.bygg")
sys.modules["styring.bygg"].bygg = lambda **_: print("BYGGER")
"""
_RASKT = "from tests.belastning import raskt_bygg; raskt_bygg.klargjor()\n"
_HOVED = "\nfrom styring.start import hoved; hoved()"
_DATAFIL = "statsregnskapet/periode=202301/data.parquet"


@dataclass(frozen=True)
class Lager:
    """A copy of the project, the data folder it reads, and where it is published."""

    rot: Path

    @property
    def prosjekt(self) -> Path:
        return self.rot / "prosjekt"

    @property
    def data(self) -> Path:
        return self.rot / "data"

    @property
    def versjoner(self) -> Versjoner:
        return Versjoner(self.rot / "lager")

    @property
    def versjon(self) -> Path:
        """The folder of the published version."""
        return self.versjoner.publisert.resolve().parent

    def kjor(self, *argumenter: str, kode: str = _UTEN_BYGG, **miljo: str) -> str:
        """What the command line says after some code, where no more than that is built."""
        svar = subprocess.run(
            [sys.executable, "-c", kode + _HOVED, *argumenter],
            cwd=self.prosjekt,
            env=os.environ
            | {
                "PYTHONPATH": str(self.prosjekt),
                "STYRING_MAPPE": str(self.rot / "lager"),
                "STYRING_DATA": str(self.data),
            }
            | miljo,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        assert svar.returncode == 0, svar.stdout + svar.stderr
        return svar.stdout

    def er_uendret(self, *argumenter: str, **miljo: str) -> bool:
        """Whether a build says that nothing is changed; otherwise it began."""
        svar = self.kjor("bygg", *argumenter, **miljo)
        assert (svar == "BYGGER\n") != svar.startswith(f"Ingenting er endret siden versjon {self.versjon.name} ble ")
        return svar != "BYGGER\n"


def _nytt(rot: Path) -> Lager:
    lager = Lager(rot)
    kopi(lager.prosjekt)
    (rot / "lager").mkdir()
    fil = lager.data / _DATAFIL
    fil.parent.mkdir(parents=True)
    fil.write_bytes(b"1234")
    lager.kjor("bygg", kode=_RASKT)
    return lager


@pytest.fixture(scope="module")
def felles(tmp_path_factory: pytest.TempPathFactory) -> Lager:
    """A published version, quickly built."""
    return _nytt(tmp_path_factory.mktemp("avtrykk"))


@pytest.fixture
def lager(felles: Lager) -> Iterator[Lager]:
    """The published version; what a test does to it, or to what it is made from, is undone."""
    assert felles.er_uendret()
    reserve = felles.rot / "reserve"
    reserve.mkdir()
    for del_ in ("prosjekt", "data", "lager"):
        # with the times that the files have
        subprocess.run(["cp", "-a", felles.rot / del_, reserve / del_], check=True)
    yield felles
    for del_ in ("prosjekt", "data", "lager"):
        shutil.rmtree(felles.rot / del_, ignore_errors=True)
        (reserve / del_).rename(felles.rot / del_)
    reserve.rmdir()


def test_det_uendrede_bygget_laster_ingen_av_pakkene_som_bygger(felles: Lager) -> None:
    moduler = "import atexit, sys; atexit.register(lambda: print(*sys.modules))\n"
    svar, lastet = felles.kjor("bygg", kode=moduler).splitlines()
    tid = norsk.tidspunkt(datetime.datetime.strptime(felles.versjon.name, "%Y%m%dT%H%M%S%f%z"))
    assert svar == (
        f"Ingenting er endret siden versjon {felles.versjon.name} ble bygget {tid}, og den er publisert; "
        "bygg den likevel med: styring bygg --på-nytt"
    )
    assert "styring.avtrykk" in lastet.split()
    tunge = {"dbt", "duckdb", "great_expectations", "jinja2", "jsonschema", "pandas", "requests", "yaml"}
    assert not tunge & {modul.partition(".")[0] for modul in lastet.split()}


@pytest.mark.parametrize(
    "sti",
    [
        "dbt_project.yml",
        "expectations/avtaler.py",
        "expectations/maler/kontrollrapport.html.j2",
        "macros/statusdato.sql",
        "models/marts/oppdrag/oppdrag.sql",
        "models/marts/oppdrag/oppdrag.yml",
        "profiles.yml",
        "seeds/_skjema.json",
        "seeds/budsjett/tildelingshendelser.csv",
        "styring/validering.py",
        "tests/assert_ingen_nye_avvik.sql",
        "tests/generic/alltid_sant.sql",
    ],
)
def test_en_endret_byte_i_det_bygget_er_laget_av_gir_et_bygg(lager: Lager, sti: str) -> None:
    fil = lager.prosjekt / sti
    tid, innhold = fil.stat(), fil.read_bytes()
    fil.write_bytes(innhold + b"\n")
    assert not lager.er_uendret()
    # it is what is in them that counts
    fil.write_bytes(innhold)
    assert fil.stat().st_mtime_ns != tid.st_mtime_ns
    assert lager.er_uendret()


def _ny(lager: Lager) -> None:
    shutil.copyfile(lager.data / _DATAFIL, lager.data / "ny.parquet")


def _rettet(lager: Lager) -> None:
    """As long as it was: a file moved into its place, as by `styring hent`."""
    (lager.data / "ny").write_bytes(b"1235")
    (lager.data / "ny").replace(lager.data / _DATAFIL)


@pytest.mark.parametrize(
    "endring",
    [
        pytest.param(lambda lager: (lager.prosjekt / "models/ny.sql").write_text("select 1"), id="ny modell"),
        pytest.param(lambda lager: (lager.prosjekt / "packages.yml").touch(), id="dbt-pakker"),
        pytest.param(lambda lager: (lager.prosjekt / "seeds/maal/krav.csv").unlink(), id="seed borte"),
        pytest.param(_ny, id="ny datafil"),
        pytest.param(_rettet, id="rettet datafil"),
        pytest.param(lambda lager: (lager.data / _DATAFIL).unlink(), id="datafil borte"),
        pytest.param(lambda lager: shutil.rmtree(lager.data), id="datamappe borte"),
    ],
)
def test_en_fil_som_er_ny_rettet_eller_borte_gir_et_bygg(lager: Lager, endring: Callable[[Lager], object]) -> None:
    endring(lager)
    assert not lager.er_uendret()


@pytest.mark.parametrize(
    "valg",
    [
        ("--tillat-nye-avvik",),
        ("--statusdato", "2025-06-01"),
        ("--på-nytt",),
        ("--paa-nytt",),
        # who asks for a build alone, gets one
        ("--uten-publisering",),
    ],
)
def test_andre_valg_gir_et_bygg(felles: Lager, valg: tuple[str, ...]) -> None:
    assert not felles.er_uendret(*valg)


def test_dagen_er_med_naar_ingen_dato_er_gitt(felles: Lager) -> None:
    """A day later, deadlines have passed; the same day, it does not matter whether it is given."""
    i_gaar = norsk.i_dag() - datetime.timedelta(days=1)
    assert (
        felles.kjor(
            "bygg",
            kode=_UTEN_BYGG
            + f"""
import datetime
from styring import norsk
norsk.i_dag = lambda: datetime.date.fromisoformat('{i_gaar}')
""",
        )
        == "BYGGER\n"
    )
    assert felles.er_uendret("--statusdato", norsk.i_dag().isoformat())


def test_en_annen_utgave_av_en_pakke_gir_et_bygg(felles: Lager, tmp_path: Path) -> None:
    (tmp_path / "dbt_core-1.11.99.dist-info").mkdir()
    assert not felles.er_uendret(PYTHONPATH=f"{felles.prosjekt}{os.pathsep}{tmp_path}")


def test_en_annen_datamappe_gir_et_bygg(felles: Lager, tmp_path: Path) -> None:
    shutil.copytree(felles.data, tmp_path / "data")
    assert not felles.er_uendret(STYRING_DATA=str(tmp_path / "data"))
    # the same folder by another path
    assert felles.er_uendret(STYRING_DATA="../data")


@pytest.mark.parametrize(
    "sti",
    [
        "prosjekt/README.md",
        "prosjekt/tests/nettleser/node_modules/axe-core/README.md",
        "prosjekt/tests/python/ny.py",
        "prosjekt/models/__pycache__/ny.pyc",
        "data/.arbeid/x.parquet",
    ],
)
def test_det_bygget_ikke_leser_gir_ikke_et_bygg(lager: Lager, sti: str) -> None:
    (lager.rot / sti).parent.mkdir(parents=True, exist_ok=True)
    (lager.rot / sti).write_text("noe annet", encoding="utf-8")
    # what an editor holds a file with
    (lager.prosjekt / "seeds/.#krav.csv").symlink_to("kari@maskin.1234")
    assert lager.er_uendret()


def _legg_til_versjon(lager: Lager) -> None:
    """As when a build is killed between its version and the published name."""
    shutil.copytree(lager.versjon, lager.versjoner.mappe / "21001231T235959000000Z")


@pytest.mark.parametrize(
    "skade",
    [
        pytest.param(lambda lager: skad(lager.versjon / FILNAVN), id="filen avkortet"),
        pytest.param(lambda lager: skad(lager.versjon / FILNAVN, 5000), id="filen endret"),
        pytest.param(lambda lager: (lager.versjon / FILNAVN).unlink(), id="filen borte"),
        pytest.param(lambda lager: (lager.versjon / MANIFEST).unlink(), id="manifestet borte"),
        pytest.param(lambda lager: (lager.versjon / AVTRYKK).unlink(), id="avtrykket borte"),
        pytest.param(lambda lager: (lager.versjon / AVTRYKK).write_text('{"fra": '), id="avtrykket avkortet"),
        pytest.param(lambda lager: (lager.versjon / AVTRYKK).write_text("[]"), id="avtrykket er noe annet"),
        pytest.param(lambda lager: shutil.rmtree(lager.versjon / "rapport"), id="rapporten borte"),
        pytest.param(lambda lager: lager.versjoner.publisert_rapport.unlink(), id="rapportens navn borte"),
        pytest.param(lambda lager: lager.versjoner.publisert.unlink(), id="navnet borte"),
        pytest.param(lambda lager: lager.versjoner.stanset.mkdir(), id="det siste bygget ble stanset"),
        pytest.param(_legg_til_versjon, id="drept før navnet ble byttet"),
    ],
)
def test_det_som_ikke_staar_som_det_ble_publisert_gir_et_bygg(lager: Lager, skade: Callable[[Lager], object]) -> None:
    skade(lager)
    assert lager.kjor("bygg") == "BYGGER\n"


def test_etter_en_vei_tilbake_bygges_det(lager: Lager) -> None:
    """Also to a version that was made from the same: who went back, did so for a reason."""
    forste = lager.versjon.name
    tar_over = _RASKT + "from styring import gjenbruk; gjenbruk.ta_over = lambda *_: print('TAR OVER')\n"
    assert "TAR OVER" not in lager.kjor("bygg", "--på-nytt", kode=tar_over)
    assert lager.versjon.name > forste
    assert lager.er_uendret()
    lager.kjor("tilbake")
    assert lager.versjon.name == forste
    assert not lager.er_uendret()
    assert "TAR OVER" in lager.kjor("bygg", kode=tar_over)
    assert lager.er_uendret()


def test_er_noe_endret_mens_det_ble_bygget_bygges_det_igjen(lager: Lager) -> None:
    endrer = """
from pathlib import Path
from styring import dbt
ekte = dbt.bygg
def bygg(*argumenter):
    Path("models/ny.sql").write_text("select 1")
    return ekte(*argumenter)
dbt.bygg = bygg
"""
    assert "Publisert: " in lager.kjor("bygg", "--på-nytt", kode=_RASKT + endrer)
    assert not lager.er_uendret()
    # taken away again, it is still in what dbt built
    (lager.prosjekt / "models/ny.sql").unlink()
    assert not lager.er_uendret()
    lager.kjor("bygg", kode=_RASKT)
    assert lager.er_uendret()


def test_et_helt_bygg_blir_kjent_igjen_og_alt_dbt_leste_er_med(publisert: Path) -> None:
    """A build with dbt and the contracts leaves files that stay as they are."""
    fra = avtrykk.inndata(statusdato="2025-06-01", tillat_nye_avvik=False)
    versjoner = Versjoner(publisert)
    skrevet = json.loads((versjoner.publisert.resolve().parent / AVTRYKK).read_text(encoding="utf-8"))
    # the tests are another program than the one that built, with other folders to import from
    assert versjoner.gjeldende() == avtrykk.oppdatert(versjoner, fra | {"pakker": skrevet["fra"]["pakker"]})
    assert any(en.startswith("dbt_core-1.11.") for en in skrevet["fra"]["pakker"])
    manifest = json.loads((versjoner.mappe / ".dbt" / MANIFEST).read_text(encoding="utf-8"))
    lest = {
        en["original_file_path"]
        for hva in ("nodes", "sources", "macros", "docs", "exposures", "metrics", "semantic_models", "saved_queries")
        for en in manifest[hva].values()
        if en["package_name"] == "styring"
    }
    assert len(lest) > 150
    assert lest <= set(skrevet["fra"]["prosjekt"])


def test_dbt_leser_prosjektet_paa_nytt_for_en_annen_kopi_av_det(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """dbt remembers where the seeds are: a copy that publishes in the same folder would load the first one's."""

    def navn(fil: str) -> Path:
        sti = dbt._under_fast_navn(tmp_path / fil / FILNAVN, tmp_path / ".dbt")
        assert sti.resolve() == tmp_path / fil / FILNAVN
        return sti

    forste = navn("et bygg")
    assert navn("det neste") == forste
    monkeypatch.setattr(dbt, "PROSJEKT", tmp_path)
    assert navn("en kopi av prosjektet") != forste


def _alt(fil: Path) -> dict[str, object]:
    """All rows of all tables and views of a version, sorted, and what is said of the columns."""
    with duckdb.connect(str(fil), read_only=True) as kobling:
        kolonner = kobling.execute(
            "select schema_name, table_name, column_name, data_type, comment from duckdb_columns() where not internal "
            "order by all"
        ).fetchall()
        tabeller = sorted({f"{skjema}.{tabell}" for skjema, tabell, *_ in kolonner})
        return {"": kolonner} | {
            # the order in which they lie is that of DuckDB's threads
            tabell: sorted(map(repr, kobling.execute(f"from {tabell}").fetchall()))
            for tabell in tabeller
        }


def test_der_bare_rader_er_endret_bygges_det_som_foelger_av_dem(publisert: Path, tmp_path: Path) -> None:
    """There and back, with rows in a seed, what is fetched and the day: what follows says what they say, and the rest
    is what a whole build made, to the last row."""
    prosjekt, versjoner, data = kopi(tmp_path / "prosjekt"), Versjoner(tmp_path / "lager"), tmp_path / "data"
    kopi_av_lageret(publisert, tmp_path / "lager")
    # built with an empty data folder, whose path is in none of its views
    skrevet = versjoner.publisert.resolve().parent / AVTRYKK
    fra = json.loads(skrevet.read_text(encoding="utf-8"))
    fra["fra"]["datamappe"] = str(data)
    skrevet.write_text(json.dumps(fra), encoding="utf-8")
    hele, poster = _alt(versjoner.publisert), prosjekt / "seeds/budsjett/poster.csv"
    manifest = json.loads((versjoner.publisert.resolve().parent / MANIFEST).read_text(encoding="utf-8"))
    rader = poster.read_text(encoding="utf-8")

    def bygg(statusdato: str) -> set[str]:
        """Build, and say which relations are not as they were first."""
        svar = kjor(
            *("bygg", "--statusdato", statusdato),
            mappe=tmp_path / "lager",
            prosjekt=prosjekt,
            miljo={"STYRING_DATA": str(data)},
        )
        assert svar.returncode == 0, svar.stdout + svar.stderr
        hva = "seeds/budsjett/poster.csv, bevilgninger, statsregnskapet, statusdato"
        assert f"dbt det som følger av {hva}; resten er uendret …" in svar.stdout
        naa = _alt(versjoner.publisert)
        assert naa.keys() == hele.keys()
        return {tabell for tabell in hele if naa[tabell] != hele[tabell]}

    skriv(Plan(fra=2021, til=2023, virksomheter=8, poster=60, rader=2_000), tmp_path / "dfo", pakket=False)
    for kilde in ("statsregnskapet", "bevilgninger"):
        svar = kjor(
            *("hent", kilde, "--fra", str(tmp_path / "dfo")),
            mappe=tmp_path / "lager",
            miljo={"STYRING_DATA": str(data)},
        )
        assert svar.returncode == 0, svar.stdout + svar.stderr
    poster.write_text(rader.replace(",Driftsutgifter,", ",Utgifter til drift,"), encoding="utf-8")
    assert bygg("2026-06-02") >= {
        "seeds.poster",
        "marts.budsjettutnyttelse",
        "marts.budsjettutnyttelse_per_maaned",
        "marts.statsbudsjettet",
        "marts.oppdrag",
    }
    shutil.rmtree(data)
    poster.write_text(rader, encoding="utf-8")
    assert bygg("2025-06-01") == set()
    igjen = json.loads((versjoner.publisert.resolve().parent / MANIFEST).read_text(encoding="utf-8"))
    for navn, node in manifest["nodes"].items():
        # an incremental model's asks for the months that are new
        if node["config"].get("materialized") != "incremental":
            assert igjen["nodes"][navn].get("compiled_code") == node.get("compiled_code"), navn


@pytest.mark.parametrize(
    ("endring", "ventet"),
    [
        ({"prosjekt": {"seeds/a.csv": "2", "models/a.sql": "1"}}, ["path:seeds/a.csv"]),
        ({"prosjekt": {"seeds/a.csv": "2", "models/a.sql": "2"}}, []),
        ({"prosjekt": {"seeds/a.csv": "2", "models/a.sql": "1", "seeds/ny.csv": "1"}}, []),
        ({"prosjekt": {"seeds/a.csv": "2"}}, []),
        ({"prosjekt": {"seeds/a.csv": "2", "models/a.sql": "1"}, "pakker": ["dbt 2"]}, []),
        ({"valg": {"statusdato": "2025-06-02", "tillat_nye_avvik": False}}, ["tag:statusdato"]),
        ({"valg": {"statusdato": "2025-06-01", "tillat_nye_avvik": True}}, []),
        ({"data": {"ssb/tabell=1/data.parquet": [1, 2], "karantene/x": [1, 2]}}, ["source:ekstern.ssb"]),
        ({"data": {"ssb/tabell=1/data.parquet": [1, 1]}}, ["source:ekstern.karantene", "source:ekstern.ssb"]),
        ({"data": {}, "pakker": ["dbt 2"]}, []),
        (
            {"data": {}, "valg": {"statusdato": "2025-06-01", "tillat_nye_avvik": True}},
            ["source:ekstern.karantene"],
        ),
        ({}, []),
    ],
)
def test_er_mer_enn_rader_og_dagen_endret_bygges_alt(
    tmp_path: Path, endring: dict[str, object], ventet: list[str]
) -> None:
    fra: dict[str, object] = {
        "valg": {"statusdato": "2025-06-01", "tillat_nye_avvik": False},
        "data": {"karantene/x": [1, 2]},
        "pakker": ["dbt 1"],
        "prosjekt": {"seeds/a.csv": "1", "models/a.sql": "1"},
    }
    (tmp_path / FILNAVN).write_text("hel", encoding="utf-8")
    avtrykk.skriv(tmp_path, fra)
    assert avtrykk.endret(tmp_path, fra | endring) == ventet
    (tmp_path / FILNAVN).write_text("skadet", encoding="utf-8")
    assert avtrykk.endret(tmp_path, fra | endring) == []
