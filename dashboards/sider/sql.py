"""The analysts' page: a SELECT on the whole warehouse, ready questions, and what the tables hold."""

import datetime
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import streamlit as st

from dashboards.felles import nedlasting, tabell, tilgang
from dashboards.felles.tabell import Kolonne
from dashboards.felles.valg import topp
from styring import norsk
from styring.feil import StyringFeil
from styring.sqlboks import RADGRENSE, TIDSGRENSE, Celle, Svar, kjor
from styring.stier import PROSJEKT
from styring.visning import data, tekst
from styring.visning.data import bufret

_MARTER = """
    select table_name as mart, comment as beskrivelse
    from duckdb_tables() where schema_name = 'marts' order by table_name
"""
_KOLONNER = """
    select column_name as kolonne, data_type as type, comment as beskrivelse
    from duckdb_columns() where schema_name = 'marts' and table_name = ? order by column_index
"""
_FERDIGE = PROSJEKT / "docs/sporringer.md"
_SIDELENGDE = 100
# what is shown of one text; the downloads have all of it
_TEGN = 400
_TALLTYPE = re.compile(r"DECIMAL\([^)]*\)|DOUBLE|FLOAT|U?(HUGE|BIG|SMALL|TINY)INT|U?INTEGER")
_LITE = Decimal("0.0000005")


@st.cache_data(max_entries=1, show_spinner=False)
def _ferdige(fil: Path, endret: float) -> Mapping[str, str]:
    """The ready questions and their SQL, as they stand in the project's documentation."""
    seksjoner = re.findall(r"^## \d+\. (.+?)\n.*?^```sql\n(.*?)^```", fil.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return {sporsmal: sql.strip() for sporsmal, sql in seksjoner}


def _celle(verdi: Celle, kolonne: str) -> tabell.Celle:
    if verdi is None:
        return tabell.tall("NULL", None)
    if isinstance(verdi, bool):
        return "sann" if verdi else "usann"
    if isinstance(verdi, datetime.date):
        # the last day there is, is a day like others here
        return {"t": f"{verdi:%d.%m.%Y}", "s": verdi.toordinal()}
    if isinstance(verdi, int | Decimal):
        # a year is not an amount, and what is next to nothing is not 0
        tall = Decimal(verdi)
        som_den_er = kolonne.endswith(("aar", "år", "year")) or 0 < abs(tall) < _LITE
        return tabell.tall(str(verdi).replace(".", ",") if som_den_er else norsk.tall(tall), tall)
    return verdi if len(verdi) <= _TEGN else f"{verdi[:_TEGN]} …"


def _resultat(svar: Svar, side: int) -> tabell.Tabell:
    """One page of the answer."""
    fra = (side - 1) * _SIDELENGDE
    rader = svar.rader[fra : fra + _SIDELENGDE]
    flere = len(svar.rader) > _SIDELENGDE
    return tabell.tabell(
        f"Resultatet, rad {fra + 1}–{fra + len(rader)} av {norsk.tall(len(svar.rader), 0)}" if flere else "Resultatet",
        [
            Kolonne(navn, tall=_TALLTYPE.fullmatch(type_) is not None, hjelp=type_)
            for navn, type_ in zip(svar.kolonner, svar.typer, strict=True)
        ],
        [[_celle(verdi, navn) for verdi, navn in zip(rad, svar.kolonner, strict=True)] for rad in rader],
        tomt="Spørringen ga ingen rader.",
    )


@bufret
def _ordbok(fil: str, mart: str) -> tabell.Tabell:
    return tabell.tabell(
        f"Kolonnene i marts.{mart}",
        [Kolonne("Kolonne, med type og beskrivelse")],
        [
            (tabell.med_note({"t": rad.kolonne}, f"{rad.type.lower()}. {rad.beskrivelse}"),)
            for rad in data.hent(fil, _KOLONNER, mart)
        ],
    )


def _vis_svar(sporring: str, svar: Svar) -> None:
    if svar.kuttet:
        st.warning(
            f"Svaret er kuttet: her er de første {norsk.tall(len(svar.rader), 0)} radene. "
            "Legg til et vilkår, eller summer, for å se resten."
        )
    antall = tekst.antall(len(svar.rader), "rad", "rader")
    st.caption(f"{antall} på {norsk.tall(svar.millisekunder, 0)} ms. NULL: ikke oppgitt.")
    sider = -(-len(svar.rader) // _SIDELENGDE)
    side = st.pagination(sider, key="sql_side") if sider > 1 else 1
    tabell.vis(_resultat(svar, side), key="resultat")
    hoder = [nedlasting.ufarlig(navn) for navn in svar.kolonner]
    nedlasting.knapper("Resultatet", "sql-resultat", hoder, lambda: svar.rader, sporring)


valg = topp("SQL", "Hva vil du vite som de andre sidene ikke svarer på?")
st.markdown(
    "Skriv en spørring mot tabellene i `marts`. Den gjelder hele datavarehuset, uansett hva som er valgt i margen. "
    f"Boksen kan bare lese, og stanser etter {TIDSGRENSE} sekunder og {norsk.tall(RADGRENSE, 0)} rader. "
    "Spørringen står i adressen, så den kan deles."
)
boks, ordbok = st.columns([3, 2], gap="large")
with boks:
    ferdige = _ferdige(_FERDIGE, _FERDIGE.stat().st_mtime) if _FERDIGE.exists() else {}

    def fyll() -> None:
        if valgt := st.session_state["_ferdig"]:
            st.session_state["sql"] = ferdige[valgt]
            st.session_state["_sql_kjor"] = True

    st.selectbox(
        "Ferdige spørringer",
        list(ferdige),
        index=None,
        placeholder="Velg et spørsmål",
        key="_ferdig",
        on_change=fyll,
    )
    sporring = st.text_area(
        "Spørring",
        placeholder="select * from marts.kilder",
        height=260,
        key="sql",
        bind="query-params",
        help="Én select-setning, på DuckDBs dialekt",
    )
    # the answer stays in the reader's own session until the next one
    if st.button("Kjør") or st.session_state.pop("_sql_kjor", False):
        with st.spinner("Kjører …"):
            try:
                st.session_state["_sql_svar"] = (sporring, kjor(Path(valg.fil), sporring or "", tilgang.hvem()))
            except StyringFeil as feil:
                st.session_state["_sql_svar"] = (sporring, feil)
with ordbok:
    marter = {rad.mart: rad.beskrivelse for rad in data.hent(valg.fil, _MARTER)}
    mart = st.selectbox("Tabell", list(marter), key="tabell", bind="query-params")
    st.markdown(marter[mart])
    with st.container(height=330, border=False):
        tabell.vis(_ordbok(valg.fil, mart), key="ordbok")

kjort, svar = st.session_state.get("_sql_svar", ("", None))
if svar is not None:
    st.header("Svar", anchor=False)
    if sporring != kjort:
        st.caption("Spørringen er endret etter at den ble kjørt.")
    if isinstance(svar, StyringFeil):
        st.error(tekst.uten_markdown(svar.melding))
        if svar.detaljer:
            st.code("\n".join(svar.detaljer), language=None)
    else:
        _vis_svar(kjort, svar)
