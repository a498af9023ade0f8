"""Values as a spreadsheet holds them: real numbers and dates, text where Excel would change them, nothing for None."""

import datetime
from decimal import Decimal
from typing import NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Celle = str | int | Decimal | bool | datetime.date | None
# what Excel holds: characters in a cell, whole numbers with all their digits, and days that it counts right
_TEGN, _HELTALL, _FORSTE_DAG = 32_767, 10**15, datetime.date(1900, 3, 1)


class Former(NamedTuple):
    """The formats of cells, by what stands in them; None is the column's own."""

    tekst: Format | None
    # a count or a year; amounts and measures are Decimal
    antall: Format | None
    heltall: Format | None
    desimaltall: Format | None
    dato: Format | None


def som_tekst(celle: Celle) -> str:
    """A value in Norwegian form, with all its digits: 1234,5, 21.11.2026, ja. None is empty."""
    if celle is None:
        return ""
    if isinstance(celle, bool):
        return "ja" if celle else "nei"
    if isinstance(celle, datetime.date):
        return f"{celle:%d.%m.%Y}"
    if isinstance(celle, str):
        return celle
    tall = f"{celle:f}" if isinstance(celle, Decimal) else str(celle)
    return tall.rstrip("0").rstrip(".").replace(".", ",") if "." in tall else tall


def skriv(ark: Worksheet, rad: int, plass: int, celle: Celle, former: Former) -> None:
    """Write one value. Text is text, whatever it begins with; a missing value leaves the cell as it is."""
    if isinstance(celle, str):
        kort = celle if len(celle) <= _TEGN else f"{celle[: _TEGN - 9]} (kuttet)"
        ark.write_string(rad, plass, kort, former.tekst)
    elif isinstance(celle, bool) or (isinstance(celle, datetime.date) and celle < _FORSTE_DAG):
        ark.write_string(rad, plass, som_tekst(celle), former.tekst)
    elif isinstance(celle, datetime.date):
        ark.write_datetime(rad, plass, datetime.datetime.combine(celle, datetime.time()), former.dato)
    elif celle is not None and abs(Decimal(celle)) >= _HELTALL:
        ark.write_string(rad, plass, som_tekst(celle), former.tekst)
    elif isinstance(celle, Decimal):
        er_hel = celle == celle.to_integral_value()
        ark.write_number(rad, plass, celle, former.heltall if er_hel else former.desimaltall)
    elif celle is not None:
        ark.write_number(rad, plass, celle, former.antall)
