"""Versions of the warehouse, and the published name that points to one of them.

    warehouse.duckdb            symbolic link to the published version
    versjoner/<id>/warehouse.duckdb
    versjoner/.bygger-<id>/     a build under way; swept up by the next build if it was killed

Every version keeps the file name `warehouse.duckdb`, since DuckDB takes its database name from it. The
link is switched with one rename: a reader keeps the version that it has open and meets the new one the
next time it opens the name. A failed or killed build never touches the link.
"""

import datetime
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from styring.feil import StyringFeil

FILNAVN = "warehouse.duckdb"
_UNDER_ARBEID = ".bygger-"
_LENKE = ".lenke-"
BEHOLD_VERSJONER = 10


class Versjoner:
    """The versions in one folder. All changes happen inside `byggelaas`."""

    def __init__(self, mappe: Path) -> None:
        self.publisert = mappe / FILNAVN
        self.mappe = mappe / "versjoner"

    def liste(self) -> list[str]:
        """Identifiers of the versions, oldest first."""
        if not self.mappe.is_dir():
            return []
        return sorted(sti.name for sti in self.mappe.iterdir() if (sti / FILNAVN).exists() and sti.name[0] != ".")

    def gjeldende(self) -> str | None:
        """Identifier of the published version; None when nothing is published."""
        return self.publisert.resolve().parent.name if self.publisert.exists() else None

    @contextmanager
    def byggelaas(self) -> Iterator[None]:
        """Keep other builds out. The operating system drops the lock when the process ends, however it ends.

        Raises StyringFeil when another build holds it, the folder cannot be written to, or the published name is a
        file and not a link: all before anything is built.
        """
        try:
            self.mappe.mkdir(parents=True, exist_ok=True)
            laas = (self.mappe / ".laas").open("a+", encoding="utf-8")
        except OSError as feil:
            raise StyringFeil(f"Kan ikke skrive i mappen {self.mappe}: {feil.strerror}.") from feil
        with laas:
            try:
                fcntl.flock(laas, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                laas.seek(0)
                hvem = laas.read().strip() or "en annen prosess"
                raise StyringFeil(f"Et annet bygg pågår ({hvem}). Vent til det er ferdig, og prøv igjen.") from None
            laas.seek(0)
            laas.truncate()
            laas.write(f"prosess {os.getpid()}, startet {datetime.datetime.now():%d.%m.%Y kl. %H:%M:%S}")
            laas.flush()
            if self.publisert.exists() and not self.publisert.is_symlink():
                raise StyringFeil(
                    f"{self.publisert} er en fil, ikke en lenke til en versjon. Flytt den, og bygg på nytt."
                )
            for rest in self.mappe.glob(f"{_UNDER_ARBEID}*"):
                shutil.rmtree(rest, ignore_errors=True)
            for rest in self.mappe.glob(f"{_LENKE}*"):
                rest.unlink()
            yield

    def ny(self) -> Path:
        """Folder for a build under way; its file is not a version before `publiser`."""
        naa = datetime.datetime.now(datetime.UTC)
        mappe = self.mappe / f"{_UNDER_ARBEID}{naa:%Y%m%dT%H%M%S%f}Z"
        mappe.mkdir()
        return mappe

    def publiser(self, under_arbeid: Path) -> str:
        """Make a finished build a version and switch the published name to it. Returns the version's identifier."""
        versjon = under_arbeid.name.removeprefix(_UNDER_ARBEID)
        _skriv_til_disk(under_arbeid / FILNAVN)
        _skriv_til_disk(under_arbeid)
        ferdig = self.mappe / versjon
        under_arbeid.rename(ferdig)
        _skriv_til_disk(self.mappe)
        ny_lenke = self.mappe / f"{_LENKE}{versjon}"
        ny_lenke.symlink_to(os.path.relpath(ferdig / FILNAVN, self.publisert.parent))
        ny_lenke.replace(self.publisert)
        _skriv_til_disk(self.publisert.parent)
        self._rydd()
        return versjon

    def _rydd(self) -> None:
        """Remove the oldest versions beyond those that are kept; never the published one."""
        for versjon in self.liste()[:-BEHOLD_VERSJONER]:
            if versjon != self.gjeldende():
                shutil.rmtree(self.mappe / versjon, ignore_errors=True)


def _skriv_til_disk(sti: Path) -> None:
    nummer = os.open(sti, os.O_RDONLY)
    try:
        os.fsync(nummer)
    finally:
        os.close(nummer)
