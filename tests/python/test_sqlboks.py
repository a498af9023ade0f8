"""The SQL box reads the published version and nothing else, within its limits; the ready questions run in it."""

import datetime
import os
import re
import subprocess
import sys
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from styring import sqlboks
from styring.feil import StyringFeil
from styring.stier import PROSJEKT
from tests.python.conftest import kjor


@pytest.fixture(scope="module")
def fil(publisert: Path) -> Path:
    return (publisert / "warehouse.duckdb").resolve()


def _feil(fil: Path, sporring: str) -> StyringFeil:
    with pytest.raises(StyringFeil) as feil:
        sqlboks.kjor(fil, sporring)
    return feil.value


FIENDTLIGE = tomllib.loads((PROSJEKT / "tests/data/fiendtlig_sql.toml").read_text(encoding="utf-8"))["sak"]


@pytest.mark.parametrize(("sporring", "melding"), [(en["sporring"], en["melding"]) for en in FIENDTLIGE])
def test_det_som_ikke_er_a_lese_datavarehuset_blir_avvist(fil: Path, sporring: str, melding: str) -> None:
    hemmelig = [{"a": 1}]  # a name that a replacement scan would find
    assert melding in _feil(fil, sporring).melding
    assert hemmelig


@pytest.mark.parametrize(
    "sporringer",
    [
        # one that DuckDB stops, and one function call that it cannot stop
        ("with recursive t(n) as (select 1 union all select n + 1 from t) select max(n) from t",
         "select sleep_ms(600000)"),
        ("select count(*) from marts.verdier a, marts.verdier b, marts.verdier c, marts.verdier d",
         "select count(*) from range(1000000000000)"),
    ],
)  # fmt: skip
def test_det_som_aldri_blir_ferdig_blir_stanset_og_andre_leser_imens(fil: Path, sporringer: tuple[str, ...]) -> None:
    def stanset(sporring: str) -> tuple[str, float]:
        start = time.monotonic()
        return _feil(fil, sporring).melding, time.monotonic() - start

    with ThreadPoolExecutor() as traader:
        svar = [traader.submit(stanset, sporring) for sporring in sporringer]
        with duckdb.connect(str(fil), read_only=True) as kobling:
            assert kobling.execute("select count(*) > 0 from marts.verdier").fetchall() == [(True,)]
        for en in svar:
            melding, sekunder = en.result()
            assert "stanset etter 10 sekunder" in melding
            # a second, and what it takes to start a process and copy the file on a busy machine
            assert sekunder < sqlboks.TIDSGRENSE + 3
    assert sqlboks.kjor(fil, "select 1").rader == ((1,),)


@pytest.mark.parametrize(
    "sporring",
    ["from duckdb_secrets()", "from duckdb_logs", "from duckdb_external_file_cache()", "from which_secret('x', 's3')"],
)
def test_det_som_kunne_sagt_noe_om_maskinen_er_tomt(fil: Path, sporring: str) -> None:
    assert sqlboks.kjor(fil, sporring).rader == ()


def test_kommandoen_svarer_som_boksen(publisert: Path, tmp_path: Path) -> None:
    svar = kjor("sql", "select 1 as en, 'a,b' as to_, null as tom", mappe=publisert)
    assert (svar.returncode, svar.stdout) == (0, "en  to_  tom\n--  ---  ---\n1   a,b\n")
    svar = kjor("sql", "--csv", "select 1 as en, 'a,b' as to_, null as tom", mappe=publisert)
    assert (svar.returncode, svar.stdout) == (0, 'en,to_,tom\n1,"a,b",\n')
    svar = kjor("sql", "from read_csv('/etc/passwd')", mappe=publisert)
    assert svar.returncode == 1
    assert svar.stderr.startswith("\nFeil: Spørringen kan ikke kjøres. DuckDB sier: Permission Error")
    svar = kjor("sql", "select 1", mappe=tmp_path)
    assert (svar.returncode, svar.stdout) == (1, "")
    assert "Ingenting er publisert ennå" in svar.stderr


def test_et_for_langt_svar_blir_kuttet(fil: Path) -> None:
    svar = sqlboks.kjor(fil, "select a.range from range(1000000) as a, range(1000000) as b")
    assert (len(svar.rader), svar.kuttet) == (sqlboks.RADGRENSE, True)
    svar = sqlboks.kjor(fil, f"select * from range({sqlboks.RADGRENSE})")
    assert (len(svar.rader), svar.kuttet) == (sqlboks.RADGRENSE, False)


def test_et_for_bredt_svar_blir_kuttet_eller_avvist(fil: Path) -> None:
    svar = sqlboks.kjor(fil, f"select {', '.join(['range'] * 100)} from range(10000)")
    assert (len(svar.rader), svar.kuttet) == (5000, True)
    svar = sqlboks.kjor(fil, f"select {', '.join(['range'] * 500)} from range(1000)")
    assert (len(svar.rader), svar.kuttet) == (1000, False)
    assert "Svaret har 501 kolonner" in _feil(fil, f"select {', '.join(['1'] * 501)}").melding


@pytest.mark.parametrize("uttrykk", ["error(repeat('x', 9000000))", "cast(repeat('x', 9000000) as integer)"])
def test_en_feil_som_gjentar_sporringen_er_kort(fil: Path, uttrykk: str) -> None:
    feil = _feil(fil, f"select {uttrykk}")
    assert "xxx" in feil.melding
    assert len(feil.melding) + sum(map(len, feil.detaljer)) < 40_000


def test_en_leser_har_en_sporring_om_gangen(fil: Path) -> None:
    """One who takes no heed does not take the places of the others."""
    with ThreadPoolExecutor() as traader:
        lang = traader.submit(sqlboks.kjor, fil, "select sleep_ms(3000)", "kari")
        time.sleep(0.5)
        with pytest.raises(StyringFeil, match="Du har en spørring som kjører"):
            sqlboks.kjor(fil, "select 1", "kari")
        assert sqlboks.kjor(fil, "select 1", "ola").rader == ((1,),)
        lang.result()
    assert sqlboks.kjor(fil, "select 1", "kari").rader == ((1,),)


def test_tegn_som_ikke_er_utf8_gir_en_setning(fil: Path, publisert: Path) -> None:
    assert "ikke er gyldig UTF-8" in _feil(fil, "select '\ud800'").melding
    svar = kjor("sql", "select '\udce6'", mappe=publisert)
    assert svar.returncode == 1
    assert "Traceback" not in svar.stderr


def test_en_stanset_tjener_etterlater_ingen_prosess_og_ingen_fil(fil: Path, tmp_path: Path) -> None:
    """The one who asked is killed while the query runs: its process ends by itself, and has left no data behind."""
    kode = (
        "import sys; from pathlib import Path; from styring import sqlboks; "
        "sqlboks.kjor(Path(sys.argv[1]), 'select sleep_ms(600000)')"
    )
    with subprocess.Popen(
        [sys.executable, "-c", kode, str(fil)], cwd=PROSJEKT, env=os.environ | {"TMPDIR": str(tmp_path)}
    ) as prosess:
        while not (mapper := list(tmp_path.iterdir())) or list(mapper[0].iterdir()):
            assert prosess.poll() is None, "spørringen ble ferdig"
            time.sleep(0.1)
        prosess.kill()
    assert [list(mappe.iterdir()) for mappe in mapper] == [[]]
    frist = time.monotonic() + 60
    while _prosesser_i(mapper[0]):
        assert time.monotonic() < frist
        time.sleep(0.2)


def _prosesser_i(mappe: Path) -> list[str]:
    """The processes that work in a folder."""
    return [en.parent.name for en in Path("/proc").glob("[0-9]*/cwd") if _lenke(en) == str(mappe)]


def _lenke(sti: Path) -> str | None:
    try:
        return str(sti.readlink())
    except OSError:
        return None


def test_laasen_er_paa_og_maskinen_vises_ikke(fil: Path) -> None:
    assert sqlboks.kjor(
        fil,
        """
        select name, value from duckdb_settings()
        where name in ('access_mode', 'enable_external_access', 'lock_configuration', 'python_enable_replacements',
            'threads', 'max_execution_time', 'temp_directory')
        order by name
        """,
    ).rader == (
        ("access_mode", "read_only"),
        ("enable_external_access", "false"),
        ("lock_configuration", "true"),
        ("max_execution_time", "10000"),
        ("python_enable_replacements", "false"),
        ("temp_directory", ""),
        ("threads", "1"),
    )
    stier = sqlboks.kjor(
        fil,
        "select path from duckdb_databases() union all select value from duckdb_settings() union all "
        "select current_setting('secret_directory')",
    ).rader
    for kjent in (fil.parent, fil.parent.parent, PROSJEKT, Path.home()):
        assert not any(str(kjent) + "/" in str(sti) for (sti,) in stier)


def test_feilen_sier_hva_duckdb_sier_og_hvor(fil: Path) -> None:
    feil = _feil(fil, "select ingen\nfrom marts.verdier")
    assert feil.melding.startswith("Spørringen kan ikke kjøres. DuckDB sier: Binder Error")
    assert "LINE 1: select ingen" in feil.detaljer


def test_svaret_har_verdiene_som_de_er(fil: Path) -> None:
    svar = sqlboks.kjor(
        fil,
        """
        select 18026294901.000::decimal(18, 3) as belop, 98.4::double as grad, 2023 as aar, date '2024-09-01' as dag,
            null as tom, true as ja, 'æøå' as navn, [1, 2] as liste, timestamp '2024-09-01 10:00:00' as tid,
            'nan'::double as ikke_tall, 0.1::float as kort, interval '1 month' as maaned, date 'infinity' as alltid,
            [1.50::decimal(18, 2)] as belopene, date '0044-03-15 (BC)' as idus, 1 as aar
        """,
    )
    assert svar.kolonner[:2] == ("belop", "grad")
    assert svar.typer[:4] == ("DECIMAL(18,3)", "DOUBLE", "INTEGER", "DATE")
    assert svar.rader == (
        (
            Decimal("18026294901.000"),
            Decimal("98.4"),
            2023,
            datetime.date(2024, 9, 1),
            None,
            True,
            "æøå",
            "[1, 2]",
            "2024-09-01 10:00:00",
            "nan",
            Decimal("0.1"),
            "1 month",
            "infinity",
            "[1.50]",
            "0044-03-15 (BC)",
            1,
        ),
    )
    assert not svar.kuttet


@pytest.mark.parametrize(
    "sporring",
    [
        "from marts.kilder",
        "select * from marts.verdier where aar = 2023;",
        "with a as (select 1 as n) select * from a",
        "describe marts.verdier",
        "summarize marts.tildelinger",
        "show all tables",
        "show tables",
        "from kilder",
        "select current_date, now(), timezone('Europe/Oslo', now())",
        "pivot marts.verdier on aar in (2022, 2023) using count(*) group by omraade",
        "select table_name, comment from duckdb_tables() where schema_name = 'marts'",
        "values (1), (2)",
    ],
)
def test_aerlige_sporringer_gaar(fil: Path, sporring: str) -> None:
    assert sqlboks.kjor(fil, sporring).rader


def test_de_ferdige_sporringene_gaar(fil: Path) -> None:
    sporringer = re.findall(
        r"^```sql\n(.*?)^```", (PROSJEKT / "docs/sporringer.md").read_text("utf-8"), re.DOTALL | re.M
    )
    assert len(sporringer) >= 10
    for sporring in sporringer:
        assert sqlboks.kjor(fil, sporring).rader
