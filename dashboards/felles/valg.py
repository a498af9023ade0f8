"""What the reader has chosen for every page: agency, financial year and date. Kept in the address."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import streamlit as st

from styring import norsk
from styring.visning import data, tekst


@dataclass(frozen=True)
class Valg:
    """The published version that is read, and what is chosen in it."""

    fil: str
    virksomhet_id: str
    virksomhet: str
    kortnavn: str
    aar: int
    dato: datetime.date


_VIRKSOMHETER = """
    select virksomhet_id, virksomhet, kortnavn
    from marts.virksomheter
    where virksomhet_id in (select virksomhet_id from marts.kildebidrag)
    order by virksomhet collate nb
"""
_AAR = """
    select distinct budsjettaar as aar from marts.budsjettutnyttelse where virksomhet_id = ?
    union
    select distinct aar from marts.maaloppnaaelse where virksomhet_id = ?
    order by aar desc
"""


def velg(fil: str) -> Valg:
    """Ask for agency, year and date beside the pages. All three are read from the data, and stand in the address."""
    virksomheter = {rad.virksomhet_id: rad for rad in data.hent(fil, _VIRKSOMHETER)}
    with st.sidebar:
        virksomhet_id = st.selectbox(
            "Virksomhet",
            list(virksomheter),
            format_func=lambda en: virksomheter[en].virksomhet,
            key="virksomhet",
            bind="query-params",
        )
        alle_aar = [rad.aar for rad in data.hent(fil, _AAR, virksomhet_id, virksomhet_id)]
        aar = st.selectbox("År", alle_aar or [norsk.i_dag().year], key="aar", bind="query-params")
        dato = st.date_input(
            "Dato",
            value=norsk.i_dag(),
            min_value=datetime.date(2000, 1, 1),
            max_value=datetime.date(2100, 1, 1),
            format="DD.MM.YYYY",
            key="dato",
            bind="query-params",
            help="Oppdrag, frister og disponible beløp vises slik dokumentene hadde dem denne dagen.",
        )
    virksomhet = virksomheter[virksomhet_id]
    valg = Valg(
        fil,
        virksomhet_id,
        virksomhet.virksomhet,
        virksomhet.kortnavn,
        aar,
        dato if isinstance(dato, datetime.date) else norsk.i_dag(),
    )
    st.session_state["_valg"] = valg
    st.session_state["_paa_siden"] = {}
    return valg


def gjeldende() -> Valg:
    """What is chosen in this run."""
    valg: Valg = st.session_state["_valg"]
    return valg


def paa_siden() -> dict[str, str]:
    """What `velg_en` has chosen on the page in this run, by its name in the address."""
    valgt: dict[str, str] = st.session_state["_paa_siden"]
    return valgt


def velg_en(
    etikett: str,
    alternativer: Mapping[str, str],
    parameter: str,
    forvalg: str | None = None,
    glemmer: Iterable[str] = (),
) -> str:
    """Ask for one of some on a page. The address holds its code, not its label, so that other pages can link to it.

    `alternativer` are labels by code; `forvalg` is taken when the address asks for none, or for one that is not there.
    `glemmer` are the choices that the address forgets when this one is changed, since they follow from it.
    """
    fra_adressen = st.query_params.get(parameter)
    valgt = forvalg or next(iter(alternativer))
    if fra_adressen in alternativer:
        valgt = str(fra_adressen)
    elif fra_adressen is not None:
        bedt_om, vises = tekst.uten_markdown(fra_adressen[:80]), tekst.uten_markdown(alternativer[valgt])
        st.info(f"«{bedt_om}» finnes ikke her. {vises} vises.")
    nokkel = f"_{parameter}"
    st.session_state[nokkel] = valgt

    def til_adressen() -> None:
        st.query_params[parameter] = st.session_state[nokkel]
        for en in glemmer:
            st.query_params.pop(en, None)

    paa_siden()[parameter] = valgt
    return st.selectbox(
        etikett, list(alternativer), format_func=alternativer.__getitem__, key=nokkel, on_change=til_adressen
    )


def tilbake(etikett: str, parameter: str) -> None:
    """A button that leaves what `velg_en` has chosen."""

    def glem() -> None:
        st.query_params.pop(parameter, None)

    st.button(etikett, on_click=glem, type="tertiary", icon=":material/arrow_back:")


def topp(tittel: str, sporsmal: str, vises: str = "") -> Valg:
    """A page's heading: its title, the question that it answers, and what is chosen. Returns what is chosen.

    `vises` is what a page with choices of its own shows instead of what is chosen for all, as markdown.
    """
    valg = gjeldende()
    st.title(tittel, anchor=False)
    vises = vises or f"{tekst.uten_markdown(valg.virksomhet)} · {valg.aar} · per {tekst.dato(valg.dato)}"
    st.markdown(f"{sporsmal}  \n:gray[{vises}]")
    return valg
