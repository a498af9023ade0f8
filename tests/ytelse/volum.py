"""What a state of accounts costs, from DFØ's files to marts: python -m tests.ytelse.volum --rader 3400000

Prints a Markdown table. The same files are read and built turn by turn on this machine by the project's commands and
by a bare DuckDB script with the same SQL; each step is a process of its own, whose highest memory is the operating
system's count. Nothing is asserted, since times belong to a machine. The files of 20 million rows are 9 GB, of 100
million 47.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import click

from styring.kilder.dfo import STATSREGNSKAPET
from styring.publisering import FILNAVN, MANIFEST
from styring.stier import PROSJEKT
from tests.python.conftest import STYRING
from tests.stat.generator import skriv, skriv_feil
from tests.stat.modell import Plan

_AAR = range(2014, 2026)
_RETTET = "202512"
_GIGABYTE = 1024**3
_KOLONNER = ", ".join(
    f"{navn}: '{'decimal(18, 3)' if navn in STATSREGNSKAPET.belop else 'varchar'}'"
    for navn in STATSREGNSKAPET.kolonner.values()
)
_LES = f"""
import duckdb, json, sys
from pathlib import Path
csv = (
    f"read_csv('{{sys.argv[1]}}/statsregnskapet_aar_*.csv', columns = {{{{{_KOLONNER}}}}}, header = true, delim = ';', "
    "quote = '\\"', encoding = 'latin-1', decimal_separator = ',', auto_detect = false)"
)
"""
_SKANN = _LES + 'duckdb.execute(f"select count(*), sum(belop) from {csv}")'
# DuckDB alone, in one process: the files to Parquet, and the SQL that dbt compiled
_BART = (
    _LES
    + """
db = duckdb.connect(sys.argv[3])
db.execute(f"copy (select *, 'x' as sjekksum, now()::timestamp as hentet from {csv}) to '{sys.argv[2]}' "
    "(format parquet, compression zstd, partition_by (periode))")
for sporring in json.loads(Path(sys.argv[4]).read_text(encoding="utf-8")):
    db.execute(sporring)
"""
)
# the highest memory of a child is known to its parent alone, and is that of the largest so far
_MAALER = """
import json, resource, subprocess, sys, time
start = time.monotonic()
svar = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
minne = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
print(json.dumps([svar.returncode, time.monotonic() - start, minne, svar.stderr]))
"""


def _maal(miljo: dict[str, str], *kommando: str) -> tuple[float, float]:
    """Seconds, and the highest memory (bytes) of a command and its children. Raises RuntimeError when it fails."""
    ut = subprocess.run(
        [sys.executable, "-c", _MAALER, *kommando],
        cwd=PROSJEKT,
        env=os.environ | miljo,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    kode, sekunder, minne, feil = json.loads(ut.stdout)
    if kode:
        raise RuntimeError(feil)
    return sekunder, minne


def sporringer(versjon: Path, bytt: tuple[str, str]) -> list[str]:
    """The project's seeds and models as SQL, in order; `bytt` is our data folder and the script's."""
    noder = json.loads((versjon / MANIFEST).read_text(encoding="utf-8"))["nodes"]
    egne = {navn: node for navn, node in noder.items() if node["resource_type"] in ("seed", "model")}
    rekkefolge = TopologicalSorter(
        {navn: [en for en in node["depends_on"].get("nodes", []) if en in egne] for navn, node in egne.items()}
    ).static_order()
    skjemaer = sorted({node["schema"] for node in egne.values()})
    return [
        *(f"create schema if not exists {navn}" for navn in skjemaer),
        *(_sporring(egne[navn], versjon).replace(*bytt) for navn in rekkefolge),
    ]


def _sporring(node: dict[str, Any], versjon: Path) -> str:
    navn = f"{node['schema']}.{node['alias']}"
    if node["resource_type"] == "seed":
        typer = ", ".join(f"{kolonne}: '{type_}'" for kolonne, type_ in node["config"]["column_types"].items())
        return (
            f"create table {navn} as from read_csv('{PROSJEKT / node['original_file_path']}', types = {{{typer}}}, "
            "header = true, delim = ',')"
        )
    kompilert = versjon.parent / ".dbt/compiled/styring" / node["original_file_path"]
    som = "view" if node["config"]["materialized"] == "view" else "table"
    return f"create {som} {navn} as {kompilert.read_text(encoding='utf-8')}"


def _runde(mappe: Path, filer: Path, plan: Plan, minne: str) -> dict[str, tuple[float, float]]:
    """One round of all steps in an empty folder: seconds and highest memory of each."""
    data, publisert, bart = mappe / "data", mappe / "publisert", mappe / "bart"
    publisert.mkdir(parents=True)
    bart.mkdir()
    miljo = {"STYRING_DATA": str(data), "STYRING_MAPPE": str(publisert)} | ({"STYRING_MINNE": minne} if minne else {})
    maalt = {}

    def steg(navn: str, *kommando: str) -> None:
        maalt[navn] = _maal(miljo, *kommando)
        print(f"  {navn}: {maalt[navn][0]:.1f} s, {maalt[navn][1] / _GIGABYTE:.2f} GB", flush=True)

    steg("scan", sys.executable, "-c", _SKANN, str(filer))
    steg("fetch", *STYRING, "hent", "statsregnskapet", "--fra", str(filer))
    steg("build", *STYRING, "bygg")
    versjon = (publisert / FILNAVN).resolve().parent
    (mappe / "sporringer.json").write_text(json.dumps(sporringer(versjon, (str(data), str(bart)))), encoding="utf-8")
    steg(
        "bare script",
        *(sys.executable, "-c", _BART, str(filer), str(bart / "statsregnskapet"), str(bart / FILNAVN)),
        str(mappe / "sporringer.json"),
    )
    steg("unchanged", *STYRING, "bygg")
    rettet = skriv_feil(plan, _RETTET, "rettet", mappe / "rettet.csv")
    steg("fetch a month", *STYRING, "hent", "statsregnskapet", "--fra", str(rettet))
    steg("build a month", *STYRING, "bygg", "--tillat-nye-avvik")
    return maalt


@click.command(help=__doc__)
@click.option("--rader", type=int, multiple=True, default=(3_400_000,), help="Rows in all; can be repeated.")
@click.option("--runder", type=int, default=2, help="Rounds of each.")
@click.option("--minne", default="", help="DuckDB's memory limit in our steps (STYRING_MINNE), for example 2GB.")
@click.option("--mappe", type=click.Path(path_type=Path), help="Where there is room; a temporary folder if not given.")
def hoved(rader: tuple[int, ...], runder: int, minne: str, mappe: Path | None) -> None:
    print("| Rows | Step | Seconds, median (range) | Highest memory, GB |\n| ---: | --- | ---: | ---: |")
    linjer = []
    for antall in rader:
        with tempfile.TemporaryDirectory(dir=mappe) as rot:
            plan = Plan(fra=_AAR[0], til=_AAR[-1], rader=antall // len(_AAR))
            filer = Path(rot) / "dfo"
            skriv(plan, filer, pakket=False, bevilgninger=False)
            (filer / "statsregnskapet_siste_maaned.csv").unlink()
            bytes_ = sum(fil.stat().st_size for fil in filer.glob("statsregnskapet_aar_*.csv"))
            print(f"{antall:,} rows, {bytes_ / _GIGABYTE:.1f} GB of CSV", flush=True)
            alle = []
            for runde in range(runder):
                print(f" round {runde + 1} of {runder}", flush=True)
                alle.append(_runde(Path(rot) / f"runde{runde}", filer, plan, minne))
                shutil.rmtree(Path(rot) / f"runde{runde}")
            linjer += _tabell(antall, alle)
    print("\n".join(linjer))


def _tabell(antall: int, alle: list[dict[str, tuple[float, float]]]) -> list[str]:
    def sum_(en: dict[str, tuple[float, float]], *steg: str) -> float:
        return sum(en[navn][0] for navn in steg)

    linjer = [
        f"| {antall:,} | {steg} | {_spenn([en[steg][0] for en in alle], 1)} "
        f"| {max(en[steg][1] for en in alle) / _GIGABYTE:.2f} |"
        for steg in alle[0]
    ]
    forhold = {
        "fetch / scan": [sum_(en, "fetch") / sum_(en, "scan") for en in alle],
        "fetch and build / bare script": [sum_(en, "fetch", "build") / sum_(en, "bare script") for en in alle],
        "a month / all": [sum_(en, "fetch a month", "build a month") / sum_(en, "fetch", "build") for en in alle],
        "unchanged / bare script": [sum_(en, "unchanged") / sum_(en, "bare script") for en in alle],
    }
    return linjer + [f"| {antall:,} | **{navn}** | {_spenn(verdier, 3)} | |" for navn, verdier in forhold.items()]


def _spenn(verdier: list[float], desimaler: int) -> str:
    midt, lavest, hoyest = (f"{en:.{desimaler}f}" for en in (statistics.median(verdier), min(verdier), max(verdier)))
    return f"{midt} ({lavest}–{hoyest})"


if __name__ == "__main__":
    hoved()
