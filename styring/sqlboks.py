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
import subprocess
import sys
import tempfile
import threading
import time
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
# what the process may hold besides: the interpreter, the rows as Python has them, and the answer
_PROSESSMINNE = 3 * 1024**3
_SVARGRENSE = 32 * 1024**2
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
_SOM_DEN_ER = re.compile(rf"U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|BOOLEAN|VARCHAR|{_DESIMALTALL.pattern}")
# more at a time would slow the pages down for everyone
_PLASSER = threading.BoundedSemaphore(2)

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


def kjor(fil: Path, sporring: str) -> Svar:
    """Run one SELECT on a version's file. Raises StyringFeil, with what DuckDB says, when it cannot be run."""
    if not _PLASSER.acquire(timeout=TIDSGRENSE):
        raise StyringFeil("Andre spørringer kjører nå. Prøv igjen om litt.")
    try:
        with tempfile.TemporaryDirectory(prefix="sql-") as mappe:
            _legg_i(fil, Path(mappe, FILNAVN))
            prosess = subprocess.run(
                [sys.executable, "-m", "styring.sqlboks"],
                input=sporring.encode(),
                capture_output=True,
                cwd=mappe,
                env={"PYTHONPATH": str(PROSJEKT), "HOME": mappe},
                # DuckDB stops by itself first, except inside one function call
                timeout=TIDSGRENSE + 1,
            )
    except subprocess.TimeoutExpired:
        raise StyringFeil(_FOR_LANG_TID) from None
    finally:
        _PLASSER.release()
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
    return f"#{nummer}" if _SOM_DEN_ER.fullmatch(type_) else f"cast(#{nummer} as varchar)"


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
    kolonner = ", ".join(_uttrykk(nummer, type_) for nummer, type_ in enumerate(typer, 1))
    rader = svar.project(kolonner).limit(RADGRENSE + 1).fetchall()
    return {
        "kolonner": svar.columns,
        "typer": typer,
        "rader": rader[:RADGRENSE],
        "kuttet": len(rader) > RADGRENSE,
        "millisekunder": round(1000 * (time.perf_counter() - start)),
    }


def _svar(sporring: str) -> bytes:
    try:
        with duckdb.connect(FILNAVN, read_only=True, config=_LAAS) as kobling:
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
    return json.dumps({"feil": melding, "detaljer": [linje for linje in detaljer.split("\n") if linje]}).encode()


if __name__ == "__main__":
    # neither of these has any effect on an honest query
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (_PROSESSMINNE, _PROSESSMINNE))
    sys.stdout.buffer.write(_svar(sys.stdin.buffer.read().decode()))
