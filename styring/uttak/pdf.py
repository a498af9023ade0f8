"""A document as PDF/UA: tagged, with its fonts, on A4. Typst checks that it is so, and stops when it is not."""

import dataclasses
import json
import tempfile
from pathlib import Path
from typing import Any

import typst

from styring.uttak import figurer
from styring.uttak.innhold import Dokument, Figurer

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
        (rot / "innhold.json").write_text(json.dumps(innhold, ensure_ascii=False), encoding="utf-8")
        (rot / _MAL.name).write_text(_MAL.read_text(encoding="utf-8"), encoding="utf-8")
        for navn, tegnet in bilder.items():
            (rot / navn).write_text(tegnet, encoding="utf-8")
        # the fonts that come with typst are on every machine
        pdf = typst.compile(
            rot / _MAL.name,
            root=rot,
            ignore_system_fonts=True,
            pdf_standards="ua-1",
            timestamp=int(dokument.laget.timestamp()),
        )
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
