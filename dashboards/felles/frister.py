"""How many oppdrag fall due soon, counted in one way for every page."""

import datetime
from collections.abc import Iterable

import streamlit as st

from dashboards.felles.data import Rad

VARSLER = (30, 60, 90)


def forfaller(rad: Rad, dato: datetime.date, dager: int) -> bool:
    """Whether a row of marts.oppdragstilstander, as it stands on the date, is due within some days of it."""
    return bool(rad.status == "ikke forfalt" and rad.frist <= dato + datetime.timedelta(days=dager))


def vis(rader: Iterable[Rad], dato: datetime.date) -> None:
    """A headline figure for each of the limits."""
    rader = list(rader)
    for dager in VARSLER:
        st.metric(f"Forfaller innen {dager} dager", str(sum(forfaller(rad, dato, dager) for rad in rader)), border=True)
