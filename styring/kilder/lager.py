"""The data folder: who may change it, and how what is in it is changed, all of it or nothing.

    data/<kilde>/<del>=<verdi>/data.parquet   what readers read
    data/<kilde>/<del>=<verdi>/.data.parquet.ny   on its way there: no reader asks for *.ny
    data/.arbeid/                             temporary files of the run under way
    data/.nedlastet/                          what has been downloaded, and parts of it, until it is stored
    data/.laas                                held by the run under way, and shared by builds that read

A killed run's leftovers are swept up by the next.
"""

import datetime
import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from styring.feil import URORT, StyringFeil, aarsak

FILNAVN = "data.parquet"
_NY = ".ny"
_ARBEID = ".arbeid"
_NEDLASTET = ".nedlastet"
_LAAS = ".laas"


@contextmanager
def laas(mappe: Path) -> Iterator[None]:
    """Keep other runs out of the data folder. The operating system drops the lock when the process ends.

    Raises StyringFeil when another run holds it, or the folder cannot be written to: before anything is fetched.
    """
    try:
        mappe.mkdir(parents=True, exist_ok=True)
        fil = (mappe / _LAAS).open("a+", encoding="utf-8")
    except OSError as feil:
        raise StyringFeil(f"Kan ikke skrive i mappen {mappe}: {aarsak(feil)}.") from feil
    with fil:
        try:
            fcntl.flock(fil, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            fil.seek(0)
            hvem = fil.read().strip()
            hva = f"En annen henting pågår ({hvem})" if hvem else "Et bygg leser datamappen"
            raise StyringFeil(f"{hva}. Vent til det er ferdig, og prøv igjen.") from None
        # who it is, is said for as long as there is room for it
        with suppress(OSError):
            fil.seek(0)
            fil.truncate()
            fil.write(f"prosess {os.getpid()}, startet {datetime.datetime.now():%d.%m.%Y kl. %H:%M:%S}")
            fil.flush()
        _rydd(mappe)
        try:
            yield
        finally:
            # what is written there is of a fetch; a build that reads writes nothing
            with suppress(OSError):
                fil.truncate(0)


@contextmanager
def leselaas(mappe: Path) -> Iterator[None]:
    """Keep the data folder as it is while a build reads it. Nothing is held where nothing was ever fetched.

    Raises StyringFeil when a fetch is under way: months read before and after it would not belong together.
    """
    try:
        fil = (mappe / _LAAS).open(encoding="utf-8")
    except FileNotFoundError:
        yield
        return
    with fil:
        try:
            fcntl.flock(fil, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StyringFeil(f"En henting pågår ({fil.read().strip()}). {URORT}") from None
        yield


def _rydd(mappe: Path) -> None:
    shutil.rmtree(mappe / _ARBEID, ignore_errors=True)
    for rest in mappe.rglob(f".*{_NY}"):
        rest.unlink()


def uten_jokertegn(sti: Path) -> str:
    """A path as DuckDB takes it for that one file, also where its name has characters that stand for others."""
    return re.sub(r"([*?[])", r"[\1]", str(sti))


def nedlastet(mappe: Path) -> Path:
    """Folder for downloads. Parts in it outlive a run, so that the next goes on with them."""
    return mappe / _NEDLASTET


@contextmanager
def arbeidsmappe(mappe: Path) -> Iterator[Path]:
    """A folder for temporary files, on the disk that what is stored is on; gone afterwards."""
    arbeid = mappe / _ARBEID
    arbeid.mkdir(parents=True, exist_ok=True)
    try:
        yield arbeid
    finally:
        shutil.rmtree(arbeid, ignore_errors=True)


def _ny(fil: Path) -> Path:
    return fil.with_name(f".{fil.name}{_NY}")


class Utskifting:
    """Files to be replaced or removed, together and last: see `utskifting`."""

    def __init__(self) -> None:
        self.nye: list[Path] = []
        self.bort: list[Path] = []

    def ny(self, fil: Path) -> Path:
        """Where to write what is to become `fil`: a hidden name beside it, so that no reader meets it."""
        fil.parent.mkdir(parents=True, exist_ok=True)
        self.nye.append(fil)
        return _ny(fil)

    def fjern(self, fil: Path) -> None:
        """Let a file go when the others are in place."""
        self.bort.append(fil)


@contextmanager
def utskifting() -> Iterator[Utskifting]:
    """Write files, and move them into place when all of them are whole on the disk; when anything fails, none is.

    A reader sees each file as it was or as it is. Raises what the writing raises.
    """
    denne = Utskifting()
    try:
        yield denne
        for fil in denne.nye:
            _til_disk(_ny(fil))
    except BaseException:
        for fil in denne.nye:
            _ny(fil).unlink(missing_ok=True)
            with suppress(OSError):
                fil.parent.rmdir()
        raise
    for fil in denne.nye:
        _ny(fil).replace(fil)
        _til_disk(fil.parent)
    for fil in denne.bort:
        fil.unlink(missing_ok=True)
        with suppress(OSError):
            fil.parent.rmdir()


def _til_disk(sti: Path) -> None:
    nummer = os.open(sti, os.O_RDONLY)
    try:
        os.fsync(nummer)
    finally:
        os.close(nummer)
