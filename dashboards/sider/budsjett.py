"""What was allocated by which letter, what is at disposal on a day, what was spent, and who it is earmarked for."""

import datetime
from collections.abc import Sequence

import altair as alt
import streamlit as st

from dashboards.felles import kilde, lerret, nedlasting, tabell
from dashboards.felles.tabell import Kolonne
from dashboards.felles.valg import topp, velg_en
from styring import norsk
from styring.visning import data, diagram, summer, tekst
from styring.visning.data import Rad, bufret

_UTNYTTELSE = """
    select * from marts.budsjettutnyttelse
    where virksomhet_id = ?
    order by budsjettaar, kapittel, post
"""
_HENDELSER = """
    select tildelinger.*, brev.dokument_id as brev,
        row_number() over (
            partition by kapittel, post, brev.dokument_id, tildelinger.type, oppdrag_nr order by nummer
        ) as gang
    from marts.tildelinger
    inner join marts.kilder as brev
        on coalesce(tildelinger.gitt_i_dokument_id, tildelinger.dokument_id) = brev.dokument_id
    where tildelinger.virksomhet_id = ? and budsjettaar = ?
    order by gjelder_fra, implisitt desc, brev.rekkefolge, tildelinger.nummer, kapittel, post
"""
_BINDINGER = """
    select * from marts.budsjettbindinger
    where virksomhet_id = ? and budsjettaar = ?
    order by kapittel, post, binding collate nb
"""
_I_STATSREGNSKAPET = """
    select 1 as finnes from marts.budsjettutnyttelse_per_maaned
    where virksomhet_id = ? and budsjettaar = ?
    limit 1
"""
AAPNING = ("implisitt åpning", "opprinnelig tildeling")
RETTELSE = ("korrigering", "tilbaketrekking")
FARGER = {
    "åpning": diagram.GRAA,
    "økt": diagram.BLAA,
    "redusert": diagram.ORANSJE,
    "flyttet eller rettet": diagram.LILLA,
}
MILLION = 1_000_000
# as wide as a figure, and not collapsed like a space
FIGURROM = "\u2007"
Post = tuple[str, str]


@bufret
def _poster(fil: str, virksomhet_id: str) -> dict[tuple[int, str, str], Rad]:
    """Utilisation by year, chapter and post."""
    return {(rad.budsjettaar, rad.kapittel, rad.post): rad for rad in data.hent(fil, _UTNYTTELSE, virksomhet_id)}


def _navn(rad: Rad) -> str:
    return f"{tekst.kap_post(rad.kapittel, rad.post).capitalize()} {rad.postnavn}"


def _dag(aar: int, dato: datetime.date) -> datetime.date:
    """The chosen date, or the nearest day of the budget year."""
    return min(max(dato, datetime.date(aar, 1, 1)), datetime.date(aar, 12, 31))


@bufret
def _utnyttelsestabell(fil: str, virksomhet_id: str, aar: int, dag: datetime.date) -> tabell.Tabell:
    rader = [rad for (budsjettaar, *_), rad in _poster(fil, virksomhet_id).items() if budsjettaar == aar]
    disponibelt = {
        (rad.kapittel, rad.post): rad
        for rad in data.hent(fil, _HENDELSER, virksomhet_id, aar)
        if rad.gjelder_fra <= dag <= rad.gjelder_til
    }

    def sum_av(felt: str) -> tabell.Celle:
        belop, dekning = summer.sum_av(rader, felt)
        return tabell.med_note({"t": tekst.kroner(belop)}, dekning)

    def paa_dagen(rad: Rad) -> tabell.Celle:
        hendelse = disponibelt.get((rad.kapittel, rad.post))
        if hendelse is None:
            return norsk.MANGLER
        return tabell.kroner(hendelse.disponibelt_etter_kr, kilde.av_hendelse(hendelse.hendelse_id))

    return tabell.tabell(
        f"Tildelt og brukt {aar}, i kroner",
        [
            Kolonne("Kapittel og post"),
            Kolonne("Overført fra i fjor", tall=True),
            Kolonne("Tildelt i år", tall=True),
            Kolonne("Samlet tildeling", tall=True),
            Kolonne(f"Disponibelt {tekst.dato(dag)}", tall=True),
            Kolonne("Regnskap", tall=True),
            Kolonne("Mindreutgift", tall=True, hjelp="Samlet tildeling minus regnskap; negativ er merutgift"),
            Kolonne("Utnyttelse", tall=True, hjelp="Regnskap som andel av samlet tildeling"),
        ],
        [
            (
                tabell.sidelenke(_navn(rad), "budsjett", post=f"{rad.kapittel}/{rad.post}"),
                *(
                    tabell.kroner(belop, kilde.av_post(aar, rad.kapittel, rad.post))
                    for belop in (rad.overfort_fra_i_fjor_kr, rad.aarets_tildeling_kr, rad.samlet_tildeling_kr)
                ),
                paa_dagen(rad),
                tabell.kroner(rad.regnskap_kr, kilde.av_post(aar, rad.kapittel, rad.post)),
                tabell.kroner(rad.mindreutgift_kr, kilde.av_post(aar, rad.kapittel, rad.post)),
                tabell.andel(rad.utnyttelsesgrad, kilde.av_post(aar, rad.kapittel, rad.post)),
            )
            for rad in rader
        ],
        [
            (
                "Sum",
                sum_av("overfort_fra_i_fjor_kr"),
                sum_av("aarets_tildeling_kr"),
                sum_av("samlet_tildeling_kr"),
                norsk.MANGLER,
                sum_av("regnskap_kr"),
                sum_av("mindreutgift_kr"),
                norsk.MANGLER,
            )
        ]
        if rader
        else [],
        tomt=f"Dokumentene har ingen tildeling og ikke noe regnskap for {aar}.",
        merknad="Strek: tallet foreligger ikke i dokumentene." + summer.forbehold(rader),
    )


@bufret
def _kjede(fil: str, virksomhet_id: str, aar: int, post: Post) -> Sequence[Post]:
    """The post, and those that its corrections move money to or from, the corrected first."""
    hendelser = data.hent(fil, _HENDELSER, virksomhet_id, aar)
    eier = {rad.hendelse_id: (rad.kapittel, rad.post) for rad in hendelser}
    # T6-2024's own letter is not at hand: an event can correct one that is known only through it
    par = {
        ((rad.kapittel, rad.post), eier[rad.korrigerer_hendelse_id])
        for rad in hendelser
        if rad.korrigerer_hendelse_id in eier
    }
    med = {post}
    while nye := {en for a, b in par for en in (a, b) if {a, b} & med} - med:
        med |= nye
    # a post whose money is corrected elsewhere stands before the one that it goes to
    return sorted(med, key=lambda en: (any(a == en != b for a, b in par), en))


def _steg(fil: str, rad: Rad) -> str:
    """A step's name: its letter, and what the letter does."""
    brev = tekst.kortnavn(fil)[rad.brev].removesuffix(f" ({rad.budsjettaar})")
    hva = "åpning" if rad.type in AAPNING else f"oppdrag {rad.oppdrag_nr}" if rad.oppdrag_nr else rad.type
    return f"{brev}: {hva}" + (f" ({rad.gang})" if rad.gang > 1 else "")


def _slag(rad: Rad) -> str:
    if rad.type in AAPNING:
        return "åpning"
    if rad.type in RETTELSE or rad.korrigerer_hendelse_id:
        return "flyttet eller rettet"
    return "økt" if rad.belop_kr > 0 else "redusert"


def _flyttet(fil: str, rad: Rad, retter: Rad | None) -> str:
    """Where a correction takes its money from, or which letter it undoes."""
    if retter is None:
        return ""
    if (retter.kapittel, retter.post) != (rad.kapittel, rad.post):
        return f"{'fra' if rad.belop_kr > 0 else 'til'} {tekst.kap_post(retter.kapittel, retter.post)}"
    return f"retter {tekst.kortnavn(fil)[retter.brev].removesuffix(f' ({rad.budsjettaar})')}"


@bufret
def _trapp(fil: str, virksomhet_id: str, aar: int, post: Post, dag: datetime.date) -> diagram.Spesifikasjon:
    """From opening to disposable, a step for each letter. Linked posts have the same steps, so that an amount that is
    moved stands on one line in both."""
    kjede = _kjede(fil, virksomhet_id, aar, post)
    alle = data.hent(fil, _HENDELSER, virksomhet_id, aar)
    etter_id = {rad.hendelse_id: rad for rad in alle}
    steg = list(dict.fromkeys(_steg(fil, rad) for rad in alle if (rad.kapittel, rad.post) in kjede))
    trinn = [
        {
            "steg": _steg(fil, rad),
            "fra": diagram.tall((rad.disponibelt_etter_kr - rad.belop_kr) / MILLION),
            "til": diagram.tall(rad.disponibelt_etter_kr / MILLION),
            "slag": _slag(rad),
            "etikett": tekst.med_fortegn(rad.belop_kr / MILLION)
            if rad.type not in AAPNING
            else norsk.tall(rad.belop_kr / MILLION, 3),
            "flyttet": _flyttet(fil, rad, etter_id.get(rad.korrigerer_hendelse_id)),
            "belop": f"{tekst.kroner(rad.belop_kr)} kr",
            "etter": f"{tekst.kroner(rad.disponibelt_etter_kr)} kr",
            "senere": rad.gjelder_fra > dag,
        }
        for rad in alle
        if (rad.kapittel, rad.post) == post
    ]
    grunnlag = alt.Chart().encode(
        y=alt.Y(
            "steg:N", sort=steg, scale=alt.Scale(domain=steg), title=None, axis=alt.Axis(labelLimit=230, grid=True)
        ),
        opacity=alt.condition("datum.senere", alt.value(0.35), alt.value(1)),
        color=alt.Color("slag:N", legend=None, scale=alt.Scale(domain=list(FARGER), range=list(FARGER.values()))),
        tooltip=[
            alt.Tooltip("steg:N", title="Brev"),
            alt.Tooltip("belop:N", title="Beløp"),
            alt.Tooltip("etter:N", title="Disponibelt etterpå"),
        ],
    )
    x = alt.X(
        "fra:Q",
        title="Mill. kr",
        scale=alt.Scale(zero=False, padding=85),
        axis=alt.Axis(grid=False, tickCount=3, format=",~f"),
    )
    ord_ = grunnlag.transform_calculate(hoyre="max(datum.fra, datum.til)").mark_text(align="left", dx=8, fontSize=12)
    figur = alt.layer(
        grunnlag.transform_filter("datum.slag != 'åpning'").mark_bar(size=14).encode(x=x, x2="til:Q"),
        grunnlag.mark_tick(thickness=3, size=24).encode(x="til:Q"),
        ord_.encode(x="hoyre:Q", text="etikett:N", color=alt.value(diagram.GRAA)),
        ord_.mark_text(align="left", dx=8, dy=13, fontSize=11).encode(
            x="hoyre:Q", text="flyttet:N", color=alt.value(diagram.GRAA)
        ),
        data=diagram.rader(trinn),
    ).properties(height=alt.Step(38))
    return diagram.ferdig(figur)


@bufret
def _hendelsestabell(fil: str, virksomhet_id: str, aar: int, post: Post) -> tabell.Tabell:
    kjede = _kjede(fil, virksomhet_id, aar, post)
    alle = data.hent(fil, _HENDELSER, virksomhet_id, aar)
    etter_id = {rad.hendelse_id: rad for rad in alle}
    return tabell.tabell(
        "Endringene, brev for brev",
        [
            Kolonne("Brev"),
            Kolonne("Kapittel og post"),
            Kolonne("Hva"),
            Kolonne("Gjelder fra"),
            Kolonne("Beløp (kr)", tall=True),
            Kolonne("Disponibelt etterpå (kr)", tall=True),
        ],
        [
            (
                tekst.kortnavn(fil)[rad.brev],
                tabell.med_note({"t": tekst.kap_post(rad.kapittel, rad.post).capitalize()}, rad.postnavn),
                tabell.med_note(
                    {"t": "åpning, følger av en saldo i brevet" if rad.implisitt else rad.type},
                    _flyttet(fil, rad, etter_id.get(rad.korrigerer_hendelse_id)),
                ),
                tabell.dato(rad.gjelder_fra)
                if rad.dato
                else {**tabell.dato(rad.gjelder_fra), "t": f"tidligst {tekst.dato(rad.gjelder_fra)}"},
                tabell.tall(
                    tekst.kroner(rad.belop_kr) if rad.type in AAPNING else tekst.med_fortegn(rad.belop_kr),
                    rad.belop_kr,
                    kilde.av_hendelse(rad.hendelse_id),
                ),
                tabell.kroner(rad.disponibelt_etter_kr, kilde.av_hendelse(rad.hendelse_id)),
            )
            for rad in alle
            if (rad.kapittel, rad.post) in kjede
        ],
        merknad="Et brev uten dato gjelder fra den tidligste dagen innholdet tillater.",
    )


@bufret
def _aarstabell(fil: str, virksomhet_id: str, post: Post) -> tabell.Tabell:
    rader = [rad for (_, *en), rad in _poster(fil, virksomhet_id).items() if tuple(en) == post]
    navn = tekst.kortnavn(fil)

    def ref(rad: Rad) -> str:
        return kilde.av_post(rad.budsjettaar, rad.kapittel, rad.post)

    return tabell.tabell(
        "Tildeling, regnskap og overføring år for år, i kroner",
        [
            Kolonne("År"),
            Kolonne("Samlet tildeling", tall=True),
            Kolonne("Regnskap", tall=True),
            Kolonne("Mindreutgift", tall=True),
            Kolonne("Utnyttelse", tall=True),
            Kolonne("Statens reviderte bevilgning", tall=True, hjelp="På hele posten, som flere kan dele"),
            Kolonne("Høyst overførbart", tall=True, hjelp="Grensen etter rundskriv R-2, regnet ut"),
            Kolonne("Mulig overføring", tall=True, hjelp="Det minste av grensen og mindreutgiften"),
            Kolonne("Overført til neste år", tall=True),
        ],
        [
            (
                tabell.tall(str(rad.budsjettaar), rad.budsjettaar),
                tabell.med_note(
                    tabell.kroner(rad.samlet_tildeling_kr, ref(rad)),
                    rad.tildelingsgrunnlag or "tildelingsbrevet foreligger ikke",
                ),
                tabell.med_note(
                    tabell.kroner(rad.regnskap_kr, ref(rad)),
                    navn.get(rad.regnskapskilde, "regnskap foreligger ikke").partition(":")[0],
                ),
                tabell.kroner(rad.mindreutgift_kr, ref(rad)),
                tabell.andel(rad.utnyttelsesgrad, ref(rad)),
                tabell.kroner(rad.revidert_bevilgning_kr, ref(rad)),
                tabell.med_note(
                    tabell.kroner(rad.maks_overforbart_kr, ref(rad)),
                    f"oppgitt: {tekst.kroner(rad.oppgitt_maks_overforbart_kr)}"
                    if rad.oppgitt_maks_overforbart_kr is not None
                    else "",
                ),
                tabell.med_note(
                    tabell.kroner(rad.mulig_overforing_kr, ref(rad)),
                    f"oppgitt: {tekst.kroner(rad.oppgitt_mulig_overforing_kr)}"
                    if rad.oppgitt_mulig_overforing_kr is not None
                    else "",
                ),
                tabell.kroner(rad.overfort_til_neste_aar_kr, ref(rad)),
            )
            for rad in rader
        ],
        merknad="Strek: tallet foreligger ikke i dokumentene, eller følger ikke av dem.",
    )


@bufret
def _aarsfigur(fil: str, virksomhet_id: str, post: Post) -> diagram.Spesifikasjon:
    """What was allocated as a frame, what was spent as what fills it."""
    rader = [rad for (_, *en), rad in _poster(fil, virksomhet_id).items() if tuple(en) == post]
    grunnlag = alt.Chart(
        diagram.rader(
            {
                "aar": str(rad.budsjettaar),
                "tildeling": None
                if rad.samlet_tildeling_kr is None
                else diagram.tall(rad.samlet_tildeling_kr / MILLION),
                "regnskap": None if rad.regnskap_kr is None else diagram.tall(rad.regnskap_kr / MILLION),
                "etikett": "regnskap foreligger ikke"
                if rad.regnskap_kr is None
                else f"{tekst.millioner(rad.regnskap_kr)}, tildeling foreligger ikke"
                if rad.samlet_tildeling_kr is None
                else f"{tekst.millioner(rad.regnskap_kr)} av {norsk.tall(rad.samlet_tildeling_kr / MILLION, 1)} "
                f"({norsk.prosent(rad.utnyttelsesgrad)})",
            }
            for rad in rader
        )
    ).encode(y=alt.Y("aar:O", title=None))
    akse = alt.X("tildeling:Q", title="Mill. kr", axis=alt.Axis(grid=False, tickCount=4, format=",~f"))
    return diagram.ferdig(
        alt.layer(
            grunnlag.mark_bar(size=26, color=diagram.LYS, fillOpacity=0.45, stroke=diagram.GRAA).encode(x=akse),
            grunnlag.mark_bar(size=12, color=diagram.BLAA).encode(x="regnskap:Q"),
            grunnlag.mark_text(align="left", dx=4, dy=-20, fontSize=12).encode(x=alt.value(0), text="etikett:N"),
        ).properties(height=alt.Step(52))
    )


@bufret
def _bindingstabell(fil: str, virksomhet_id: str, aar: int) -> tabell.Tabell:
    rader = data.hent(fil, _BINDINGER, virksomhet_id, aar)
    poster = _poster(fil, virksomhet_id)

    def under(kapittel: str, post: str, over: str | None, dybde: int) -> list[tuple[Rad, int]]:
        return [
            par
            for rad in rader
            if (rad.kapittel, rad.post, rad.overordnet_binding) == (kapittel, post, over)
            for par in [(rad, dybde), *under(kapittel, post, rad.binding, dybde + 1)]
        ]

    ordnet = [par for post in dict.fromkeys((rad.kapittel, rad.post) for rad in rader) for par in under(*post, None, 0)]

    def belop(rad: Rad) -> str:
        return tekst.kroner(rad.belop_kr) if rad.belop_kr is not None else tekst.verdi(rad.belop, rad.enhet)

    return tabell.tabell(
        f"Øremerkinger og mottakere {aar}",
        [
            Kolonne("Formål eller mottaker"),
            Kolonne("Kapittel og post"),
            Kolonne("Beløp (kr)", tall=True),
            Kolonne("Del av"),
        ],
        [
            (
                f"{FIGURROM * 3 * dybde}{'herav ' if rad.andelstype == 'hvorav' else ''}{rad.binding}",
                tabell.med_note(
                    {"t": tekst.kap_post(rad.kapittel, rad.post).capitalize()},
                    poster[aar, rad.kapittel, rad.post].postnavn if (aar, rad.kapittel, rad.post) in poster else "",
                ),
                tabell.tall(belop(rad), rad.belop_kr, kilde.av_sted(rad.dokument_id, rad.sted)),
                rad.overordnet_binding or "posten",
            )
            for rad, dybde in ordnet
        ],
        tomt=f"Brevene som foreligger for {aar}, øremerker ingen beløp.",
    )


valg = topp("Budsjett", "Hva er tildelt i hvilket brev, hva er brukt, og hva kan overføres?")
aar, dag = valg.aar, _dag(valg.aar, valg.dato)
poster = {
    f"{rad.kapittel}/{rad.post}": rad
    for (budsjettaar, *_), rad in _poster(valg.fil, valg.virksomhet_id).items()
    if budsjettaar == aar
}
if dag != valg.dato:
    st.markdown(f"Disponible beløp vises per {tekst.dato(dag)}, nærmeste dag i budsjettåret.")
if poster:
    # the largest first: the reader who has not chosen a post meets the one that matters most
    storst = max(poster, key=lambda en: poster[en].samlet_tildeling_kr or poster[en].regnskap_kr or 0)
    valgt = velg_en("Kapittel og post", {kode: _navn(rad) for kode, rad in poster.items()}, "post", storst)
    post = (poster[valgt].kapittel, poster[valgt].post)
    st.header(f"Fra åpning til disponibelt {aar}", anchor=False)
    kjede = [
        en
        for en in _kjede(valg.fil, valg.virksomhet_id, aar, post)
        if any((rad.kapittel, rad.post) == en for rad in data.hent(valg.fil, _HENDELSER, valg.virksomhet_id, aar))
    ]
    if kjede:
        if len(kjede) > 1:
            st.markdown(
                "Beløp er flyttet mellom disse postene. Samme linje er samme brev; lilla er flyttet eller rettet."
            )
        for plass, en in zip(st.columns(len(kjede)), kjede, strict=True):
            with plass:
                trinn = [
                    rad
                    for rad in data.hent(valg.fil, _HENDELSER, valg.virksomhet_id, aar)
                    if (rad.kapittel, rad.post) == en
                ]
                slutt = tekst.kroner(max(trinn, key=lambda rad: rad.nummer).disponibelt_etter_kr)
                st.markdown(f"**{tekst.kap_post(*en).capitalize()} {tekst.uten_markdown(trinn[0].postnavn)}**")
                lerret.vis(
                    _trapp(valg.fil, valg.virksomhet_id, aar, en, dag),
                    f"Trapp i {len(trinn)} trinn, som ender på {slutt} kroner. Trinnene står i tabellen under.",
                    key=f"trapp-{'-'.join(en)}",
                )
        if any(
            rad.gjelder_fra > dag and (rad.kapittel, rad.post) in kjede
            for rad in data.hent(valg.fil, _HENDELSER, valg.virksomhet_id, aar)
        ):
            st.caption(f"Svake trinn kom etter {tekst.dato(dag)}.")
        tabell.vis(_hendelsestabell(valg.fil, valg.virksomhet_id, aar, post), key="hendelser")
    else:
        st.info(f"Brevene som tildelte denne posten i {aar}, foreligger ikke, så endringene kan ikke vises.")
    st.header("År for år", anchor=False)
    lerret.vis(
        _aarsfigur(valg.fil, valg.virksomhet_id, post),
        "Stolper for hvert år: tildelingen som ramme og regnskapet som fyll. Tallene står i tabellen under.",
        key="aarsfigur",
    )
    tabell.vis(_aarstabell(valg.fil, valg.virksomhet_id, post), key="aar-for-aar")
st.header(f"Alle poster {aar}", anchor=False)
tabell.vis(_utnyttelsestabell(valg.fil, valg.virksomhet_id, aar, dag), key="utnyttelse")
nedlasting.knapper(
    f"Tildelt og brukt {aar}",
    f"budsjett-{aar}",
    [
        "Kapittel", "Kapittelnavn", "Post", "Postnavn", "Overført fra i fjor", "Tildelt i år", "Samlet tildeling",
        "Regnskap", "Mindreutgift", "Utnyttelse", "Tildeling etter", "Regnskap etter",
    ],
    lambda: [
        (
            rad.kapittel, rad.kapittelnavn, rad.post, rad.postnavn, rad.overfort_fra_i_fjor_kr, rad.aarets_tildeling_kr,
            rad.samlet_tildeling_kr, rad.regnskap_kr, rad.mindreutgift_kr, rad.utnyttelsesgrad, rad.tildelingsgrunnlag,
            tekst.dokumentnavn(valg.fil).get(rad.regnskapskilde),
        )
        for rad in poster.values()
    ],
    f"Beløp i kroner. Kilde: tildelingsbrev, årsrapport og statsregnskapet. Versjon {data.versjon(valg.fil)}.",
)  # fmt: skip
if data.hent(valg.fil, _I_STATSREGNSKAPET, valg.virksomhet_id, aar):
    st.page_link(
        "sider/statsregnskapet.py",
        label=f"Måned for måned i statsregnskapet {aar}",
        query_params={"etat": valg.virksomhet_id, "regnskapsaar": str(aar)},
    )
st.header(f"Øremerkinger og mottakere {aar}", anchor=False)
tabell.vis(_bindingstabell(valg.fil, valg.virksomhet_id, aar), key="bindinger")
