"""The dashboard: its pages, and what is chosen for all of them. A new page is a file in sider/ and a line here."""

from pathlib import Path

import streamlit as st

from dashboards.felles import kildevindu, tilgang, valg, versjon
from styring.visning import data

_SIDER = [
    st.Page("sider/oversikt.py", title="Oversikt", default=True),
    st.Page("sider/budsjett.py", title="Budsjett"),
    st.Page("sider/statsregnskapet.py", title="Statsregnskapet"),
    st.Page("sider/maal.py", title="Mål og SP"),
    st.Page("sider/resultater.py", title="Resultater"),
    st.Page("sider/oppdrag.py", title="Oppdrag"),
    st.Page("sider/avvik.py", title="Avvik"),
    st.Page("sider/kilder.py", title="Kilder"),
    st.Page("sider/uttak.py", title="Uttak"),
    st.Page("sider/sql.py", title="SQL"),
]

st.set_page_config(page_title="Styringsdialogens datavarehus", layout="wide")
st.html(Path(__file__).parent / "felles/stil.css")
# Streamlit has no setting for the page's language, which screen readers choose their voice by.
st.html("<script>document.documentElement.lang = 'nb'</script>", unsafe_allow_javascript=True)

tilgang.krev(_SIDER)
publisert = data.publisert_fil()
fil = data.lesbar_fil(publisert) if publisert else None
mangler = data.mangler(fil) if fil else None
if fil is None or mangler:
    st.title("Styringsdialogens datavarehus", anchor=False)
    hvorfor = (
        f"er bygget av en annen utgave, uten tabellen {mangler}"
        if mangler
        else "er skadet, og ingen eldre versjon er hel"
        if publisert
        else "er ikke bygget ennå"
    )
    st.info(f"Datavarehuset {hvorfor}. Kjør `make` i prosjektmappen, og last siden på nytt.")
else:
    side = st.navigation(_SIDER)
    if publisert and fil != publisert:
        st.error(
            f"Versjon {data.versjon(publisert)} er skadet. Versjon {data.versjon(fil)} vises i stedet. "
            "Kjør `styring tilbake`, eller bygg på nytt med `make build`."
        )
    valgt = valg.velg(fil)
    side.run()
    versjon.bunn(valgt)
    kildevindu.vis_valgt(fil)
