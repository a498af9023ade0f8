"""Which oppdrag are late or due soon, counted in one way for every reader."""

import datetime
from collections.abc import Iterable

from styring.visning.data import Rad

VARSLER = (30, 60, 90)


def forfaller(rad: Rad, dato: datetime.date, dager: int) -> bool:
    """Whether a row of marts.oppdragstilstander, as it stands on the date, is due within some days of it."""
    return bool(rad.status == "ikke forfalt" and rad.frist <= dato + datetime.timedelta(days=dager))


def naere(rader: Iterable[Rad], dato: datetime.date) -> list[Rad]:
    """Oppdrag that are late, or due before the last of the limits."""
    return [rad for rad in rader if rad.status == "frist passert" or forfaller(rad, dato, VARSLER[-1])]
