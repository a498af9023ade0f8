"""Which version is read, and word of a newer one: published versions come while the dashboard is open."""

from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.felles import data
from styring import norsk


@st.fragment(run_every="30s")
def _si_fra(fil: str) -> None:
    if data.publisert_fil() != fil:
        st.info("En nyere versjon av datavarehuset er publisert.")
        if st.button("Vis den nye versjonen"):
            st.rerun()


def bunn(fil: str) -> None:
    """The page's foot: which version the figures are from."""
    bygget = norsk.tidspunkt(data.bygget(fil).astimezone(ZoneInfo("Europe/Oslo")))
    st.caption(f"Versjon {data.versjon(fil)}, bygget {bygget}. Skriv ut siden med Ctrl+P (⌘P).")
    _si_fra(fil)
