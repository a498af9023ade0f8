"""Rows as files: CSV that Norwegian Excel opens as it is, and XLSX with real numbers and dates."""

import csv
import io
import unicodedata
from collections.abc import Callable, Iterable, Sequence

import streamlit as st
import xlsxwriter

from styring.visning import celler
from styring.visning.celler import Celle as Celle
from styring.visning.celler import Former

# also in full width and small
_FORMEL = "=+-@＝＋－＠﹦﹢﹣"


def ufarlig(tekst: str) -> str:
    """Text that a spreadsheet would run as a formula, also after what cannot be seen, gets an apostrophe before it."""
    synlig = next((tegn for tegn in tekst if unicodedata.category(tegn)[0] not in "CMZ"), None)
    return f"'{tekst}" if (synlig and synlig in _FORMEL) or tekst.startswith(("\t", "\r", "\n")) else tekst


def _ufarlig_celle(celle: Celle) -> str:
    return ufarlig(celle) if isinstance(celle, str) else celler.som_tekst(celle)


def som_csv(kolonner: Sequence[str], rader: Iterable[Sequence[Celle]]) -> bytes:
    """Semicolons, decimal comma, UTF-8 with the mark that Excel knows it by. A missing figure is empty."""
    ut = io.StringIO()
    skriver = csv.writer(ut, delimiter=";", lineterminator="\r\n")
    skriver.writerow(map(ufarlig, kolonner))
    skriver.writerows([_ufarlig_celle(celle) for celle in rad] for rad in rader)
    return ut.getvalue().encode("utf-8-sig")


def som_xlsx(tittel: str, kolonner: Sequence[str], rader: Iterable[Sequence[Celle]], merknad: str) -> bytes:
    """One sheet with a frozen, filtered heading, and one that says what it is and where it is from."""
    ut = io.BytesIO()
    with xlsxwriter.Workbook(ut, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as bok:
        fet = bok.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        # Excel shows separators and dates as the reader's own language has them
        former = Former(
            tekst=None,
            antall=None,
            heltall=bok.add_format({"num_format": "#,##0"}),
            desimaltall=bok.add_format({"num_format": "#,##0.######"}),
            dato=bok.add_format({"num_format": "dd.mm.yyyy"}),
        )
        ark = bok.add_worksheet("Tall")
        ark.write_row(0, 0, kolonner, fet)
        ark.freeze_panes(1, 0)
        nummer = 0
        for nummer, rad in enumerate(rader, 1):
            for plass, celle in enumerate(rad):
                celler.skriv(ark, nummer, plass, celle, former)
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
