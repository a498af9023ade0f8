"""The window that any figure opens: document, place, printed form, and the controls that it takes part in."""

from collections.abc import Callable, Mapping, Sequence
from html import escape

import streamlit as st

from dashboards.felles import kilde, tabell, tilgang
from dashboards.felles.tabell import Kolonne
from dashboards.felles.valg import gjeldende
from styring import norsk
from styring.visning import tekst
from styring.visning.data import Rad, bufret, hent, hent_en

_DOKUMENT = "select * from marts.kilder where dokument_id = ?"
_KONTROLLER_MED_TALL = """
    select distinct kontroller.* from marts.kontrollgrunnlag
    inner join marts.kontroller using (virksomhet_id, kontroll_id, aar)
    where verdi_id = ?
    order by resultat, beskrivelse
"""
_KONTROLLER_MED_HENDELSE = """
    select distinct kontroller.* from marts.kontrolledd
    inner join marts.kontroller using (virksomhet_id, kontroll_id, aar)
    where hendelse_id = ?
    order by resultat, beskrivelse
"""


def _liste(par: Sequence[tuple[str, str | None]]) -> str:
    """A list of facts; those without a value are left out."""
    ledd = "".join(f"<dt>{escape(navn)}</dt><dd>{escape(verdi)}</dd>" for navn, verdi in par if verdi)
    return f'<dl class="fakta">{ledd}</dl>'


@bufret
def _dokumentfakta(fil: str, dokument_id: str, sted: str) -> Sequence[tuple[str, str | None]]:
    dokument = hent_en(fil, _DOKUMENT, dokument_id)
    if dokument is None:
        return [("Dokument", dokument_id), ("Sted", sted)]
    filnavn = dokument.fil or "Dokumentet er ikke for hånden; det er kjent fra andre dokumenter"
    return [
        ("Dokument", dokument.tittel),
        ("Sted", sted),
        ("Avsender", dokument.avsender),
        ("Datert", tekst.dato(dokument.dato) if dokument.dato else "ikke oppgitt"),
        ("Fil", dokument.url or filnavn),
        ("Filens SHA-256", dokument.sha256),
    ]


def _kontroller(rader: Sequence[Rad]) -> tabell.Tabell:
    return tabell.tabell(
        "Kontroller som tallet er med i",
        [Kolonne("Kontroll"), Kolonne("Resultat"), Kolonne("Oppgitt", tall=True), Kolonne("Beregnet", tall=True)],
        [
            (
                tabell.kildelenke(rad.beskrivelse, kilde.av_kontroll(rad.kontroll_id, rad.aar)),
                tabell.merke(rad.resultat),
                tekst.verdi(rad.oppgitt, rad.enhet),
                tekst.verdi(rad.beregnet, rad.enhet),
            )
            for rad in rader
        ],
        tomt="Tallet er ikke med i noen kontroll.",
    )


def _tall(fil: str, verdi_id: str) -> bool:
    rad = hent_en(fil, "select * from marts.verdier where verdi_id = ?", verdi_id)
    if rad is None:
        return False
    st.html(f'<p class="stort">{escape(tekst.verdi(rad.verdi, rad.enhet, rad.desimaler))}</p>')
    st.html(
        _liste(
            [
                ("Rad", " › ".join(filter(None, [rad.overrad, rad.rad]))),
                ("Kolonne", rad.kolonne),
                ("Trykt som", rad.trykt or norsk.tall(rad.verdi, rad.desimaler)),
                ("Enhet", rad.enhet),
                ("År", str(rad.aar)),
                ("Status", rad.status),
                ("Forbehold", rad.tilnaermet),
                ("Merknad", rad.fotnote),
                ("Gruppe", None if rad.gruppe in (None, "i alt", "alle") else rad.gruppe),
                ("Står i", rad.plassering),
                *_dokumentfakta(fil, rad.dokument_id, rad.sted),
            ]
        )
    )
    tabell.vis(_kontroller(hent(fil, _KONTROLLER_MED_TALL, verdi_id)), key="kilde-kontroller")
    return True


def _hendelse(fil: str, hendelse_id: str) -> bool:
    rad = hent_en(fil, "select * from marts.tildelinger where hendelse_id = ?", hendelse_id)
    if rad is None:
        return False
    navn = tekst.dokumentnavn(fil)
    retter = rad.korrigerer_hendelse_id and hent_en(
        fil, "select * from marts.tildelinger where hendelse_id = ?", rad.korrigerer_hendelse_id
    )
    st.html(f'<p class="stort">{tekst.kroner(rad.belop_kr)} kr</p>')
    st.html(
        _liste(
            [
                ("Gjelder", f"{tekst.kap_post(rad.kapittel, rad.post).capitalize()} {rad.postnavn}"),
                ("Slag", rad.type),
                (
                    "Merknad",
                    "Brevet som ga beløpet, er ikke for hånden; det følger av saldoen i et senere brev"
                    if rad.implisitt
                    else None,
                ),
                ("Disponibelt etterpå", f"{tekst.kroner(rad.disponibelt_etter_kr)} kr"),
                ("Beløpet i brevet", None if rad.implisitt else f"{tekst.kroner(abs(rad.belop_kr))} kr"),
                ("Oppdrag", rad.oppdrag_nr),
                (
                    "Retter",
                    retter
                    and f"{tekst.kroner(retter.belop_kr)} kr på {tekst.kap_post(retter.kapittel, retter.post)} "
                    f"i {navn[retter.dokument_id]}",
                ),
                (
                    "Gitt i",
                    navn[rad.gitt_i_dokument_id] if rad.gitt_i_dokument_id not in (None, rad.dokument_id) else None,
                ),
                *_dokumentfakta(fil, rad.dokument_id, rad.sted),
            ]
        )
    )
    tabell.vis(_kontroller(hent(fil, _KONTROLLER_MED_HENDELSE, hendelse_id)), key="kilde-kontroller")
    return True


def _er_aar(tekst_: str) -> bool:
    return tekst_.isdecimal() and len(tekst_) == 4


def _kontroll(fil: str, resten: str) -> bool:
    aar, _, kontroll_id = resten.partition("/")
    if not _er_aar(aar):
        return False
    rad = hent_en(fil, "select * from marts.kontroller where kontroll_id = ? and aar = ?", kontroll_id, int(aar))
    if rad is None:
        return False
    st.markdown(f"**{tekst.uten_markdown(rad.beskrivelse)}** ({rad.aar})")
    vis_regnestykke(fil, rad, key="kilde-ledd")
    avvik = hent_en(fil, "select * from marts.avvik where kontroll_id = ? and aar = ?", kontroll_id, int(aar))
    st.html(
        _liste(
            [
                ("Resultat", f"{rad.resultat}: {tekst.merke(rad.resultat).forklaring}"),
                ("Vurdering", avvik and f"{avvik.status} ({tekst.merke(avvik.status).forklaring.lower()})"),
                ("Forklaring", avvik and avvik.forklaring),
                *_dokumentfakta(fil, rad.dokument_id, rad.sted),
            ]
        )
    )
    return True


_LEDD = """
    select kontrolledd.*, verdier.desimaler
    from marts.kontrolledd
    left join marts.verdier using (verdi_id)
    where kontrolledd.kontroll_id = ? and kontrolledd.aar = ?
    order by ledd_nr
"""


@bufret
def regnestykke(fil: str, kontroll_id: str, aar: int) -> tabell.Tabell:
    """A control's arithmetic: its terms with sign, unit and source, then what they give and what is printed."""
    navn = tekst.kortnavn(fil)
    kontroll = hent_en(fil, "select * from marts.kontroller where kontroll_id = ? and aar = ?", kontroll_id, aar)
    assert kontroll is not None
    rader: list[Sequence[tabell.Celle]] = []
    for ledd in hent(fil, _LEDD, kontroll_id, aar):
        ref = (
            kilde.av_tall(ledd.verdi_id)
            if ledd.verdi_id
            else kilde.av_hendelse(ledd.hendelse_id)
            if ledd.hendelse_id
            else kilde.av_sted(ledd.dokument_id, ledd.sted)
        )
        rader.append(
            (
                ledd.navn,
                tekst.ledd(kontroll.regel_id, ledd.rolle, ledd.fortegn),
                tabell.tall(tekst.verdi(ledd.verdi, ledd.enhet, ledd.desimaler or 0), ledd.verdi, ref),
                f"{navn.get(ledd.dokument_id, ledd.dokument_id)}, {ledd.sted}",
            )
        )
    oppgitt_ref = hent_en(
        fil,
        "select verdi_id from marts.kontrollgrunnlag where kontroll_id = ? and aar = ? and rolle = 'resultat'",
        kontroll_id,
        aar,
    )
    oppgitt = kilde.av_tall(oppgitt_ref.verdi_id) if oppgitt_ref and oppgitt_ref.verdi_id else None
    sted = f"{navn.get(kontroll.dokument_id, kontroll.dokument_id)}, {kontroll.sted}"
    bunn: list[Sequence[tabell.Celle]] = []
    if kontroll.beregnet is not None:
        bunn.append(
            (
                "Beregnet",
                "=",
                tekst.verdi(kontroll.beregnet, kontroll.enhet),
                kontroll.beregnet_fra if not rader else "",
            )
        )
    if kontroll.oppgitt is not None:
        bunn.append(
            (
                "Oppgitt",
                "",
                tabell.tall(
                    tekst.verdi(kontroll.oppgitt, kontroll.enhet),
                    kontroll.oppgitt,
                    oppgitt or kilde.av_sted(kontroll.dokument_id, kontroll.sted),
                ),
                sted,
            )
        )
    if kontroll.differanse is not None:
        toleranse = f"Tillatt: {tekst.differanse(kontroll.toleranse, kontroll.enhet)}" if kontroll.toleranse else ""
        bunn.append(("Differanse", "", tekst.differanse(kontroll.differanse, kontroll.enhet), toleranse))
    return tabell.tabell(
        f"Regnestykket for {aar}",
        [Kolonne("Ledd"), Kolonne("Regnes"), Kolonne("Tall", tall=True), Kolonne("Sted")],
        rader or [(kontroll.beregnet_fra or kontroll.beskrivelse, "", "", "")],
        bunn,
    )


def vis_regnestykke(fil: str, kontroll: Rad, key: str) -> None:
    """Show a control's arithmetic term by term."""
    tabell.vis(regnestykke(fil, kontroll.kontroll_id, kontroll.aar), key=key)


def _sted(fil: str, resten: str) -> bool:
    dokument_id, _, sted = resten.partition("/")
    tall = hent(
        fil,
        "select * from marts.verdier where virksomhet_id = ? and dokument_id = ? and sted = ? order by verdi_id",
        gjeldende().virksomhet_id,
        dokument_id,
        sted,
    )
    # a requirement or a reservation can be the only thing that is taken from a place
    if hent_en(fil, _DOKUMENT, dokument_id) is None:
        return False
    st.html(_liste(_dokumentfakta(fil, dokument_id, sted)))
    tabell.vis(
        tabell.tabell(
            "Tall fra dette stedet",
            [Kolonne("Rad"), Kolonne("År", tall=True), Kolonne("Tall", tall=True), Kolonne("Kontroller", tall=True)],
            [
                (
                    " › ".join(
                        filter(None, [rad.overrad, rad.rad, rad.kolonne if rad.kolonne != str(rad.aar) else None])
                    ),
                    tabell.tall(str(rad.aar), rad.aar),
                    tabell.tall(
                        tekst.verdi(rad.verdi, rad.enhet, rad.desimaler), rad.verdi, kilde.av_tall(rad.verdi_id)
                    ),
                    tabell.tall(str(rad.antall_kontroller), rad.antall_kontroller),
                )
                for rad in tall
            ],
            tomt="Ingen trykte tallserier er ført herfra.",
        ),
        key="kilde-sted",
    )
    return True


_POST = """
    select * from marts.budsjettutnyttelse
    where virksomhet_id = ? and budsjettaar = ? and kapittel = ? and post = ?
"""
_TRYKT_FOR_POST = """
    select verdier.* from marts.verdier
    where virksomhet_id = ? and aar = ? and kapittel = ? and post = ? and indikator_id in (
        'saldert_bevilgning', 'revidert_bevilgning', 'overfort_fra_i_fjor', 'aarets_tildeling', 'samlet_tildeling',
        'regnskap', 'mindreutgift', 'maks_overforbart', 'mulig_overforing'
    )
    order by indikator_id desc, dokument_id = ? desc, verdi_id
"""


def _post(fil: str, resten: str) -> bool:
    deler = resten.split("/")
    virksomhet_id = gjeldende().virksomhet_id
    if len(deler) != 3 or not _er_aar(deler[0]):
        return False
    aar, kapittel, post = int(deler[0]), deler[1], deler[2]
    rad = hent_en(fil, _POST, virksomhet_id, aar, kapittel, post)
    if rad is None:
        return False
    navn = tekst.kortnavn(fil)
    st.markdown(f"**{tekst.kap_post(kapittel, post).capitalize()} {tekst.uten_markdown(rad.postnavn)}** ({aar})")
    hendelser = hent(
        fil,
        "select * from marts.tildelinger where virksomhet_id = ? and budsjettaar = ? and kapittel = ? and post = ? "
        "order by nummer",
        virksomhet_id,
        aar,
        kapittel,
        post,
    )
    trykt = hent(fil, _TRYKT_FOR_POST, virksomhet_id, aar, kapittel, post, rad.regnskapskilde)
    tabell.vis(
        tabell.tabell(
            "Hva tallene bygger på",
            [Kolonne("Størrelse"), Kolonne("Beløp", tall=True), Kolonne("Dokument og sted")],
            [
                *(
                    (
                        en.type.capitalize(),
                        tabell.kroner(en.belop_kr, kilde.av_hendelse(en.hendelse_id)),
                        f"{navn[en.dokument_id]}, {en.sted}",
                    )
                    for en in hendelser
                ),
                *(
                    (
                        en.rad,
                        tabell.tall(
                            tekst.verdi(en.verdi, en.enhet, en.desimaler), en.verdi, kilde.av_tall(en.verdi_id)
                        ),
                        f"{navn[en.dokument_id]}, {en.sted}",
                    )
                    for en in trykt
                ),
            ],
            [
                (navn_, tekst.kroner(belop), hvordan)
                for navn_, belop, hvordan in (
                    ("Overført fra i fjor", rad.overfort_fra_i_fjor_kr, ""),
                    ("Tildelt i år", rad.aarets_tildeling_kr, ""),
                    ("Samlet tildeling", rad.samlet_tildeling_kr, rad.tildelingsgrunnlag or ""),
                    ("Regnskap", rad.regnskap_kr, navn.get(rad.regnskapskilde, "")),
                    ("Mindreutgift", rad.mindreutgift_kr, "Tildeling minus regnskap; negativ er merutgift"),
                    ("Høyst overførbart", rad.maks_overforbart_kr, "Grensen etter rundskriv R-2, regnet ut"),
                    ("Høyst overførbart, oppgitt", rad.oppgitt_maks_overforbart_kr, ""),
                    ("Mulig overføring", rad.mulig_overforing_kr, "Det minste av grensen og mindreutgiften"),
                    ("Mulig overføring, oppgitt", rad.oppgitt_mulig_overforing_kr, ""),
                    ("Overført til neste år", rad.overfort_til_neste_aar_kr, "Følger av neste års brev"),
                )
                if belop is not None
            ],
        ),
        key="kilde-post",
    )
    return True


_SLAG: Mapping[str, tuple[str, Callable[[str, str], bool]]] = {
    "tall": ("Et trykt tall", _tall),
    "hendelse": ("En endring i tildelingen", _hendelse),
    "kontroll": ("En kontroll", _kontroll),
    "sted": ("Et sted i et dokument", _sted),
    "post": ("En post i et år", _post),
}


def vis_valgt(fil: str) -> None:
    """Open the window for the source that the address asks for, if it asks for one."""
    ref = kilde.valgt()
    if ref is None:
        return
    tittel = _SLAG.get(ref.partition("/")[0], ("Kilde", None))[0]

    @st.dialog(f"Kilde: {tittel[0].lower()}{tittel[1:]}", width="large", on_dismiss=lambda: kilde.velg(None))
    def vindu() -> None:
        tilgang.hold()
        # read anew: a figure inside the window opens its own source in it
        slag, _, resten = (kilde.valgt() or "").partition("/")
        _, vis = _SLAG.get(slag, ("", None))
        if vis is None or not vis(fil, resten):
            st.info("Kilden finnes ikke i denne versjonen av datavarehuset.")

    vindu()
