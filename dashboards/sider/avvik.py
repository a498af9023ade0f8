"""Which printed figures do not agree, what explains it, and the arithmetic term by term."""

from collections.abc import Sequence

import altair as alt
import streamlit as st

from dashboards.felles import fliser, kilde, kildevindu, lerret, nedlasting, tabell
from dashboards.felles.fliser import Flis
from dashboards.felles.tabell import Kolonne
from dashboards.felles.valg import topp
from styring.visning import data, diagram, tekst
from styring.visning.data import Rad, bufret

_AVVIK = """
    with

    kontrollnavn as (
        select distinct virksomhet_id, kontroll_id, navn from marts.kontrollkatalog
    ),

    oppgitte as (
        select virksomhet_id, kontroll_id, aar, any_value(verdi_id) as verdi_id
        from marts.kontrollgrunnlag
        where rolle = 'resultat'
        group by all
    ),

    grunnlag as (
        select virksomhet_id, kontroll_id, aar, string_agg(distinct sted, ' og ' order by sted) as steder
        from marts.kontrolledd
        group by all
    )

    select
        avvik.*, kontrollnavn.navn as kontrollnavn, oppgitte.verdi_id, grunnlag.steder,
        avvik.kontroll_id || '/' || avvik.aar as nokkel
    from marts.avvik
    left join kontrollnavn using (virksomhet_id, kontroll_id)
    left join oppgitte using (virksomhet_id, kontroll_id, aar)
    left join grunnlag using (virksomhet_id, kontroll_id, aar)
    where avvik.virksomhet_id = ?
    order by avvik.dokument_id, avvik.sted collate nb, avvik.aar, avvik.kontroll_id
"""
ALLE = "Alle"


@bufret
def _avvik(fil: str, virksomhet_id: str) -> Sequence[Rad]:
    """All avvik, what nobody has judged first, then by how serious they are."""
    rader = data.hent(fil, _AVVIK, virksomhet_id)
    return sorted(rader, key=lambda rad: (tekst.rang(rad.status), tekst.rang(rad.alvorlighet)))


@bufret
def _utvalg(
    fil: str, virksomhet_id: str, aar: str, statuser: tuple[str, ...], alvorligheter: tuple[str, ...]
) -> Sequence[Rad]:
    return [
        rad
        for rad in _avvik(fil, virksomhet_id)
        if (aar == ALLE or str(rad.aar) == aar)
        and (not statuser or rad.status in statuser)
        and (not alvorligheter or rad.alvorlighet in alvorligheter)
    ]


def _sted(fil: str, rad: Rad) -> str:
    return f"{tekst.kortnavn(fil)[rad.dokument_id]}, {rad.sted}"


def _oppgitt(fil: str, rad: Rad) -> tabell.Celle:
    ref = kilde.av_tall(rad.verdi_id) if rad.verdi_id else kilde.av_sted(rad.dokument_id, rad.sted)
    return tabell.med_note(tabell.tall(tekst.verdi(rad.oppgitt, rad.enhet), rad.oppgitt, ref), _sted(fil, rad))


@bufret
def _tabell(
    fil: str, virksomhet_id: str, aar: str, statuser: tuple[str, ...], alvorligheter: tuple[str, ...]
) -> tabell.Tabell:
    return tabell.tabell(
        "Tall som ikke stemmer",
        [
            Kolonne("Kontroll"),
            Kolonne("Alvorlighet"),
            Kolonne("Vurdering"),
            Kolonne("Oppgitt", tall=True, hjelp="Tallet slik det er trykt"),
            Kolonne("Beregnet", tall=True, hjelp="Det de andre trykte tallene gir"),
            Kolonne("Differanse", tall=True),
            Kolonne("Vurderingen i ord"),
        ],
        [
            (
                tabell.med_note(tabell.sidelenke(rad.beskrivelse, "avvik", avvik=rad.nokkel), str(rad.aar)),
                tabell.merke(rad.alvorlighet),
                tabell.merke(rad.status),
                _oppgitt(fil, rad),
                tabell.med_note(
                    tabell.tall(
                        tekst.verdi(rad.beregnet, rad.enhet), rad.beregnet, kilde.av_kontroll(rad.kontroll_id, rad.aar)
                    ),
                    rad.steder or "",
                ),
                tabell.tall(tekst.differanse(rad.differanse, rad.enhet), rad.differanse),
                rad.forklaring or "–",
            )
            for rad in _utvalg(fil, virksomhet_id, aar, statuser, alvorligheter)
        ],
        merknad="Strek: kontrollen gjelder en frist eller et navn, ikke et tall. Regnestykket står bak hver kontroll.",
    )


@bufret
def _figur(
    fil: str, virksomhet_id: str, aar: str, statuser: tuple[str, ...], alvorligheter: tuple[str, ...]
) -> diagram.Spesifikasjon:
    antall: dict[tuple[str, str], int] = {}
    for rad in _utvalg(fil, virksomhet_id, aar, statuser, alvorligheter):
        nokkel = (rad.kontrollnavn or rad.kontrolltype, rad.alvorlighet)
        antall[nokkel] = antall.get(nokkel, 0) + 1
    grunnlag = alt.Chart(
        diagram.rader(
            {"kontroll": navn, "alvorlighet": alvorlighet, "antall": n, "rang": tekst.rang(alvorlighet)}
            for (navn, alvorlighet), n in antall.items()
        )
    ).encode(
        y=alt.Y("kontroll:N", sort=alt.EncodingSortField("antall", "sum", "descending"), title=None),
        x=alt.X("antall:Q", title="Antall avvik", axis=alt.Axis(tickMinStep=1, grid=False)),
        order=alt.Order("rang:Q"),
    )
    return diagram.ferdig(
        grunnlag.mark_bar(size=16, stroke="white", strokeWidth=1).encode(
            color=alt.Color(
                "alvorlighet:N",
                title="Alvorlighet",
                scale=alt.Scale(domain=list(tekst.ALVORLIGHET), range=[diagram.ORANSJE, diagram.BLAA, diagram.LYS]),
            ),
            tooltip=[
                alt.Tooltip("kontroll:N", title="Kontroll"),
                alt.Tooltip("alvorlighet:N", title="Alvorlighet"),
                alt.Tooltip("antall:Q", title="Antall"),
            ],
        )
    )


def _ett(fil: str, rad: Rad) -> None:
    """One avvik in full: both figures with their places, then the arithmetic."""
    st.subheader(f"{tekst.uten_markdown(rad.beskrivelse)} ({rad.aar})", anchor=False)
    if rad.oppgitt is not None:
        avrunding = f"Avrunding kan forklare {tekst.differanse(rad.toleranse, rad.enhet)}" if rad.toleranse else ""
        fliser.vis(
            [
                Flis("Oppgitt", tekst.verdi(rad.oppgitt, rad.enhet), _sted(fil, rad)),
                Flis("Beregnet", tekst.verdi(rad.beregnet, rad.enhet), "Regnestykket står under"),
                Flis("Differanse", tekst.differanse(rad.differanse, rad.enhet), avrunding),
            ],
            key="tallene",
        )
    st.markdown(
        f"**Alvorlighet: {rad.alvorlighet}.** {tekst.merke(rad.alvorlighet).forklaring}. "
        f"**Vurdering: {rad.status}.** {tekst.merke(rad.status).forklaring}."
        + (" En styringsparameter bygger på tallet." if rad.gjelder_sp else "")
    )
    if rad.forklaring:
        st.markdown(tekst.uten_markdown(rad.forklaring))
    kildevindu.vis_regnestykke(fil, rad, key="regnestykke")


valg = topp("Avvik", "Hvilke trykte tall stemmer ikke med hverandre, og hva er forklaringen?")
alle = _avvik(valg.fil, valg.virksomhet_id)
antall = {status: sum(rad.status == status for rad in alle) for status in tekst.AVVIKSSTATUS}
fliser.vis(
    [
        Flis("Avvik i alt", str(len(alle)), "Trykte tall som ikke stemmer med andre trykte tall", side="avvik"),
        *(fliser.av_ord(ord_, antall[ord_], "avvik") for ord_ in tekst.AVVIKSSTATUS),
    ],
    key="statuser",
)
if not antall["ny"]:
    st.markdown("Alle avvik er vurdert.")

with st.container(horizontal=True):
    aarene = [ALLE, *map(str, sorted({rad.aar for rad in alle}, reverse=True))]
    aar = st.selectbox("År for tallet", aarene, key="avviksaar", bind="query-params", width=160)
    statuser = st.pills(
        "Vurdering", list(tekst.AVVIKSSTATUS), selection_mode="multi", key="status", bind="query-params"
    )
    alvorligheter = st.pills(
        "Alvorlighet", list(tekst.ALVORLIGHET), selection_mode="multi", key="alvorlighet", bind="query-params"
    )
utvalg = (valg.fil, valg.virksomhet_id, aar, tuple(statuser), tuple(alvorligheter))
rader = _utvalg(*utvalg)

valgt = st.query_params.get("avvik")
if valgt is not None:
    ett = next((rad for rad in alle if rad.nokkel == valgt), None)
    if ett is None:
        st.info("Avviket finnes ikke i denne versjonen av datavarehuset.")
    else:
        _ett(valg.fil, ett)
        st.page_link("sider/avvik.py", label="Til alle avvik")
elif rader:
    lerret.vis(
        _figur(*utvalg),
        f"Stolper med antall avvik per slag kontroll, delt etter alvorlighet. {len(rader)} avvik i utvalget.",
        key="avviksfigur",
    )
tabell.vis(_tabell(*utvalg), key="avvikstabell")
nedlasting.knapper(
    "Tall som ikke stemmer",
    "avvik",
    [
        "Kontroll", "Slag kontroll", "Alvorlighet", "Vurdering", "År", "Oppgitt", "Beregnet", "Differanse", "Enhet",
        "Dokument", "Sted", "Beregnet fra", "Forklaring",
    ],
    lambda: [
        (
            rad.beskrivelse, rad.kontrollnavn, rad.alvorlighet, rad.status, rad.aar, rad.oppgitt, rad.beregnet,
            rad.differanse, rad.enhet, tekst.dokumentnavn(valg.fil)[rad.dokument_id], rad.sted, rad.beregnet_fra,
            rad.forklaring,
        )
        for rad in rader
    ],
    f"Kilde: trykte tall i dokumentene, kontrollert mot hverandre. Versjon {data.versjon(valg.fil)}.",
)  # fmt: skip
