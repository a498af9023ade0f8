"""Totals of figures that not all rows have, said in one way for every page."""

from collections.abc import Sequence
from decimal import Decimal

from styring.visning.data import Rad


def sum_av(rader: Sequence[Rad], felt: str) -> tuple[Decimal | None, str]:
    """The total of a field in kroner, and how many of the posts have it; None when none has, "" when all have."""
    belop = [getattr(rad, felt) for rad in rader if getattr(rad, felt) is not None]
    dekning = f"{len(belop)} av {len(rader)} poster" if 0 < len(belop) < len(rader) else ""
    return (sum(belop, Decimal()) if belop else None), dekning


def forbehold(rader: Sequence[Rad]) -> str:
    """What must be known of the year's figures as a whole, as sentences with a space before each; or nothing."""
    avrundet = ""
    if any(rad.regnskap_presisjon_kr and rad.regnskap_presisjon_kr > 1 for rad in rader):
        avrundet = " Regnskapet er oppgitt i tidels millioner kroner, så mindreutgiften er ikke mer nøyaktig enn det."
    return avrundet + bare_brevet(rader)


def bare_brevet(rader: Sequence[Rad]) -> str:
    """That letters of the year are missing, as a sentence with a space before it; or nothing."""
    if any(rad.tildelingsgrunnlag == "bare tildelingsbrevet" for rad in rader):
        return " Bare tildelingsbrevet foreligger; senere tillegg kan ha endret tildelingen."
    return ""
