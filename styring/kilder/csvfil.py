"""A published file before its rows are read: unpacked, its lines counted, and its header held to the description."""

import csv
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from styring.feil import StyringFeil
from styring.kilder.dfo import Kilde
from styring.kilder.nett import STAAR

# larger blocks are new memory each time, at twice the cost
_BLOKK = 1 << 18
# a header longer than this is none
_HODE_HOYST = 1 << 16


@contextmanager
def utpakket(fil: Path, arbeid: Path) -> Iterator[tuple[Path, int]]:
    """The CSV file and its number of lines; one in a ZIP is unpacked, with its checksum held to."""
    if fil.suffix.lower() != ".zip":
        with fil.open("rb") as inn:
            yield fil, _linjer(inn.read)
        return
    ut_fil = arbeid / "utpakket.csv"
    try:
        with zipfile.ZipFile(fil) as pakke:
            navn = [en for en in pakke.namelist() if en.lower().endswith(".csv")]
            if len(navn) != 1:
                raise StyringFeil(f"{fil.name} har {len(navn)} CSV-filer i seg; ventet én. {STAAR}")
            with pakke.open(navn[0]) as pakket, ut_fil.open("wb") as ut:

                def videre(antall: int) -> bytes:
                    blokk = pakket.read(antall)
                    ut.write(blokk)
                    return blokk

                linjer = _linjer(videre)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as feil:
        raise StyringFeil(f"{fil.name} er ingen hel ZIP-fil: den er kuttet, skadet eller noe annet. {STAAR}") from feil
    yield ut_fil, linjer


def _linjer(les: Callable[[int], bytes]) -> int:
    """The lines of what is read; the last may lack its line break."""
    antall, siste = 0, b"\n"
    while blokk := les(_BLOKK):
        antall, siste = antall + blokk.count(b"\n"), blokk[-1:]
    return antall + (siste != b"\n")


def kontroller_hode(kilde: Kilde, fil: Path, csv_fil: Path) -> None:
    """Raises StyringFeil when the columns are not as described, in name, number, order or encoding."""
    with csv_fil.open("rb") as inn:
        linje = inn.readline(_HODE_HOYST)
    ventet = list(kilde.kolonner)
    hode = next(csv.reader([linje.decode("latin-1").rstrip("\r\n")], delimiter=";"), [])
    if hode == ventet:
        return
    try:
        utf8 = next(csv.reader([linje.decode("utf-8-sig").rstrip("\r\n")], delimiter=";"), [])
    except UnicodeDecodeError:
        utf8 = []
    if utf8 == ventet:
        raise StyringFeil(f"{fil.name} er i UTF-8; ventet ISO-8859-1. {STAAR}")
    mangler = [navn for navn in ventet if navn not in hode]
    ukjente = [navn for navn in hode if navn not in ventet]
    hva = [
        *([f"mangler {', '.join(mangler)}"] if mangler else []),
        *([f"har ukjente {', '.join(ukjente)}"] if ukjente else []),
    ] or ["har kolonnene i en annen rekkefølge" if len(hode) == len(ventet) else "har kolonner flere ganger"]
    raise StyringFeil(
        f"{fil.name} er ikke som beskrevet: den {' og '.join(hva)}. {STAAR}",
        (f"Ventet: {';'.join(ventet)}", f"Er:     {';'.join(hode)}"),
    )
