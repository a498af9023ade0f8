"""The analysts' box: one SELECT on a published version, where nothing else can be reached.

DuckDB itself refuses files, settings and changes, when all of `_LAAS` is set before the query is read and the settings
are locked last. The query runs in a process of its own, for what DuckDB does not give: connections with different
settings cannot have the same file open in one process, and the pages have theirs; a single function call cannot be
interrupted; and the memory of one long text is not counted. The process reads the file under another name in a
temporary folder and inherits no environment, so that the settings and the list of databases, which anyone may read,
tell nothing of the machine. It can write nothing, to that file either.
"""

import datetime
import json
import logging
import math
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from styring.feil import StyringFeil
from styring.publisering import FILNAVN
from styring.stier import PROSJEKT

_logg = logging.getLogger(__name__)

RADGRENSE = 10_000
TIDSGRENSE = 10
_KOLONNEGRENSE = 500
_CELLEGRENSE = 500_000
# what DuckDB may hold, and besides: the interpreter, the rows as Python has them, and the answer
_PROSESSMINNE = 2 * 1024**3
_SVARGRENSE = 16 * 1024**2
# of what DuckDB says of a fault, which may quote what a query made
_TEGN, _LINJER = 1_000, 30
_LAAS: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "python_enable_replacements": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_persistent_secrets": False,
    "temp_directory": "",
    "threads": 1,
    "memory_limit": "1GB",
    "max_execution_time": 1000 * TIDSGRENSE,  # milliseconds
}
_DESIMALTALL = re.compile(r"DECIMAL\(\d+, ?\d+\)")
_SOM_DEN_ER = re.compile(rf"U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DOUBLE|BOOLEAN|VARCHAR|{_DESIMALTALL.pattern}")
# more at a time would slow the pages down for everyone
_PLASSER = threading.BoundedSemaphore(2)
# those who have a query running; none may take all the places
_lesere: set[str] = set()
_lesere_laas = threading.Lock()

Celle = str | int | Decimal | bool | datetime.date | None


@dataclass(frozen=True)
class Svar:
    """What a query gave; `kuttet` when there were more rows than the limit."""

    kolonner: tuple[str, ...]
    typer: tuple[str, ...]
    rader: tuple[tuple[Celle, ...], ...]
    kuttet: bool
    millisekunder: int


_FOR_LANG_TID = f"Spørringen ble stanset etter {TIDSGRENSE} sekunder. Velg færre rader, eller del den opp."
_FOR_STOR = "Spørringen trenger mer minne enn den får. Velg færre rader eller kolonner, eller del den opp."


@contextmanager
def _plass(leser: str | None) -> Iterator[None]:
    """One of the places for queries; a reader who is known has one at a time."""
    if leser is not None:
        with _lesere_laas:
            if leser in _lesere:
                raise StyringFeil("Du har en spørring som kjører. Vent til den er ferdig, og prøv igjen.")
            _lesere.add(leser)
    try:
        if not _PLASSER.acquire(timeout=TIDSGRENSE):
            raise StyringFeil("Andre spørringer kjører nå. Prøv igjen om litt.")
        try:
            yield
        finally:
            _PLASSER.release()
    finally:
        if leser is not None:
            _lesere.discard(leser)


def kjor(fil: Path, sporring: str, leser: str | None = None) -> Svar:
    """Run one SELECT on a version's file. Raises StyringFeil, with what DuckDB says, when it cannot be run."""
    try:
        inn = sporring.encode()
    except UnicodeEncodeError:
        raise StyringFeil("Spørringen har tegn som ikke er gyldig UTF-8.") from None
    try:
        with _plass(leser), tempfile.TemporaryDirectory(prefix="sql-") as mappe:
            _legg_i(fil, Path(mappe, FILNAVN))
            prosess = subprocess.run(
                [sys.executable, "-m", "styring.sqlboks"],
                input=inn,
                capture_output=True,
                cwd=mappe,
                env={"PYTHONPATH": str(PROSJEKT), "HOME": mappe},
                # DuckDB stops by itself first, except inside one function call
                timeout=TIDSGRENSE + 1,
            )
    except subprocess.TimeoutExpired:
        raise StyringFeil(_FOR_LANG_TID) from None
    if prosess.returncode < 0:
        raise StyringFeil(_FOR_STOR)
    if prosess.returncode > 0:
        _logg.error("%s\n%s", sporring, prosess.stderr.decode(errors="replace"))
        raise StyringFeil("Spørringen kan ikke kjøres. Loggen sier hvorfor.")
    svar = json.loads(prosess.stdout)
    if "feil" in svar:
        raise StyringFeil(svar["feil"], tuple(svar["detaljer"]))
    typer = tuple(svar["typer"])
    return Svar(
        tuple(svar["kolonner"]),
        typer,
        tuple(tuple(map(_celle, rad, typer)) for rad in svar["rader"]),
        svar["kuttet"],
        svar["millisekunder"],
    )


def _legg_i(fil: Path, navn: Path) -> None:
    """Let a file have another name too; a copy, where a second name cannot be had (another disk, another owner)."""
    try:
        navn.hardlink_to(fil)
    except OSError:
        shutil.copyfile(fil, navn)


def _celle(verdi: Any, type_: str) -> Celle:
    """A value as it was before it went between the processes; what a table has no form for is text."""
    if isinstance(verdi, float):
        return Decimal(repr(verdi)) if math.isfinite(verdi) else str(verdi)
    if isinstance(verdi, str) and _DESIMALTALL.fullmatch(type_):
        return Decimal(verdi)
    if isinstance(verdi, str) and type_ == "DATE":
        try:
            return datetime.date.fromisoformat(verdi)
        except ValueError:  # before year 1 or after 9999
            return verdi
    return verdi  # type: ignore[no-any-return]


def _uttrykk(nummer: int, type_: str) -> str:
    """A column as it is sent between the processes. What Python would make something else of, is text as DuckDB has it:
    an interval of a month is thirty days in Python, and an infinite date the last that it has."""
    tekst = f"cast(#{nummer} as varchar)"
    if type_ == "FLOAT":  # its digits, and not those of the double that is nearest to it
        return f"cast({tekst} as double)"
    return f"#{nummer}" if _SOM_DEN_ER.fullmatch(type_) else tekst


def _les(kobling: duckdb.DuckDBPyConnection, sporring: str) -> dict[str, object]:
    """Run the query if it is one SELECT."""
    start = time.perf_counter()
    uttrykk = kobling.extract_statements(sporring)
    if not uttrykk:
        raise StyringFeil("Skriv en spørring.")
    if len(uttrykk) > 1:
        raise StyringFeil(f"Skriv én spørring om gangen. Her er det {len(uttrykk)}, skilt med semikolon.")
    try:
        slag = uttrykk[0].type
    except ValueError:  # a kind of statement that DuckDB's Python has no name for
        raise StyringFeil("Bare spørringer som leser, kan kjøres (select).") from None
    if slag == duckdb.StatementType.MULTI:
        raise StyringFeil("Skriv opp verdiene som blir kolonner: «pivot … on aar in (2022, 2023) …».")
    if slag != duckdb.StatementType.SELECT:
        raise StyringFeil(f"Bare spørringer som leser, kan kjøres (select). Dette er {slag.name.lower()}.")
    try:
        svar = kobling.sql(uttrykk[0].query)
    except duckdb.Error:
        kobling.execute(uttrykk[0])  # fails too, and says where in the query
        raise
    typer = [str(type_) for type_ in svar.types]
    if len(typer) > _KOLONNEGRENSE:
        raise StyringFeil(f"Svaret har {len(typer)} kolonner. Velg høyst {_KOLONNEGRENSE} av dem.")
    kolonner = ", ".join(_uttrykk(nummer, type_) for nummer, type_ in enumerate(typer, 1))
    hoyst = min(RADGRENSE, _CELLEGRENSE // len(typer))
    rader = svar.project(kolonner).limit(hoyst + 1).fetchall()
    return {
        "kolonner": svar.columns,
        "typer": typer,
        "rader": rader[:hoyst],
        "kuttet": len(rader) > hoyst,
        "millisekunder": round(1000 * (time.perf_counter() - start)),
    }


def _svar(sporring: str) -> bytes:
    try:
        with duckdb.connect(FILNAVN, read_only=True, config=_LAAS) as kobling:
            # the name is gone when the process is stopped, whatever stops it
            Path(FILNAVN).unlink()
            kobling.execute("set search_path = 'marts'").fetchall()
            # what day it is, is asked in Norway
            kobling.execute("set TimeZone = 'Europe/Oslo'").fetchall()
            kobling.execute("set lock_configuration = true").fetchall()
            # a Decimal is the only one that JSON has no form for
            svar = json.dumps(_les(kobling, sporring), default=str).encode()
        if len(svar) > _SVARGRENSE:
            raise MemoryError
        return svar
    except StyringFeil as feil:
        melding, detaljer = feil.melding, ""
    except duckdb.InterruptException:
        melding, detaljer = _FOR_LANG_TID, ""
    except (duckdb.OutOfMemoryException, MemoryError):
        melding, detaljer = _FOR_STOR, ""
    except duckdb.Error as feil:
        melding, _, detaljer = str(feil).replace(str(Path.cwd()), "").partition("\n")
        melding = f"Spørringen kan ikke kjøres. DuckDB sier: {melding}"
    linjer = [linje[:_TEGN] for linje in detaljer.split("\n") if linje]
    return json.dumps({"feil": melding[:_TEGN], "detaljer": linjer[:_LINJER]}).encode()


if __name__ == "__main__":
    # none of these has any effect on an honest query; the alarm is for when nobody is left to wait for the answer
    signal.alarm(TIDSGRENSE + 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (_PROSESSMINNE, _PROSESSMINNE))
    sys.stdout.buffer.write(_svar(sys.stdin.buffer.read().decode()))
