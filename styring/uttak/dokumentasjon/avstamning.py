"""Where what people meet comes from: page or takeaway, the marts that it reads, and the seeds behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

_SLAG = {"dashboard": "side i dashbordet", "analysis": "dokument", "application": "uttak"}


@dataclass(frozen=True)
class Seed:
    """A file in seeds/: dbt's identifier, its folder, which is its subject, and its name without csv."""

    id: str
    mappe: str
    navn: str


@dataclass(frozen=True)
class Bruk:
    """A page or a takeaway (dbt's exposure), with the names of the marts that it reads and the seeds behind them."""

    id: str
    navn: str
    tittel: str
    slag: str
    beskrivelse: str
    eier: str
    marter: tuple[str, ...]
    seeds: tuple[Seed, ...]


def bruk(manifest: Mapping[str, Any]) -> list[Bruk]:
    """What reads the marts, the dashboard's pages first, as they are declared in models/exposures.

    None when the version was built before they were.
    """
    slag = list(_SLAG)
    exposures = sorted(
        manifest["exposures"].items(), key=lambda par: (slag.index(par[1]["type"]), par[1]["original_file_path"])
    )
    return [_bruk(manifest, nokkel, en) for nokkel, en in exposures]


def _bruk(manifest: Mapping[str, Any], nokkel: str, en: Mapping[str, Any]) -> Bruk:
    return Bruk(
        id=nokkel,
        navn=en["name"],
        tittel=en["label"],
        slag=_SLAG[en["type"]],
        beskrivelse=en["description"].strip(),
        eier=en["owner"]["name"],
        marter=tuple(sorted(manifest["nodes"][mart]["name"] for mart in en["depends_on"]["nodes"])),
        seeds=seeds_bak(manifest, nokkel),
    )


def seeds_bak(manifest: Mapping[str, Any], nokkel: str) -> tuple[Seed, ...]:
    """The seeds that a node of dbt's graph comes from, at any remove, by folder and name."""
    foreldre: Mapping[str, Sequence[str]] = manifest["parent_map"]
    sett: set[str] = set()
    igjen = [nokkel]
    while igjen:
        nye = set(foreldre[igjen.pop()]) - sett
        sett |= nye
        igjen += nye
    noder = (manifest["nodes"][en] for en in sett if en.startswith("seed."))
    return tuple(
        sorted((Seed(en["unique_id"], en["fqn"][-2], en["name"]) for en in noder), key=attrgetter("mappe", "navn"))
    )
