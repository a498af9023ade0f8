"""A document as PDF/UA: tagged, with its fonts, on A4. Typst checks that it is so, and stops when it is not."""

import dataclasses
import json
import re
import tempfile
from pathlib import Path
from typing import Any

import typst

from styring.uttak import figurer
from styring.uttak.innhold import Dokument, Figurer

# how typst says that a character has no glyph
_UTEN_SKRIFT, _UKJENT = re.compile(r'the text [`"]+(.+?)[`"]+ could not be displayed'), "\ufffd"
_MAL = Path(__file__).parent / "maler" / "dokument.typ"


def lag(dokument: Dokument) -> bytes:
    """The document as PDF. The text is data to the template: no character in it is a command."""
    with tempfile.TemporaryDirectory() as mappe:
        rot = Path(mappe)
        bilder: dict[str, str] = {}

        def bilde(spesifikasjon: dict[str, Any]) -> str:
            navn = f"figur-{len(bilder) + 1}.svg"
            bilder[navn] = figurer.svg(spesifikasjon)
            return navn

        innhold = {
            **{felt: getattr(dokument, felt) for felt in ("tittel", "undertittel", "avsender", "bunntekst")},
            "laget": [*dokument.laget.timetuple()[:3]],
            "blokker": [_som_data(blokk, bilde) for blokk in dokument.blokker],
        }
        filer = {"innhold.json": json.dumps(innhold, ensure_ascii=False), **bilder}
        (rot / _MAL.name).write_text(_MAL.read_text(encoding="utf-8"), encoding="utf-8")
        return _sett(rot, filer, int(dokument.laget.timestamp()))


def _sett(rot: Path, filer: dict[str, str], tid: int) -> bytes:
    """Compile the template in a folder. A character that no font has is set as one that says so."""
    while True:
        for navn, tekst in filer.items():
            (rot / navn).write_text(tekst, encoding="utf-8")
        try:
            # the fonts that come with typst are on every machine
            pdf = typst.compile(
                rot / _MAL.name, root=rot, ignore_system_fonts=True, pdf_standards="ua-1", timestamp=tid
            )
        except typst.TypstError as feil:
            mangler = _UTEN_SKRIFT.search(str(feil))
            if mangler is None or mangler[1] == _UKJENT:
                raise
            filer = {navn: tekst.replace(mangler[1], _UKJENT) for navn, tekst in filer.items()}
        else:
            assert isinstance(pdf, bytes)
            return pdf


def _som_data(blokk: Any, bilde: Any) -> dict[str, Any]:
    """A block as the template reads it; a chart is the name of its file."""
    if isinstance(blokk, Figurer):
        return {
            "slag": "Figurer",
            "figurer": [
                {
                    "tittel": en.tittel,
                    "undertittel": en.undertittel,
                    "fil": bilde(en.spesifikasjon),
                    "beskrivelse": en.beskrivelse,
                }
                for en in blokk.figurer
            ],
        }
    return {"slag": type(blokk).__name__, **dataclasses.asdict(blokk)}
