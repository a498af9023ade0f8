"""The SQL box reads the published version and nothing else, within its limits; the ready questions run in it."""

import datetime
import re
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from styring import sqlboks
from styring.feil import StyringFeil
from styring.stier import PROSJEKT


@pytest.fixture(scope="module")
def fil(publisert: Path) -> Path:
    return (publisert / "warehouse.duckdb").resolve()


def _feil(fil: Path, sporring: str) -> StyringFeil:
    with pytest.raises(StyringFeil) as feil:
        sqlboks.kjor(fil, sporring)
    return feil.value


@pytest.mark.parametrize(
    ("sporring", "melding"),
    [
        # files
        ("select * from read_csv('/etc/passwd')", "Permission Error"),
        ("select * from read_text('/etc/passwd')", "Permission Error"),
        ("select * from read_blob('/proc/self/environ')", "Permission Error"),
        ("select * from read_json('/etc/passwd')", "Permission Error"),
        ("select * from read_parquet('/etc/passwd')", "Permission Error"),
        ("select * from read_duckdb('annen.duckdb')", "Permission Error"),
        ("select * from glob('/*')", "Permission Error"),
        ("select * from '/etc/passwd'", "does not exist"),
        ("select * from query('from read_csv(''/etc/passwd'')')", "Permission Error"),
        ("select * from read_csv('https://example.org/x.csv')", "Spørringen kan ikke kjøres"),
        ("copy (select 1) to 'x.csv'", "Dette er copy"),
        ("copy marts.kilder from '/etc/passwd'", "Dette er copy"),
        ("export database 'x'", "Dette er export"),
        ("import database 'x'", "Bare spørringer som leser"),
        ("attach 'x.duckdb' as x", "Dette er attach"),
        ("attach ':memory:' as x", "Dette er attach"),
        ("detach warehouse", "Dette er detach"),
        # settings and extensions
        ("install httpfs", "Dette er load"),
        ("load httpfs", "Dette er load"),
        ("select * from sql_auto_complete('sel')", "Spørringen kan ikke kjøres"),
        ("set enable_external_access = true", "Dette er set"),
        ("set threads = 8", "Dette er set"),
        ("reset memory_limit", "Dette er set"),
        ("use system", "Dette er set"),
        ("pragma database_list", "Dette er pragma"),
        ("pragma memory_limit = '9GB'", "Bare spørringer som leser"),
        ("call enable_logging()", "Dette er call"),
        ("select * from enable_logging()", "configuration has been locked"),
        ("select * from enable_profiling(save_location := 'x')", "configuration has been locked"),
        # changes
        ("create table x as select 1", "Dette er create"),
        ("create temp table x as select 1", "Dette er create"),
        ("create macro x() as 1", "Dette er create"),
        ("insert into marts.kilder select * from marts.kilder", "Dette er insert"),
        ("update marts.verdier set verdi = 0", "Dette er update"),
        ("delete from marts.verdier", "Dette er delete"),
        ("drop table marts.verdier", "Dette er drop"),
        ("with x as (delete from marts.verdier returning *) select * from x", "read-only"),
        ("with x as (insert into marts.kilder from marts.kilder returning *) select * from x", "read-only"),
        ("prepare x as select 1", "Dette er prepare"),
        # more than one, and none
        ("select 1; select 2", "Her er det 2"),
        ("select 1; drop table marts.verdier", "Her er det 2"),
        ("select * from query('select 1; select 2')", "Expected a single SELECT"),
        ("", "Skriv en spørring"),
        ("-- ingenting", "Skriv en spørring"),
        ("pivot marts.verdier on aar using count(*)", "Skriv opp verdiene"),
        # what is around the database
        ("select getenv('HOME')", "does not exist"),
        ("select * from hemmelig", "does not exist"),
        ("select * from sys", "does not exist"),
    ],
)
def test_det_som_ikke_er_a_lese_datavarehuset_blir_avvist(fil: Path, sporring: str, melding: str) -> None:
    hemmelig = [{"a": 1}]  # a name that a replacement scan would find
    assert melding in _feil(fil, sporring).melding
    assert hemmelig


@pytest.mark.parametrize(
    "sporring",
    [
        "select list(range) from range(1000000000)",
        "select repeat('x', 100000000) from range(100)",
        "select repeat('x', 100000) from range(1000)",
    ],
)
def test_en_minnebombe_blir_stanset(fil: Path, sporring: str) -> None:
    assert "mer minne enn den får" in _feil(fil, sporring).melding


def test_det_som_aldri_blir_ferdig_blir_stanset_og_andre_leser_imens(fil: Path) -> None:
    uten_ende = "with recursive t(n) as (select 1 union all select n + 1 from t) select max(n) from t"
    with ThreadPoolExecutor() as traader:
        # one that DuckDB stops, and one function call that it cannot stop
        svar = [traader.submit(_feil, fil, sporring) for sporring in (uten_ende, "select sleep_ms(600000)")]
        with duckdb.connect(str(fil), read_only=True) as kobling:
            assert kobling.execute("select count(*) > 0 from marts.verdier").fetchall() == [(True,)]
        assert all("stanset etter 10 sekunder" in en.result().melding for en in svar)


def test_et_for_langt_svar_blir_kuttet(fil: Path) -> None:
    svar = sqlboks.kjor(fil, "select a.range from range(1000000) as a, range(1000000) as b")
    assert (len(svar.rader), svar.kuttet) == (sqlboks.RADGRENSE, True)
    svar = sqlboks.kjor(fil, f"select * from range({sqlboks.RADGRENSE})")
    assert (len(svar.rader), svar.kuttet) == (sqlboks.RADGRENSE, False)


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
            'nan'::double as ikke_tall
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
