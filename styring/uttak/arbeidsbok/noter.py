"""Notes on cells: where a figure is from, when that is not the row's own source, and what must be known of it."""

from collections.abc import Mapping

from styring.visning import tekst
from styring.visning.data import Rad

Titler = Mapping[str, str]


def ingen(rad: Rad, titler: Titler) -> dict[str, str]:
    """A row without notes."""
    return {}


def _kilde(titler: Titler, dokument_id: str | None, sted: str | None) -> str:
    return ", ".join(filter(None, [titler.get(dokument_id or ""), sted]))


def budsjettutnyttelse(rad: Rad, titler: Titler) -> dict[str, str]:
    """What was allocated and what was accounted for are printed in different documents."""
    noter = {}
    if rad.samlet_tildeling_kr is not None:
        bare = " Senere tillegg foreligger ikke." if rad.tildelingsgrunnlag == "bare tildelingsbrevet" else ""
        noter["samlet_tildeling_kr"] = (
            f"Kilde: {_kilde(titler, rad.dokument_id, rad.sted)}.\nBygger på {rad.tildelingsgrunnlag}.{bare}"
        )
    if rad.regnskap_kr is not None:
        rundet = rad.regnskap_presisjon_kr
        avrunding = f"\nRundet til nærmeste {tekst.kroner(rundet)} kr." if rundet is not None and rundet > 1 else ""
        noter["regnskap_kr"] = f"Kilde: {_kilde(titler, rad.regnskapskilde, rad.regnskap_sted)}.{avrunding}"
    return noter


def tildelinger(rad: Rad, titler: Titler) -> dict[str, str]:
    """Whether the balance follows from a printed amount, and which letter gave it."""
    linjer = [f"Kilde: {_kilde(titler, rad.dokument_id, rad.sted)}."]
    if rad.implisitt:
        linjer.append("Beløpet er ikke trykt; det følger av den første saldoen som brevene oppgir.")
    elif rad.gitt_i_dokument_id and rad.gitt_i_dokument_id != rad.dokument_id:
        linjer.append(f"Beløpet er gitt i {titler[rad.gitt_i_dokument_id]}, som bare er kjent gjennom dette brevet.")
    if rad.korrigerer_hendelse_id:
        linjer.append(f"Retter hendelsen {rad.korrigerer_hendelse_id}.")
    if rad.dato is None:
        linjer.append("Brevet har ingen trykt dato; gjelder fra er den tidligste dagen innholdet tillater.")
    return {"disponibelt_etter_kr": "\n".join(linjer)}


def maaloppnaaelse(rad: Rad, titler: Titler) -> dict[str, str]:
    """What sets the requirement."""
    if rad.krav is None:
        return {}
    return {"krav": f"{rad.kravgrunnlag}\nKilde: {_kilde(titler, rad.krav_dokument_id, rad.krav_sted)}."}


def indikatorer(rad: Rad, titler: Titler) -> dict[str, str]:
    """Source and status of a figure, and why it cannot be held against the year before."""
    linjer = [f"Kilde: {_kilde(titler, rad.dokument_id, rad.sted)}."]
    if rad.tilnaermet:
        linjer.append(f"Trykt som «{rad.tilnaermet}».")
    if rad.status != "endelig":
        linjer.append(f"{tekst.stor(rad.status)} tall.")
    if rad.korrigert:
        linjer.append("Rettet: det trykte tallet er en kjent trykkfeil, se arket Avvik.")
    if rad.brudd:
        linjer.append(f"Brudd i serien: {rad.bruddgrunn}")
        linjer.append(f"Kilde for bruddet: {_kilde(titler, rad.brudd_dokument_id, rad.brudd_sted)}.")
    return {"verdi": "\n".join(linjer)}


def avvik(rad: Rad, titler: Titler) -> dict[str, str]:
    """The figures that the computed one follows from, and the place of the printed one."""
    return {
        "oppgitt": f"Kilde: {_kilde(titler, rad.dokument_id, rad.sted)}.",
        "beregnet": f"Beregnet fra: {rad.beregnet_fra}",
    }
