"""What the reader takes along: the brief for a meeting, and the workbook. Each is made when it is asked for."""

import datetime
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from dashboards.felles import tabell
from dashboards.felles.tabell import Kolonne
from dashboards.felles.valg import Valg, topp, velg_en
from styring import norsk, publisering
from styring.endringer import ikke_sammenlignet
from styring.feil import StyringFeil
from styring.publisering import FILNAVN, Versjoner
from styring.stier import publiseringsmappe
from styring.uttak import arbeidsbok, moete, moetepakke
from styring.uttak.moete import Moete
from styring.uttak.utgave import Utgave
from styring.visning import data, tekst
from styring.visning.data import bufret

_OM = {"pdf": "Tagget PDF (PDF/UA) på A4", "docx": "Til å redigere i Word"}
_MIME = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@bufret
def _kan_sammenlignes(fil: str, eldre: str) -> bool:
    return not ikke_sammenlignet(Path(eldre), Path(fil))


def _eldre(fil: str) -> dict[str, str]:
    """The versions before the one that is read that it can be held against, by when they were built; the last first."""
    alle = Versjoner(publiseringsmappe())
    filer = {en: str(alle.mappe / en / FILNAVN) for en in reversed(alle.liste()) if en < data.versjon(fil)}
    return {
        en: f"Versjonen bygget {norsk.tidspunkt(publisering.bygget(en))}"
        for en, eldre in filer.items()
        if data.er_hel(eldre) and _kan_sammenlignes(fil, eldre)
    }


def _knapp(etikett: str, navn: str, lag: Callable[[], bytes], hjelp: str) -> None:
    st.download_button(
        etikett, lag, navn, _MIME[navn.rpartition(".")[2]], key=f"last-{navn}", on_click="ignore", help=hjelp
    )


def _velg_moete(valg: Valg, utgave: Utgave) -> Moete | None:
    """The meeting of the chosen year; None, with the reason, when the letters do not say when it is."""
    slag = velg_en("Møte", {"vår": "Vårmøtet, om årsrapporten", "høst": "Høstmøtet, om halvårsrapporten"}, "moete")
    kolonner = st.columns(2)
    # empty is the meeting's own day, and the day of the meeting before
    with kolonner[0]:
        dato = _dag("Vis alt per", "moetedato", "Tomt: møtedagen i tildelingsbrevets kalender.")
    with kolonner[1]:
        forrige = _dag("Tell endringer fra", "forrige", "Tomt: møtet før, eller årets begynnelse.")
    try:
        return moete.velg(utgave, valg.virksomhet_id, slag, valg.aar, dato, forrige)
    except StyringFeil as feil:
        st.info(feil.melding)
        return None


def _dag(etikett: str, key: str, hjelp: str) -> datetime.date | None:
    valgt = st.date_input(etikett, value=None, format="DD.MM.YYYY", key=key, bind="query-params", help=hjelp)
    return valgt if isinstance(valgt, datetime.date) else None


valg = topp("Uttak", "Hva vil du ta med til møtet, eller arbeide videre med?")
eldre = _eldre(valg.fil)
siden = velg_en("Sammenlign med", {"": "Ingen eldre versjon", **eldre}, "siden") if eldre else ""
mappe = Path(valg.fil).parent
utgave = Utgave(mappe, mappe.parent / siden if siden else None)
virksomhet = utgave.virksomhet(valg.virksomhet_id)

st.header("Møtepakke", anchor=False)
moetet = _velg_moete(valg, utgave)
if moetet:
    tabell.vis(
        tabell.tabell(
            moetet.navn,
            [Kolonne("Opplysning"), Kolonne("Innhold")],
            [
                ("Møtedag", moetet.trykt or tekst.dato(moetet.dato)),
                ("Alt vises per", tekst.dato(moetet.dato)),
                ("Endringer telles fra", moetet.siden),
                ("Regnskap for", str(moetet.regnskapsaar)),
                ("Innhold", "Det viktigste på én side, budsjett, mål og SP, oppdrag og frister, risiko, avvik, kilder"),
            ],
        ),
        key="moetet",
    )
    with st.container(horizontal=True, key="last-ned-moetepakke"):
        for format_, lag in moetepakke.FORMATER.items():
            _knapp(
                f"Last ned {format_.upper()}",
                moetepakke.filnavn(virksomhet, moetet, format_),
                lambda lag=lag: lag(moetepakke.lag(utgave, virksomhet, moetet)),  # type: ignore[misc]
                _OM[format_],
            )
    st.caption("Filen lages når du trykker, og tar noen sekunder. Tallene er de samme som på sidene.")

st.header("Arbeidsbok", anchor=False)
st.markdown(
    f"Alle tall for {tekst.uten_markdown(valg.virksomhet)} i et regneark: et ark per emne, med kilde ved hvert tall, "
    "og et ark som avstemmer summene med formler."
)
_knapp(
    "Last ned Excel",
    arbeidsbok.filnavn(virksomhet),
    lambda: arbeidsbok.lag(utgave, virksomhet, lambda _: None),
    "Alle årene, med ekte tall og datoer",
)

st.header("Åpne data og dokumentasjon", anchor=False)
st.markdown(
    "Alle tabellene som CSV og Parquet med beskrivelse lages med `styring datapakke`, og dokumentasjonen som et "
    "nettsted med `styring dokumentasjon`. `make takeaways` lager alt."
)
