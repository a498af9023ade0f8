"""Rows as files: CSV that Norwegian Excel opens as it is, and XLSX with real numbers and dates."""

import csv
import datetime
import io
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

import streamlit as st
import xlsxwriter

Celle = str | int | Decimal | bool | datetime.date | None
# what Excel holds: characters in a cell, whole numbers with all their digits, and days that it counts right
_TEGN, _HELTALL, _FORSTE_DAG = 32_767, 10**15, datetime.date(1900, 3, 1)
# also in full width and small
_FORMEL = "=+-@＝＋－＠﹦﹢﹣"


def ufarlig(tekst: str) -> str:
    """Text that a spreadsheet would run as a formula, also after what cannot be seen, gets an apostrophe before it."""
    synlig = next((tegn for tegn in tekst if unicodedata.category(tegn)[0] not in "CMZ"), None)
    return f"'{tekst}" if (synlig and synlig in _FORMEL) or tekst.startswith(("\t", "\r", "\n")) else tekst


def _som_tekst(celle: Celle) -> str:
    if celle is None:
        return ""
    if isinstance(celle, bool):
        return "ja" if celle else "nei"
    if isinstance(celle, datetime.date):
        return f"{celle:%d.%m.%Y}"
    if isinstance(celle, str):
        return ufarlig(celle)
    tall = f"{celle:f}" if isinstance(celle, Decimal) else str(celle)
    return tall.rstrip("0").rstrip(".").replace(".", ",") if "." in tall else tall


def som_csv(kolonner: Sequence[str], rader: Iterable[Sequence[Celle]]) -> bytes:
    """Semicolons, decimal comma, UTF-8 with the mark that Excel knows it by. A missing figure is empty."""
    ut = io.StringIO()
    skriver = csv.writer(ut, delimiter=";", lineterminator="\r\n")
    skriver.writerow(map(ufarlig, kolonner))
    skriver.writerows([_som_tekst(celle) for celle in rad] for rad in rader)
    return ut.getvalue().encode("utf-8-sig")


def som_xlsx(tittel: str, kolonner: Sequence[str], rader: Iterable[Sequence[Celle]], merknad: str) -> bytes:
    """One sheet with a frozen, filtered heading, and one that says what it is and where it is from."""
    ut = io.BytesIO()
    with xlsxwriter.Workbook(ut, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as bok:
        fet = bok.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        # Excel shows separators and dates as the reader's own language has them
        tallform, heltall = bok.add_format({"num_format": "#,##0.######"}), bok.add_format({"num_format": "#,##0"})
        datoform = bok.add_format({"num_format": "dd.mm.yyyy"})
        ark = bok.add_worksheet("Tall")
        ark.write_row(0, 0, kolonner, fet)
        ark.freeze_panes(1, 0)
        nummer = 0
        for nummer, rad in enumerate(rader, 1):
            for plass, celle in enumerate(rad):
                if isinstance(celle, bool):
                    ark.write_string(nummer, plass, "ja" if celle else "nei")
                elif isinstance(celle, datetime.date) and celle < _FORSTE_DAG:
                    ark.write_string(nummer, plass, _som_tekst(celle))
                elif isinstance(celle, datetime.date):
                    ark.write_datetime(nummer, plass, datetime.datetime.combine(celle, datetime.time()), datoform)
                elif isinstance(celle, str):
                    ark.write_string(nummer, plass, celle if len(celle) <= _TEGN else f"{celle[: _TEGN - 9]} (kuttet)")
                elif isinstance(celle, int | Decimal) and abs(Decimal(celle)) >= _HELTALL:
                    ark.write_string(nummer, plass, _som_tekst(celle))
                elif isinstance(celle, Decimal):
                    ark.write_number(nummer, plass, celle, heltall if celle == celle.to_integral_value() else tallform)
                elif celle is not None:
                    ark.write_number(nummer, plass, celle)
        ark.autofilter(0, 0, max(nummer, 1), len(kolonner) - 1)
        ark.autofit(max_width=400)
        om = bok.add_worksheet("Om tallene")
        om.write_column(0, 0, [tittel, merknad])
        om.set_column(0, 0, 100)
    return ut.getvalue()


def knapper(
    tittel: str,
    nokkel: str,
    kolonner: Sequence[str],
    rader: Callable[[], Iterable[Sequence[Celle]]],
    merknad: str,
) -> None:
    """Two buttons that make their file when they are pressed, and not before."""
    with st.container(horizontal=True, key=f"last-ned-{nokkel}"):
        st.download_button(
            "Last ned CSV",
            lambda: som_csv(kolonner, rader()),
            f"{nokkel}.csv",
            "text/csv",
            key=f"csv-{nokkel}",
            on_click="ignore",
            type="tertiary",
            help=f"{tittel}, som semikolondelt tekst som Excel åpner",
        )
        st.download_button(
            "Last ned Excel",
            lambda: som_xlsx(tittel, kolonner, rader(), merknad),
            f"{nokkel}.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            key=f"xlsx-{nokkel}",
            on_click="ignore",
            type="tertiary",
            help=f"{tittel}, som Excel-ark",
        )
