"""Files and folders that are written whole or not at all: what stood there before stays until the new is ready."""

import ctypes
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from styring.feil import StyringFeil

# a folder that has this in it was written here, and may be replaced
MERKE = "versjon.txt"
# what a killed run left is removed by a later one, when no run can still be at it
_REST_SEKUNDER = 24 * 3600
# Linux: two names change places in one step
_HER, _BYTT = -100, 2


def fil(sti: Path, innhold: bytes) -> Path:
    """Write a file in one step. Returns its path. Raises OSError with what stood there untouched."""
    sti.parent.mkdir(parents=True, exist_ok=True)
    _rydd(sti)
    nummer, navn = tempfile.mkstemp(prefix=f".{sti.name}-", dir=sti.parent)
    ny = Path(navn)
    try:
        with os.fdopen(nummer, "wb") as aapen:
            aapen.write(innhold)
            aapen.flush()
            os.fsync(aapen.fileno())
        _som_vanlig(ny)
        ny.replace(sti)
    except BaseException:
        ny.unlink(missing_ok=True)
        raise
    return sti


@contextmanager
def mappe(sti: Path, versjon: str) -> Iterator[Path]:
    """A folder to fill, which takes its place as `sti` when all went well. `versjon` is written in it.

    Raises StyringFeil, before anything is made, when `sti` holds something that was not written here.
    """
    if sti.exists() and not (sti / MERKE).is_file() and (not sti.is_dir() or any(sti.iterdir())):
        raise StyringFeil(f"{sti} er ikke tom og er ikke skrevet av datavarehuset. Velg en annen mappe med --ut.")
    sti.parent.mkdir(parents=True, exist_ok=True)
    _rydd(sti)
    # what is in it when the context ends, is removed: first what failed, or what stood there before
    with tempfile.TemporaryDirectory(prefix=f".{sti.name}-", dir=sti.parent) as midlertidig:
        ny = Path(midlertidig) / "ny"
        ny.mkdir()
        yield ny
        (ny / MERKE).write_text(f"{versjon}\n", encoding="ascii")
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


def _bytt(en: Path, annen: Path) -> bool:
    """Let two names change places in one step; False where the operating system or the disk cannot."""
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None)
    return renameat2 is not None and renameat2(_HER, os.fsencode(en), _HER, os.fsencode(annen), _BYTT) == 0


def _som_vanlig(sti: Path) -> None:
    """Let what was made as temporary, and for its owner only, be read by those whom the user's own files are for."""
    maske = os.umask(0)
    os.umask(maske)
    sti.chmod((0o777 if sti.is_dir() else 0o666) & ~maske)


def _rydd(sti: Path) -> None:
    for rest in sti.parent.glob(f".{sti.name}-*"):
        with suppress(OSError):
            if time.time() - rest.stat().st_mtime > _REST_SEKUNDER:
                shutil.rmtree(rest) if rest.is_dir() else rest.unlink()
