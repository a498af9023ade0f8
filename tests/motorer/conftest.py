"""One build of the real seeds, and of a made-up state, on each engine, read back as the engine gives it.

Needs Java and PostgreSQL.
"""

import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import psycopg2
import pytest
from dbt.cli.main import dbtRunner
from pyspark.sql import SparkSession

from styring.stier import PROSJEKT
from tests.motorer.ekstern import kilder, skriv
from tests.motorer.kanonisk import Innhold, Mart, kanonisk

# the accounts of the made-up state are not those that the documents print
_VARIABLER = json.dumps({"statusdato": "2025-06-01", "tillat_nye_avvik": True})


class Bygg(NamedTuple):
    """What a build left: its manifest, the marts that it declares, and their rows as the engine gave them."""

    manifest: dict[str, Any]
    marter: dict[str, Mart]
    innhold: dict[str, Innhold]


def _argumenter(kommando: str, maal: str, mappe: Path, *utvalg: str) -> list[str]:
    return [
        kommando,
        *("--target", maal, "--vars", _VARIABLER, "--quiet", "--no-use-colors"),
        *("--project-dir", str(PROSJEKT), "--profiles-dir", str(PROSJEKT)),
        *("--target-path", str(mappe / "target"), "--log-path", str(mappe)),
        *utvalg,
    ]


def _dbt(maal: str, mappe: Path, miljo: Mapping[str, str], *utvalg: str) -> None:
    svar = subprocess.run(
        [Path(sys.executable).with_name("dbt"), *_argumenter("build", maal, mappe, *utvalg)],
        env=os.environ | miljo,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert svar.returncode == 0, svar.stdout + svar.stderr


def _manifest(mappe: Path) -> dict[str, Any]:
    innhold: dict[str, Any] = json.loads((mappe / "target/manifest.json").read_text(encoding="utf-8"))
    return innhold


def _marter(manifest: dict[str, Any]) -> dict[str, Mart]:
    """The public models of a manifest, with the columns of the contract and of the test on their key."""
    noder = manifest["nodes"].values()
    nokler: dict[str, tuple[str, ...]] = {}
    for test in noder:
        if test["resource_type"] == "test" and (hva := test.get("test_metadata")):
            if hva["name"] == "unik_kombinasjon":
                nokler[test["attached_node"]] = tuple(hva["kwargs"]["kolonner"])
            elif hva["name"] == "unique":
                nokler.setdefault(test["attached_node"], (hva["kwargs"]["column_name"],))
    return {
        node["name"]: Mart(
            node["schema"],
            node["name"],
            {kolonne["name"]: kolonne["data_type"] for kolonne in node["columns"].values()},
            nokler[node["unique_id"]],
        )
        for node in noder
        if node["resource_type"] == "model" and node["access"] == "public"
    }


def _les(mappe: Path, markor: Any) -> Bygg:
    """Read every mart through a DB-API cursor."""
    marter = _marter(manifest := _manifest(mappe))
    innhold = {}
    for mart in marter.values():
        markor.execute(f"select * from {mart.skjema}.{mart.navn}")
        innhold[mart.navn] = kanonisk(mart, [felt[0] for felt in markor.description], markor.fetchall())
    return Bygg(manifest, marter, innhold)


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder that every build has its external sources from: STYRING_DATA, or a made-up state."""
    if valgt := os.environ.get("STYRING_DATA"):
        return Path(valgt).resolve()
    mappe = tmp_path_factory.mktemp("data")
    skriv(mappe)
    return mappe


@pytest.fixture(scope="session")
def duckdb_bygg(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Bygg:
    return _paa_duckdb(data, tmp_path_factory.mktemp("duckdb"))


def _paa_duckdb(data: Path, mappe: Path) -> Bygg:
    fil = mappe / "warehouse.duckdb"
    miljo = {"STYRING_DATA": str(data), "STYRING_DUCKDB": str(fil)}
    _dbt("dev", mappe, miljo, "--resource-type", "seed", "--resource-type", "model")
    with duckdb.connect(str(fil), read_only=True) as kobling:
        return _les(mappe, kobling.cursor())


def _program(navn: str) -> str:
    """A program of PostgreSQL, which Debian keeps out of the path."""
    funnet = shutil.which(navn) or max(map(str, Path("/usr/lib/postgresql").glob(f"*/bin/{navn}")), default=None)
    assert funnet, f"{navn} mangler; make test-engines installerer PostgreSQL"
    return funnet


@pytest.fixture(scope="session")
def postgres_tjener() -> Iterator[dict[str, str]]:
    """A PostgreSQL of its own, on a socket in its folder alone; as the environment that libpq and profiles.yml read.

    It refuses to run as root, and then runs as the user that Debian makes for it. Text is sorted by bytes, as on the
    other engines.
    """
    bruker: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="pg") as navn:
        mappe = Path(navn)
        if os.geteuid() == 0:
            konto = pwd.getpwnam("postgres")
            bruker = {"user": konto.pw_uid, "group": konto.pw_gid, "extra_groups": []}
            os.chown(mappe, konto.pw_uid, konto.pw_gid)

        def kjor(*kommando: str) -> None:
            subprocess.run(kommando, cwd=mappe, check=True, stdout=subprocess.DEVNULL, **bruker)

        base = str(mappe / "data")
        sortering = ("--encoding=UTF8", "--lc-collate=C", "--lc-ctype=C.UTF-8")
        kjor(_program("initdb"), "-D", base, "-U", "styring", "--auth=trust", "--no-sync", *sortering)
        valg = f"-k {mappe} -c listen_addresses='' -c fsync=off"
        kjor(_program("pg_ctl"), "-D", base, "-l", str(mappe / "logg"), "-o", valg, "-w", "start")
        try:
            yield {"PGHOST": str(mappe), "PGUSER": "styring", "PGDATABASE": "postgres"}
        finally:
            kjor(_program("pg_ctl"), "-D", base, "-m", "immediate", "-w", "stop")


def _last_i_postgres(kobling: Any, manifest: dict[str, Any], data: Path) -> None:
    """The external sources as tables, copied as CSV out of what DuckDB reads; once more, in place of what they had."""
    with kobling, kobling.cursor() as markor, duckdb.connect() as ddb, tempfile.NamedTemporaryFile("rb") as fil:
        markor.execute("create schema if not exists ekstern")
        for kilde in kilder(manifest, data):
            navn = ", ".join(kilde.kolonner)
            ddb.execute(f"copy (select {navn} from {kilde.fra}) to '{fil.name}' (format csv, header false)")
            typer = (f"{kol} {'text' if type_ == 'string' else type_}" for kol, type_ in kilde.kolonner.items())
            markor.execute(f"create table if not exists ekstern.{kilde.navn} ({', '.join(typer)})")
            markor.execute(f"truncate ekstern.{kilde.navn}")
            with Path(fil.name).open("rb") as strom:
                markor.copy_expert(f"copy ekstern.{kilde.navn} from stdin (format csv)", strom)


@pytest.fixture(scope="session")
def postgres_bygg(
    data: Path, duckdb_bygg: Bygg, postgres_tjener: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Bygg:
    """Everything, with dbt's own tests."""
    return _paa_postgres(postgres_tjener, duckdb_bygg.manifest, data, tmp_path_factory.mktemp("postgres"))


def _paa_postgres(tjener: dict[str, str], manifest: dict[str, Any], data: Path, mappe: Path, *utvalg: str) -> Bygg:
    # closed when it has read: what it holds, the next build would wait for
    with closing(
        psycopg2.connect(host=tjener["PGHOST"], user=tjener["PGUSER"], dbname=tjener["PGDATABASE"])
    ) as kobling:
        _last_i_postgres(kobling, manifest, data)
        _dbt("postgres", mappe, tjener, *utvalg)
        return _les(mappe, kobling.cursor())


@pytest.fixture(scope="session")
def rettet(data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A data folder in which the last month of the accounts is corrected, and that month."""
    mappe = tmp_path_factory.mktemp("rettet") / "data"
    shutil.copytree(data, mappe)
    fil = max(mappe.glob("statsregnskapet/periode=*/*.parquet"))
    with duckdb.connect() as ddb:
        ddb.execute(
            f"""
            create table rader as from read_parquet('{fil}', hive_partitioning = false);
            copy (select * replace (belop + 1 as belop, 'rettet' as sjekksum) from rader) to '{fil}' (format parquet)
            """
        )
    return mappe, fil.parent.name.partition("=")[2]


@pytest.fixture(scope="session")
def rettet_paa_duckdb(rettet: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Bygg:
    """Everything, from nothing."""
    return _paa_duckdb(rettet[0], tmp_path_factory.mktemp("rettet_duckdb"))


@pytest.fixture(scope="session")
def rettet_paa_postgres(
    postgres_bygg: Bygg,
    rettet_paa_duckdb: Bygg,
    rettet: tuple[Path, str],
    postgres_tjener: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Bygg:
    """What follows of the month, in the database that was built before it was corrected."""
    data, maaned = rettet
    mappe = tmp_path_factory.mktemp("rettet_postgres")
    utvalg = ("--resource-type", "model", "--select", "source:ekstern.statsregnskapet+")
    bygg = _paa_postgres(postgres_tjener, rettet_paa_duckdb.manifest, data, mappe, *utvalg)
    [lest] = (mappe / "target/compiled").rglob("int_regnskap_per_maaned.sql")
    assert f"where periode in ('{maaned}')" in lest.read_text(encoding="utf-8")
    return bygg


def _rader(tabell: Any) -> list[Sequence[object]]:
    """The rows of a table of Spark's: times whatever the machine's time zone is, and structs as mappings."""
    typer = [(navn, "timestamp_ntz" if type_ == "timestamp" else type_) for navn, type_ in tabell.dtypes]
    uten_sone = tabell.selectExpr(*(f"cast({navn} as {type_}) as {navn}" for navn, type_ in typer))
    return [list(rad.asDict(recursive=True).values()) for rad in uten_sone.collect()]


@pytest.fixture(scope="session")
def spark_bygg(data: Path, duckdb_bygg: Bygg, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bygg]:
    """Everything but the unit tests, built and read in one session, since the session's catalogue has one reader."""
    mappe = tmp_path_factory.mktemp("spark")

    def kjor(kommando: str, *utvalg: str) -> SparkSession:
        with pytest.MonkeyPatch.context() as miljo:
            miljo.setenv("STYRING_SPARK", str(mappe))
            svar = dbtRunner().invoke(_argumenter(kommando, "spark", mappe, *utvalg))
        assert svar.success, svar.exception or (mappe / "dbt.log").read_text(encoding="utf-8")[-5000:]
        return SparkSession.builder.getOrCreate()

    okt = kjor("seed")
    try:
        okt.conf.set("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
        okt.sql("create schema ekstern")
        for kilde in kilder(duckdb_bygg.manifest, data):
            okt.read.parquet(str(data / kilde.navn)).select(*kilde.kolonner).write.saveAsTable(f"ekstern.{kilde.navn}")
        kjor("build", "--exclude-resource-type", "seed", "--exclude-resource-type", "unit_test")
        marter = _marter(manifest := _manifest(mappe))
        innhold = {}
        for mart in marter.values():
            tabell = okt.table(f"{mart.skjema}.{mart.navn}")
            innhold[mart.navn] = kanonisk(mart, tabell.columns, _rader(tabell))
        yield Bygg(manifest, marter, innhold)
    finally:
        okt.stop()
