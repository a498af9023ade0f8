"""The meeting at a glance: money, goals, oppdrag, avvik and what comes next, for the chosen year and date."""

import datetime

import streamlit as st

from dashboards.felles import fliser, kilde, nedlasting, tabell
from dashboards.felles.fliser import Flis
from dashboards.felles.tabell import Kolonne
from dashboards.felles.valg import topp
from styring import norsk
from styring.visning import data, frister, hovedtall, maalrader, tekst
from styring.visning.data import Rad, bufret

_AVVIK = "select status, alvorlighet from marts.avvik where virksomhet_id = ?"
_KALENDER = """
    select type, tittel, dato, frist_trykt, coalesce(dato, periode_fra) as fra, coalesce(dato, periode_til) as til,
        dokument_id, sted
    from marts.styringskalender
    where virksomhet_id = ?
    order by fra, tittel collate nb
"""


@bufret
def _sp_tabell(fil: str, virksomhet_id: str, maalaar: int) -> tabell.Tabell:
    return tabell.tabell(
        f"Styringsparameterne i tildelingsbrevet for {maalaar}",
        [Kolonne("Styringsparameter"), Kolonne("Vurdering"), Kolonne("Indikatorene"), Kolonne("Tall fra", tall=True)],
        [
            (
                tabell.med_note(
                    {**tabell.sidelenke(f"SP {rad.sp_nr} {rad.sp}", "maal", sp=str(rad.sp_nr)), "s": rad.sp_nr},
                    f"Mål {rad.maal_nr}: {rad.maal}",
                ),
                tabell.merke(rad.vurdering),
                tabell.ruter(maalrader.vurderinger(rad)),
                tabell.tall(str(rad.siste_aar) if rad.siste_aar else norsk.MANGLER, rad.siste_aar),
            )
            for rad in maalrader.sp(fil, virksomhet_id, maalaar)
        ],
        merknad="Én rute er én indikator. Bare indikatorer med et krav eller et tidligere tall kan vurderes.",
    )


@bufret
def _oppdragstabell(fil: str, virksomhet_id: str, dato: datetime.date) -> tabell.Tabell:
    naere = frister.naere(hovedtall.oppdrag(fil, virksomhet_id, dato), dato)
    forklart = tekst.forklar_oppdrag((en.oppdrag_nr, en.hovedansvarlig, en.hovedansvarlig_navn) for en in naere)
    return tabell.tabell(
        f"Oppdrag som er forsinket eller forfaller innen {frister.VARSLER[-1]} dager",
        [Kolonne("Oppdrag"), Kolonne("Status"), Kolonne("Frist"), Kolonne("Ansvarlig")],
        [
            (
                tabell.sidelenke(
                    tekst.oppdragsnavn(rad.oppdrag_nr, rad.delen, rad.tittel),
                    "oppdrag",
                    oppdrag=rad.oppdrag_nr,
                ),
                tabell.merke(rad.status),
                tabell.dato(rad.frist, kilde.av_sted(rad.dokument_id, rad.sted)),
                rad.hovedansvarlig,
            )
            for rad in naere
        ],
        tomt="Ingen.",
        merknad=f"Dokumentene viser sjelden levering; et oppdrag med passert frist kan være levert. {forklart}",
    )


@bufret
def _kalender(fil: str, virksomhet_id: str, dato: datetime.date) -> tabell.Tabell:
    rader = data.hent(fil, _KALENDER, virksomhet_id)
    kommende = [rad for rad in rader if rad.til is not None and rad.til >= dato]
    siste = max((rad.til for rad in rader if rad.til is not None), default=None)

    def naar(rad: Rad) -> tabell.Celle:
        """The date, or the period as the letter has it, sorted by when it begins."""
        ref = kilde.av_sted(rad.dokument_id, rad.sted)
        if rad.dato:
            return tabell.dato(rad.dato, ref)
        return {**tabell.kildelenke(rad.frist_trykt, ref), "s": rad.fra.toordinal()}

    return tabell.tabell(
        "Møter og rapporteringsfrister fremover",
        [Kolonne("Når"), Kolonne("Hva"), Kolonne("Slag")],
        [
            (
                naar(rad),
                rad.tittel,
                rad.type,
            )
            for rad in kommende
        ],
        tomt=f"Dokumentene har ingen møter eller rapporteringsfrister etter {tekst.dato(dato)}."
        + (f" Det siste er {tekst.dato(siste)}." if siste else ""),
    )


valg = topp("Oversikt", "Hva bør møtet vite om penger, mål, oppdrag og tall som ikke stemmer?")

st.header(f"Penger i {valg.aar}", anchor=False)
totaler = hovedtall.penger(valg.fil, valg.virksomhet_id, valg.aar)
fliser.vis(
    (
        Flis(
            navn,
            norsk.prosent(belop) if navn == "Utnyttelse" else tekst.millioner(belop),
            note=dekning,
            side="budsjett",
        )
        for navn, (belop, dekning) in totaler.items()
    ),
    key="penger",
)
st.caption("Hele året. Datoen gjelder oppdrag, møter, frister og disponible beløp.")

st.header("Mål og styringsparametere", anchor=False)
maalaar = maalrader.maalaar(valg.fil, valg.virksomhet_id, valg.aar)
if maalaar is None:
    st.info("Dokumentene har ingen styringsparametere for virksomheten.")
else:
    if maalaar != valg.aar:
        st.markdown(f"Målene for {valg.aar} foreligger ikke; dette er målene i tildelingsbrevet for {maalaar}.")
    tabell.vis(_sp_tabell(valg.fil, valg.virksomhet_id, maalaar), key="sp")
    st.page_link("sider/maal.py", label="Se målene og utviklingen")

st.header(f"Oppdrag per {tekst.dato(valg.dato)}", anchor=False)
oppdrag = hovedtall.oppdrag(valg.fil, valg.virksomhet_id, valg.dato)
passert = sum(rad.status == "frist passert" for rad in oppdrag)
fliser.vis(
    [
        Flis(
            "Frist passert",
            str(passert),
            note="levering ikke vist",
            merke=tekst.merke("frist passert") if passert else None,
            side="oppdrag",
            sporring={"status": "frist passert"},
        ),
        *fliser.av_frister(oppdrag, valg.dato),
    ],
    key="oppdragstall",
)
tabell.vis(_oppdragstabell(valg.fil, valg.virksomhet_id, valg.dato), key="oppdrag")
st.page_link("sider/oppdrag.py", label="Se alle oppdrag på en tidslinje")

st.header("Tall som ikke stemmer", anchor=False)
avvik = data.hent(valg.fil, _AVVIK, valg.virksomhet_id)
nye = sum(rad.status == "ny" for rad in avvik)
alvorlige = sum(rad.alvorlighet == "høy" and rad.status == "kjent" for rad in avvik)
fliser.vis(
    [
        Flis(
            "Nye, ikke vurdert",
            str(nye),
            merke=tekst.merke("ny") if nye else None,
            side="avvik",
            sporring={"status": "ny"},
        ),
        Flis(
            "Alvorlige, kjent uten forklaring",
            str(alvorlige),
            merke=tekst.merke("høy") if alvorlige else None,
            side="avvik",
            sporring={"alvorlighet": "høy", "status": "kjent"},
        ),
        Flis("Avvik i alt", str(len(avvik)), side="avvik"),
    ],
    key="avvikstall",
)

st.header("Det neste", anchor=False)
tabell.vis(_kalender(valg.fil, valg.virksomhet_id, valg.dato), key="kalender")
nedlasting.knapper(
    "Alle møter og rapporteringsfrister",
    "kalender",
    ["Slag", "Hva", "Dato", "Fra og med", "Til og med", "Som trykt", "Dokument", "Sted"],
    lambda: [
        (rad.type, rad.tittel, rad.dato, rad.fra, rad.til, rad.frist_trykt,
         tekst.dokumentnavn(valg.fil)[rad.dokument_id], rad.sted)
        for rad in data.hent(valg.fil, _KALENDER, valg.virksomhet_id)
    ],
    f"Møter og rapporteringsfrister i brevene til {valg.virksomhet}. Versjon {data.versjon(valg.fil)}.",
)  # fmt: skip
