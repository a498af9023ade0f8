"""Headline figures side by side, each of which leads to what it counts."""

import datetime
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import streamlit as st

from styring.visning import frister, tekst
from styring.visning.data import Rad

_HER = Path(__file__).parent


@dataclass(frozen=True)
class Flis:
    """A name and its figure, as they are read; `note` is said below it, and `merke` gives a sign and a colour.

    `side` is the page that it leads to, and `sporring` what is chosen there.
    """

    navn: str
    verdi: str
    note: str = ""
    merke: tekst.Merke | None = None
    side: str = ""
    sporring: dict[str, str] = field(default_factory=dict)


def av_ord(ord_: str, antall: int, side: str) -> Flis:
    """How many have a status, with its sign and what it means; none has no colour. Leads to those that have it."""
    merke = tekst.merke(ord_)
    vist = merke if antall else replace(merke, klasse="noytral")
    return Flis(tekst.stor(ord_), str(antall), merke.forklaring, vist, side, {"status": ord_})


def av_frister(rader: Iterable[Rad], dato: datetime.date) -> list[Flis]:
    """How many oppdrag are due within each of the limits. Leads to those oppdrag."""
    rader = list(rader)
    return [
        Flis(
            f"Forfaller innen {dager} dager",
            str(sum(frister.forfaller(rad, dato, dager) for rad in rader)),
            note=f"til og med {tekst.dato(dato + datetime.timedelta(days=dager))}",
            side="oppdrag",
            sporring={"status": "ikke forfalt", "frist_til": (dato + datetime.timedelta(days=dager)).isoformat()},
        )
        for dager in frister.VARSLER
    ]


_KOMPONENT = st.components.v2.component(
    "fliser",
    css=(_HER / "fliser.css").read_text(encoding="utf-8"),
    js="".join((_HER / fil).read_text(encoding="utf-8") for fil in ("element.js", "fliser.js")),
)


def vis(fliser: Iterable[Flis], key: str) -> None:
    """Show some figures. `key` is its own on the page."""
    _KOMPONENT(key=key, data=json.dumps([asdict(en) for en in fliser], ensure_ascii=False).encode())
