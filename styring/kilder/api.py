"""A question to an API that answers in JSON: what it gets wrong, or changes, is said in one sentence."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import requests

from styring.feil import StyringFeil
from styring.kilder import nett

LAGRET = "Det som er lagret, står som det var."
# answers that stop in the middle, one after the other; what never begins, the session has asked for again already
FORSOK = 3
_SITAT = 200


def spor(okt: requests.Session, metode: str, url: str, **valg: Any) -> dict[str, Any]:
    """The answer's JSON object, with figures as int or Decimal, never float.

    Raises StyringFeil when no whole answer comes, it is refused (with what the API says of it), or it is no object.
    """
    with nett.som_setning(url):
        svar = _hele_svaret(okt, metode, url, **valg)
    if not svar.ok:
        sagt = " ".join(svar.text.split())[:_SITAT]
        raise StyringFeil(f"{url} svarte {svar.status_code} ({svar.reason}). {LAGRET}", (sagt,) if sagt else ())
    return _objekt(svar.content, f"{url} svarte med")


def les(fil: Path) -> dict[str, Any]:
    """An answer that is stored in a file, as `spor` gives one. Raises StyringFeil when it is no object."""
    return _objekt(fil.read_bytes(), f"{fil.name} er")


@contextmanager
def som_beskrevet(hva: str) -> Iterator[None]:
    """Say of an answer of another shape that it is: what is not asked for by name above, is met where it is used."""
    try:
        yield
    except (AttributeError, LookupError, TypeError, ValueError, ArithmeticError, duckdb.ConversionException) as feil:
        hvorfor = f"{type(feil).__name__}: {str(feil).partition(chr(10))[0][:_SITAT]}"
        raise StyringFeil(f"{hva}: svaret er ikke som beskrevet ({hvorfor}); formatet er endret. {LAGRET}") from feil


def vist(verdi: object) -> str:
    """A value from an answer as a sentence quotes it, cut where it is long."""
    tekst = json.dumps(verdi, ensure_ascii=False, default=str)
    return f"«{tekst[:_SITAT]}…»" if len(tekst) > _SITAT else f"«{tekst}»"


def _objekt(tekst: bytes, hvem: str) -> dict[str, Any]:
    try:
        innhold = json.loads(tekst, parse_float=Decimal, parse_constant=_ikke_tall)
    except (ValueError, RecursionError) as feil:
        raise StyringFeil(f"{hvem} noe som ikke er JSON. {LAGRET}") from feil
    if not isinstance(innhold, dict):
        raise StyringFeil(f"{hvem} JSON som ikke er et objekt, men {vist(innhold)}. {LAGRET}")
    return innhold


def _hele_svaret(okt: requests.Session, metode: str, url: str, **valg: Any) -> requests.Response:
    for igjen in range(FORSOK - 1, -1, -1):
        # asked for first and read after, so that only a body that stops is asked for anew here
        svar = okt.request(metode, url, stream=True, **valg)
        try:
            _ = svar.content
            break
        except requests.RequestException:
            if not igjen:
                raise
        time.sleep(nett.PAUSE)
    return svar


def _ikke_tall(tekst: str) -> None:
    raise ValueError(tekst)
