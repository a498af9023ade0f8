"""Which version is read, and word of a newer one: published versions come while the dashboard is open."""

from urllib.parse import urlencode

import streamlit as st

from dashboards.felles import tilgang
from dashboards.felles.valg import Valg, paa_siden
from styring import norsk
from styring.publisering import LEST_FRA
from styring.visning import data


@st.fragment(run_every="30s")
def _si_fra(fil: str) -> None:
    tilgang.hold()
    publisert = data.publisert_fil()
    if publisert and data.lesbar_fil(publisert) != fil:
        st.info("En nyere versjon av datavarehuset er publisert.")
        if st.button("Vis den nye versjonen"):
            st.rerun()


def _fast_lenke(valg: Valg) -> str:
    """A link that shows the same also when the data have grown: the address leaves out what is chosen by default."""
    sporring = [(navn, verdi) for navn in st.query_params for verdi in st.query_params.get_all(navn)]
    valgt = {navn: verdi for navn, verdi in paa_siden().items() if verdi}
    valgt |= {"virksomhet": valg.virksomhet, "aar": str(valg.aar), "dato": valg.dato.isoformat()}
    return "?" + urlencode([par for par in sporring if par[0] not in valgt] + list(valgt.items()))


def bunn(valg: Valg) -> None:
    """The page's foot: which version the figures are from, and a link to what is shown."""
    fil = valg.fil
    bygget = norsk.tidspunkt(data.bygget(fil))
    st.caption(
        f"Versjon {data.versjon(fil)}, bygget {bygget}, {LEST_FRA}. "
        f"[Fast lenke til det som vises]({_fast_lenke(valg)}). Skriv ut siden med Ctrl+P (⌘P)."
    )
    _si_fra(fil)
