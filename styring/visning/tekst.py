"""How figures, dates and the warehouse's own words are written for people, in bokmål."""

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from styring import norsk
from styring.visning.data import bufret, hent

HARDT = "\u00a0"
_MILLION = Decimal(1_000_000)
_PROSENT = {"prosent": "%", "promille": "‰"}
_FRITT = datetime.date(9999, 12, 31)


def kroner(belop: Decimal | None) -> str:
    """Whole kroner: 18 310 846 000. A missing amount is a dash."""
    return norsk.tall(belop, 0)


def med_fortegn(belop: Decimal) -> str:
    """A change: +14,144 or −14 144 000."""
    return f"{'+' if belop > 0 else ''}{norsk.tall(belop, 3)}"


def millioner(belop: Decimal | None) -> str:
    """Kroner as millions with one decimal: 18 310,8 mill. kr."""
    return norsk.MANGLER if belop is None else f"{norsk.tall(belop / _MILLION, 1)}{HARDT}mill.{HARDT}kr"


def verdi(tall: Decimal | None, enhet: str, desimaler: int = 2) -> str:
    """A figure with its unit: 48 %, 2,5 måneder, 33 701 personer."""
    if tall is None:
        return norsk.MANGLER
    return f"{norsk.tall(tall, desimaler)}{HARDT}{_PROSENT.get(enhet, enhet)}"


def med_forbehold(tall: Decimal | None, enhet: str, tilnaermet: str | None) -> str:
    """A figure with its unit and the reservation that the text takes: om lag 90 %. A bare count has no unit."""
    # an approximate share is said in whole per cent
    desimaler = 0 if tilnaermet and enhet == "prosent" else 2
    vist = norsk.tall(tall, desimaler) if enhet == "antall" else verdi(tall, enhet, desimaler)
    return f"{forbehold(tilnaermet)} {vist}" if tilnaermet else vist


def forbehold(tilnaermet: str) -> str:
    """A reservation as it is said before a figure."""
    return "knapt" if tilnaermet == "under" else tilnaermet


def stor(ord_: str) -> str:
    """Words with a capital first letter, and the rest as they are."""
    return ord_[:1].upper() + ord_[1:]


def differanse(tall: Decimal | None, enhet: str) -> str:
    """A difference, where the third decimal can be all there is; between two per cents it is percentage points."""
    return verdi(tall, "prosentpoeng" if enhet == "prosent" else enhet, 3)


def dato(dag: datetime.date | None) -> str:
    """21.11.2026. A missing date is a dash; one without end has none."""
    return norsk.MANGLER if dag is None or dag == _FRITT else f"{dag:%d.%m.%Y}"


def kap_post(kapittel: str, post: str) -> str:
    """Kap. 671 post 60."""
    return f"kap. {kapittel.lstrip('0')} post {post}"


def uten_markdown(tekst_: str) -> str:
    """Text from the data as it is, where markdown is shown: no character in it is a mark."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|~$:<>])", r"\\\1", tekst_)


def antall(tall: int, entall: str, flertall: str) -> str:
    """1 avvik, 3 oppdrag."""
    return f"{norsk.tall(Decimal(tall), 0)}{HARDT}{entall if tall == 1 else flertall}"


@bufret
def dokumentnavn(fil: str) -> Mapping[str, str]:
    """Title of each document by its identifier: readers meet titles, not identifiers."""
    return {rad.dokument_id: rad.tittel for rad in hent(fil, "select dokument_id, tittel from marts.kilder")}


@bufret
def kortnavn(fil: str) -> Mapping[str, str]:
    """The documents' titles for tables and charts: "Tillegg nr. 4 (2024)" for an addition to a letter."""
    return {
        dokument_id: re.sub(r" til tildelingsbrev\b.*?(\d{4})$", r" (\1)", tittel)
        for dokument_id, tittel in dokumentnavn(fil).items()
    }


@dataclass(frozen=True)
class Merke:
    """How a word of the warehouse is shown: a sign beside it, so that colour is never alone, and a class of colour."""

    tegn: str
    klasse: str
    forklaring: str


# The order is the order in which they are shown.
VURDERINGER: Mapping[str, Merke] = {
    "nådd": Merke("✓", "bra", "Kravet er nådd"),
    "delvis": Merke("◐", "midt", "Nærmere kravet enn før, men ikke nådd"),
    "ikke nådd": Merke("✕", "svak", "Kravet er ikke nådd"),
    "bedre": Merke("▲", "bra", "Bedre enn året før"),
    "uendret": Merke("▬", "noytral", "Ikke mer endret enn avrunding eller én prosent"),
    "svakere": Merke("▼", "svak", "Svakere enn året før"),
    "sammensatt": Merke("◆", "midt", "Indikatorene peker i ulike retninger"),
    "brudd": Merke("⌇", "brudd", "Serien kan ikke sammenlignes over et brudd"),
    "uten sammenligning": Merke("○", "tom", "Bare ett år med tall"),
    "uten retning": Merke("↔", "tom", "Verken høyere eller lavere er bedre"),
    "uten vurdering": Merke("○", "tom", "Ingen indikator kan vurderes"),
    "ikke målt": Merke("–", "tom", "Dokumentene har ingen tall"),
}
OPPDRAGSSTATUS: Mapping[str, Merke] = {
    "frist passert": Merke("!", "svak", "Fristen er passert; dokumentene viser ikke om det er levert"),
    "levert etter frist": Merke("◐", "midt", "Levert, etter fristen"),
    "ikke forfalt": Merke("○", "noytral", "Fristen er ikke passert"),
    "uten dato": Merke("–", "tom", "Fristen er ikke en dato"),
    "levert": Merke("✓", "bra", "Levert innen fristen"),
}
ALVORLIGHET: Mapping[str, Merke] = {
    "høy": Merke("●", "svak", "Stor nok til å endre bildet"),
    "middels": Merke("◐", "midt", "Bør rettes"),
    "lav": Merke("○", "tom", "Liten betydning"),
}
AVVIKSSTATUS: Mapping[str, Merke] = {
    "ny": Merke("!", "svak", "Ikke vurdert av noen"),
    "kjent": Merke("○", "noytral", "Vurdert; dokumentene forklarer det ikke"),
    "forklart": Merke("✓", "bra", "Vurdert, og forklart av et dokument"),
    "rettet": Merke("✓", "bra", "Rettet i et senere dokument, eller i indikatorene"),
}
RESULTAT: Mapping[str, Merke] = {
    "ok": Merke("✓", "bra", "Tallene er like"),
    "avrunding": Merke("≈", "noytral", "Forskjellen kan skyldes avrunding"),
    "avvik": Merke("✕", "svak", "Tallene stemmer ikke"),
}
_MERKER = {**RESULTAT, **AVVIKSSTATUS, **ALVORLIGHET, **OPPDRAGSSTATUS, **VURDERINGER}
_RANG = {ord_: plass for plass, ord_ in enumerate(_MERKER)}


def merke(ord_: str) -> Merke:
    """The mark of a verdict, a status or a severity; a word that is new here has none."""
    return _MERKER.get(ord_, Merke("", "noytral", ""))


def rang(ord_: str) -> int:
    """Where a verdict, a status or a severity stands in the order of its list; a new word comes last."""
    return _RANG.get(ord_, len(_RANG))


def oppdragsdel(delen: str) -> str:
    """How a part of an oppdrag is called: del 2, delleveranse utkast; the whole has no name."""
    if delen == "hele":
        return ""
    return f"del {delen.replace(',', '')}" if delen[0].isdigit() else f"delleveranse {delen}"


def oppdragsnavn(oppdrag_nr: str, delen: str, tittel: str) -> str:
    """An oppdrag or a part of one: 2024-19 del 2 Bidra i arbeidet."""
    return " ".join(filter(None, [oppdrag_nr, oppdragsdel(delen), tittel]))


def forklar_oppdrag(oppdrag: Iterable[tuple[str, str, str]]) -> str:
    """The short names among some (number, lead, the lead's name), as a sentence each; empty when there are none."""
    oppdrag = list(oppdrag)
    fou = sorted({nr for nr, _, _ in oppdrag if "-FoU" in nr})
    ledere = sorted({(kort, navn) for _, kort, navn in oppdrag if kort != navn})
    forklart = [f"{kort} er {navn}" for kort, navn in ledere]
    if fou:
        brev, nr = fou[0].removeprefix("TB").split("-FoU")
        forklart.append(f"{fou[0]} er oppdrag {nr} om forskning og utvikling i tildelingsbrevet for {brev}")
    return "; ".join(forklart) + "." if forklart else ""


def ledd(regel_id: str, rolle: str, fortegn: int) -> str:
    """How a term enters a control's arithmetic: +, −, or what it is."""
    navn = _REGELROLLER.get(regel_id) or _LEDDROLLER.get(rolle, "")
    return " ".join(filter(None, ["−" if fortegn < 0 else "" if navn else "+", navn]))


# Rules whose terms are not added.
_REGELROLLER: Mapping[str, str] = {"fordeling": "trekkes fra 100 %", "retning": "skal være minst"}
_LEDDROLLER: Mapping[str, str] = {
    "teller": "teller",
    "nevner": "nevner",
    "ny": "nytt tall",
    "gammel": "gammelt tall",
    "verdi": "snitt i gruppen",
    "vekt": "gruppens vekt",
    "helhet": "skal være høyst",
    "samsvar": "det andre stedet",
}
