"""Versions of the warehouse, and the published name that points to one of them.

    warehouse.duckdb            symbolic link to the published version
    rapport                     symbolic link to its control report
    versjoner/<id>/warehouse.duckdb
    versjoner/<id>/warehouse.duckdb.sha256  by which a file that has been damaged is known
    versjoner/<id>/manifest.json            what dbt knows of it: models, columns, tests, exposures
    versjoner/<id>/semantic_manifest.json   its metrics, for `mf`
    versjoner/<id>/avtrykk.json             what it was made from, by which the same build is not made again
    versjoner/<id>/rapport/
    versjoner/stanset/          the report of the last build that the audit stopped; gone when one is published
    versjoner/.bygger-<id>/     a build under way, or a version on its way out; what a killed build left of them is
                                swept up by the next

Nothing else in `versjoner/` is a version, and nothing else is removed. Every version keeps the file name
`warehouse.duckdb`, since DuckDB takes its database name from it. The link is switched with one rename: a reader keeps
the version that it has open and meets the new one the next time it opens the name. A failed or killed build never
touches the link.
"""

import datetime
import fcntl
import hashlib
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from styring import norsk
from styring.feil import URORT, StyringFeil, aarsak

FILNAVN = "warehouse.duckdb"
# dbt's names for them
MANIFEST = "manifest.json"
SEMANTISK_MANIFEST = "semantic_manifest.json"
AVTRYKK = "avtrykk.json"
# what dashboard, takeaways and reports read, also when other targets of profiles.yml are built
LEST_FRA = "lest fra DuckDB (target publisert)"
_SUMFIL = f"{FILNAVN}.sha256"
_RAPPORT = "rapport"
_STANSET = "stanset"
_UNDER_ARBEID = ".bygger-"
_LENKE = ".lenke-"
_ID, _TIDSFORM = re.compile(r"[0-9]{8}T[0-9]{12}Z"), "%Y%m%dT%H%M%S%fZ"
BEHOLD_VERSJONER = 10
# A reader may have asked for the published version's file just before it was replaced, and open it after.
BEHOLD_SEKUNDER = 3600


class Versjoner:
    """The versions in one folder. All changes happen inside `byggelaas`."""

    def __init__(self, mappe: Path) -> None:
        # the lock's descriptor, while it is held: a process that gets it holds the lock too
        self.laas: int | None = None
        self.publisert = mappe / FILNAVN
        self.publisert_rapport = mappe / _RAPPORT
        self.mappe = mappe / "versjoner"
        # the report of the last build that the audit stopped; not there when a later one was published
        self.stanset = self.mappe / _STANSET

    def liste(self) -> list[str]:
        """Identifiers of the versions, oldest first."""
        if not self.mappe.is_dir():
            return []
        # unlike Path.exists, os.path.exists does not raise where a folder cannot be read
        return sorted(
            sti.name
            for sti in self.mappe.iterdir()
            if _ID.fullmatch(sti.name) and os.path.exists(sti / FILNAVN)  # noqa: PTH110
        )

    def gjeldende(self) -> str | None:
        """Identifier of the published version; None when nothing is published, or what is published is no version."""
        fil = Path(os.path.realpath(self.publisert))
        er_versjon = fil.parent.parent == self.mappe.resolve() and fil.parent.name in self.liste()
        return fil.parent.name if er_versjon else None

    def per(self, dag: datetime.date) -> str:
        """Identifier of the last whole version that was built on a day or before it, by Norwegian clocks.

        Raises StyringFeil when there is none.
        """
        alle = self.liste()
        eldre = [en for en in alle if norsk.tid(bygget(en)).date() <= dag]
        versjon = next((en for en in reversed(eldre) if self.er_hel(en)), None)
        if versjon is None:
            eldste = f" Den eldste er fra {norsk.tid(bygget(alle[0])):%d.%m.%Y}." if alle else ""
            raise StyringFeil(f"Ingen hel versjon er bygget {dag:%d.%m.%Y} eller før.{eldste}")
        return versjon

    def publisert_versjon(self) -> str:
        """Identifier of the published version. Raises StyringFeil, with the way out, when it is not there and whole."""
        naa = self.gjeldende()
        if naa is not None and self.er_hel(naa):
            return naa
        if not self.liste():
            raise StyringFeil("Ingenting er publisert ennå. Bygg først, med: styring bygg")
        raise StyringFeil(
            f"Det som er publisert, {'er skadet' if naa else 'er borte'}. "
            "Gå tilbake til den siste hele versjonen med: styring tilbake"
        )

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
            self.laas = laas.fileno()
            # who it is, is said for as long as there is room for it
            with suppress(OSError):
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
            yield

    def _proev_aa_peke(self) -> None:
        """Raises StyringFeil when the published names could not be switched: before the build, not after it."""
        proeve = self.publisert.parent / f"{_LENKE}proeve"
        try:
            for rest in self.publisert.parent.glob(f"{_LENKE}*"):
                rest.unlink()
            proeve.symlink_to(FILNAVN)
            proeve.unlink()
        except OSError as feil:
            raise StyringFeil(f"Kan ikke skrive i mappen {proeve.parent}: {aarsak(feil)}.") from feil

    def ny(self) -> Path:
        """Folder for a build under way; its file is not a version before `publiser`.

        It comes after all versions, also when the clock has been set back.
        """
        naa = datetime.datetime.now(datetime.UTC)
        if alle := self.liste():
            naa = max(naa, bygget(alle[-1]) + datetime.timedelta(microseconds=1))
        mappe = self.mappe / f"{_UNDER_ARBEID}{naa:{_TIDSFORM}}"
        mappe.mkdir()
        return mappe

    @staticmethod
    def navn(under_arbeid: Path) -> str:
        """The identifier that a build under way gets as a version."""
        return under_arbeid.name.removeprefix(_UNDER_ARBEID)

    def rapport_i(self, versjon: str) -> Path:
        """Folder with a version's report."""
        return self.mappe / versjon / _RAPPORT

    @staticmethod
    def rapport(under_arbeid: Path) -> Path:
        """Folder for the report of a build under way."""
        mappe = under_arbeid / _RAPPORT
        mappe.mkdir()
        return mappe

    def legg_bort(self, under_arbeid: Path) -> Path:
        """Keep the report of a build that was stopped. Returns the folder it is in."""
        shutil.rmtree(self.stanset, ignore_errors=True)
        (under_arbeid / _RAPPORT).rename(self.stanset)
        return self.stanset

    def publiser(self, under_arbeid: Path) -> str:
        """Make a finished build a version and switch the published names to it. Returns the version's identifier.

        Raises OSError, with nothing changed, when it cannot be done; StyringFeil when the fault came after the switch.
        """
        versjon, fil = self.navn(under_arbeid), under_arbeid / FILNAVN
        (under_arbeid / _SUMFIL).write_text(f"{_sum(fil)}  {FILNAVN}\n", encoding="ascii")
        # one that opens it to write would shut the readers out
        fil.chmod(fil.stat().st_mode & ~0o222)
        for sti in (*under_arbeid.rglob("*"), under_arbeid):
            _skriv_til_disk(sti)
        ferdig = self.mappe / versjon
        under_arbeid.rename(ferdig)
        try:
            _skriv_til_disk(self.mappe)
            self._vis(versjon)
        except OSError as feil:
            if self.gjeldende() == versjon:
                raise StyringFeil(
                    f"Versjon {versjon} er publisert, men noe gikk galt etterpå: {aarsak(feil)}."
                ) from feil
            ferdig.rename(under_arbeid)
            raise
        shutil.rmtree(self.stanset, ignore_errors=True)
        # what cannot be removed now, is removed by a later build
        with suppress(OSError):
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
        fra = fra or next((en for en in reversed(alle) if til is not None and en < til and self.er_hel(en)), None)
        for navn in (fra, til):
            if navn is None:
                raise StyringFeil("Det finnes ikke to versjoner å sammenligne.")
            if navn not in alle:
                raise StyringFeil(f"Versjonen «{navn}» finnes ikke; ventet en av: {', '.join(alle) or 'ingen'}.")
            if not self.er_hel(navn):
                raise StyringFeil(f"Versjonen {navn} er skadet og kan ikke sammenlignes. {URORT}")
        return self.mappe / str(fra) / FILNAVN, self.mappe / str(til) / FILNAVN

    def er_hel(self, versjon: str) -> bool:
        """Whether a version's file is as it was when it was published, and can be read now."""
        try:
            return self.stemmer(versjon)
        except OSError:
            return False

    def stemmer(self, versjon: str) -> bool:
        """Whether a version's file has the sum that was written down with it; one without a sum, whether it opens.

        Raises OSError when it cannot be read, which says nothing of what is in it.
        """
        fil, sumfil = self.mappe / versjon / FILNAVN, self.mappe / versjon / _SUMFIL
        if sumfil.exists():
            return _sum(fil) == sumfil.read_text(encoding="utf-8", errors="replace").partition(" ")[0]
        # an unchanged build does without it, and it takes a moment
        import duckdb

        try:
            duckdb.connect(str(fil), read_only=True).close()
        except duckdb.Error:
            return False
        return True

    def _vis(self, versjon: str) -> None:
        """Switch the published names to a version, and mark the one that they leave with the time."""
        if (naa := self.gjeldende()) is not None:
            os.utime(self.mappe / naa)
        self._pek(self.publisert, self.mappe / versjon / FILNAVN)
        if self.rapport_i(versjon).is_dir():
            self._pek(self.publisert_rapport, self.rapport_i(versjon))

    def _pek(self, navn: Path, mal: Path) -> None:
        """Let a published name point to something in a version, in one step.

        The link is made where the name is: `versjoner` may be a link to another disk.
        """
        lenke = navn.parent / f"{_LENKE}{navn.name}"
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
                # under a name that the next build sweeps up, if this one is killed before it is gone
                paa_vei_ut = self.mappe / f"{_UNDER_ARBEID}{versjon}"
                (self.mappe / versjon).rename(paa_vei_ut)
                shutil.rmtree(paa_vei_ut, ignore_errors=True)


def er_versjon(navn: str) -> bool:
    """Whether something is named as a version is."""
    return _ID.fullmatch(navn) is not None


def bygget(versjon: str) -> datetime.datetime:
    """When a version was built (UTC), from its identifier."""
    return datetime.datetime.strptime(versjon, _TIDSFORM).replace(tzinfo=datetime.UTC)


def _sum(fil: Path) -> str:
    with fil.open("rb") as aapen:
        return hashlib.file_digest(aapen, "sha256").hexdigest()


def _skriv_til_disk(sti: Path) -> None:
    nummer = os.open(sti, os.O_RDONLY)
    try:
        os.fsync(nummer)
    finally:
        os.close(nummer)
