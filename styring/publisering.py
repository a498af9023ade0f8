"""Versions of the warehouse, and the published name that points to one of them.

    warehouse.duckdb            symbolic link to the published version
    rapport                     symbolic link to its control report
    versjoner/<id>/warehouse.duckdb
    versjoner/<id>/warehouse.duckdb.sha256  by which a file that has been damaged is known
    versjoner/<id>/semantic_manifest.json   its metrics, for `mf`
    versjoner/<id>/rapport/
    versjoner/stanset/          the report of the last build that the audit stopped; gone when one is published
    versjoner/.bygger-<id>/     a build under way; swept up by the next build if it was killed

Every version keeps the file name `warehouse.duckdb`, since DuckDB takes its database name from it. The
link is switched with one rename: a reader keeps the version that it has open and meets the new one the
next time it opens the name. A failed or killed build never touches the link.
"""

import datetime
import fcntl
import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from styring.feil import URORT, StyringFeil, aarsak

FILNAVN = "warehouse.duckdb"
# dbt's name for it
SEMANTISK_MANIFEST = "semantic_manifest.json"
_SUMFIL = f"{FILNAVN}.sha256"
_RAPPORT = "rapport"
_STANSET = "stanset"
_UNDER_ARBEID = ".bygger-"
_LENKE = ".lenke-"
BEHOLD_VERSJONER = 10
# A reader may have asked for the published version's file just before it was replaced, and open it after.
BEHOLD_SEKUNDER = 3600


class Versjoner:
    """The versions in one folder. All changes happen inside `byggelaas`."""

    def __init__(self, mappe: Path) -> None:
        self.publisert = mappe / FILNAVN
        self.publisert_rapport = mappe / _RAPPORT
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
            raise StyringFeil(f"Kan ikke skrive i mappen {self.mappe}: {aarsak(feil)}.") from feil
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
            for navn in (self.publisert, self.publisert_rapport):
                if navn.exists() and not navn.is_symlink():
                    raise StyringFeil(f"{navn} er ikke en lenke til en versjon. Flytt den, og bygg på nytt.")
            self._proev_aa_peke()
            for rest in self.mappe.glob(f"{_UNDER_ARBEID}*"):
                shutil.rmtree(rest, ignore_errors=True)
            for rest in self.mappe.glob(f"{_LENKE}*"):
                rest.unlink()
            yield

    def _proev_aa_peke(self) -> None:
        """Raises StyringFeil when the published names could not be switched: before the build, not after it."""
        proeve = self.publisert.parent / f"{_LENKE}proeve"
        try:
            proeve.unlink(missing_ok=True)
            proeve.symlink_to(FILNAVN)
            proeve.unlink()
        except OSError as feil:
            raise StyringFeil(f"Kan ikke skrive i mappen {proeve.parent}: {aarsak(feil)}.") from feil

    def ny(self) -> Path:
        """Folder for a build under way; its file is not a version before `publiser`."""
        naa = datetime.datetime.now(datetime.UTC)
        mappe = self.mappe / f"{_UNDER_ARBEID}{naa:%Y%m%dT%H%M%S%f}Z"
        mappe.mkdir()
        return mappe

    @staticmethod
    def navn(under_arbeid: Path) -> str:
        """The identifier that a build under way gets as a version."""
        return under_arbeid.name.removeprefix(_UNDER_ARBEID)

    @staticmethod
    def rapport(under_arbeid: Path) -> Path:
        """Folder for the report of a build under way."""
        mappe = under_arbeid / _RAPPORT
        mappe.mkdir()
        return mappe

    def legg_bort(self, under_arbeid: Path) -> Path:
        """Keep the report of a build that was stopped. Returns the folder it is in."""
        stanset = self.mappe / _STANSET
        shutil.rmtree(stanset, ignore_errors=True)
        (under_arbeid / _RAPPORT).rename(stanset)
        return stanset

    def publiser(self, under_arbeid: Path) -> str:
        """Make a finished build a version and switch the published names to it. Returns the version's identifier."""
        versjon = self.navn(under_arbeid)
        sum_ = under_arbeid / _SUMFIL
        sum_.write_text(f"{_sum(under_arbeid / FILNAVN)}  {FILNAVN}\n", encoding="ascii")
        _skriv_til_disk(sum_)
        _skriv_til_disk(under_arbeid / FILNAVN)
        _skriv_til_disk(under_arbeid)
        ferdig = self.mappe / versjon
        under_arbeid.rename(ferdig)
        _skriv_til_disk(self.mappe)
        self._vis(versjon)
        shutil.rmtree(self.mappe / _STANSET, ignore_errors=True)
        self._rydd()
        return versjon

    def gaa_tilbake(self, versjon: str | None = None) -> str:
        """Switch the published names to an earlier version: the one that is named, or the last whole one before this.

        Returns the version's identifier. Raises StyringFeil, with nothing changed, when there is none, or it is
        damaged.
        """
        alle, naa = self.liste(), self.gjeldende()
        if versjon is None:
            versjon = next((en for en in reversed(alle) if (naa is None or en < naa) and self.er_hel(en)), None)
            if versjon is None:
                raise StyringFeil("Det finnes ingen eldre versjon å gå tilbake til. Bygg på nytt med: styring bygg")
        elif versjon not in alle:
            raise StyringFeil(f"Versjonen «{versjon}» finnes ikke; ventet en av: {', '.join(alle) or 'ingen'}.")
        elif not self.er_hel(versjon):
            raise StyringFeil(f"Versjonen {versjon} er skadet. {URORT}")
        self._vis(versjon)
        return versjon

    def par(self, fra: str | None, til: str | None) -> tuple[Path, Path]:
        """The files of two versions: those that are named, or the published one and the one before it.

        Raises StyringFeil when there is none.
        """
        alle = self.liste()
        til = til or self.gjeldende()
        fra = fra or next((en for en in reversed(alle) if til is not None and en < til), None)
        for navn in (fra, til):
            if navn is None:
                raise StyringFeil("Det finnes ikke to versjoner å sammenligne.")
            if navn not in alle:
                raise StyringFeil(f"Versjonen «{navn}» finnes ikke; ventet en av: {', '.join(alle) or 'ingen'}.")
            if not self.er_hel(navn):
                raise StyringFeil(f"Versjonen {navn} er skadet og kan ikke sammenlignes. {URORT}")
        return self.mappe / str(fra) / FILNAVN, self.mappe / str(til) / FILNAVN

    def er_hel(self, versjon: str) -> bool:
        """Whether a version's file is as it was when it was published; one without a sum, whether it opens."""
        fil, sumfil = self.mappe / versjon / FILNAVN, self.mappe / versjon / _SUMFIL
        try:
            if sumfil.exists():
                return _sum(fil) == sumfil.read_text(encoding="ascii").partition(" ")[0]
            duckdb.connect(str(fil), read_only=True).close()
        except (OSError, duckdb.Error):
            return False
        return True

    def _vis(self, versjon: str) -> None:
        """Switch the published names to a version, and mark the one that they leave with the time."""
        if (naa := self.gjeldende()) is not None:
            os.utime(self.mappe / naa)
        self._pek(self.publisert, self.mappe / versjon / FILNAVN)
        if (self.mappe / versjon / _RAPPORT).is_dir():
            self._pek(self.publisert_rapport, self.mappe / versjon / _RAPPORT)

    def _pek(self, navn: Path, mal: Path) -> None:
        """Let a published name point to something in a version, in one step."""
        lenke = self.mappe / f"{_LENKE}{navn.name}"
        lenke.symlink_to(os.path.relpath(mal, navn.parent))
        lenke.replace(navn)
        _skriv_til_disk(navn.parent)

    def _rydd(self) -> None:
        """Remove the oldest versions beyond those that are kept.

        Never the published one, nor one that was replaced a short while ago. Who has a removed file open, keeps it.
        """
        for versjon in self.liste()[:-BEHOLD_VERSJONER]:
            erstattet = (self.mappe / versjon).stat().st_mtime
            if versjon != self.gjeldende() and time.time() - erstattet > BEHOLD_SEKUNDER:
                shutil.rmtree(self.mappe / versjon, ignore_errors=True)


def _sum(fil: Path) -> str:
    with fil.open("rb") as aapen:
        return hashlib.file_digest(aapen, "sha256").hexdigest()


def _skriv_til_disk(sti: Path) -> None:
    nummer = os.open(sti, os.O_RDONLY)
    try:
        os.fsync(nummer)
    finally:
        os.close(nummer)
