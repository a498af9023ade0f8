"""Tables as people read them: sorted by a click, every figure opening its source, printed whole.

A page describes its table once, from a published version's rows, and `bufret` keeps it; `vis` shows it.
"""

import datetime
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import streamlit as st

from dashboards.felles import kilde
from styring import norsk
from styring.visning import tekst

_HER = Path(__file__).parent
Celle = str | Mapping[str, Any]


@dataclass(frozen=True)
class Tabell:
    """A table ready to be shown: what the component draws it from, as JSON, which is made once and shown many times.

    Bytes are sent as they are; text would be made JSON of once more in each run.
    """

    json: bytes
    tom: bool


@dataclass(frozen=True)
class Kolonne:
    """A column's heading; figures stand to the right, and `hjelp` says what the heading means."""

    navn: str
    tall: bool = False
    hjelp: str = ""


def tall(vist: str, verdi: Decimal | float | None, kilde: str | None = None) -> dict[str, Any]:
    """A figure as it is shown, sorted by its value, opening its source."""
    return {"t": vist, "s": None if verdi is None else float(verdi), "k": kilde if verdi is not None else None}


def kroner(belop: Decimal | None, kilde: str | None = None) -> dict[str, Any]:
    """An amount in whole kroner."""
    return tall(tekst.kroner(belop), belop, kilde)


def andel(verdi: Decimal | None, kilde: str | None = None) -> dict[str, Any]:
    """A share (0–1) as per cent on a bar that is full at 100; what is above goes past the mark."""
    return {**tall(norsk.prosent(verdi), verdi, kilde), "b": None if verdi is None else float(verdi)}


def merke(ord_: str) -> dict[str, Any]:
    """A verdict, a status or a severity with its sign, sorted in the order that it is shown in."""
    kjent = tekst.merke(ord_)
    return {"t": ord_, "m": kjent.klasse, "i": kjent.tegn, "h": kjent.forklaring, "s": tekst.rang(ord_)}


def ruter(antall: Mapping[str, int]) -> dict[str, Any]:
    """A square for each thing that is counted, coloured by the mark of its word, and the counts in words."""
    med = {ord_: n for ord_, n in antall.items() if n}
    return {
        "t": ", ".join(f"{n} {ord_}" for ord_, n in med.items()) or norsk.MANGLER,
        "r": [[n, tekst.merke(ord_).klasse] for ord_, n in med.items()],
        "s": sum(med.values()),
    }


def dato(dag: datetime.date | None, kilde: str | None = None) -> dict[str, Any]:
    """A date, sorted by time."""
    return {"t": tekst.dato(dag), "s": None if dag is None else dag.toordinal(), "k": kilde if dag else None}


def med_note(celle: Mapping[str, Any], note: str) -> dict[str, Any]:
    """A cell with small words below what it says: where a figure stands, what is special about it."""
    return {**celle, "n": note}


def kildelenke(vist: str, ref: str) -> dict[str, Any]:
    """Words that open a source."""
    return {"t": vist, "k": ref}


def sidelenke(vist: str, side: str, **sporring: str) -> dict[str, Any]:
    """Words that go to a page, `sporring` being what is chosen there."""
    return {"t": vist, "g": side, "q": sporring}


def tabell(
    tittel: str,
    kolonner: Sequence[Kolonne],
    rader: Iterable[Sequence[Celle]],
    bunn: Iterable[Sequence[Celle]] = (),
    tomt: str = "Ingen rader med dette utvalget.",
    merknad: str = "",
) -> Tabell:
    """A table with its title; `bunn` are rows of sums, which stay last, and `tomt` is what stands when it is empty.

    Each row has a cell for each column; the first is the row's heading.
    """
    linjer, sumlinjer = [list(rad) for rad in rader], [list(rad) for rad in bunn]
    for rad in [*linjer, *sumlinjer]:
        if len(rad) != len(kolonner):
            raise ValueError(f"«{tittel}» har {len(kolonner)} kolonner, men en rad har {len(rad)} celler: {rad}")
    innhold = {
        "tittel": tittel,
        "merknad": merknad,
        "tomt": tomt,
        "kolonner": [asdict(kolonne) for kolonne in kolonner],
        "rader": linjer,
        "bunn": sumlinjer,
    }
    return Tabell(json.dumps(innhold, ensure_ascii=False).encode(), not linjer)


_KOMPONENT = st.components.v2.component(
    "tabell",
    css=(_HER / "tabell.css").read_text(encoding="utf-8"),
    js="".join((_HER / fil).read_text(encoding="utf-8") for fil in ("element.js", "tabell.js")),
)


def vis(innhold: Tabell, key: str) -> None:
    """Show a table. `key` is its own on the page."""

    def aapne() -> None:
        kilde.velg(st.session_state[key].kilde)

    _KOMPONENT(key=key, data=innhold.json, on_kilde_change=aapne)
