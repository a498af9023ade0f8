"""What a state of accounts costs, from DFØ's files to marts: python -m tests.ytelse.volum --rader 3400000

Prints a Markdown table, and with --bilde draws cost against size. The same files are read and built turn by turn on
this machine by the project's commands and by a bare DuckDB script with the same SQL: seeds, models and data tests. Our
commands have a quarter of the files' size as DuckDB's memory limit, and the script has none. Each step is a process of
its own; its highest memory is the operating system's count of the largest process in it. Nothing is asserted, since
times belong to a machine. The files of 20 million rows are 8.5 GB, of 100 million 42.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from graphlib import TopologicalSorter
from operator import itemgetter
from pathlib import Path
from typing import Any

import altair
import click
import pandas as pd

from styring.kilder.dfo import STATSREGNSKAPET
from styring.publisering import FILNAVN, MANIFEST
from styring.stier import PROSJEKT
from tests.python.conftest import STYRING
from tests.stat.generator import skriv, skriv_feil
from tests.stat.modell import Plan

_AAR = range(2014, 2026)
_RETTET = "202512"
_GIGABYTE = 1024**3
# seconds and highest memory (bytes) of each step
Runde = dict[str, tuple[float, float]]
_FELTER = tuple(STATSREGNSKAPET.kolonner.values())
_KOLONNER = ", ".join(
    f"{navn}: '{'decimal(18, 3)' if navn in STATSREGNSKAPET.belop else 'varchar'}'" for navn in _FELTER
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
# every value of every column, which is what there is to read: a scan of the amounts alone skips the rest
_SKANN_ALT = _LES + f"duckdb.execute(f'select {', '.join(f'max({en})' for en in _FELTER)} from {{csv}}')"
# DuckDB alone: the files to Parquet, a year at a time, since all at once takes 17 GB for 20 million rows; and then the
# SQL that dbt compiled
_LAGRE = (
    _LES
    + """
for fil in sorted(Path(sys.argv[1]).glob("statsregnskapet_aar_*.csv")):
    ett = csv.replace("statsregnskapet_aar_*.csv", fil.name)
    duckdb.execute(f"copy (select *, 'x' as sjekksum, now()::timestamp as hentet from {ett}) to '{sys.argv[2]}' "
        "(format parquet, compression zstd, partition_by (periode), overwrite_or_ignore)")
"""
)
_SPOR = """
import duckdb, json, sys
from pathlib import Path
db = duckdb.connect(sys.argv[1])
for sporring in json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")):
    db.execute(sporring).fetchall()
"""
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
    """The project's seeds and models as SQL, in order; `bytt` is our stored files and the script's."""
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


def tester(versjon: Path, bytt: tuple[str, str]) -> list[str]:
    """The project's data tests as SQL that finds nothing; `bytt` is our stored files and the script's."""
    noder = json.loads((versjon / MANIFEST).read_text(encoding="utf-8"))["nodes"].values()
    return [
        f"select count(*) from ({node['compiled_code'].replace(*bytt)}) as funnet"
        for node in noder
        if node["resource_type"] == "test"
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


def _runde(mappe: Path, filer: Path, plan: Plan, minne: int) -> Runde:
    """One round of all steps in an empty folder: seconds and highest memory (bytes) of each. `minne` is in bytes."""
    data, publisert, bart = mappe / "data", mappe / "publisert", mappe / "bart"
    publisert.mkdir(parents=True)
    bart.mkdir()
    miljo = {"STYRING_DATA": str(data), "STYRING_MAPPE": str(publisert), "STYRING_MINNE": f"{minne // 10**6}MB"}
    maalt: Runde = {}

    def steg(navn: str, *kommando: str) -> None:
        maalt[navn] = _maal(miljo, *kommando)
        print(f"  {navn}: {maalt[navn][0]:.1f} s, {maalt[navn][1] / _GIGABYTE:.2f} GB", flush=True)

    steg("scan of the amounts", sys.executable, "-c", _SKANN, str(filer))
    steg("scan of all columns", sys.executable, "-c", _SKANN_ALT, str(filer))
    hent = (*STYRING, "hent", "statsregnskapet", "--fra")
    steg("fetch", *hent, str(filer))
    # what is stored is read, held to the rules and found to be the same
    steg("fetch again", *hent, str(filer))
    # a made-up correction in IMDi's month is an avvik, and the option is the same in all builds
    bygg = (*STYRING, "bygg", "--tillat-nye-avvik")
    steg("build", *bygg)
    versjon = (publisert / FILNAVN).resolve().parent
    # each of DuckDB's threads writes a file of its own
    bytt = (f"{data}/statsregnskapet/periode=*/data.parquet", f"{bart}/statsregnskapet/periode=*/*.parquet")
    for navn, alle in (("modeller", sporringer(versjon, bytt)), ("tester", tester(versjon, bytt))):
        (mappe / f"{navn}.json").write_text(json.dumps(alle), encoding="utf-8")
    spor = (sys.executable, "-c", _SPOR, str(bart / FILNAVN))
    steg("bare: to Parquet", sys.executable, "-c", _LAGRE, str(filer), str(bart / "statsregnskapet"))
    steg("bare: seeds and models", *spor, str(mappe / "modeller.json"))
    steg("bare: data tests", *spor, str(mappe / "tester.json"))
    steg("unchanged", *bygg)
    rettet = skriv_feil(plan, _RETTET, "rettet", mappe / "rettet.csv")
    steg("fetch a month", *hent, str(rettet))
    steg("build a month", *bygg)
    return maalt


@click.command(help=__doc__)
@click.option("--rader", type=int, multiple=True, default=(3_400_000,), help="Rows in all; can be repeated.")
@click.option("--runder", type=int, default=2, help="Rounds of each.")
@click.option("--mappe", type=click.Path(path_type=Path), help="Where there is room; a temporary folder if not given.")
@click.option("--maalt", type=click.Path(path_type=Path), help="JSON file that keeps what is measured, size by size.")
@click.option("--bilde", type=click.Path(path_type=Path), help="PNG file with cost against size.")
def hoved(rader: tuple[int, ...], runder: int, mappe: Path | None, maalt: Path | None, bilde: Path | None) -> None:
    tidligere = json.loads(maalt.read_text(encoding="utf-8")) if maalt and maalt.exists() else {}
    resultater = {int(antall): alle for antall, alle in tidligere.items()}
    for antall in rader:
        with tempfile.TemporaryDirectory(dir=mappe) as rot:
            plan = Plan(fra=_AAR[0], til=_AAR[-1], rader=antall // len(_AAR))
            filer = Path(rot) / "dfo"
            skriv(plan, filer, pakket=False, bevilgninger=False)
            (filer / "statsregnskapet_siste_maaned.csv").unlink()
            bytes_ = sum(fil.stat().st_size for fil in filer.glob("statsregnskapet_aar_*.csv"))
            print(f"{antall:,} rows, {bytes_ / _GIGABYTE:.1f} GB of CSV", flush=True)
            resultater.pop(antall, None)
            alle = []
            for runde in range(runder):
                print(f" round {runde + 1} of {runder}", flush=True)
                alle.append(_runde(Path(rot) / f"runde{runde}", filer, plan, _grense(bytes_)))
                shutil.rmtree(Path(rot) / f"runde{runde}")
                resultater[antall] = {"csv": bytes_, "runder": alle}
                if maalt:
                    maalt.write_text(json.dumps(resultater, indent=1) + "\n", encoding="utf-8")
    print("| Rows | | Median (range) | Highest memory, GB |\n| ---: | --- | ---: | ---: |")
    for antall, resultat in sorted(resultater.items()):
        print("\n".join(_tabell(antall, **resultat)))
    if bilde:
        tegn(resultater).save(bilde, ppi=144)


def _grense(csv: int) -> int:
    """The memory limit (bytes) for files of a size; below 256 MB, DuckDB does not even load the seeds."""
    return max(csv // 4, 256_000_000)


def _sum(runde: Runde, *steg: str) -> float:
    """Seconds of some steps of a round."""
    return sum(runde[navn][0] for navn in steg)


def _tabell(antall: int, csv: int, runder: list[Runde]) -> list[str]:
    linjer = [
        f"| {antall:,} | {steg}, s | {_spenn([en[steg][0] for en in runder], 1)} "
        f"| {max(en[steg][1] for en in runder) / _GIGABYTE:.2f} |"
        for steg in runder[0]
    ]
    vaart, modeller = ("fetch", "build"), ("bare: to Parquet", "bare: seeds and models")
    forhold = {
        **{
            f"{hva} / {scan}": [_sum(en, hva) / _sum(en, scan) for en in runder]
            for hva in ("fetch", "fetch again")
            for scan in ("scan of the amounts", "scan of all columns")
        },
        "fetch / bare, to Parquet": [_sum(en, "fetch") / _sum(en, "bare: to Parquet") for en in runder],
        "fetch and build / bare": [_sum(en, *vaart) / _sum(en, *modeller, "bare: data tests") for en in runder],
        "fetch and build / bare without tests": [_sum(en, *vaart) / _sum(en, *modeller) for en in runder],
        "a month / all": [_sum(en, "fetch a month", "build a month") / _sum(en, *vaart) for en in runder],
        "unchanged / bare": [_sum(en, "unchanged") / _sum(en, *modeller, "bare: data tests") for en in runder],
        "highest memory / limit": [max(en[steg][1] for steg in vaart) / _grense(csv) for en in runder],
    }
    return linjer + [f"| {antall:,} | **{navn}** | {_spenn(verdier, 3)} | |" for navn, verdier in forhold.items()]


def tegn(resultater: dict[int, dict[str, Any]]) -> altair.LayerChart | altair.FacetChart:
    """Seconds against rows, both in logarithms: what is measured of each size, by what was done."""
    hva = {
        "Fetch and build": ("fetch", "build"),
        "Bare script": ("bare: to Parquet", "bare: seeds and models", "bare: data tests"),
        "DuckDB's scan of all columns": ("scan of all columns",),
        "A month, fetched and built": ("fetch a month", "build a month"),
        "Nothing changed": ("unchanged",),
    }
    verdier: list[dict[str, Any]] = [
        {"rader": antall, "hva": navn, "sekunder": statistics.median(_sum(en, *steg) for en in resultat["runder"])}
        for antall, resultat in sorted(resultater.items())
        for navn, steg in hva.items()
    ]
    grunn = altair.Chart(pd.DataFrame(verdier)).encode(
        x=altair.X(
            "rader:Q",
            title="Postings",
            scale=altair.Scale(type="log", nice=False, padding=20),
            axis=altair.Axis(format="~s", values=sorted(resultater)),
        ),
        y=altair.Y(
            "sekunder:Q",
            title="Seconds, median",
            scale=altair.Scale(type="log"),
            axis=altair.Axis(format="~r", values=[10**en for en in range(-1, 4)]),
        ),
        color=altair.Color("hva:N", legend=None, sort=list(hva), scale=altair.Scale(scheme="dark2")),
    )
    # from the highest down, none so near the one above it that they cannot be read
    etiketter: list[dict[str, Any]] = []
    for siste in sorted(verdier[-len(hva) :], key=itemgetter("sekunder"), reverse=True):
        hoyst = etiketter[-1]["sekunder"] / 1.4 if etiketter else siste["sekunder"]
        etiketter.append(siste | {"sekunder": min(siste["sekunder"], hoyst)})
    navn = altair.Chart(pd.DataFrame(etiketter)).mark_text(align="left", dx=8)
    return altair.layer(
        grunn.mark_line(),
        grunn.mark_point(filled=True, size=60),
        navn.encode(x="rader:Q", y="sekunder:Q", text="hva:N"),
    ).properties(width=480, height=340)


def _spenn(verdier: list[float], desimaler: int) -> str:
    midt, lavest, hoyest = (f"{en:.{desimaler}f}" for en in (statistics.median(verdier), min(verdier), max(verdier)))
    return f"{midt} ({lavest}–{hoyest})"


if __name__ == "__main__":
    hoved()
