"""The dashboard's first page: what is in the published warehouse, by year, with what stands out."""

from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import streamlit as st

from styring import norsk
from styring.publisering import Versjoner
from styring.stier import publiseringsmappe


def hent(fil: Path, sporring: str, *parametere: object) -> pd.DataFrame:
    """The rows of a query on one version of the warehouse. A connection each, since one is not thread-safe."""
    with duckdb.connect(str(fil), read_only=True) as kobling:
        return kobling.execute(sporring, list(parametere)).df()


def tall(verdi: object) -> str:
    """A figure from a frame in Norwegian form with at most two decimals; a missing one is a dash."""
    return norsk.tall(None if pd.isna(verdi) else Decimal(str(verdi)), 2)  # type: ignore[call-overload]


def prosent(verdi: object) -> str:
    """A share from a frame as per cent with one decimal; a missing one is a dash."""
    return norsk.prosent(None if pd.isna(verdi) else Decimal(str(verdi)))  # type: ignore[call-overload]


def vis_budsjett(fil: Path) -> None:
    st.header("Budsjettutnyttelse")
    aar = hent(fil, "select distinct budsjettaar from marts.budsjettutnyttelse order by 1 desc")["budsjettaar"]
    valgt: int = st.selectbox("Budsjettår", aar, index=min(1, len(aar) - 1))
    rader = hent(
        fil,
        """
        select kapittel || '/' || post as kap_post, postnavn, samlet_tildeling_kr, regnskap_kr, mindreutgift_kr,
            utnyttelsesgrad, tildelingsgrunnlag, kilder.tittel
        from marts.budsjettutnyttelse
        left join marts.kilder on regnskapskilde = kilder.dokument_id
        where budsjettaar = ?
        order by kapittel, post
        """,
        valgt,
    )
    for kolonne in ("samlet_tildeling_kr", "regnskap_kr", "mindreutgift_kr"):
        rader[kolonne] = rader[kolonne].map(tall)
    rader["utnyttelsesgrad"] = rader["utnyttelsesgrad"].map(prosent)
    rader.columns = pd.Index(
        [
            "Kap./post",
            "Post",
            "Samlet tildeling (kr)",
            "Regnskap (kr)",
            "Mindreutgift (kr)",
            "Utnyttelse",
            "Tildeling etter",
            "Regnskapskilde",
        ]
    )
    st.table(rader.fillna("–").set_index("Kap./post"))
    st.caption(
        "Strek betyr at tallet ikke foreligger i dokumentene. Negativ mindreutgift er merutgift. Der «bare "
        "tildelingsbrevet» foreligger, kan senere tillegg ha endret tildelingen."
    )


def vis_maal(fil: Path) -> None:
    st.header("Mål og styringsparametere")
    rader = hent(
        fil,
        """
        select 'SP ' || sp_nr as sp, sp as styringsparameter, coalesce(indikator, '–') as indikator, vurdering,
            begrunnelse
        from marts.maaloppnaaelse
        order by sp_nr, indikator
        """,
    )
    rader.columns = pd.Index(["SP", "Styringsparameter", "Indikator", "Vurdering", "Begrunnelse"])
    st.table(rader.set_index("SP"))


def vis_avvik(fil: Path) -> None:
    st.header("Tall som ikke stemmer")
    rader = hent(
        fil,
        """
        select alvorlighet, dokument_id || ', ' || sted as sted, beskrivelse, aar, oppgitt, beregnet, enhet, status,
            forklaring
        from marts.avvik
        order by array_position(['høy', 'middels', 'lav'], alvorlighet), dokument_id, sted, aar
        """,
    )
    for kolonne in ("oppgitt", "beregnet"):
        rader[kolonne] = rader[kolonne].map(tall)
    rader.columns = pd.Index(
        ["Alvorlighet", "Sted", "Kontroll", "År", "Oppgitt", "Beregnet", "Enhet", "Status", "Forklaring"]
    )
    st.table(rader.fillna("–").set_index("Alvorlighet"))


def side() -> None:
    st.set_page_config(page_title="Styringsdialogens datavarehus", layout="wide")
    st.title("Styringsdialogens datavarehus")
    versjoner = Versjoner(publiseringsmappe())
    versjon = versjoner.gjeldende()
    if versjon is None:
        st.info("Datavarehuset er ikke bygget ennå. Kjør `make` i prosjektmappen, og last siden på nytt.")
        return
    fil = versjoner.publisert.resolve()
    nye = int(hent(fil, "select count(*) as antall from marts.avvik where status = 'ny'")["antall"].iloc[0])
    if nye:
        st.warning(f"Publisert med {nye} avvik som ikke er vurdert.")
    vis_budsjett(fil)
    vis_maal(fil)
    vis_avvik(fil)
    st.caption(f"Versjon {versjon}.")


side()
