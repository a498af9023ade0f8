"""What a document says, apart from how it looks: one model that `pdf` and `word` each write in their own way."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from styring.visning.diagram import Spesifikasjon


@dataclass(frozen=True)
class Celle:
    """A table's cell: its text, a smaller note below it, and a class of colour (`tekst.Merke.klasse`) for its text."""

    tekst: str
    note: str = ""
    klasse: str = ""


@dataclass(frozen=True)
class Kolonne:
    """A table's column: its heading, its share of the width, and whether it holds figures, which stand to the right."""

    navn: str
    bredde: float = 1
    tall: bool = False


@dataclass(frozen=True)
class Overskrift:
    """A heading; level 1 begins a part of the document."""

    niva: int
    tekst: str


@dataclass(frozen=True)
class Avsnitt:
    """A paragraph. `innledning` is set in bold before it; a remark is set smaller."""

    tekst: str
    innledning: str = ""
    merknad: bool = False


@dataclass(frozen=True)
class Punkter:
    """A list of paragraphs."""

    punkter: Sequence[Avsnitt]


@dataclass(frozen=True)
class Hovedtall:
    """Headline figures side by side: name, figure, and what it covers."""

    tittel: str
    tall: Sequence[tuple[str, str, str]]


@dataclass(frozen=True)
class Tabell:
    """A numbered table with its title. `sum_` is a last row in bold."""

    tittel: str
    kolonner: Sequence[Kolonne]
    rader: Sequence[Sequence[Celle | str]]
    sum_: Sequence[Celle | str] = ()
    merknad: str = ""


@dataclass(frozen=True)
class Figur:
    """A numbered chart: its title, what stands below the title, the chart, and what it shows in words."""

    tittel: str
    undertittel: str
    spesifikasjon: Spesifikasjon
    beskrivelse: str


@dataclass(frozen=True)
class Figurer:
    """Small charts side by side, three in a row."""

    figurer: Sequence[Figur]


@dataclass(frozen=True)
class Sideskift:
    """The heading that follows begins on a new page."""


Blokk = Overskrift | Avsnitt | Punkter | Hovedtall | Tabell | Figurer | Sideskift


@dataclass(frozen=True)
class Dokument:
    """A document: its title, the line below it, who it is from, when its content was made, its foot, and its blocks."""

    tittel: str
    undertittel: str
    avsender: str
    laget: datetime.datetime
    bunntekst: str
    blokker: Sequence[Blokk]
