"""Whether the agency reaches its goals: each goal, its performance parameters (SP), and their indicators over time."""

from collections.abc import Sequence

import altair as alt
import streamlit as st

from dashboards.felles import kilde, lerret, nedlasting, tabell
from dashboards.felles.tabell import Kolonne
from dashboards.felles.valg import Valg, tilbake, topp, velg_en
from styring import norsk
from styring.visning import data, diagram, maalrader, seriefigur, tekst
from styring.visning.data import Rad, bufret

_BREVAAR = "select distinct aar from marts.sp_sammendrag where virksomhet_id = ? order by aar desc"
_INDIKATORER = """
    with verdi as (
        select indikatorer.virksomhet_id, indikatorer.indikator_id, indikatorer.gruppe, indikatorer.aar,
            indikatorer.tilnaermet, verdier.verdi_id
        from marts.indikatorer
        left join marts.verdier
            on indikatorer.serie_id = verdier.serie_id and indikatorer.aar = verdier.aar
    )

    select oppnaaelse.*, siste.tilnaermet, siste.verdi_id, forrige.tilnaermet as forrige_tilnaermet,
        forrige.verdi_id as forrige_verdi_id, katalog.populasjon, katalog.maaletidspunkt, katalog.kilde
    from marts.maaloppnaaelse as oppnaaelse
    left join verdi as siste
        on
            oppnaaelse.virksomhet_id = siste.virksomhet_id
            and oppnaaelse.indikator_id = siste.indikator_id
            and oppnaaelse.gruppe = siste.gruppe
            and oppnaaelse.siste_aar = siste.aar
    left join verdi as forrige
        on
            oppnaaelse.virksomhet_id = forrige.virksomhet_id
            and oppnaaelse.indikator_id = forrige.indikator_id
            and oppnaaelse.gruppe = forrige.gruppe
            and oppnaaelse.forrige_aar = forrige.aar
    left join marts.indikatorkatalog as katalog
        on
            oppnaaelse.virksomhet_id = katalog.virksomhet_id
            and oppnaaelse.indikator_id = katalog.indikator_id
    where oppnaaelse.virksomhet_id = ? and oppnaaelse.aar = ?
    order by oppnaaelse.sp_nr, oppnaaelse.nummer
"""
# What is given and what is spent on the same part of a post stand in one row.
_PENGER = """
    select kapittel, post, postnavn, del as del_, sp_nr, aktuelle_maal, grunnlag,
        max(belop_kr) filter (art = 'tildelt') as tildelt_kr,
        max(belop_kr) filter (art = 'regnskap') as regnskap_kr,
        max([dokument_id, sted]) filter (art = 'tildelt') as tildelt_sted,
        max([dokument_id, sted]) filter (art = 'regnskap') as regnskap_sted
    from marts.maalpenger
    where
        virksomhet_id = ?
        and maal_fra_aar = ?
        and budsjettaar = ?
        and belop_kr <> 0
        and list_contains(string_split(aktuelle_maal, ', '), ?)
        and (sp_nr is null or ? is null or sp_nr = ?)
    group by all
    order by sp_nr nulls last, aktuelle_maal, kapittel, post, del_ collate nb
"""
_OPPDRAG = """
    select oppdrag.oppdrag_nr, oppdrag.del as del_, oppdrag.tittel, tilstander.status, tilstander.frist,
        tilstander.frist_trykt, tilstander.dokument_id, tilstander.sted
    from marts.oppdragstilstander as tilstander
    inner join marts.oppdrag as oppdrag
        on
            tilstander.virksomhet_id = oppdrag.virksomhet_id
            and tilstander.oppdrag_nr = oppdrag.oppdrag_nr
            and tilstander.del = oppdrag.del
    where
        oppdrag.virksomhet_id = ?
        and oppdrag.maal_nr = ?
        and ? between tilstander.gjelder_fra and tilstander.gjelder_til
    order by oppdrag.oppdrag_nr, oppdrag.del
"""
_RISIKOER = """
    select * from marts.risikoer where virksomhet_id = ? and maal_nr = ? order by aar desc, dokument_id, risiko_id
"""
_FARGER = {
    "bra": diagram.GRONN,
    "svak": diagram.ORANSJE,
    "midt": "#a37a1f",
    "brudd": diagram.LILLA,
    "noytral": diagram.BLAA,
    "tom": diagram.GRAA,
}


def _endring(rad: Rad) -> str:
    if rad.endring is None:
        return norsk.MANGLER
    enhet = "prosentpoeng" if rad.enhet == "prosent" else rad.enhet
    return f"{'+' if rad.endring > 0 else ''}{tekst.med_forbehold(rad.endring, enhet, None)}"


def _gruppe(rad: Rad) -> str:
    return "" if rad.gruppe == "alle" else rad.gruppe


def _sted(sted: Sequence[str] | None) -> str | None:
    return kilde.av_sted(*sted) if sted else None


@bufret
def _bilde(fil: str, virksomhet_id: str, aar: int, maal: str | None) -> tuple[diagram.Spesifikasjon, str, str]:
    """Each indicator a tile with its verdict's sign, in the row of its SP; a description; and the signs."""
    ruter, overskrifter, rekkefolge, brukt = [], [], [], set()
    indikatorer = [rad for rad in data.hent(fil, _INDIKATORER, virksomhet_id, aar) if not rad.er_fordeling]
    for sp in maalrader.sp(fil, virksomhet_id, aar):
        if maal not in (None, str(sp.maal_nr)):
            continue
        if f"mål {sp.maal_nr}" not in rekkefolge:
            rekkefolge.append(f"mål {sp.maal_nr}")
            overskrifter.append({"rad": f"mål {sp.maal_nr}", "tekst": f"Mål {sp.maal_nr}: {sp.maal}"})
        rekkefolge.append(f"SP {sp.sp_nr}")
        egne = sorted((en for en in indikatorer if en.sp_nr == sp.sp_nr), key=lambda en: tekst.rang(en.vurdering))
        for plass, en in enumerate(egne):
            merke = tekst.merke(en.vurdering)
            brukt.add(en.vurdering)
            ruter.append(
                {
                    "rad": f"SP {sp.sp_nr}",
                    "fra": plass,
                    "midt": plass + 0.5,
                    "til": plass + 1,
                    "tegn": merke.tegn,
                    "farge": _FARGER[merke.klasse],
                    "fylt": merke.klasse not in ("tom", "brudd"),
                    "Styringsparameter": f"SP {sp.sp_nr} {sp.sp}",
                    "Indikator": en.indikator or "Ingen",
                    "Gruppe": en.gruppe or "",
                    "Vurdering": en.vurdering,
                }
            )
    y = alt.Y(
        "rad:N",
        scale=alt.Scale(domain=rekkefolge, paddingInner=0.12),
        axis=alt.Axis(title=None, labelExpr="slice(datum.label, 0, 3) == 'mål' ? '' : datum.label"),
    )
    skala = alt.Scale(domain=[0, max([20, *(rute["til"] for rute in ruter)])], nice=False)
    alle = alt.Chart(diagram.rader(ruter)).encode(y=y)
    flate = alle.mark_rect(strokeWidth=1, xOffset=1, x2Offset=-1).encode(
        x=alt.X("fra:Q", scale=skala, axis=None),
        x2="til:Q",
        color=alt.Color("farge:N", scale=None),
        stroke=alt.Stroke("farge:N", scale=None),
        fillOpacity=alt.condition("datum.fylt", alt.value(0.45), alt.value(0.08)),
        tooltip=["Styringsparameter:N", "Indikator:N", "Gruppe:N", "Vurdering:N"],
    )
    tegn = alle.mark_text(fontSize=12, fontWeight=700).encode(x=alt.X("midt:Q", scale=skala, axis=None), text="tegn:N")
    navn = (
        alt.Chart(diagram.rader(overskrifter))
        .mark_text(align="left", baseline="middle", dy=3, fontSize=13, fontWeight=600, limit=alt.expr("width"))
        .encode(x=alt.value(0), y=y, text="tekst:N")
    )
    # what shares its rows stands together, so that they are sent once
    figur = alt.layer(alt.layer(flate, tegn), navn).properties(height=alt.Step(22))
    ord_ = sorted(brukt, key=tekst.rang)
    antall = {en: sum(rute["Vurdering"] == en for rute in ruter) for en in ord_}
    beskrivelse = (
        "En rute for hver indikator, i en rad for hver styringsparameter under sitt mål. I alt "
        + ", ".join(f"{antall[en]} {en}" for en in ord_)
        + ". Tabellene under har det samme i ord."
    )
    return diagram.ferdig(figur), beskrivelse, " · ".join(f"{tekst.merke(en).tegn} {en} ({antall[en]})" for en in ord_)


@bufret
def _oversiktstabeller(fil: str, virksomhet_id: str, aar: int) -> dict[int, tabell.Tabell]:
    """A table for each goal: its SP with verdict and summary."""
    alle = maalrader.sp(fil, virksomhet_id, aar)
    return {
        maal_nr: tabell.tabell(
            f"Mål {maal_nr}: {next(sp.maal for sp in alle if sp.maal_nr == maal_nr)}",
            [
                Kolonne("Styringsparameter"),
                Kolonne("Vurdering", hjelp="Det alle indikatorene som kan vurderes, er enige om; ellers sammensatt"),
                Kolonne("Vurdert", tall=True, hjelp="Indikatorer som kan vurderes, av dem det finnes tall for"),
                Kolonne("Siste tall", tall=True, hjelp="Siste år noen av indikatorene har tall for"),
                Kolonne("Indikatorene etter vurdering"),
            ],
            [
                (
                    tabell.sidelenke(f"SP {sp.sp_nr} {sp.sp}", "maal", sp=str(sp.sp_nr)),
                    tabell.merke(sp.vurdering),
                    tabell.tall(f"{sp.antall_vurdert} av {sp.antall_indikatorer}", sp.antall_vurdert)
                    if sp.antall_indikatorer
                    else norsk.MANGLER,
                    tabell.tall(str(sp.siste_aar or norsk.MANGLER), sp.siste_aar),
                    sp.sammendrag,
                )
                for sp in alle
                if sp.maal_nr == maal_nr
            ],
        )
        for maal_nr in dict.fromkeys(sp.maal_nr for sp in alle)
    }


@bufret
def _fakta(fil: str, virksomhet_id: str, aar: int, sp_nr: int) -> tabell.Tabell:
    """What is said of one SP as a whole."""
    sp = next(en for en in maalrader.sp(fil, virksomhet_id, aar) if en.sp_nr == sp_nr)
    navn = tekst.kortnavn(fil)
    rader: list[Sequence[tabell.Celle]] = [
        ("Vurdering", tabell.merke(sp.vurdering)),
        ("Indikatorene", sp.sammendrag),
        ("Mål", tabell.sidelenke(f"Mål {sp.maal_nr}: {sp.maal}", "maal", maal=str(sp.maal_nr))),
    ]
    if sp.forbehold:
        rader.append(("Forbehold", sp.forbehold))
        if sp.forbehold_dokument_id:
            vist = f"{navn[sp.forbehold_dokument_id]}, {sp.forbehold_sted}"
            ref = kilde.av_sted(sp.forbehold_dokument_id, sp.forbehold_sted)
            rader.append(("Forbeholdet bygger på", tabell.kildelenke(vist, ref)))
    sted = tabell.kildelenke(f"{navn[sp.dokument_id]}, {sp.sted}", kilde.av_sted(sp.dokument_id, sp.sted))
    return tabell.tabell(
        f"SP {sp.sp_nr} samlet", [Kolonne("Opplysning"), Kolonne("Innhold")], [*rader, ("Parameteren står i", sted)]
    )


@bufret
def _figurer(fil: str, virksomhet_id: str, aar: int, sp_nr: int) -> Sequence[tuple[diagram.Spesifikasjon, str]]:
    """A chart and its description for each indicator that has more than one year, or a requirement."""
    valgte = []
    for rad in data.hent(fil, _INDIKATORER, virksomhet_id, aar):
        if rad.sp_nr == sp_nr and rad.indikator_id and not rad.er_fordeling:
            serie = seriefigur.tallene(fil, virksomhet_id, rad.indikator_id, rad.gruppe)
            if len(serie) > 1 or (serie and rad.krav is not None):
                valgte.append((rad, serie))
    linjer = seriefigur.tittellinjer([rad.indikator for rad, _ in valgte])

    def figur(rad: Rad, serie: Sequence[Rad]) -> diagram.Spesifikasjon:
        under = ["kohort" if rad.kohort_aar else "", _gruppe(rad), "" if rad.enhet == "antall" else rad.enhet]
        krav = f", krav {tekst.med_forbehold(rad.krav, rad.enhet, None)}" if rad.krav is not None else ""
        vurdering = f"{tekst.merke(rad.vurdering).tegn} {rad.vurdering}{' (foreløpig)' if rad.forelopig else ''}{krav}"
        undertittel = [", ".join(filter(None, under)), vurdering]
        return seriefigur.liten(rad.indikator, undertittel, seriefigur.Serie(rad.gruppe, serie), linjer, rad.krav)

    return [(figur(rad, serie), f"{rad.indikator}. {rad.begrunnelse}") for rad, serie in valgte]


@bufret
def _indikatorrader(fil: str, virksomhet_id: str, aar: int, sp_nr: int, med_fordelinger: bool) -> Sequence[Rad]:
    return [
        rad
        for rad in data.hent(fil, _INDIKATORER, virksomhet_id, aar)
        if rad.sp_nr == sp_nr and rad.indikator_id and (med_fordelinger or not rad.er_fordeling)
    ]


@bufret
def _indikatortabell(fil: str, virksomhet_id: str, aar: int, sp_nr: int, med_fordelinger: bool) -> tabell.Tabell:
    def rad_(rad: Rad) -> Sequence[tabell.Celle]:
        naar = [
            str(rad.maalt_aar) if rad.maalt_aar else "",
            f"{rad.kohort_aar}-kohorten" if rad.kohort_aar not in (None, rad.maalt_aar) else "",
            "foreløpig" if rad.forelopig else "",
        ]
        siste = tabell.med_note(
            tabell.tall(
                tekst.med_forbehold(rad.siste_verdi, rad.enhet, rad.tilnaermet),
                rad.siste_verdi,
                kilde.av_tall(rad.verdi_id),
            ),
            ", ".join(filter(None, naar)),
        )
        forrige = tabell.med_note(
            tabell.tall(
                tekst.med_forbehold(rad.forrige_verdi, rad.enhet, rad.forrige_tilnaermet),
                rad.forrige_verdi,
                rad.forrige_verdi_id and kilde.av_tall(rad.forrige_verdi_id),
            ),
            str(rad.forrige_aar) if rad.forrige_aar else "",
        )
        # a change that is printed alone has no earlier figure to open
        endring_kilde = kilde.av_sted(rad.dokument_id, rad.sted) if rad.forrige_verdi is None else None
        avvik = (
            f" Tallet er med i {tekst.antall(rad.antall_uforklarte_avvik, 'avvik', 'avvik')} uten forklaring."
            if rad.antall_uforklarte_avvik
            else ""
        )
        return (
            tabell.med_note({"t": rad.indikator}, _gruppe(rad)) if _gruppe(rad) else rad.indikator,
            tabell.merke(rad.vurdering),
            siste,
            forrige,
            tabell.tall(_endring(rad), rad.endring, endring_kilde),
            tabell.tall(
                tekst.med_forbehold(rad.krav, rad.enhet, None),
                rad.krav,
                kilde.av_sted(rad.krav_dokument_id, rad.krav_sted) if rad.krav is not None else None,
            ),
            f"{rad.begrunnelse}{avvik}",
        )

    return tabell.tabell(
        f"Indikatorene for SP {sp_nr}",
        [
            Kolonne("Indikator", hjelp="Med gruppen tallet gjelder, når det ikke gjelder alle"),
            Kolonne("Vurdering"),
            Kolonne("Siste verdi", tall=True, hjelp="Med året det ble målt, og kohorten når den er fra et annet år"),
            Kolonne("Forrige verdi", tall=True),
            Kolonne("Endring", tall=True, hjelp="Strek når serien er brutt, eller når bare ett år er trykt"),
            Kolonne("Krav", tall=True, hjelp="Strek når ingen dokumenter stiller krav"),
            Kolonne("Begrunnelse"),
        ],
        [rad_(rad) for rad in _indikatorrader(fil, virksomhet_id, aar, sp_nr, med_fordelinger)],
        tomt="Dokumentene har ingen tall som måler styringsparameteren. Forbeholdet over sier hva de har i stedet.",
        merknad="Et tall åpner kilden sin.",
    )


@bufret
def _definisjonstabell(fil: str, virksomhet_id: str, aar: int, sp_nr: int) -> tabell.Tabell:
    rader = {rad.indikator: rad for rad in _indikatorrader(fil, virksomhet_id, aar, sp_nr, True)}
    krav = {rad.indikator: rad.kravgrunnlag for rad in reversed(tuple(rader.values())) if rad.kravgrunnlag}
    return tabell.tabell(
        "Slik er indikatorene definert",
        [
            Kolonne("Indikator"),
            Kolonne("Måler"),
            Kolonne("Hvem"),
            Kolonne("Når"),
            Kolonne("Hvem som måler"),
            Kolonne("Bedre er"),
            Kolonne("Krav"),
        ],
        [
            (
                rad.indikator,
                rad.definisjon or "",
                rad.populasjon or "",
                rad.maaletidspunkt or "",
                rad.kilde or "",
                rad.retning if rad.retning != "nøytral" else "verken eller",
                krav.get(rad.indikator, norsk.MANGLER),
            )
            for rad in rader.values()
        ],
    )


@bufret
def _pengetabell(
    fil: str, virksomhet_id: str, brevaar: int, aar: int, maal_nr: int, sp_nr: int | None
) -> tabell.Tabell:
    return tabell.tabell(
        f"Penger knyttet til mål {maal_nr}, {aar}",
        [
            Kolonne("Kapittel, post og del"),
            Kolonne("Tildelt (kr)", tall=True, hjelp="Strek når dokumentene ikke oppgir hva som er tildelt til delen"),
            Kolonne("Regnskap (kr)", tall=True, hjelp="Strek når dokumentene ikke oppgir hva som er brukt på delen"),
            Kolonne("Knyttet til"),
            Kolonne("Hva som knytter dem sammen"),
        ],
        [
            (
                f"{tekst.kap_post(rad.kapittel, rad.post).capitalize()} {rad.postnavn}: {rad.del_}",
                tabell.kroner(rad.tildelt_kr, _sted(rad.tildelt_sted)),
                tabell.kroner(rad.regnskap_kr, _sted(rad.regnskap_sted)),
                f"SP {rad.sp_nr}" if rad.sp_nr else f"mål {rad.aktuelle_maal}",
                rad.grunnlag,
            )
            for rad in data.hent(fil, _PENGER, virksomhet_id, brevaar, aar, str(maal_nr), sp_nr, sp_nr)
        ],
        tomt=f"Dokumentene knytter ingen beløp i {aar} til målet.",
        merknad="Beløp som er knyttet til flere mål, er ikke delt mellom dem og kan ikke legges sammen.",
    )


@bufret
def _oppdragstabell(fil: str, virksomhet_id: str, maal_nr: int, dato: object) -> tabell.Tabell:
    return tabell.tabell(
        f"Oppdrag under mål {maal_nr} per {tekst.dato(dato)}",  # type: ignore[arg-type]
        [Kolonne("Oppdrag"), Kolonne("Frist"), Kolonne("Status")],
        [
            (
                tabell.sidelenke(
                    tekst.oppdragsnavn(rad.oppdrag_nr, rad.del_, rad.tittel),
                    "oppdrag",
                    oppdrag=rad.oppdrag_nr,
                ),
                tabell.dato(rad.frist, kilde.av_sted(rad.dokument_id, rad.sted))
                if rad.frist
                else tabell.kildelenke(rad.frist_trykt or norsk.MANGLER, kilde.av_sted(rad.dokument_id, rad.sted)),
                tabell.merke(rad.status),
            )
            for rad in data.hent(fil, _OPPDRAG, virksomhet_id, maal_nr, dato)
        ],
        tomt="Brevene har ingen oppdrag under målet denne dagen.",
        merknad="Oppdragene er knyttet til mål, ikke til styringsparametere.",
    )


@bufret
def _risikotabell(fil: str, virksomhet_id: str, maal_nr: int) -> tabell.Tabell:
    navn = tekst.kortnavn(fil)
    return tabell.tabell(
        f"Risikoer for mål {maal_nr}",
        [
            Kolonne("Risiko", hjelp="Som trykt"),
            Kolonne("År", tall=True),
            Kolonne("Før tiltak", hjelp="Vurderingen før tiltak, som trykt"),
            Kolonne("Etter tiltak", hjelp="Vurderingen etter tiltak, som trykt; strek når ingen er trykt"),
            Kolonne("Kilde"),
        ],
        [
            (
                rad.risiko,
                tabell.tall(str(rad.aar), rad.aar),
                rad.risikovurdering,
                rad.restrisiko or norsk.MANGLER,
                tabell.kildelenke(f"{navn[rad.dokument_id]}, {rad.sted}", kilde.av_sted(rad.dokument_id, rad.sted)),
            )
            for rad in data.hent(fil, _RISIKOER, virksomhet_id, maal_nr)
        ],
        tomt="Dokumentene har ingen risiko for målet.",
    )


def _vis_knyttet(valg: Valg, aar: int, maal_nr: int, sp_nr: int | None) -> None:
    st.header("Penger, oppdrag og risiko", anchor=False)
    tabell.vis(_pengetabell(valg.fil, valg.virksomhet_id, aar, valg.aar, maal_nr, sp_nr), key="penger")
    tabell.vis(_oppdragstabell(valg.fil, valg.virksomhet_id, maal_nr, valg.dato), key="oppdragene")
    tabell.vis(_risikotabell(valg.fil, valg.virksomhet_id, maal_nr), key="risikoer")


def _vis_oversikt(valg: Valg, aar: int, maal: str | None) -> None:
    bilde, beskrivelse, tegn = _bilde(valg.fil, valg.virksomhet_id, aar, maal)
    st.header("Hver indikator, etter vurdering", anchor=False)
    lerret.vis(bilde, beskrivelse, key="bilde")
    st.caption(f"{tegn}. De fylte rutene er vurdert. En indikator som måler flere SP, telles i hver.")
    st.header("Styringsparameterne", anchor=False)
    for maal_nr, innhold in _oversiktstabeller(valg.fil, valg.virksomhet_id, aar).items():
        if maal in (None, str(maal_nr)):
            tabell.vis(innhold, key=f"maal-{maal_nr}")
    if maal:
        _vis_knyttet(valg, aar, int(maal), None)
    nedlasting.knapper(
        "Styringsparameterne",
        "styringsparametere",
        ["År", "Mål", "Målets navn", "SP", "Styringsparameter", "Vurdering", "Indikatorer", "Vurdert", "Sammendrag"],
        lambda: [
            (sp.aar, sp.maal_nr, sp.maal, sp.sp_nr, sp.sp, sp.vurdering, sp.antall_indikatorer, sp.antall_vurdert,
             sp.sammendrag)
            for sp in maalrader.sp(valg.fil, valg.virksomhet_id, aar)
        ],
        f"Mål og styringsparametere i tildelingsbrevet for {aar}. Versjon {data.versjon(valg.fil)}.",
    )  # fmt: skip


def _vis_sp(valg: Valg, aar: int, sp: Rad) -> None:
    tilbake("Vis alle mål og styringsparametere", "sp")
    st.header(f"SP {sp.sp_nr}: {tekst.uten_markdown(sp.sp)}", anchor=False)
    tabell.vis(_fakta(valg.fil, valg.virksomhet_id, aar, sp.sp_nr), key="fakta")
    figurer = _figurer(valg.fil, valg.virksomhet_id, aar, sp.sp_nr)
    if sp.antall_indikatorer:
        st.subheader("Utviklingen", anchor=False)
        uten = sp.antall_indikatorer - len(figurer)
        forklaring = (
            "Åpne punkter og stiplet linje er foreløpige tall. Tynn linje over et brudd: uten gruppen som kom til. "
            if figurer
            else ""
        )
        if uten:
            har = "indikator har" if uten == 1 else "indikatorer har"
            forklaring += f"{norsk.tall(uten)} {har} bare ett år med tall og intet krav, og står bare i tabellen."
        st.caption(forklaring)
    lerret.vis_smaa(figurer, key=f"sp-{sp.sp_nr}")
    st.subheader("Indikatorene", anchor=False)
    fordelinger = st.toggle("Vis fordelinger på grupper", key="fordelinger", bind="query-params")
    tabell.vis(_indikatortabell(valg.fil, valg.virksomhet_id, aar, sp.sp_nr, fordelinger), key="indikatorer")
    if sp.antall_indikatorer:
        nedlasting.knapper(
            f"Indikatorene for SP {sp.sp_nr}",
            f"sp-{sp.sp_nr}",
            ["Indikator", "Gruppe", "Siste verdi", "Enhet", "Siste år", "Målt i", "Kohort", "Status", "Forrige verdi",
             "Forrige år", "Endring", "Krav", "Vurdering", "Begrunnelse"],
            lambda: [
                (en.indikator, en.gruppe, en.siste_verdi, en.enhet, en.siste_aar, en.maalt_aar, en.kohort_aar,
                 en.siste_status, en.forrige_verdi, en.forrige_aar, en.endring, en.krav, en.vurdering, en.begrunnelse)
                for en in _indikatorrader(valg.fil, valg.virksomhet_id, aar, sp.sp_nr, fordelinger)
            ],
            f"SP {sp.sp_nr} {sp.sp}. {sp.forbehold or ''} Versjon {data.versjon(valg.fil)}.",
        )  # fmt: skip
        with st.expander("Slik er indikatorene definert"):
            tabell.vis(_definisjonstabell(valg.fil, valg.virksomhet_id, aar, sp.sp_nr), key="definisjoner")
    _vis_knyttet(valg, aar, sp.maal_nr, sp.sp_nr)


def _vis(valg: Valg) -> None:
    brevaar = [rad.aar for rad in data.hent(valg.fil, _BREVAAR, valg.virksomhet_id)]
    if not brevaar:
        st.info(f"Dokumentene har ikke noe tildelingsbrev med mål for {valg.kortnavn}.")
        return
    aar = valg.aar if valg.aar in brevaar else brevaar[0]
    alle = maalrader.sp(valg.fil, valg.virksomhet_id, aar)
    tall_fra = sorted({sp.siste_aar for sp in alle if sp.siste_aar})
    st.markdown(
        f"Målene og styringsparameterne (SP) er de i tildelingsbrevet for **{aar}**"
        + (f"; for {valg.aar} foreligger det ikke noe brev med mål." if aar != valg.aar else ".")
        + (f" Tallene er de siste som er trykt, fra {' og '.join(map(str, tall_fra))}." if tall_fra else "")
    )
    velgere = st.columns(2)
    maalene = {str(sp.maal_nr): f"Mål {sp.maal_nr}: {sp.maal}" for sp in alle}
    with velgere[0]:
        maal = velg_en("Mål", {"": "Alle mål", **maalene}, "maal") or None
    valgbare = {str(sp.sp_nr): sp for sp in alle if maal in (None, str(sp.maal_nr))}
    navn = {nr: f"SP {nr} {sp.sp}" for nr, sp in valgbare.items()}
    # an SP of another goal is not chosen any more
    if st.query_params.get("sp") in {str(sp.sp_nr) for sp in alle} - {*valgbare}:
        st.query_params.pop("sp")
    with velgere[1]:
        valgt = velg_en("Styringsparameter", {"": "Alle styringsparametere", **navn}, "sp")
    if valgt:
        _vis_sp(valg, aar, valgbare[valgt])
    else:
        _vis_oversikt(valg, aar, maal)


_vis(topp("Mål og SP", "Når virksomheten målene, og hva viser styringsparameterne?"))
