"""What came of it: the indicators of each subject over the years, with the groups that they are printed for."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from html import escape

import altair as alt
import streamlit as st

from dashboards.felles import kilde, lerret, nedlasting, tabell
from dashboards.felles.tabell import Kolonne
from dashboards.felles.valg import Valg, gjeldende, topp, velg_en
from styring import norsk
from styring.visning import data, diagram, seriefigur, tekst
from styring.visning.data import Rad, bufret

_OMRAADER = """
    select distinct verdier.omraade, verdier.omraadenavn
    from marts.indikatorer
    inner join marts.verdier
        on indikatorer.serie_id = verdier.serie_id and indikatorer.aar = verdier.aar
    where indikatorer.virksomhet_id = ?
    order by verdier.omraadenavn collate nb
"""
# What a parameter of the letter of allocation asks for, comes first.
_KATALOG = """
    select katalog.*, maalt.indikator_id is not null as er_styringsparameter
    from marts.indikatorkatalog as katalog
    left join (
        select distinct virksomhet_id, indikator_id from marts.maaloppnaaelse where not er_fordeling
    ) as maalt
        on katalog.virksomhet_id = maalt.virksomhet_id and katalog.indikator_id = maalt.indikator_id
    where
        katalog.virksomhet_id = ?
        and (katalog.virksomhet_id, katalog.indikator_id) in (
            select (indikatorer.virksomhet_id, indikatorer.indikator_id)
            from marts.indikatorer
            inner join marts.verdier
                on indikatorer.serie_id = verdier.serie_id and indikatorer.aar = verdier.aar
            where verdier.omraade = ?
        )
    order by katalog.indikator collate nb
"""
_TALL = """
    select indikatorer.*, verdier.verdi_id, verdier.fotnote, poster.postnavn,
        indikatorer.gruppe in ('alle', 'i alt') as samlet,
        coalesce(indikatorer.gruppe = indikatorer.kapittel || '/' || indikatorer.post, false) as er_post
    from marts.indikatorer
    inner join marts.verdier
        on indikatorer.serie_id = verdier.serie_id and indikatorer.aar = verdier.aar
    left join (
        select virksomhet_id, kapittel, post, max_by(postnavn, budsjettaar) as postnavn
        from marts.budsjettutnyttelse group by all
    ) as poster
        on
            indikatorer.virksomhet_id = poster.virksomhet_id
            and indikatorer.kapittel = poster.kapittel
            and indikatorer.post = poster.post
    where indikatorer.virksomhet_id = ? and indikatorer.indikator_id = ? and indikatorer.verdi is not null
    order by samlet desc, indikatorer.gruppe collate nb, indikatorer.aar
"""
_AAR = "select min(aar) as fra, max(aar) as til from marts.indikatorer where virksomhet_id = ? and verdi is not null"
_ORDNINGER = """
    with tall as (
        select indikatorer.virksomhet_id, indikatorer.aar, indikatorer.gruppe, indikatorer.dokument_id,
            indikatorer.sted, indikatorer.indikator_id, verdier.verdi_id
        from marts.indikatorer
        inner join marts.verdier
            on indikatorer.serie_id = verdier.serie_id and indikatorer.aar = verdier.aar
    )

    select ordninger.*, poster.postnavn,
        max(tall.verdi_id) filter (tall.indikator_id = 'tilskudd_soknader') as soknader_id,
        max(tall.verdi_id) filter (tall.indikator_id = 'tilskudd_innvilget') as innvilget_id,
        max(tall.verdi_id) filter (tall.indikator_id = 'tilskudd_omsokt') as omsokt_id,
        max(tall.verdi_id) filter (tall.indikator_id = 'tilskudd_utbetalt') as utbetalt_id
    from marts.tilskuddsordninger as ordninger
    left join tall
        on
            ordninger.virksomhet_id = tall.virksomhet_id
            and ordninger.aar = tall.aar
            and ordninger.kortnavn = tall.gruppe
            and ordninger.dokument_id = tall.dokument_id
            and ordninger.sted = tall.sted
    left join marts.budsjettutnyttelse as poster
        on
            ordninger.virksomhet_id = poster.virksomhet_id
            and ordninger.aar = poster.budsjettaar
            and ordninger.kapittel = poster.kapittel
            and ordninger.post = poster.post
    where ordninger.virksomhet_id = ?
    group by all
    order by ordninger.aar desc, ordninger.utbetalt_kr desc
"""
_OVERSIKTSFIGURER = 9
_GRUPPER = 6


@bufret
def _omraader(fil: str, virksomhet_id: str) -> dict[str, str]:
    """What each area is called in a sentence."""
    return {rad.omraade: rad.omraadenavn for rad in data.hent(fil, _OMRAADER, virksomhet_id)}


def _serie(rader: Sequence[Rad]) -> seriefigur.Serie:
    return seriefigur.Serie(tekst.stor(_gruppe(rader[0])), rader)


def _gruppe(rad: Rad) -> str:
    """A group as it is called; a post of the budget has a number and a name."""
    if not rad.er_post:
        return str(rad.gruppe)
    return " ".join(filter(None, [tekst.kap_post(rad.kapittel, rad.post).capitalize(), rad.postnavn]))


@bufret
def _serier(fil: str, virksomhet_id: str, indikator_id: str) -> dict[str, Sequence[Rad]]:
    """An indicator's figures by group, the group for all first."""
    serier: dict[str, list[Rad]] = {}
    for rad in data.hent(fil, _TALL, virksomhet_id, indikator_id):
        serier.setdefault(rad.gruppe, []).append(rad)
    return {gruppe: tuple(serie) for gruppe, serie in serier.items()}


def _hovedserie(serier: dict[str, Sequence[Rad]]) -> Sequence[Rad]:
    """The group that stands for the indicator: the one for all, else the longest; of posts, the largest."""

    def rang(serie: Sequence[Rad]) -> tuple[bool, bool, int, Decimal]:
        flere_aar = len(serie) > 1
        return flere_aar and serie[0].samlet, flere_aar, 0 if serie[0].er_post else len(serie), serie[-1].verdi

    return max(serier.values(), key=rang)


def _forvalg(serier: dict[str, Sequence[Rad]]) -> list[str]:
    """The groups to begin with: the one for all where that is printed for several years; all, in one year; else some.

    Some are those with the most years, and then the largest; of posts, the largest.
    """
    hoved = _hovedserie(serier)
    if hoved[0].samlet and len(hoved) > 1:
        return [hoved[0].gruppe]
    if len({rad.aar for serie in serier.values() for rad in serie}) == 1:
        return list(serier)
    rekke = sorted(serier.values(), key=lambda serie: (0 if serie[0].er_post else -len(serie), -serie[-1].verdi))
    storst = {serie[0].gruppe for serie in rekke[:_GRUPPER]}
    return [gruppe for gruppe in serier if gruppe in storst]


@bufret
def _oversikt(
    fil: str, virksomhet_id: str, omraade: str
) -> tuple[Sequence[tuple[diagram.Spesifikasjon, str]], int, int]:
    """The subject's main indicators as charts with descriptions; how many have several years; how many have one."""
    alle = []
    for indikator in data.hent(fil, _KATALOG, virksomhet_id, omraade):
        serie = _hovedserie(_serier(fil, virksomhet_id, indikator.indikator_id))
        alle.append((indikator, serie))
    flere = [(indikator, serie) for indikator, serie in alle if len(serie) > 1]
    # what is followed the longest comes first, after what is steered by
    flere.sort(
        key=lambda par: (
            not par[0].er_styringsparameter,
            not any(rad.verdi for rad in par[1]),
            not par[1][0].samlet,
            -len(par[1]),
        )
    )
    vist = flere[:_OVERSIKTSFIGURER]
    linjer = seriefigur.tittellinjer([indikator.indikator for indikator, _ in vist])

    def figur(indikator: Rad, rader: Sequence[Rad]) -> tuple[diagram.Spesifikasjon, str]:
        serie = _serie(rader)
        under = [
            "" if indikator.enhet == "antall" else indikator.enhet,
            "" if rader[0].samlet else serie.navn,
            "året er kohortens" if indikator.er_kohort else "",
        ]
        undertittel = [", ".join(filter(None, under))]
        beskrivelse = f"{indikator.indikator}. {seriefigur.i_ord(serie)}."
        return seriefigur.liten(indikator.indikator, undertittel, serie, linjer), beskrivelse

    figurer = [figur(*par) for par in vist]
    return figurer, len(flere), len(alle) - len(flere)


@bufret
def _figur(
    fil: str, virksomhet_id: str, indikator_id: str, omraade: str, grupper: tuple[str, ...], fra: int, til: int
) -> tuple[diagram.Spesifikasjon, str] | None:
    """The chosen groups and years as a chart with its description; None when they have no figures."""
    utvalg = _utvalg(fil, virksomhet_id, indikator_id, grupper, fra, til)
    if not utvalg:
        return None
    indikator = next(
        rad for rad in data.hent(fil, _KATALOG, virksomhet_id, omraade) if rad.indikator_id == indikator_id
    )
    ett_aar = len({rad.aar for rader in utvalg for rad in rader}) == 1
    valgte = [_serie(rader) for rader in utvalg]
    figur = seriefigur.stolper(valgte) if ett_aar else seriefigur.linjer(valgte, indikator.enhet, indikator.er_kohort)
    return figur, f"{indikator.indikator} ({indikator.enhet}). {'. '.join(map(seriefigur.i_ord, valgte))}."


@bufret
def _utvalg(
    fil: str, virksomhet_id: str, indikator_id: str, grupper: tuple[str, ...], fra: int, til: int
) -> Sequence[Sequence[Rad]]:
    valgte = (
        tuple(rad for rad in serie if fra <= rad.aar <= til)
        for gruppe, serie in _serier(fil, virksomhet_id, indikator_id).items()
        if gruppe in grupper
    )
    return tuple(serie for serie in valgte if serie)


@bufret
def _talltabell(
    fil: str, virksomhet_id: str, indikator_id: str, grupper: tuple[str, ...], fra: int, til: int
) -> tabell.Tabell:
    """The groups by year, every figure opening its source."""
    serier = _utvalg(fil, virksomhet_id, indikator_id, grupper, fra, til)
    aar = sorted({rad.aar for serie in serier for rad in serie})
    mangler = tabell.tall(norsk.MANGLER, None)

    def celle(rad: Rad) -> tabell.Celle:
        vist = tabell.tall(
            tekst.med_forbehold(rad.verdi, "antall", rad.tilnaermet), rad.verdi, kilde.av_tall(rad.verdi_id)
        )
        return tabell.med_note(vist, ", ".join(seriefigur.merknader(rad))) if seriefigur.merknader(rad) else vist

    foerste = serier[0][0]
    return tabell.tabell(
        f"{foerste.indikator}, {'antall' if foerste.enhet == 'antall' else foerste.enhet}",
        [Kolonne("Gruppe"), *(Kolonne(str(ett), tall=True) for ett in aar)],
        [
            (tekst.stor(_gruppe(serie[0])), *({rad.aar: celle(rad) for rad in serie}.get(ett, mangler) for ett in aar))
            for serie in serier
        ],
        merknad="Strek: ikke oppgitt i dokumentene for det året. Trykk på et tall for å se hvor det står.",
    )


def _perioder(aar: Sequence[int]) -> str:
    """2019, 2021–2023."""
    deler: list[list[int]] = []
    for ett in aar:
        if deler and ett == deler[-1][-1] + 1:
            deler[-1].append(ett)
        else:
            deler.append([ett])
    return ", ".join(str(del_[0]) if len(del_) == 1 else f"{del_[0]}–{del_[-1]}" for del_ in deler)


@bufret
def _merknader(
    fil: str, virksomhet_id: str, indikator_id: str, grupper: tuple[str, ...], fra: int, til: int
) -> tabell.Tabell:
    """What one must know of single figures: breaks with their reason, corrections, reservations and footnotes."""
    navn = tekst.kortnavn(fil)
    like: dict[tuple[str, str, str], list[tuple[Rad, tabell.Celle]]] = {}
    for serie in _utvalg(fil, virksomhet_id, indikator_id, grupper, fra, til):
        for rad in serie:
            her = tabell.kildelenke(f"{navn[rad.dokument_id]}, {rad.sted}", kilde.av_tall(rad.verdi_id))
            funn: list[tuple[str, str, tabell.Celle]] = []
            if rad.brudd:
                uten = rad.verdi_uten_tilkommet
                grunn = f"{rad.bruddgrunn}." + (
                    f" Uten dem som kom til: {tekst.med_forbehold(uten, rad.enhet, None)}." if uten is not None else ""
                )
                bruddsted = (rad.brudd_dokument_id, rad.brudd_sted)
                vist = f"{navn.get(bruddsted[0])}, {bruddsted[1]}"
                funn.append(
                    ("Brudd", grunn, tabell.kildelenke(vist, kilde.av_sted(*bruddsted)) if bruddsted[0] else her)
                )
            if rad.korrigert:
                funn.append(("Rettet", "En kjent trykkfeil i dokumentet er rettet her.", her))
            if rad.status == "foreløpig":
                funn.append(("Foreløpig", "Tallet kan bli endret i et senere dokument.", her))
            if rad.tilnaermet:
                ord_ = tekst.forbehold(rad.tilnaermet)
                funn.append(("Omtrentlig", f"Teksten skriver «{ord_}» eller lignende om tallet.", her))
            if rad.fotnote:
                funn.append(("Merknad", f"{tekst.stor(rad.fotnote).removesuffix('.')}.", her))
            for hva, forklaring, sted in funn:
                like.setdefault((tekst.stor(_gruppe(rad)), hva, forklaring), []).append((rad, sted))
    rader = []
    for (gruppe, hva, forklaring), treff in like.items():
        aar = [rad.aar for rad, _ in treff]
        rader.append((gruppe, tabell.tall(_perioder(aar), aar[0]), hva, forklaring, treff[-1][1]))
    return tabell.tabell(
        "Å vite om tallene",
        [Kolonne("Gruppe"), Kolonne("År", tall=True), Kolonne("Hva"), Kolonne("Forklaring"), Kolonne("Sted")],
        rader,
    )


def _definisjon(indikator: Rad) -> str:
    retning = {"høyere": "høyere er bedre", "lavere": "lavere er bedre"}.get(
        indikator.retning, "verken høyere eller lavere er bedre"
    )
    etter = indikator.maales_etter_aar
    kohort = (
        "Tallet følger en kohort: året i figuren og tabellen er kohortens"
        + (f", og det måles {tekst.antall(etter, 'år', 'år')} senere" if etter else "")
        if indikator.er_kohort
        else None
    )
    par = [
        ("Måler", indikator.definisjon),
        ("For hvem", indikator.populasjon),
        ("Når", indikator.maaletidspunkt),
        ("Enhet", indikator.enhet),
        ("Retning", retning),
        ("Hvem måler", indikator.kilde),
        ("Kohort", kohort),
    ]
    ledd = "".join(f"<dt>{navn}</dt><dd>{escape(tekst.stor(verdi))}</dd>" for navn, verdi in par if verdi)
    return f'<dl class="fakta">{ledd}</dl>'


@bufret
def _alle(fil: str, virksomhet_id: str, omraade: str) -> tabell.Tabell:
    """Every indicator of the subject, with its last figure and the one before."""

    def tall(rad: Rad | None) -> tabell.Celle:
        if rad is None:
            return tabell.tall(norsk.MANGLER, None)
        vist = tabell.tall(
            tekst.med_forbehold(rad.verdi, rad.enhet, rad.tilnaermet), rad.verdi, kilde.av_tall(rad.verdi_id)
        )
        return tabell.med_note(vist, ", ".join([str(rad.aar), *seriefigur.merknader(rad)]))

    def endring(siste: Rad, forrige: Rad | None) -> tabell.Celle:
        if forrige is None:
            return tabell.tall(norsk.MANGLER, None)
        if siste.brudd:
            return tabell.merke("brudd")
        forskjell = siste.verdi - forrige.verdi
        enhet = "prosentpoeng" if siste.enhet == "prosent" else siste.enhet
        omtrent = "om lag " if siste.tilnaermet or forrige.tilnaermet else ""
        return tabell.tall(
            f"{omtrent}{'+' if forskjell > 0 else ''}{tekst.med_forbehold(forskjell, enhet, None)}", forskjell
        )

    rader = []
    for indikator in data.hent(fil, _KATALOG, virksomhet_id, omraade):
        serier = _serier(fil, virksomhet_id, indikator.indikator_id)
        serie = _hovedserie(serier)
        forrige = serie[-2] if len(serie) > 1 else None
        navn = tabell.sidelenke(indikator.indikator, "resultater", omraade=omraade, indikator=indikator.indikator_id)
        rader.append(
            (
                navn,
                norsk.MANGLER if serie[0].samlet else tekst.stor(_gruppe(serie[0])),
                tall(serie[-1]),
                tall(forrige),
                endring(serie[-1], forrige),
                indikator.retning.capitalize() if indikator.retning in ("høyere", "lavere") else norsk.MANGLER,
                tabell.tall(str(len(serie)), len(serie)),
                tabell.tall(str(len(serier)), len(serier)),
            )
        )
    return tabell.tabell(
        f"Alle indikatorer: {_omraader(fil, virksomhet_id)[omraade]}",
        [
            Kolonne("Indikator"),
            Kolonne("Gruppe", hjelp="Strek: tallet gjelder alle"),
            Kolonne("Siste tall", tall=True),
            Kolonne("Forrige tall", tall=True),
            Kolonne("Endring", tall=True),
            Kolonne("Bedre når", hjelp="Strek: verken høyere eller lavere er bedre"),
            Kolonne("År med tall", tall=True),
            Kolonne("Grupper", tall=True),
        ],
        rader,
        merknad="Én gruppe for hver indikator: alle, ellers den det er flest år med tall for. Velg en indikator for å "
        "se hele serien og gruppene.",
    )


def _nedlastingsrader(
    fil: str, virksomhet_id: str, indikator_id: str, grupper: tuple[str, ...], fra: int, til: int
) -> list[Sequence[nedlasting.Celle]]:
    navn = tekst.dokumentnavn(fil)
    return [
        (
            rad.indikator,
            _gruppe(rad),
            rad.aar,
            rad.verdi,
            rad.enhet,
            rad.status,
            rad.tilnaermet,
            rad.brudd,
            rad.bruddgrunn,
            rad.verdi_uten_tilkommet,
            rad.korrigert,
            rad.fotnote,
            navn[rad.dokument_id],
            rad.sted,
        )
        for serie in _utvalg(fil, virksomhet_id, indikator_id, grupper, fra, til)
        for rad in serie
    ]


_NEDLASTINGSKOLONNER = [
    "Indikator",
    "Gruppe",
    "År",
    "Verdi",
    "Enhet",
    "Status",
    "Forbehold",
    "Brudd",
    "Bruddgrunn",
    "Verdi uten dem som kom til",
    "Rettet",
    "Fotnote",
    "Dokument",
    "Sted",
]


@bufret
def _ordninger(fil: str, virksomhet_id: str, aar: int) -> tuple[int, diagram.Spesifikasjon, str, tabell.Tabell] | None:
    """The grant schemes of a year (the last one that has any, when the year has none): chart, description, table."""
    alle = data.hent(fil, _ORDNINGER, virksomhet_id)
    if not alle:
        return None
    vist_aar = aar if any(rad.aar == aar for rad in alle) else alle[0].aar
    rader = [rad for rad in alle if rad.aar == vist_aar]

    def mill(belop: Decimal | None) -> str:
        return norsk.tall(belop and belop / 1_000_000, 1)

    def i_ord(rad: Rad) -> str:
        utbetalt = f"{mill(rad.utbetalt_kr)} mill. kr utbetalt"
        if rad.omsokt_kr is None:
            return f"{utbetalt}; omsøkt beløp er ikke oppgitt"
        andel = norsk.prosent(rad.utbetalt_kr / rad.omsokt_kr, 0) if rad.omsokt_kr and rad.utbetalt_kr else ""
        return f"{utbetalt} av {mill(rad.omsokt_kr)} omsøkt" + (f" ({andel})" if andel else "")

    grunnlag = alt.Chart(
        diagram.rader(
            {
                "ordning": f"{nummer:03}",
                "navn": rad.kortnavn,
                "omsokt": None if rad.omsokt_kr is None else float(rad.omsokt_kr) / 1e6,
                "utbetalt": None if rad.utbetalt_kr is None else float(rad.utbetalt_kr) / 1e6,
                "vist": i_ord(rad),
            }
            for nummer, rad in enumerate(rader)
        )
    ).encode(y=alt.Y("ordning:N", axis=None))
    figur = alt.layer(
        grunnlag.mark_bar(size=14, yOffset=17, color=diagram.LYS, fillOpacity=0.45, stroke=diagram.GRAA).encode(
            x=alt.X("omsokt:Q", axis=None)
        ),
        grunnlag.mark_bar(size=8, yOffset=17, color=diagram.BLAA).encode(x="utbetalt:Q"),
        grunnlag.mark_text(align="left", dy=-17, fontSize=12, fontWeight=600, limit=alt.expr("width")).encode(
            x=alt.value(0), text="navn:N"
        ),
        grunnlag.mark_text(align="left", dy=-1, fontSize=12).encode(x=alt.value(0), text="vist:N"),
    ).properties(height=alt.Step(58))
    beskrivelse = f"Omsøkt og utbetalt tilskudd i {vist_aar}. " + ". ".join(
        f"{rad.kortnavn}: {i_ord(rad)}" for rad in rader
    )

    def antall(tall: int | None, verdi_id: str | None, rad: Rad) -> tabell.Celle:
        ref = kilde.av_tall(verdi_id) if verdi_id else kilde.av_sted(rad.dokument_id, rad.sted)
        return tabell.tall(norsk.tall(None if tall is None else Decimal(tall), 0), tall, ref)

    def belop(tall: Decimal | None, verdi_id: str | None, rad: Rad) -> tabell.Celle:
        return tabell.kroner(tall, kilde.av_tall(verdi_id) if verdi_id else kilde.av_sted(rad.dokument_id, rad.sted))

    def andel(del_: Decimal | int | None, hele: Decimal | int | None) -> tabell.Celle:
        return tabell.andel(Decimal(del_) / Decimal(hele) if del_ is not None and hele else None)

    ordninger = tabell.tabell(
        f"Tilskuddsordninger med søknad i {vist_aar}",
        [
            Kolonne("Ordning"),
            Kolonne("Post"),
            Kolonne("Søknader", tall=True),
            Kolonne("Innvilget", tall=True),
            Kolonne("Innvilget av søknadene", tall=True),
            Kolonne("Omsøkt (kr)", tall=True),
            Kolonne("Utbetalt (kr)", tall=True),
            Kolonne("Utbetalt av omsøkt", tall=True),
        ],
        [
            (
                rad.kortnavn,
                " ".join(filter(None, [tekst.kap_post(rad.kapittel, rad.post).capitalize(), rad.postnavn])),
                antall(rad.soknader, rad.soknader_id, rad),
                antall(rad.innvilget, rad.innvilget_id, rad),
                andel(rad.innvilget, rad.soknader),
                belop(rad.omsokt_kr, rad.omsokt_id, rad),
                belop(rad.utbetalt_kr, rad.utbetalt_id, rad),
                andel(rad.utbetalt_kr, rad.omsokt_kr),
            )
            for rad in rader
        ],
        merknad="Beløpene er trykt i millioner kroner med én desimal. Strek: ikke oppgitt.",
    )
    return vist_aar, diagram.ferdig(figur), beskrivelse, ordninger


def _ordningsrader(fil: str, virksomhet_id: str) -> list[Sequence[nedlasting.Celle]]:
    navn = tekst.dokumentnavn(fil)
    return [
        (
            rad.aar,
            rad.kapittel,
            rad.post,
            rad.kortnavn,
            rad.tilskuddsordning,
            rad.soknader,
            rad.innvilget,
            rad.omsokt_kr,
            rad.utbetalt_kr,
            navn[rad.dokument_id],
            rad.sted,
        )
        for rad in data.hent(fil, _ORDNINGER, virksomhet_id)
    ]


def _velg_omraade(omraader: Mapping[str, str]) -> str:
    """As `velg_en`, with all of them in sight."""
    fra_adressen = st.query_params.get("omraade")
    st.session_state["_omraade"] = fra_adressen if fra_adressen in omraader else next(iter(omraader))

    def til_adressen() -> None:
        st.query_params["omraade"] = st.session_state["_omraade"]
        st.query_params.pop("indikator", None)

    st.pills(
        "Område",
        list(omraader),
        required=True,
        format_func=lambda en: tekst.stor(omraader[en]),
        key="_omraade",
        on_change=til_adressen,
    )
    return str(st.session_state["_omraade"])


def _velg_grupper(serier: dict[str, Sequence[Rad]]) -> tuple[str, ...]:
    """The groups that the address asks for, those that the indicator has; else the ones to begin with."""
    fra_adressen = [gruppe for gruppe in st.query_params.get_all("gruppe") if gruppe in serier]
    flere_aar = len({rad.aar for serie in serier.values() for rad in serie}) > 1
    # as many as there are colours for lines
    hoyst = len(diagram.GRUPPER) if flere_aar else None
    st.session_state["_gruppe"] = fra_adressen[:hoyst] or _forvalg(serier)

    def til_adressen() -> None:
        st.query_params["gruppe"] = st.session_state["_gruppe"]

    return tuple(
        st.multiselect(
            f"Grupper ({len(serier)} å velge mellom)",
            list(serier),
            format_func=lambda gruppe: tekst.stor(_gruppe(serier[gruppe][0])),
            key="_gruppe",
            on_change=til_adressen,
            max_selections=hoyst,
            placeholder="Velg grupper",
        )
    )


def _vis_oversikt(valg: Valg, omraade: str) -> None:
    st.header(f"{tekst.stor(_omraader(valg.fil, valg.virksomhet_id)[omraade])} over tid", anchor=False)
    figurer, flere_aar, ett_aar = _oversikt(valg.fil, valg.virksomhet_id, omraade)
    lerret.vis_smaa(figurer, key="oversikt")
    utelatt = flere_aar - len(figurer)
    forklaring = [
        "Hul prikk og stiplet strek: foreløpig. Brudd: talt på en annen måte fra da av; tynn strek er uten dem som "
        "kom til."
        if figurer
        else "",
        f"{tekst.antall(utelatt, 'indikator', 'indikatorer')} til har tall for flere år." if utelatt else "",
        f"{tekst.antall(ett_aar, 'indikator', 'indikatorer')} har tall for bare ett år." if ett_aar else "",
        "Alle kan velges under, og står i tabellen nederst.",
    ]
    st.caption(" ".join(filter(None, forklaring)))


def _vis_indikator(valg: Valg, omraade: str) -> None:
    st.header("Én indikator", anchor=False)
    katalog = {rad.indikator_id: rad for rad in data.hent(valg.fil, _KATALOG, valg.virksomhet_id, omraade)}
    forvalg = min(
        katalog.values(),
        key=lambda rad: (not rad.er_styringsparameter, rad.fra_aar == rad.til_aar, rad.fra_aar),
    ).indikator_id
    felt = st.columns([3, 3, 2])
    with felt[0]:
        indikator_id = velg_en("Indikator", {en: rad.indikator for en, rad in katalog.items()}, "indikator", forvalg)
    with felt[1]:
        serier = _serier(valg.fil, valg.virksomhet_id, indikator_id)
        grupper = _velg_grupper(serier)
    with felt[2]:
        grenser = data.hent(valg.fil, _AAR, valg.virksomhet_id)[0]
        hele = (grenser.fra, grenser.til)
        # with one year there is nothing to choose
        fra, til = (
            hele
            if grenser.fra == grenser.til
            else st.slider("Periode", *hele, hele, key="periode", bind="query-params")
        )
    indikator = katalog[indikator_id]
    utvalg = (valg.fil, valg.virksomhet_id, indikator_id, grupper, fra, til)
    figur_og_tekst = _figur(valg.fil, valg.virksomhet_id, indikator_id, omraade, grupper, fra, til)
    alene = serier[grupper[0]][0] if len(grupper) == 1 else None
    st.subheader(
        indikator.indikator if alene is None or alene.samlet else f"{indikator.indikator}: {_gruppe(alene)}",
        anchor=False,
    )
    if figur_og_tekst is None:
        st.info(
            f"Dokumentene har ingen tall for disse gruppene fra {fra} til {til}. Velg en annen periode eller gruppe."
        )
    else:
        lerret.vis(*figur_og_tekst, key="figur")
        st.html(_definisjon(indikator))
        tabell.vis(_talltabell(*utvalg), key="tall")
        merknader = _merknader(*utvalg)
        if not merknader.tom:
            tabell.vis(merknader, key="merknader")
        nedlasting.knapper(
            indikator.indikator,
            indikator_id,
            _NEDLASTINGSKOLONNER,
            lambda: _nedlastingsrader(*utvalg),
            f"{indikator.indikator}: {indikator.definisjon}. {valg.virksomhet}. Tomt er ikke oppgitt.",
        )


def _vis_ordninger(valg: Valg) -> None:
    ordninger = _ordninger(valg.fil, valg.virksomhet_id, valg.aar)
    if ordninger is None:
        return
    vist_aar, ordningsfigur, i_ord, ordningstabell = ordninger
    st.header("Tilskuddsordninger", anchor=False)
    if vist_aar != valg.aar:
        st.info(f"Dokumentene har ikke søknader og utbetalinger per ordning for {valg.aar}. Dette er {vist_aar}.")
    st.markdown("Hvor mye ble det søkt om, og hvor mye ble utbetalt? :gray[Lys stolpe: omsøkt. Mørk stolpe: utbetalt.]")
    lerret.vis(ordningsfigur, i_ord, key="ordninger-figur")
    tabell.vis(ordningstabell, key="ordninger")
    nedlasting.knapper(
        "Tilskuddsordninger",
        "tilskuddsordninger",
        [
            "År",
            "Kapittel",
            "Post",
            "Ordning",
            "Ordning, som trykt",
            "Søknader",
            "Innvilget",
            "Omsøkt (kr)",
            "Utbetalt (kr)",
            "Dokument",
            "Sted",
        ],
        lambda: _ordningsrader(valg.fil, valg.virksomhet_id),
        f"Søknadsbaserte tilskuddsordninger. {valg.virksomhet}. Tomt er ikke oppgitt.",
    )


def _vis(valg: Valg, omraader: Mapping[str, str]) -> None:
    omraade = _velg_omraade(omraader)
    _vis_oversikt(valg, omraade)
    _vis_indikator(valg, omraade)
    if omraade == "tilskudd":
        _vis_ordninger(valg)
    st.header("Alle indikatorer", anchor=False)
    tabell.vis(_alle(valg.fil, valg.virksomhet_id, omraade), key="alle")


valg = gjeldende()
omraader = _omraader(valg.fil, valg.virksomhet_id)
fag = list(omraader.values())
i_fag = " og ".join(filter(None, [", ".join(fag[:-1]), *fag[-1:]]))
topp("Resultater", f"Hvordan går det med {i_fag}?" if fag else "Hvilke resultater er trykt?")
if omraader:
    _vis(valg, omraader)
else:
    st.info("Dokumentene har ingen indikatorer for denne virksomheten.")
