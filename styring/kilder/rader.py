"""Rows from an API as a stored Parquet file, which is left alone when it has the same rows already."""

import datetime
import errno
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb

from styring.feil import StyringFeil, diskfeil_i
from styring.kilder import lager
from styring.kilder.api import LAGRET
from styring.stier import kort

# DuckDB types by column name
Kolonner = Mapping[str, str]
_TABELL = "rader"
# rows that are text in memory at a time
_OM_GANGEN = 50_000


@dataclass(frozen=True)
class Lagret:
    """What a fetch left: how many rows the file has, and whether they are others than before."""

    rader: int
    ny: bool


@contextmanager
def lagret_leses(fil: Path) -> Iterator[None]:
    """Say of a stored file that it is damaged, when it is."""
    try:
        yield
    except duckdb.Error as feil:
        hvorfor = str(feil).partition("\n")[0]
        raise StyringFeil(f"{kort(fil)} er skadet ({hvorfor}). Slett filen, og hent på nytt.") from feil


@contextmanager
def skrives(fil: Path) -> Iterator[None]:
    """Say why a file cannot be written, when it cannot."""
    try:
        yield
    except duckdb.IOException as feil:
        hvorfor = diskfeil_i([str(feil)], errno.EACCES) or str(feil).partition("\n")[0]
        raise StyringFeil(f"Kan ikke skrive {kort(fil)}: {hvorfor}. {LAGRET}") from feil


class Rader:
    """Rows on their way to a file. They go in as text, so that no figure becomes a float."""

    def __init__(self, kolonner: Kolonner, behold_minst: float = 0) -> None:
        """`behold_minst` is the share of the rows stored before that must be there, where none are taken away."""
        self._kolonner = kolonner
        self._behold_minst = behold_minst
        self._kobling = duckdb.connect()
        self._kobling.execute(f"create table {_TABELL} ({', '.join(f'{k} {t}' for k, t in kolonner.items())})")

    def legg_til(self, rader: Iterable[Sequence[object]]) -> None:
        """Add rows, each with a value for every column, in order."""
        typer = enumerate(self._kolonner.values(), 1)
        felt = ", ".join(f"cast(unnest(${nummer}::varchar[]) as {type_})" for nummer, type_ in typer)
        alle = iter(rader)
        while noen := list(islice(alle, _OM_GANGEN)):
            kolonner = [[None if en is None else str(en) for en in kolonne] for kolonne in zip(*noen, strict=True)]
            self._kobling.execute(f"insert into {_TABELL} select {felt}", kolonner)

    def lagre(self, fil: Path) -> Lagret:
        """Store the rows, with `sjekksum` and `hentet` (UTC) after them, unless the file has the same in any order.

        The checksum is DuckDB's hash: it need only be the same from one fetch to the next. Raises StyringFeil.
        """
        antall, sjekksum = self._en_rad(
            f"select count(*), concat(count(*), '-', coalesce(sum(hash({_TABELL})), 0)) from {_TABELL}"
        )
        if fil.exists():
            with lagret_leses(fil):
                foer, foer_sum = self._en_rad(f"select count(*), max(sjekksum) from read_parquet({_sitert(fil)})")
            if foer_sum == sjekksum:
                return Lagret(antall, ny=False)
            if antall < self._behold_minst * foer:
                raise StyringFeil(
                    f"Svaret har bare {antall} rader mot {foer} som er lagret i {kort(fil)}; det ser ut til å være "
                    "kuttet. Er det riktig likevel, slett filen, og hent på nytt."
                )
        naa = datetime.datetime.now(datetime.UTC).replace(tzinfo=None, microsecond=0)
        with skrives(fil), lager.utskifting() as bytte:
            self._kobling.execute(
                f"copy (select *, '{sjekksum}' as sjekksum, timestamp '{naa}' as hentet from {_TABELL}) "
                f"to {_sitert(bytte.ny(fil))} (format parquet, compression zstd)"
            )
        return Lagret(antall, ny=True)

    def _en_rad(self, sporring: str) -> tuple[Any, ...]:
        (rad,) = self._kobling.execute(sporring).fetchall()
        return tuple(rad)


def _sitert(fil: Path) -> str:
    return "'" + str(fil).replace("'", "''") + "'"
