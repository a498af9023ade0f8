"""Files and folders that are written whole or not at all: what stood there before stays until the new is ready."""

import ctypes
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from styring import publisering
from styring.feil import StyringFeil

# A folder that has this in it was written here: the version first, then each file. Only such a folder is replaced, and
# only where it has nothing else in it.
MERKE = "versjon.txt"
# what is under way has a name that nobody else uses
_UNDERVEIS = ".styring-uttak-"
# what a killed run left is removed by a later one, when no run can still be at it
_REST_SEKUNDER = 24 * 3600
# Linux: two names change places in one step
_HER, _BYTT = -100, 2


def fil(sti: Path, innhold: bytes) -> Path:
    """Write a file in one step. Returns its path. Raises OSError with what stood there untouched."""
    sti.parent.mkdir(parents=True, exist_ok=True)
    _rydd(sti.parent)
    nummer, navn = tempfile.mkstemp(prefix=_UNDERVEIS, dir=sti.parent)
    ny = Path(navn)
    try:
        with os.fdopen(nummer, "wb") as aapen:
            aapen.write(innhold)
            aapen.flush()
            os.fsync(aapen.fileno())
        _som_vanlig(ny)
        ny.replace(sti)
    except BaseException as feil:
        ny.unlink(missing_ok=True)
        if isinstance(feil, OSError):
            # who reads of it knows the file by its own name
            feil.filename, feil.filename2 = str(sti), None
        raise
    return sti


@contextmanager
def mappe(sti: Path, versjon: str) -> Iterator[Path]:
    """A folder to fill, which takes its place as `sti` when all went well. `versjon` is written in it.

    Raises StyringFeil, before anything is made, when `sti` holds something that was not written here.
    """
    # where `sti` is a link, what it points to is what the user meant
    sti = Path(os.path.realpath(sti))
    if fremmed := _fremmed(sti):
        raise StyringFeil(f"{fremmed} er ikke skrevet av datavarehuset. Flytt det, eller velg en annen mappe med --ut.")
    sti.parent.mkdir(parents=True, exist_ok=True)
    _rydd(sti.parent)
    # what is in it when the context ends, is removed: what failed, or what stood there before
    with tempfile.TemporaryDirectory(prefix=_UNDERVEIS, dir=sti.parent) as midlertidig:
        ny = Path(midlertidig) / "ny"
        ny.mkdir()
        yield ny
        filer = sorted(fil.relative_to(ny).as_posix() for fil in ny.rglob("*") if fil.is_file())
        (ny / MERKE).write_text("".join(f"{linje}\n" for linje in [versjon, *filer]), encoding="utf-8")
        _som_vanlig(ny)
        if not sti.exists():
            ny.rename(sti)
        elif not _bytt(ny, sti):
            gammel = Path(midlertidig) / "gammel"
            sti.rename(gammel)
            try:
                ny.rename(sti)
            except BaseException:
                gammel.rename(sti)
                raise


def _fremmed(sti: Path) -> Path | None:
    """Something in a folder, or in its place, that was not written here; None when there is nothing of the kind."""
    if not sti.exists():
        return None
    if not sti.is_dir():
        return sti
    merke = sti / MERKE
    versjon, *vaare = merke.read_text(encoding="utf-8", errors="replace").splitlines() if merke.is_file() else [""]
    vaare = [MERKE, *vaare] if publisering.er_versjon(versjon) else []
    alle = (fil for fil in sorted(sti.rglob("*")) if not fil.is_dir() or fil.is_symlink())
    return next((fil for fil in alle if fil.relative_to(sti).as_posix() not in vaare), None)


def _bytt(en: Path, annen: Path) -> bool:
    """Let two names change places in one step; False where the operating system or the disk cannot."""
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None)
    return renameat2 is not None and renameat2(_HER, os.fsencode(en), _HER, os.fsencode(annen), _BYTT) == 0


def _som_vanlig(sti: Path) -> None:
    """Let what was made as temporary, and for its owner only, be read by those whom the user's own files are for."""
    maske = os.umask(0)
    os.umask(maske)
    sti.chmod((0o777 if sti.is_dir() else 0o666) & ~maske)


def _rydd(mappe: Path) -> None:
    for rest in mappe.glob(f"{_UNDERVEIS}*"):
        with suppress(OSError):
            if time.time() - rest.stat().st_mtime > _REST_SEKUNDER:
                shutil.rmtree(rest) if rest.is_dir() else rest.unlink()
