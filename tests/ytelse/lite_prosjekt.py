"""What the small project costs to build, unchanged and with a row changed: python -m tests.ytelse.lite_prosjekt

Prints a Markdown table. Turn by turn on this machine, each as the command that people run: our build, a plain
`dbt build` of the same project with its partial parsing, the same SQL in a bare DuckDB script without a test, and
SQLMesh (with --sqlmesh). Nothing is asserted, since times belong to a machine.

SQLMesh (0.236.3) cannot run this project: macros do not get dbt's `graph.sources`, which `ekstern` asks for what is
declared of what is fetched (UndefinedError: 'dict object' has no attribute 'source.styring.ekstern.kudos'); with DuckDB
2 every seed fails (ResourceInUseException: connection has an unfinished result from execute()); and with DuckDB 1.5
seeds lose the leading zeros of their codes, which the project's own tests stop (7 rows of `poster.post` are not two
digits). It is therefore measured beside `dbt build` on a similar project, with as many seeds and models, in an
environment with DuckDB 1.5.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import click
import yaml

from styring.publisering import FILNAVN
from tests.python.conftest import STYRING, kopi
from tests.ytelse.volum import sporringer

_SEED = "seeds/budsjett/poster.csv"
_ORD = ("Driftsutgifter", "Utgifter til drift")
_BART = """
import duckdb, json, sys
from pathlib import Path
db = duckdb.connect(sys.argv[1])
for sporring in json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")):
    db.execute(sporring)
"""
_SEEDS, _MODELLER = 53, 127
_SQLMESH = ("sqlmesh[dbt,duckdb]==0.236.3", "dbt-core~=1.11.16", "dbt-duckdb~=1.11.1", "duckdb~=1.5.0")
_STILLE = {"DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "SQLMESH__DISABLE_ANONYMIZED_ANALYTICS": "1"}


def _sekunder(prosjekt: Path, kommando: tuple[str | Path, ...], miljo: Mapping[str, str]) -> float:
    """Seconds of a command. Raises RuntimeError with what it said when it fails."""
    start = time.monotonic()
    svar = subprocess.run(
        kommando,
        cwd=prosjekt,
        env=os.environ | _STILLE | {"STYRING_DATA": str(prosjekt / "ingenting_hentet")} | dict(miljo),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if svar.returncode:
        raise RuntimeError(svar.stdout[-4000:])
    return time.monotonic() - start


def _endre(prosjekt: Path) -> None:
    """Change rows in a seed, to and fro."""
    fil = prosjekt / _SEED
    tekst = fil.read_text(encoding="utf-8")
    fra, til = _ORD if f",{_ORD[0]}," in tekst else reversed(_ORD)
    fil.write_text(tekst.replace(f",{fra},", f",{til},"), encoding="utf-8")


def _lignende(prosjekt: Path) -> None:
    """Write a dbt project with as many seeds, models and tests as ours, and nothing difficult in them."""
    for navn in ("seeds", "models"):
        (prosjekt / navn).mkdir(parents=True)
    (prosjekt / "dbt_project.yml").write_text(
        "name: liten\nversion: '1.0'\nconfig-version: 2\nprofile: liten\nmodels:\n  +materialized: table\n"
    )
    ut = {"type": "duckdb", "path": "{{ env_var('STYRING_DUCKDB') }}", "threads": 1}
    (prosjekt / "profiles.yml").write_text(yaml.safe_dump({"liten": {"target": "dev", "outputs": {"dev": ut}}}))
    for nummer in range(_SEEDS):
        rader = "".join(f"{rad},{rad * 7 + nummer}\n" for rad in range(40))
        (prosjekt / f"seeds/s{nummer}.csv").write_text(f"id,belop\n{rader}")
    modeller = []
    for nummer in range(_MODELLER):
        sporring = f"select a.id, a.belop from {{{{ ref('s{nummer % _SEEDS}') }}}} as a\n"
        if nummer >= _SEEDS:
            sporring += f"inner join {{{{ ref('m{nummer - _SEEDS}') }}}} as b on a.id = b.id\n"
        (prosjekt / f"models/m{nummer}.sql").write_text(sporring)
        kolonner = [{"name": navn, "data_tests": ["unique", "not_null"]} for navn in ("id", "belop")]
        modeller.append({"name": f"m{nummer}", "columns": kolonner})
    (prosjekt / "models/m.yml").write_text(yaml.safe_dump({"models": modeller}))


def _sqlmesh(mappe: Path) -> dict[str, Callable[[], float]]:
    """Install SQLMesh and write the similar project. Gives dbt's and SQLMesh's build of it, in seconds."""
    print("installing SQLMesh …", flush=True)
    subprocess.run([sys.executable, "-m", "venv", mappe / "venv"], check=True)
    subprocess.run([mappe / "venv/bin/python", "-m", "pip", "install", "--quiet", *_SQLMESH], check=True)
    prosjekt, program = mappe / "prosjekt", mappe / "venv/bin/sqlmesh"
    _lignende(prosjekt)
    (mappe / "dbt").mkdir()
    dbt = (mappe / "venv/bin/dbt", "--quiet", "build", "--target-path", mappe / "dbt")
    _sekunder(prosjekt, (program, "init", "--template", "dbt", "duckdb"), {"STYRING_DUCKDB": str(mappe / FILNAVN)})
    return {
        "similar project, dbt build": lambda: _sekunder(
            prosjekt, dbt, {"STYRING_DUCKDB": str(mappe / "dbt" / FILNAVN)}
        ),
        "similar project, SQLMesh": lambda: _sekunder(
            prosjekt, (program, "plan", "--no-prompts", "--auto-apply"), {"STYRING_DUCKDB": str(mappe / FILNAVN)}
        ),
    }


@click.command(help=__doc__)
@click.option("--runder", type=int, default=3, help="Rounds of each.")
@click.option(
    "--sqlmesh", "med_sqlmesh", is_flag=True, help="Install SQLMesh in a temporary folder, and measure it too."
)
def hoved(runder: int, med_sqlmesh: bool) -> None:
    with tempfile.TemporaryDirectory() as rot:
        mappe = Path(rot)
        prosjekt = kopi(mappe / "prosjekt")
        (mappe / "lager").mkdir()
        eget = {"STYRING_MAPPE": str(mappe / "lager"), "PYTHONPATH": str(prosjekt)}
        dbt = (Path(sys.executable).parent / "dbt", "--quiet", "build", "--target-path", mappe / "dbt")
        bart = (sys.executable, "-c", _BART, mappe / "bart" / FILNAVN, mappe / "sporringer.json")

        def kjor_bart() -> float:
            (mappe / "bart" / FILNAVN).unlink(missing_ok=True)
            versjon = (mappe / "lager" / FILNAVN).resolve().parent
            ingen_bytte = ("\0", "\0")
            (mappe / "sporringer.json").write_text(json.dumps(sporringer(versjon, ingen_bytte)), encoding="utf-8")
            return _sekunder(prosjekt, bart, {})

        kandidater: dict[str, Callable[[], float]] = {
            "our build": lambda: _sekunder(prosjekt, (*STYRING, "bygg"), eget),
            "dbt build": lambda: _sekunder(prosjekt, dbt, {"STYRING_DUCKDB": str(mappe / "dbt" / FILNAVN)}),
            "bare script": kjor_bart,
        }
        for navn in ("dbt", "bart"):
            (mappe / navn).mkdir()
        lignende = mappe / "sqlmesh/prosjekt/seeds/s0.csv"
        if med_sqlmesh:
            kandidater |= _sqlmesh(mappe / "sqlmesh")
        maalt: dict[str, dict[str, list[float]]] = {
            hva: {navn: [] for navn in kandidater} for hva in ("from nothing", "nothing changed", "a seed changed")
        }
        for runde in range(runder + 1):
            for hva in ("nothing changed", "a seed changed") if runde else ("from nothing",):
                if hva == "a seed changed":
                    _endre(prosjekt)
                    if med_sqlmesh:
                        lignende.write_text(lignende.read_text() + f"{1000 + runde},{1000 + runde}\n")
                for navn, kjor in kandidater.items():
                    maalt[hva][navn].append(kjor())
                    print(f"round {runde} of {runder}: {hva}, {navn}, {maalt[hva][navn][-1]:.2f} s", flush=True)
    print("\n| | | Seconds, median (range) | Share of `dbt build`, same project | Our share / its share |")
    print("| --- | --- | ---: | ---: | ---: |")
    for hva, alle in maalt.items():
        andel = {
            navn: [en / dbts for en, dbts in zip(tider, alle[_dbt_av_samme(navn)], strict=True)]
            for navn, tider in alle.items()
        }
        for navn, tider in alle.items():
            forhold = [vi / de for vi, de in zip(andel["our build"], andel[navn], strict=True)]
            print(f"| {hva} | {navn} | {_spenn(tider)} | {_spenn(andel[navn])} | {_spenn(forhold)} |")


def _dbt_av_samme(navn: str) -> str:
    """The contender that is dbt's build of the same project: what is measured on two projects is compared by it."""
    return "similar project, dbt build" if navn.startswith("similar project") else "dbt build"


def _spenn(verdier: list[float]) -> str:
    return f"{statistics.median(verdier):.2f} ({min(verdier):.2f}–{max(verdier):.2f})"


if __name__ == "__main__":
    hoved()
