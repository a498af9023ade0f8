"""Totals of figures that not all rows have, said in one way for every page."""

from collections.abc import Sequence
from decimal import Decimal

from styring.visning.data import Rad


def sum_av(rader: Sequence[Rad], felt: str) -> tuple[Decimal | None, str]:
    """The total of a field in kroner, and how many of the posts have it; None when none has, "" when all have."""
    belop = [getattr(rad, felt) for rad in rader if getattr(rad, felt) is not None]
    dekning = f"{len(belop)} av {len(rader)} poster" if 0 < len(belop) < len(rader) else ""
    return (sum(belop, Decimal()) if belop else None), dekning
