"""Numbers and dates in Norwegian form, for everything that people read."""

import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

MANGLER = "–"
MAANEDER = (
    "januar", "februar", "mars", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "desember",
)  # fmt: skip
_NORGE = ZoneInfo("Europe/Oslo")
_HARDT_MELLOMROM = "\u00a0"


def tall(verdi: Decimal | float | None, desimaler: int = 6) -> str:
    """A figure with at most `desimaler` decimals, no trailing zeros: 18 310 846 000, 8,5. None is a dash, never 0."""
    if verdi is None:
        return MANGLER
    tekst = f"{verdi:,.{desimaler}f}"
    if "." in tekst:
        tekst = tekst.rstrip("0").rstrip(".")
    # a small negative figure can round to zero, which has no sign
    if tekst == "-0":
        tekst = "0"
    return tekst.translate({ord(","): _HARDT_MELLOMROM, ord("."): ",", ord("-"): "−"})


def prosent(andel: Decimal | float | None, desimaler: int = 1) -> str:
    """A share (0–1) as per cent. None is a dash."""
    return MANGLER if andel is None else f"{tall(100 * andel, desimaler)}{_HARDT_MELLOMROM}%"


def tid(naar: datetime.datetime) -> datetime.datetime:
    """A moment on Norwegian clocks, wherever the machine is."""
    return naar.astimezone(_NORGE)


def i_dag() -> datetime.date:
    """The day on Norwegian clocks."""
    return tid(datetime.datetime.now(datetime.UTC)).date()


def tidspunkt(naar: datetime.datetime) -> str:
    """20.11.2026 kl. 21.40, on Norwegian clocks."""
    naar = tid(naar)
    return f"{naar:%d.%m.%Y} kl. {naar:%H.%M}"
