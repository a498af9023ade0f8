"""Sheets in one style: a heading, a table with names and filters, notes, and a page of A4 that can be read."""

import datetime
import math
import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from styring.uttak.arbeidsbok.ark import Ark, Kolonne, Slag
from styring.visning import celler, tekst
from styring.visning.celler import Celle, Former
from styring.visning.data import Rad

FORSIDE = "Forside"
BRA, SVAK = "#1f6b51", "#a13d0c"
# title, what it is, the way back; then the headings
HODE = 3
FORSTE = HODE + 1

_HODEFARGE, _LENKE = "#1d4f66", "#1f6280"
_FARGER = {"bra": BRA, "midt": "#7a5a10", "svak": SVAK, "brudd": "#5b4396"}
_BREDDER = {
    Slag.AAR: 10, Slag.NUMMER: 10, Slag.KODE: 9, Slag.KRONER: 16, Slag.TALL: 15, Slag.ANDEL: 12, Slag.DATO: 12,
    Slag.TEKST: 26, Slag.LINJE: 26, Slag.MERKE: 20, Slag.DOKUMENT: 32, Slag.BLANDET: 22,
}  # fmt: skip
_BRYTES = {Slag.TEKST, Slag.DOKUMENT, Slag.BLANDET}
_TALL = {Slag.NUMMER, Slag.KRONER, Slag.TALL, Slag.ANDEL}
INNRYKK: dict[str, object] = {"align": "left", "indent": 1}
_DESIMALER = "#,##0.0##"
# a column's width is in digits, and letters are narrower; the indentation takes some of it
_TEGN_PER_BREDDE, _INNRYKKETS = 1.15, 2
# points for a line of text; no row is higher than Excel lets it be
LINJE, _HOYEST = 15, 409
# a note: characters on a line, pixels for it
_NOTELINJE, _NOTEBREDDE, _NOTEHOYDE = 60, 380, 16
# a sheet of paper in landscape takes as many characters before it is hard to read
_SIDEBREDDE = 230


_ISO_DATO = re.compile(r"\d{4}-\d{2}-\d{2}")


class Formel(NamedTuple):
    """A live formula, and what it gives, for viewers that do not work it out."""

    formel: str
    verdi: int | float | str


class Bok:
    """The workbook while it is written. `titler` are the documents' titles, `forklaringer` the marts' own descriptions:
    of (mart, column), and of (mart, "") for the mart."""

    def __init__(
        self,
        bok: xlsxwriter.Workbook,
        bunntekst: str,
        titler: Mapping[str, str],
        forklaringer: Mapping[tuple[str, str], str],
    ) -> None:
        self._bok, self._titler, self._forklaringer = bok, titler, forklaringer
        # an ampersand in a footer begins a code
        self._bunntekst = bunntekst.replace("&", "&&")
        self.tittel = self.form(bold=True, font_size=16, font_color=_HODEFARGE, **INNRYKK)
        self.dempet = self.form(italic=True, font_color="#444444", **INNRYKK)
        self.lenke = self.form(font_color=_LENKE, underline=1, **INNRYKK)
        self.hode, self.hode_tall, self._hode_aar = (
            self.form(bold=True, font_color="#ffffff", bg_color=_HODEFARGE, text_wrap=True, **plassering)
            for plassering in (INNRYKK, {"align": "right"}, {"align": "center"})
        )
        self._former = {slag: self._celleformer(slag) for slag in Slag}
        self._merker: dict[str, Format] = {}

    def form(self, **egenskaper: object) -> Format:
        """A format; what is in a cell stands at its top."""
        return self._bok.add_format({"valign": "top", **egenskaper})

    def _celleformer(self, slag: Slag) -> Former:
        tekstform = self.form(text_wrap=slag in _BRYTES, **INNRYKK)
        heltall = self.form(num_format="#,##0")
        andel = self.form(num_format="0.0%")
        return Former(
            tekst=tekstform,
            antall=self.form(num_format="0", align="center") if slag is Slag.AAR else heltall,
            heltall=andel if slag is Slag.ANDEL else heltall,
            desimaltall=andel if slag is Slag.ANDEL else self.form(num_format=_DESIMALER),
            dato=self.form(num_format="dd.mm.yyyy", **INNRYKK),
        )

    def _merke(self, ord_: str) -> Format:
        """The format that puts a word's sign before it: the value stays the word alone, as formulas count it."""
        if ord_ not in self._merker:
            merke = tekst.merke(ord_)
            egenskaper: dict[str, object] = {"num_format": f'"{merke.tegn} "@'} if merke.tegn else {}
            if merke.klasse in _FARGER:
                egenskaper["font_color"] = _FARGER[merke.klasse]
            self._merker[ord_] = self.form(**INNRYKK, **egenskaper)
        return self._merker[ord_]

    def nytt_ark(self, navn: str, farge: str) -> Worksheet:
        """An empty sheet that prints on A4 in landscape, with version and page at the foot."""
        ark = self._bok.add_worksheet(navn)
        ark.set_tab_color(farge)
        ark.set_landscape()
        ark.set_paper(9)
        ark.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        ark.set_footer(f"&L&8{self._bunntekst}&C&8&A&R&8Side &P av &N")
        ark.fit_to_pages(1, 0)
        ark.hide_gridlines(2)
        ark.set_comments_author("Datavarehuset")
        return ark

    def _hode(self, slag: Slag) -> Format:
        return self.hode_tall if slag in _TALL else self._hode_aar if slag is Slag.AAR else self.hode

    def beskrivelse(self, hva: Ark, felt: str = "") -> str:
        """What a sheet has, or a column of it, as the warehouse describes it; empty for what is not a mart's."""
        return hva.i_ord(self._forklaringer.get((hva.mart, felt), ""))

    def overskrift(self, ark: Worksheet, tekst_: str) -> None:
        """The sheet's heading, in its first row."""
        ark.set_row(0, 24)
        ark.write_string(0, 0, tekst_, self.tittel)

    def tabell(self, hva: Ark, beskrivelse: str | Formel, rader: Sequence[Rad]) -> Worksheet:
        """A sheet with one table; rows have the columns' fields as attributes."""
        ark = self.nytt_ark(hva.navn, hva.farge)
        self.overskrift(ark, hva.navn)
        if isinstance(beskrivelse, Formel):
            ark.write_formula(1, 0, beskrivelse.formel, self.form(bold=True, **INNRYKK), beskrivelse.verdi)
        else:
            ark.write_string(1, 0, beskrivelse, self.dempet)
        ark.write_url(2, 0, f"internal:'{FORSIDE}'!A1", self.lenke, "Til forsiden")
        # a table has at least one row
        siste_rad, siste = HODE + max(len(rader), 1), len(hva.kolonner) - 1
        ark.add_table(
            HODE,
            0,
            siste_rad,
            siste,
            {
                "name": hva.tabell,
                "style": "Table Style Light 1",
                "columns": [{"header": en.tittel, "header_format": self._hode(en.slag)} for en in hva.kolonner],
            },
        )
        # below the headings there is room for the filters' buttons
        ark.set_row(HODE, 12 + LINJE * max(tekstlinjer(en.tittel, _bredde(en)) for en in hva.kolonner))
        for plass, kolonne in enumerate(hva.kolonner):
            ark.set_column(plass, plass, _bredde(kolonne))
            if forklaring := self.beskrivelse(hva, kolonne.felt):
                _note(ark, HODE, plass, f"{forklaring}\nmarts.{hva.mart}.{kolonne.felt}")
        for nummer, rad in enumerate(rader, FORSTE):
            noter = hva.noter(rad, self._titler)
            ark.set_row(nummer, LINJE * max(self._linjer(en, en.av(rad)) for en in hva.kolonner))
            for plass, kolonne in enumerate(hva.kolonner):
                self._celle(ark, nummer, plass, kolonne, kolonne.av(rad))
                if kolonne.felt in noter and kolonne.slag is not Slag.DOKUMENT:
                    _note(ark, nummer, plass, noter[kolonne.felt])
        ark.freeze_panes(FORSTE, hva.laast)
        ark.repeat_rows(HODE)
        ark.repeat_columns(0, hva.laast - 1)
        ark.fit_to_pages(math.ceil(sum(map(_bredde, hva.kolonner)) / _SIDEBREDDE), 0)
        # codes are text with leading zeros, and each formula of a row is its own
        alle = f"A{FORSTE + 1}:{xl_col_to_name(siste)}{siste_rad + 1}"
        ark.ignore_errors({"number_stored_as_text": alle, "formula_differs": alle, "empty_cell_reference": alle})
        return ark

    def _linjer(self, kolonne: Kolonne, verdi: object) -> int:
        if kolonne.slag not in _BRYTES or not isinstance(verdi, str):
            return 1
        vist = self._titler.get(verdi, verdi) if kolonne.slag is Slag.DOKUMENT else verdi
        return tekstlinjer(vist, _bredde(kolonne))

    def _celle(self, ark: Worksheet, nummer: int, plass: int, kolonne: Kolonne, verdi: Celle | Formel) -> None:
        former = self._former[kolonne.slag]
        if isinstance(verdi, Formel):
            helt = isinstance(verdi.verdi, int) or (isinstance(verdi.verdi, float) and verdi.verdi.is_integer())
            form = former.tekst if isinstance(verdi.verdi, str) else former.heltall if helt else former.desimaltall
            ark.write_formula(nummer, plass, verdi.formel, form, verdi.verdi)
        elif kolonne.slag is Slag.MERKE and isinstance(verdi, str):
            ark.write_string(nummer, plass, verdi, self._merke(verdi))
        elif kolonne.slag is Slag.DOKUMENT and isinstance(verdi, str):
            celler.skriv(ark, nummer, plass, self._titler.get(verdi, verdi), former)
        else:
            vist = _som_dag(verdi) if kolonne.slag is Slag.BLANDET else verdi
            celler.skriv(ark, nummer, plass, vist, former)

    def merk_status(self, ark: Worksheet, omraade: str, vilkaar: Iterable[tuple[str, bool]]) -> None:
        """Give cells a sign and a colour while they contain a text: of what is well, or of what is not."""
        for innhold, er_bra in vilkaar:
            ark.conditional_format(
                omraade,
                {
                    "type": "text",
                    "criteria": "containing",
                    "value": innhold,
                    "format": self._bok.add_format(
                        {"num_format": f'"{"✓" if er_bra else "✕"} "@', "font_color": BRA if er_bra else SVAK}
                        | ({} if er_bra else {"bold": True, "bg_color": "#fbe3d6"})
                    ),
                },
            )


def tekstlinjer(innhold: str, bredde: int) -> int:
    """How many lines a text takes in a cell, as high as a row can be."""
    antall = sum(
        len(textwrap.wrap(linje, int((bredde - _INNRYKKETS) * _TEGN_PER_BREDDE))) or 1 for linje in innhold.split("\n")
    )
    return min(antall, _HOYEST // LINJE)


def _som_dag(verdi: Celle) -> Celle:
    """A date that a column of mixed values has as text; what is no day that exists, as it is."""
    if isinstance(verdi, str) and _ISO_DATO.fullmatch(verdi):
        with suppress(ValueError):
            return datetime.date.fromisoformat(verdi)
    return verdi


def _bredde(kolonne: Kolonne) -> int:
    return kolonne.bredde or _BREDDER[kolonne.slag]


def _note(ark: Worksheet, rad: int, plass: int, innhold: str) -> None:
    linjer = sum(math.ceil(len(linje) / _NOTELINJE) or 1 for linje in innhold.split("\n"))
    ark.write_comment(rad, plass, innhold, {"width": _NOTEBREDDE, "height": _NOTEHOYDE * (linjer + 1)})
