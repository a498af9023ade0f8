"""How many oppdrag fall due soon, counted in one way for every page."""

import datetime
from collections.abc import Iterable

from dashboards.felles import tekst
from dashboards.felles.data import Rad
from dashboards.felles.fliser import Flis

VARSLER = (30, 60, 90)


def forfaller(rad: Rad, dato: datetime.date, dager: int) -> bool:
    """Whether a row of marts.oppdragstilstander, as it stands on the date, is due within some days of it."""
    return bool(rad.status == "ikke forfalt" and rad.frist <= dato + datetime.timedelta(days=dager))


def fliser(rader: Iterable[Rad], dato: datetime.date) -> list[Flis]:
    """A headline figure for each of the limits, which leads to those oppdrag."""
    rader = list(rader)
    return [
        Flis(
            f"Forfaller innen {dager} dager",
            str(sum(forfaller(rad, dato, dager) for rad in rader)),
            note=f"til og med {tekst.dato(dato + datetime.timedelta(days=dager))}",
            side="oppdrag",
            sporring={"status": "ikke forfalt", "frist_til": (dato + datetime.timedelta(days=dager)).isoformat()},
        )
        for dager in VARSLER
    ]
