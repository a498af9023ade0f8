"""A published file before its rows are read: unpacked, its lines counted, and its header held to the description."""

import csv
import errno
import lzma
import re
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
# a letter beyond ASCII as UTF-8 writes it: in ISO-8859-1 an Ã, and a sign that follows no letter
_UTF_8 = re.compile(rb"\xc3[\x80-\xbf]")
_UTENFOR_LATIN_1 = re.compile(rb"[\x80-\x9f]")


@contextmanager
def utpakket(fil: Path, arbeid: Path) -> Iterator[tuple[Path, int]]:
    """The CSV file and its number of lines; one in a ZIP is unpacked, with its checksum held to.

    Raises StyringFeil when it is no whole ZIP file, is in UTF-8, or has line breaks that are CR alone.
    """
    if fil.suffix.lower() != ".zip":
        with fil.open("rb") as inn:
            yield fil, _linjer(fil, inn.read)
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

                linjer = _linjer(fil, videre)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError, ValueError, OSError) as feil:
        # what is damaged may point outside the file, or be no stream; the rest is the machine's
        if isinstance(feil, OSError) and feil.errno not in (None, errno.EINVAL):
            raise
        raise StyringFeil(f"{fil.name} er ingen hel ZIP-fil: den er kuttet, skadet eller noe annet. {STAAR}") from feil
    yield ut_fil, linjer


def _linjer(fil: Path, les: Callable[[int], bytes]) -> int:
    """The lines of what is read; the last may lack its line break. Raises StyringFeil (see `utpakket`)."""
    antall, vognretur, siste = 0, 0, b"\n"
    while blokk := les(_BLOKK):
        # Norwegian text has one of these on its first lines
        if not antall and _UTF_8.search(blokk):
            raise StyringFeil(f"{fil.name} er i UTF-8; ventet ISO-8859-1. {STAAR}")
        antall, vognretur, siste = antall + blokk.count(b"\n"), vognretur + blokk.count(b"\r"), blokk[-1:]
    if vognretur and abs(antall - vognretur) > 1:
        raise StyringFeil(f"{fil.name} har CR som linjeskift, alene eller blandet; ventet LF eller CRLF. {STAAR}")
    return antall + (siste != b"\n")


def hvor_utenfor_latin_1(fil: Path) -> str:
    """Where a file first has a byte that ISO-8859-1 has no character for, as the end of a sentence."""
    if fil.suffix.lower() != ".zip":
        with fil.open("rb") as inn:
            for nummer, linje in enumerate(inn, 1):
                if treff := _UTENFOR_LATIN_1.search(linje):
                    return (
                        f", linje {nummer}: byte 0x{treff[0].hex()} er ikke et tegn i ISO-8859-1; "
                        "filen kan være i Windows-1252"
                    )
    return " har bytes som ikke er tegn i ISO-8859-1; filen kan være i Windows-1252"


def kontroller_hode(kilde: Kilde, fil: Path, csv_fil: Path) -> None:
    """Raises StyringFeil when the columns are not as described, in name, number or order."""
    with csv_fil.open("rb") as inn:
        linje = inn.readline(_HODE_HOYST)
    ventet = list(kilde.kolonner)
    try:
        hode = next(csv.reader([linje.decode("latin-1").rstrip("\r\n")], delimiter=";"), [])
    except csv.Error as feil:
        raise StyringFeil(f"{fil.name} er ikke som beskrevet: den første linjen er ikke et hode. {STAAR}") from feil
    if hode == ventet:
        return
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
