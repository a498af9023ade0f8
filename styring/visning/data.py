"""Rows from the published warehouse, kept for as long as their version is asked for.

A version has a file of its own, so the file's name is the cache key: when a new version is published, the next rerun
reads it, and readers of the old one are not disturbed. What is cached is shared by all sessions and never changed.
"""

import datetime
import os
import re
from collections import namedtuple
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any, ParamSpec, TypeVar, cast

import duckdb

from styring import publisering
from styring.publisering import FILNAVN, Versjoner
from styring.stier import publiseringsmappe

# A build without these is of an older edition than the pages.
NYESTE_MARTER = ("virksomheter", "kildebidrag", "kontrolledd", "oppdragstilstander", "budsjettutnyttelse_per_maaned")

# what has no place in XML: control characters but for tab and line breaks, halves of characters, and what is none
_STYRETEGN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")

# a row: its columns are attributes, money is Decimal, a missing figure is None
Rad = Any
P = ParamSpec("P")
T = TypeVar("T")


_bufrede: dict[tuple[str, CodeType], Callable[..., Any]] = {}


def bufret(funksjon: Callable[P, T]) -> Callable[P, T]:
    """Remember what a function of a version's file and plain values returns; the result is shared and not copied.

    A page's file runs anew for each reader and click, and defines its functions anew; a function is known again by its
    code. Streamlit's own cache knows it by its source, which it reads each time: slower than most of what is kept.
    """
    nokkel = (funksjon.__code__.co_filename, funksjon.__code__)
    if nokkel not in _bufrede:
        _bufrede[nokkel] = lru_cache(maxsize=256)(funksjon)
    return cast("Callable[P, T]", _bufrede[nokkel])


def publisert_fil() -> str | None:
    """The published version's own file, also when it is gone; None when nothing is published."""
    publisert = Versjoner(publiseringsmappe()).publisert
    # unlike Path.resolve, os.path.realpath does not raise where links go in a ring
    return os.path.realpath(publisert) if publisert.is_symlink() else None


def lesbar_fil(publisert: str) -> str | None:
    """The published file, or the last version before it that is whole when it is damaged; None when none is."""
    if er_hel(publisert):
        return publisert
    versjoner = Versjoner(publiseringsmappe())
    eldre = [en for en in versjoner.liste() if en < versjon(publisert)]
    return next(filter(er_hel, (str(versjoner.mappe / en / FILNAVN) for en in reversed(eldre))), None)


def er_hel(fil: str) -> bool:
    """Whether a version's file is as it was when it was published; remembered until it is changed."""
    try:
        sist = Path(fil).stat()
        return _stemte(fil, sist.st_mtime_ns, sist.st_size)
    except OSError:
        # not remembered: it may be readable the next time
        return False


@bufret
def _stemte(fil: str, endret: int, storrelse: int) -> bool:
    """Whether the file was whole when it was last changed; reading all of it takes a moment."""
    return Versjoner(publiseringsmappe()).stemmer(versjon(fil))


def versjon(fil: str) -> str:
    """A version's identifier: the name of its folder."""
    return fil.split("/")[-2]


def bygget(fil: str) -> datetime.datetime:
    """When a version was built (UTC)."""
    return publisering.bygget(versjon(fil))


@bufret
def hent(fil: str, sporring: str, *parametere: object) -> Sequence[Rad]:
    """The rows of a query on one version. A connection each, since one is not thread-safe."""
    with duckdb.connect(fil, read_only=True) as kobling:
        svar = kobling.execute(sporring, list(parametere))
        rad = namedtuple("Rad", [kolonne[0] for kolonne in svar.description or []])  # type: ignore[misc]
        return tuple(rad(*map(_lesbar, verdier)) for verdier in svar.fetchall())


def _lesbar(verdi: Any) -> Any:
    """A value, in which what no document or page can hold is shown as what it is: not a character."""
    return _STYRETEGN.sub("\ufffd", verdi) if isinstance(verdi, str) and not verdi.isprintable() else verdi


def hent_en(fil: str, sporring: str, *parametere: object) -> Rad | None:
    """The only row of a query; None when there is none."""
    rader = hent(fil, sporring, *parametere)
    return rader[0] if rader else None


@bufret
def mangler(fil: str) -> str | None:
    """A mart that the pages read and an older build has not; None when the build is of this edition."""
    finnes = {rad.table_name for rad in hent(fil, "select table_name from duckdb_tables() where schema_name = 'marts'")}
    return next((mart for mart in NYESTE_MARTER if mart not in finnes), None)
