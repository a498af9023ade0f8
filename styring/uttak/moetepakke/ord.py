"""How the chapters say a change, a figure and a verdict."""

from collections.abc import Sequence
from decimal import Decimal

from styring import norsk
from styring.uttak.innhold import Celle
from styring.visning import tekst
from styring.visning.data import Rad


def endring(belop: Decimal | None) -> str:
    """A change in kroner with its sign; a dash when nothing was changed, 0 when changes cancel out."""
    return norsk.MANGLER if belop is None else tekst.med_fortegn(belop)


def verdi(tall: Decimal | None, rad: Rad) -> str:
    """A figure of a control with its unit. `rad` is of marts.avvik."""
    return tekst.verdi(tall, rad.enhet)


def merke(ord_: str) -> Celle:
    """A verdict or a status with its sign and colour."""
    merket = tekst.merke(ord_)
    return Celle(f"{merket.tegn} {ord_}".strip(), klasse=merket.klasse)


def og(ledd: Sequence[str]) -> str:
    """en, to og tre."""
    return " og ".join(filter(None, [", ".join(ledd[:-1]), *ledd[-1:]]))
