"""The fingerprint of a build: what it was made from, written beside the version, so that the same is not built again.

    versjoner/<id>/avtrykk.json   what the version was made from, and its files as they were when it was finished

Nothing but the standard library is needed to read it: an unchanged build imports neither dbt nor DuckDB.

The project's files count by what is in them. What is fetched counts by path, size and time, since it may be many
gigabytes, and `styring hent` replaces a file only by moving a new one into its place. The version's own files count by
size and time too: no program may write to them, and who reads the version holds it to its sum.
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from styring import norsk
from styring.publisering import AVTRYKK, Versjoner
from styring.stier import PROSJEKT, datamappe

# What dbt, the validator, the contracts and the report are made of. That styring/ also exports is no harm: a build too
# many costs time, and one too few is wrong.
_MAPPER = ("expectations", "macros", "models", "seeds", "styring")
# what dbt reads of tests/, beside the tests that are in Python
_TESTER = {".sql", ".yaml", ".yml"}


def inndata(*, statusdato: str, tillat_nye_avvik: bool) -> dict[str, Any]:
    """What a build that begins now is made from, as JSON has it.

    `statusdato` is a date (ISO), or empty for the day that it is on Norwegian clocks. A build was made from it when it
    is the same before the build reads anything and after it. Raises OSError when a file cannot be read.
    """
    data = datamappe()
    return {
        "valg": {"statusdato": statusdato or norsk.i_dag().isoformat(), "tillat_nye_avvik": tillat_nye_avvik},
        "prosjekt": {fil.relative_to(PROSJEKT).as_posix(): _sum(fil) for fil in sorted(prosjektfiler())},
        "data": {
            fil.relative_to(data).as_posix(): _stat(fil) for fil in sorted(_filer(data)) if fil.suffix == ".parquet"
        },
        "datamappe": str(data),
        "pakker": [sys.version, *sorted({*_pakker()})],
    }


def skriv(under_arbeid: Path, fra: dict[str, Any]) -> None:
    """Write down what a finished build is made from, and its files as they are now, in its folder."""
    bygget = {fil.relative_to(under_arbeid).as_posix(): _stat(fil) for fil in sorted(_filer(under_arbeid))}
    tekst = json.dumps({"fra": fra, "bygget": bygget}, ensure_ascii=False, indent=0)
    (under_arbeid / AVTRYKK).write_text(tekst, encoding="utf-8")


def oppdatert(versjoner: Versjoner, fra: dict[str, Any]) -> str | None:
    """Identifier of the published version when a build would make the same again; None when it is to be made.

    Only the last version that was built is taken for it: who has gone back to an earlier one, or had a build killed
    while it was published, or stopped by the audit, is to have a build.
    """
    versjon = versjoner.gjeldende()
    if versjon is None or versjon != versjoner.liste()[-1] or versjoner.stanset.exists():
        return None
    skrevet = _les(versjoner.mappe / versjon)
    try:
        samme = (
            skrevet is not None
            and skrevet["fra"] == fra
            and versjoner.publisert_rapport.samefile(versjoner.rapport_i(versjon))
        )
    except OSError:
        return None
    return versjon if samme else None


def endret(versjon: Path, fra: dict[str, Any]) -> list[str]:
    """What differs from what a version was made from, as dbt selects it, when it is only rows and the day; else none.

    `versjon` is the version's folder. Rows are those of seeds' CSV files (`path:`) and of what is fetched (`source:`);
    models that are judged on the day have its tag.
    """
    skrevet = _les(versjon)
    if skrevet is None:
        return []
    # the option of new avvik decides what is published, not what is in it, and the audit sees to that
    da, uten = skrevet["fra"], {"prosjekt": None, "data": None, "valg": None}
    if {**da, **uten} != {**fra, **uten} or da["prosjekt"].keys() != fra["prosjekt"].keys():
        return []
    filer = _ulike(da["prosjekt"], fra["prosjekt"])
    if not all(sti.startswith("seeds/") and sti.endswith(".csv") for sti in filer):
        return []
    kilder = sorted({sti.partition("/")[0] for sti in _ulike(da["data"], fra["data"])})
    return [
        *(f"path:{sti}" for sti in filer),
        *(f"source:ekstern.{kilde}" for kilde in kilder),
        *(["tag:statusdato"] if da["valg"]["statusdato"] != fra["valg"]["statusdato"] else []),
    ]


def _ulike(da: dict[str, Any], naa: dict[str, Any]) -> list[str]:
    return sorted(navn for navn in da.keys() | naa.keys() if da.get(navn) != naa.get(navn))


def _les(versjon: Path) -> dict[str, Any] | None:
    """What is written down with a version; None when an earlier edition built it, or its files are not as it left them.

    `versjon` is the version's folder.
    """
    try:
        skrevet: dict[str, Any] = json.loads((versjon / AVTRYKK).read_text(encoding="utf-8"))
        hel = all(_stat(versjon / navn) == stat for navn, stat in skrevet["bygget"].items())
        return skrevet if hel and "prosjekt" in skrevet["fra"] else None
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None


def prosjektfiler() -> Iterator[Path]:
    """The files of the project that a build reads."""
    for navn in _MAPPER:
        yield from _filer(PROSJEKT / navn)
    yield from (fil for fil in _filer(PROSJEKT / "tests") if fil.suffix in _TESTER)
    yield from (fil for fil in PROSJEKT.glob("*.yml") if not fil.name.startswith("."))


def _filer(mappe: Path) -> Iterator[Path]:
    """The files in a folder and in those below it, without what Python compiles and what lies in hidden folders."""
    for sti, mapper, navn in os.walk(mappe, followlinks=True):
        mapper[:] = [en for en in mapper if en != "__pycache__" and not en.startswith(".")]
        # an editor's lock may be a link to nothing
        yield from (fil for en in navn if (fil := Path(sti, en)).is_file())


def _pakker() -> Iterator[str]:
    """Name and version of every installed package, as its metadata's folder is called."""
    for mappe in map(Path, sys.path):
        if mappe.is_dir():
            yield from (en.name for en in os.scandir(mappe) if en.name.endswith((".dist-info", ".egg-info")))


def _sum(fil: Path) -> str:
    return hashlib.sha256(fil.read_bytes()).hexdigest()


def _stat(fil: Path) -> list[int]:
    stat = fil.stat()
    return [stat.st_size, stat.st_mtime_ns]
