"""A document as DOCX that a case officer goes on with in Word: real styles, headings, lists, tables and captions."""

import datetime
import io
import zipfile
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from styring.uttak import figurer
from styring.uttak.innhold import (
    Avsnitt,
    Blokk,
    Celle,
    Dokument,
    Figur,
    Figurer,
    Hovedtall,
    Overskrift,
    Punkter,
    Sideskift,
    Tabell,
)

# as in maler/dokument.typ
_FARGER = {
    "bra": RGBColor(0x1D, 0x6B, 0x4F),
    "svak": RGBColor(0xA3, 0x4A, 0x0F),
    "midt": RGBColor(0x7A, 0x5A, 0x10),
    "brudd": RGBColor(0x6A, 0x4F, 0xA3),
    "noytral": RGBColor(0x1F, 0x5F, 0x7A),
    "tom": RGBColor(0x55, 0x60, 0x6A),
}
_OVERSKRIFT, _GRAA = _FARGER["noytral"], _FARGER["tom"]
_LYS, _STREK = "EEF3F5", "C3CCD1"
_RUTENETT = "Table Grid"
_TEKSTBREDDE = Cm(17)
_I_RADEN = 3
# characters that a property of the file holds
_EGENSKAP = 255
# the styles that are the project's own
_MERKNAD, _CELLE, _CELLENOTE, _HOVEDTALL = "Merknad", "Tabelltekst", "Tabellnote", "Hovedtall"


def lag(dokument: Dokument) -> bytes:
    """The document as DOCX, on A4."""
    ut = docx.Document()
    _stiler(ut)
    _side(ut, dokument)
    egenskaper = ut.core_properties
    egenskaper.title, egenskaper.subject = dokument.tittel[:_EGENSKAP], dokument.undertittel[:_EGENSKAP]
    egenskaper.author = egenskaper.last_modified_by = dokument.avsender[:_EGENSKAP]
    egenskaper.comments, egenskaper.language = dokument.bunntekst[:_EGENSKAP], "nb-NO"
    egenskaper.created = egenskaper.modified = dokument.laget.astimezone(datetime.UTC)
    _uten_malens_egne(ut)
    ut.add_paragraph(dokument.tittel, style="Title")
    ut.add_paragraph(dokument.undertittel, style="Subtitle")
    for forrige, blokk in pairwise((None, *dokument.blokker)):
        _legg_til(ut, blokk, ny_side=isinstance(forrige, Sideskift))
    lagret = io.BytesIO()
    ut.save(lagret)
    return _uten_klokke(lagret.getvalue())


def _uten_malens_egne(ut: Document) -> None:
    """Leave out the picture and the program's name that python-docx's own template comes with."""
    pakke = ut.part.package
    assert pakke is not None
    for rel in list(pakke.rels.values()):
        if rel.reltype.rpartition("/")[2] in ("thumbnail", "extended-properties"):
            del pakke.rels[rel.rId]


def _stiler(ut: Document) -> None:
    """Bokmål, A4's sizes, and the colours of the printed brief, set in the styles and nowhere else."""
    stiler = ut.styles
    normal = stiler["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10)
    normal.paragraph_format.space_after = Pt(5)
    for spraak in stiler.element.iter(qn("w:lang")):
        for egenskap in ("w:val", "w:eastAsia"):
            spraak.set(qn(egenskap), "nb-NO")
    for navn, storrelse, foer in (
        ("Title", 22, 0),
        ("Subtitle", 11.5, 0),
        ("Heading 1", 16, 18),
        ("Heading 2", 13, 14),
        ("Heading 3", 11, 12),
        ("Caption", 9.5, 8),
    ):
        stil = stiler[navn]
        stil.font.size, stil.font.italic = Pt(storrelse), False
        stil.font.bold = navn.startswith("Heading")
        stil.font.color.rgb = _GRAA if navn in ("Subtitle", "Caption") else _OVERSKRIFT
        stil.paragraph_format.space_before, stil.paragraph_format.space_after = Pt(foer), Pt(4)
        # the theme's own font would win over the one that is named
        egenskaper = stil.element.get_or_add_rPr()
        for sperret in egenskaper.findall(qn("w:spacing")):
            egenskaper.remove(sperret)
        skrift = egenskaper.get_or_add_rFonts()
        for egenskap in [egenskap for egenskap in skrift.attrib if "Theme" in egenskap]:
            del skrift.attrib[egenskap]
        stil.font.name = "Calibri"
    stiler["Caption"].paragraph_format.keep_with_next = True
    # lines between the rows only
    linjer = stiler[_RUTENETT].element.find(qn("w:tblPr")).find(qn("w:tblBorders"))
    for linje in linjer:
        bort = linje.tag in (qn("w:left"), qn("w:right"), qn("w:insideV"))
        linje.set(qn("w:val"), "nil" if bort else "single")
        linje.set(qn("w:color"), _STREK)
    for navn, storrelse, farge, grunnlag in (
        (_MERKNAD, 9, _GRAA, "Normal"),
        (_CELLE, 9, None, "Normal"),
        (_CELLENOTE, 7.5, _GRAA, _CELLE),
        (_HOVEDTALL, 14, _OVERSKRIFT, _CELLE),
    ):
        egen = stiler.add_style(navn, WD_STYLE_TYPE.PARAGRAPH)
        egen.base_style, egen.font.size = stiler[grunnlag], Pt(storrelse)
        egen.paragraph_format.space_after = Pt(6 if navn == _MERKNAD else 0)
        if farge is not None:
            egen.font.color.rgb = farge


def _side(ut: Document, dokument: Dokument) -> None:
    """A4 with the version and the page's number at its foot."""
    del_ = ut.sections[0]
    del_.page_width, del_.page_height = Cm(21), Cm(29.7)
    del_.left_margin = del_.right_margin = Cm(2)
    del_.top_margin = del_.bottom_margin = Cm(2)
    avsnitt = del_.footer.paragraphs[0]
    avsnitt.style = ut.styles[_MERKNAD]
    avsnitt.add_run(f"{dokument.bunntekst}  Side ")
    _felt(avsnitt, "PAGE")
    avsnitt.add_run(" av ")
    _felt(avsnitt, "NUMPAGES")


def _felt(avsnitt: Paragraph, kode: str, vist: str = "1") -> None:
    """A field that Word counts, with what is shown until it does."""
    for slag in ("begin", kode, "separate", vist, "end"):
        lop = avsnitt.add_run()
        if slag == vist:
            lop.text = vist
        elif slag == kode:
            tekst = OxmlElement("w:instrText")
            tekst.set(qn("xml:space"), "preserve")
            tekst.text = f" {kode} "
            lop._r.append(tekst)
        else:
            tegn = OxmlElement("w:fldChar")
            tegn.set(qn("w:fldCharType"), slag)
            lop._r.append(tegn)


def _legg_til(ut: Document, blokk: Blokk | None, *, ny_side: bool) -> None:
    match blokk:
        case Overskrift():
            # a break of its own would leave an empty line
            ut.add_heading(blokk.tekst, blokk.niva).paragraph_format.page_break_before = ny_side or None
        case Avsnitt():
            _avsnitt(ut, blokk, _MERKNAD if blokk.merknad else "Normal")
        case Punkter():
            for punkt in blokk.punkter:
                _avsnitt(ut, punkt, "List Bullet")
        case Hovedtall():
            _hovedtall(ut, blokk)
        case Tabell():
            _tabell(ut, blokk)
        case Figurer():
            _figurer(ut, blokk.figurer)


def _avsnitt(ut: Document, blokk: Avsnitt, stil: str) -> None:
    avsnitt = ut.add_paragraph(style=stil)
    if blokk.innledning:
        avsnitt.add_run(f"{blokk.innledning} ").bold = True
    avsnitt.add_run(blokk.tekst)


def _bildetekst(avsnitt: Paragraph, slag: str, nummer: int, tekst: str) -> None:
    """A caption that Word numbers, and can make a list of."""
    avsnitt.add_run(f"{slag} ")
    _felt(avsnitt, f"SEQ {slag} \\* ARABIC", str(nummer))
    avsnitt.add_run(f": {tekst}")


def _nummer(ut: Document, slag: str) -> int:
    """The number of the next caption of its kind."""
    felt = f" SEQ {slag} "
    return 1 + sum(felt in (en.text or "") for en in ut.element.body.iter(qn("w:instrText")))


def _ny_tabell(ut: Document, rader: int, bredder: Sequence[float], stil: str) -> Table:
    """A table as wide as the text, with its columns' shares of it."""
    tabell: Table = ut.add_table(rows=rader, cols=len(bredder), style=stil)
    tabell.alignment, tabell.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    for kolonne, bredde in zip(tabell.columns, bredder, strict=True):
        kolonne.width = int(_TEKSTBREDDE * bredde / sum(bredder))
        for celle in kolonne.cells:
            celle.width = kolonne.width
    return tabell


def _skriv(celle: _Cell, innhold: Celle | str, *, tall: bool = False, fet: bool = False) -> None:
    en = innhold if isinstance(innhold, Celle) else Celle(innhold)
    avsnitt = celle.paragraphs[0]
    avsnitt.style = _CELLE
    lop = avsnitt.add_run(en.tekst)
    lop.bold = fet or bool(en.klasse) or None
    if en.klasse:
        lop.font.color.rgb = _FARGER[en.klasse]
    avsnittene = [avsnitt, celle.add_paragraph(en.note, style=_CELLENOTE)] if en.note else [avsnitt]
    for ett in avsnittene:
        if tall:
            ett.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _tabell(ut: Document, blokk: Tabell) -> None:
    _bildetekst(ut.add_paragraph(style="Caption"), "Tabell", _nummer(ut, "Tabell"), blokk.tittel)
    rader = [*blokk.rader, *([blokk.sum_] if blokk.sum_ else [])]
    tabell = _ny_tabell(ut, 1 + len(rader), [kolonne.bredde for kolonne in blokk.kolonner], _RUTENETT)
    _egenskaper(tabell, blokk.tittel)
    alle = list(tabell._cells)
    bredde = len(blokk.kolonner)
    for plass, kolonne in enumerate(blokk.kolonner):
        _skriv(alle[plass], kolonne.navn, tall=kolonne.tall, fet=True)
        _bakgrunn(alle[plass])
    for nummer, rad in enumerate(rader, 1):
        for plass, (kolonne, celle) in enumerate(zip(blokk.kolonner, rad, strict=True)):
            _skriv(alle[nummer * bredde + plass], celle, tall=kolonne.tall, fet=rad is blokk.sum_)
    for rad in tabell.rows:
        _radegenskap(rad._tr, "w:cantSplit")
    if blokk.merknad:
        ut.add_paragraph(blokk.merknad, style=_MERKNAD)


def _egenskaper(tabell: Table, tittel: str) -> None:
    """What a screen reader says of the table, and that its first row is its heading."""
    egenskaper = tabell._tbl.tblPr
    _element(egenskaper, "w:tblCaption", val=tittel)
    utseende = egenskaper.find(qn("w:tblLook"))
    utseende.attrib.clear()
    utseende.set(qn("w:val"), "0620")
    utseende.set(qn("w:firstRow"), "1")
    _radegenskap(tabell.rows[0]._tr, "w:tblHeader")


def _bakgrunn(celle: _Cell) -> None:
    _element(celle._tc.get_or_add_tcPr(), "w:shd", val="clear", color="auto", fill=_LYS)


def _element(i: Any, navn: str, **egenskaper: str) -> None:
    """Add an element of Word's own format."""
    nytt = OxmlElement(navn)
    for egenskap, verdi in egenskaper.items():
        nytt.set(qn(f"w:{egenskap}"), verdi)
    i.append(nytt)


def _radegenskap(rad: Any, navn: str) -> None:
    _element(rad.get_or_add_trPr(), navn)


def _hovedtall(ut: Document, blokk: Hovedtall) -> None:
    tabell = _ny_tabell(ut, 3, [1.0] * len(blokk.tall), _RUTENETT)
    _egenskaper(tabell, blokk.tittel)
    for plass, (navn, verdi, note) in enumerate(blokk.tall):
        for rad, (tekst, stil) in enumerate(((navn, _CELLE), (verdi, _HOVEDTALL), (note, _CELLENOTE))):
            avsnitt = tabell.cell(rad, plass).paragraphs[0]
            avsnitt.text, avsnitt.style = tekst, stil
            _bakgrunn(tabell.cell(rad, plass))


def _figurer(ut: Document, alle: Sequence[Figur]) -> None:
    """Charts in rows, each with its caption below it; a table without lines holds them in place."""
    forste = _nummer(ut, "Figur")
    tabell = _ny_tabell(ut, -(-len(alle) // _I_RADEN), [1.0] * _I_RADEN, "Normal Table")
    for nummer, figur in enumerate(alle):
        celle = tabell.cell(nummer // _I_RADEN, nummer % _I_RADEN)
        bilde = celle.paragraphs[0]
        bilde.style, bilde.paragraph_format.keep_with_next = _CELLE, True
        form = bilde.add_run().add_picture(
            io.BytesIO(figurer.png(figurer.svg(figur.spesifikasjon))), width=int(_TEKSTBREDDE / _I_RADEN - Cm(0.4))
        )
        form._inline.docPr.set("descr", figur.beskrivelse)
        tekst = celle.add_paragraph(style="Caption")
        tekst.paragraph_format.keep_with_next = False
        _bildetekst(tekst, "Figur", forste + nummer, f"{figur.tittel}. {figur.undertittel}")
    for rad in tabell.rows:
        _radegenskap(rad._tr, "w:cantSplit")


def _uten_klokke(innhold: bytes) -> bytes:
    """The same file without the time of day that it was packed, so that the same version gives the same file."""
    ut = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(innhold)) as inn, zipfile.ZipFile(ut, "w", zipfile.ZIP_DEFLATED) as pakket:
        for navn in inn.namelist():
            pakket.writestr(zipfile.ZipInfo(navn), inn.read(navn), compress_type=zipfile.ZIP_DEFLATED)
    return ut.getvalue()
