"""The year as it runs in the state's accounts: any agency against last year, its frame and a forecast."""

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal

import altair as alt
import streamlit as st

from dashboards.felles import kilde, lerret, nedlasting, tabell
from dashboards.felles.tabell import Kolonne
from dashboards.felles.valg import gjeldende, topp, velg_en
from styring import norsk
from styring.visning import data, diagram, regnskapsaar, summer, tekst
from styring.visning.data import Rad, bufret
from styring.visning.regnskapsaar import DESEMBER, Utvalg

_VIRKSOMHETER = """
    select virksomhet_id, virksomhet, kortnavn, departement_id, departement
    from marts.virksomheter
    where virksomhet_id in (select virksomhet_id from marts.budsjettutnyttelse_per_maaned)
    order by virksomhet collate nb
"""
_MAANEDER = """
    select distinct budsjettaar, maaned
    from marts.budsjettutnyttelse_per_maaned
    where virksomhet_id = ?
    order by budsjettaar desc, maaned desc
"""
_ENDRINGER = """
    select * from marts.bevilgningsendringer
    where budsjettaar = $2 and (kapittel, post) in (
        select (kapittel, post) from marts.budsjettutnyttelse_per_maaned where virksomhet_id = $1 and budsjettaar = $2
    )
    order by kapittel, post, nummer
"""
_RESTER = """
    select * from marts.statsbudsjettet
    where budsjettaar = $2 and (kapittel, post) in (
        select (kapittel, post) from marts.budsjettutnyttelse_per_maaned where virksomhet_id = $1 and budsjettaar = $2
    )
    order by kapittel, post
"""
_HISTORIKK = """
    select * from marts.virksomhetshistorikk
    where virksomhet_id = ?
    order by gjelder_fra desc
"""
_PERIODER = "select * from marts.regnskapsperioder order by periode"
_KARANTENE = "select * from marts.karantene order by kilde, periode desc, grunn, fil"

MILLION = 1_000_000
# sorted after all dates
_FRAMTID = datetime.date.max.toordinal()
# the months up to it are what an agency reports to its ministry each autumn
AUGUST = 8
# what the figure and the tables below it can be of, besides one post
UTGIFTER, MED_RAMME, INNTEKTER = "utgifter", "ramme", "inntekter"
Post = tuple[str, str]


def _post(rad: Rad) -> Post:
    return rad.kapittel, rad.post


def _kode(rad: Rad) -> str:
    return f"{rad.kapittel}/{rad.post}"


def _nummer(rad: Rad) -> str:
    return tekst.kap_post(rad.kapittel, rad.post).capitalize()


def _navn(rad: Rad) -> str:
    return f"{_nummer(rad)} {rad.postnavn}"


def _post_og_navn(rad: Rad) -> tabell.Celle:
    return tabell.med_note({"t": _nummer(rad)}, rad.postnavn or "")


def _utgang(aar: int, maaned: int) -> datetime.date:
    """The last day of a month."""
    neste = datetime.date(aar + maaned // DESEMBER, maaned % DESEMBER + 1, 1)
    return neste - datetime.timedelta(days=1)


@bufret
def _poster(fil: str, virksomhet_id: str, aar: int, maaned: int, valgt: str) -> frozenset[Post]:
    """The posts that a choice is of; also those that only last year had, when it is all of one side."""
    rader = regnskapsaar.maanedens(fil, virksomhet_id, aar, maaned)
    if valgt == MED_RAMME:
        return frozenset(_post(rad) for rad in rader if rad.side == "utgift" and rad.ramme_kr is not None)
    if valgt in (UTGIFTER, INNTEKTER):
        side = "utgift" if valgt == UTGIFTER else "inntekt"
        alle = [*rader, *regnskapsaar.maanedens(fil, virksomhet_id, aar - 1, maaned)]
        return frozenset(_post(rad) for rad in alle if rad.side == side)
    return frozenset(_post(rad) for rad in rader if _kode(rad) == valgt)


def _valgbare(rader: Sequence[Rad]) -> dict[str, str]:
    """What can be chosen, the first being chosen by default: what can be held against a frame, if there is any."""
    utgifter = [rad for rad in rader if rad.side == "utgift"]
    med_ramme = [rad for rad in utgifter if rad.ramme_kr is not None]
    valgbare = {}
    if 0 < len(med_ramme) < len(utgifter):
        valgbare[MED_RAMME] = f"Utgiftspostene med kjent ramme ({len(med_ramme)} av {len(utgifter)})"
    if utgifter:
        valgbare[UTGIFTER] = f"Alle utgiftsposter ({len(utgifter)})"
    if len(utgifter) < len(rader):
        valgbare[INNTEKTER] = f"Alle inntektsposter ({len(rader) - len(utgifter)})"
    return valgbare | {_kode(rad): _navn(rad) for rad in rader}


@bufret
def _maaneder(
    fil: str, virksomhet_id: str, aar: int, maaned: int, valgt: str
) -> Sequence[Mapping[str, Decimal | None]]:
    """The twelve months of the year and last year for the posts of a choice, in kroner; None is not known.

    The frame is known when it is for every post that has accounts this year; what comes after the month is not.
    """
    poster = _poster(fil, virksomhet_id, aar, maaned, valgt)

    def rader(aaret: int, nummer: int) -> Sequence[Rad]:
        return [rad for rad in regnskapsaar.maanedens(fil, virksomhet_id, aaret, nummer) if _post(rad) in poster]

    def sum_av(rader: Sequence[Rad], felt: str) -> Decimal | None:
        belop, dekning = summer.sum_av(rader, felt)
        return None if dekning else belop

    maanedene = []
    for nummer in range(1, DESEMBER + 1):
        i_aar = rader(aar, nummer) if nummer <= maaned else []
        maanedene.append(
            {
                "regnskap": sum_av(i_aar, "regnskap_kr"),
                "hittil": sum_av(i_aar, "hittil_i_aar_kr"),
                "i_fjor": sum_av(rader(aar - 1, nummer), "hittil_i_aar_kr"),
                "ramme": sum_av(i_aar, "ramme_kr"),
                "prognose": sum_av(i_aar, "prognose_kr") if nummer == maaned else None,
            }
        )
    return maanedene


@bufret
def _figur(fil: str, virksomhet_id: str, aar: int, maaned: int, valgt: str) -> diagram.Spesifikasjon:
    """What has accrued by month: this year against last year, under the frame, and on to the forecast."""
    maanedene = _maaneder(fil, virksomhet_id, aar, maaned, valgt)
    naa = maanedene[maaned - 1]
    stil = {
        str(aar): (diagram.BLAA, [1, 0]),
        str(aar - 1): (diagram.GRAA, [6, 3]),
        "Ramme": (diagram.ORANSJE, [1, 0]),
        "Prognose": (diagram.LILLA, [1, 0]),
    }

    def punkt(serie: str, nummer: int, belop: Decimal) -> dict[str, object]:
        return {
            "serie": serie,
            "maaned": diagram.MAANEDER[nummer],
            "belop": diagram.tall(belop / MILLION),
            "vist": f"{tekst.kroner(belop)} kr",
        }

    punkter = [
        punkt(serie, nummer, belop)
        for serie, felt in ((str(aar), "hittil"), (str(aar - 1), "i_fjor"), ("Ramme", "ramme"))
        for nummer, en in enumerate(maanedene)
        # the frame stands until it is changed
        if (belop := naa[felt] if felt == "ramme" and nummer >= maaned else en[felt]) is not None
    ]
    if naa["prognose"] is not None and maaned < DESEMBER:
        punkter.append(punkt("Prognose", DESEMBER - 1, naa["prognose"]))
    serier = [serie for serie in stil if any(en["serie"] == serie for en in punkter)]
    legende = alt.Legend(symbolType="stroke", symbolSize=500, symbolStrokeWidth=2.5)
    grunnlag = alt.Chart().encode(
        x=alt.X(
            "maaned:N",
            title=None,
            sort=list(diagram.MAANEDER),
            scale=alt.Scale(domain=list(diagram.MAANEDER)),
            axis=alt.Axis(labelAngle=0, grid=False, labelOverlap="parity", labelFlush=False),
        ),
        y=alt.Y("belop:Q", title="Mill. kr", axis=alt.Axis(tickCount=5, format=",~f")),
        color=alt.Color(
            "serie:N", title=None, scale=alt.Scale(domain=serier, range=[stil[en][0] for en in serier]), legend=legende
        ),
        strokeDash=alt.StrokeDash(
            "serie:N", title=None, scale=alt.Scale(domain=serier, range=[stil[en][1] for en in serier]), legend=legende
        ),
        tooltip=[
            alt.Tooltip("serie:N", title="Linje"),
            alt.Tooltip("maaned:N", title="Måned"),
            alt.Tooltip("vist:N", title="Hittil i året"),
        ],
    )

    def av(*serier: str) -> alt.Chart:
        return grunnlag.transform_filter(alt.FieldOneOfPredicate("serie", list(serier)))

    return diagram.ferdig(
        alt.layer(
            av(str(aar), str(aar - 1)).mark_line(strokeWidth=2.5),
            av("Ramme").mark_line(strokeWidth=2.5, interpolate="step-before"),
            av(str(aar)).mark_point(filled=True, size=45, opacity=1),
            # where the year ends, and not the way there, which is not known
            av("Prognose").mark_tick(thickness=4, size=26, opacity=1),
            data=diagram.rader(punkter),
        ).properties(height=320)
    )


def _figurtekst(utvalg: Utvalg, valgt: str) -> str:
    """What the chart tells."""
    _, _, aar, maaned = utvalg
    naa = _maaneder(*utvalg, valgt)[maaned - 1]
    ledd = [
        f"{navn} {tekst.millioner(naa[felt])}"
        for navn, felt in (
            (str(aar), "hittil"),
            (str(aar - 1), "i_fjor"),
            ("rammen", "ramme"),
            ("prognosen", "prognose"),
        )
        if naa[felt] is not None
    ]
    return (
        "Linjer for det som er påløpt, måned for måned. "
        f"Ved utgangen av {norsk.MAANEDER[maaned - 1]}: {', '.join(ledd)}. Tallene står i tabellen under."
    )


@bufret
def _maanedstabell(fil: str, virksomhet_id: str, aar: int, maaned: int, valgt: str) -> tabell.Tabell:
    maanedene = _maaneder(fil, virksomhet_id, aar, maaned, valgt)
    return tabell.tabell(
        f"Måned for måned i {aar}, i kroner",
        [
            Kolonne("Måned"),
            Kolonne("Regnskap i måneden", tall=True),
            Kolonne("Hittil i år", tall=True),
            Kolonne("Hittil i fjor", tall=True),
            Kolonne("Ramme", tall=True, hjelp="Det som kunne brukes ved utgangen av måneden"),
        ],
        [
            (
                {"t": tekst.stor(navn), "s": nummer},
                *(tabell.kroner(en[felt]) for felt in ("regnskap", "hittil", "i_fjor", "ramme")),
            )
            for nummer, (navn, en) in enumerate(zip(norsk.MAANEDER, maanedene, strict=True), 1)
        ],
        [("Prognose for året", norsk.MANGLER, tabell.kroner(prognose), norsk.MANGLER, norsk.MANGLER)]
        if (prognose := maanedene[maaned - 1]["prognose"]) is not None
        else [],
        merknad="Strek: måneden kommer etter den som er valgt, den er ikke hentet, eller rammen er ikke kjent for alle "
        "postene.",
    )


def _belop(belop: Decimal | None, hvorfor: str, ref: str | None = None) -> tabell.Celle:
    """An amount, or a dash with the reason that it is not there."""
    return tabell.kroner(belop, ref) if belop is not None else tabell.med_note({"t": norsk.MANGLER}, hvorfor)


def _endring(hittil: Decimal | None, i_fjor: Decimal | None) -> tabell.Celle:
    if hittil is None or i_fjor is None:
        return norsk.MANGLER
    andel = norsk.prosent(hittil / i_fjor - 1) if i_fjor > 0 else ""
    return tabell.med_note(tabell.tall(tekst.med_fortegn(hittil - i_fjor), hittil - i_fjor), andel)


@bufret
def _posttabell(
    fil: str, virksomhet_id: str, aar: int, maaned: int, tittel: str, departement: str, i_margen: str
) -> tabell.Tabell:
    utvalg = (fil, virksomhet_id, aar, maaned)
    rader = regnskapsaar.maanedens(*utvalg)
    adresse = {"departement": departement, "etat": virksomhet_id, "regnskapsaar": str(aar), "maaned": str(maaned)}
    bevilgninger = {
        _post(rad): kilde.av_sted(rad.dokument_id, rad.sted) for rad in data.hent(fil, _ENDRINGER, *utvalg[1:3])
    }

    def ramme(rad: Rad) -> tabell.Celle:
        if rad.ramme_kr is None:
            if rad.revidert_bevilgning_kr is None:
                return _belop(None, "ingen bevilgning er hentet")
            har_bevilgning = rad.revidert_bevilgning_kr or rad.overfort_bevilgning_kr
            return _belop(
                None, "flere kan dele posten, og brev mangler" if har_bevilgning else "posten har ingen bevilgning"
            )
        brev = kilde.av_post(aar, *_post(rad)) if virksomhet_id == i_margen else None
        ref = brev if rad.tildelt_kr is not None else bevilgninger.get(_post(rad))
        return tabell.med_note(tabell.kroner(rad.ramme_kr, ref), rad.rammegrunnlag)

    ingen_aar = "ikke regnskap på posten i noe helt år av de fem siste"

    def linje(rad: Rad) -> Sequence[tabell.Celle]:
        sted = kilde.av_sted(rad.dokument_id, rad.sted)
        return (
            tabell.med_note(
                tabell.sidelenke(_nummer(rad), "statsregnskapet", **adresse, post=_kode(rad)), rad.postnavn or ""
            ),
            tabell.kroner(rad.regnskap_kr, sted),
            _belop(rad.hittil_i_aar_kr, "en måned mangler", sted),
            _belop(rad.hittil_i_fjor_kr, f"{aar - 1} er ikke hentet", sted),
            _endring(rad.hittil_i_aar_kr, rad.hittil_i_fjor_kr),
            ramme(rad),
            tabell.andel(rad.forbruksgrad),
            _belop(rad.prognose_kr, ingen_aar if rad.hittil_i_aar_kr is not None else ""),
            tabell.kroner(rad.prognose_mindreutgift_kr),
        )

    def sum_av(side: str, navn: str) -> Sequence[Sequence[tabell.Celle]]:
        """The total of a side; before it what last year had on posts that have no accounts this year, and so no row."""
        paa_siden = [rad for rad in rader if rad.side == side]
        poster = {_post(rad) for rad in rader}
        bare_i_fjor = [
            rad
            for rad in regnskapsaar.maanedens(fil, virksomhet_id, aar - 1, maaned)
            if rad.side == side and _post(rad) not in poster
        ]

        def felt(hvilket: str) -> tabell.Celle:
            belop, dekning = summer.sum_av(paa_siden, hvilket)
            return tabell.med_note({"t": tekst.kroner(belop)}, dekning)

        alle_maaneder = all(rad.hittil_i_aar_kr is not None for rad in rader)
        hittil, _ = summer.sum_av(paa_siden, "hittil_i_aar_kr")
        i_fjor = regnskapsaar.sum_i_fjor(utvalg, side)
        borte, _ = summer.sum_av(bare_i_fjor, "hittil_i_aar_kr")
        return [
            (
                tabell.med_note(
                    {"t": f"{navn} uten regnskap i {aar}"}, tekst.antall(len(bare_i_fjor), "post", "poster")
                ),
                *[norsk.MANGLER] * 2,
                tekst.kroner(borte),
                _endring(Decimal() if alle_maaneder else None, borte),
                *[norsk.MANGLER] * 4,
            )
        ] * bool(bare_i_fjor) + [
            (
                f"Sum {navn.lower()}",
                felt("regnskap_kr"),
                felt("hittil_i_aar_kr"),
                tekst.kroner(i_fjor),
                _endring(hittil, i_fjor),
                felt("ramme_kr"),
                norsk.MANGLER,
                felt("prognose_kr"),
                felt("prognose_mindreutgift_kr"),
            )
        ] * bool(paa_siden)

    return tabell.tabell(
        tittel,
        [
            Kolonne("Kapittel og post"),
            Kolonne("Regnskap i måneden", tall=True),
            Kolonne("Hittil i år", tall=True),
            Kolonne("Hittil i fjor", tall=True, hjelp="Til og med samme måned året før"),
            Kolonne("Endring", tall=True, hjelp="Hittil i år minus hittil i fjor"),
            Kolonne("Ramme", tall=True, hjelp="Det som kan brukes på posten, etter brevene eller bevilgningen"),
            Kolonne("Forbruksgrad", tall=True, hjelp="Hittil i år som andel av rammen"),
            Kolonne("Prognose", tall=True, hjelp="Anslag på hele årets regnskap"),
            Kolonne("Forventet mindreutgift", tall=True, hjelp="Rammen minus prognosen; negativ er merutgift"),
        ],
        map(linje, rader),
        [*sum_av("utgift", "Utgifter"), *sum_av("inntekt", "Inntekter")],
        merknad="Utgifter og inntekter er begge positive. Strek uten forklaring: tallet følger av et annet som mangler "
        "på raden.",
    )


@bufret
def _trefftabell(fil: str, virksomhet_id: str, maaned: int) -> tabell.Tabell:
    rader = regnskapsaar.treff(fil, virksomhet_id, maaned)

    def feil(rad: Rad) -> Sequence[tabell.Celle]:
        return [
            tabell.med_note(
                tabell.tall(norsk.prosent(belop / rad.regnskap_kr), belop / rad.regnskap_kr),
                f"{tekst.kroner(belop)} kr",
            )
            if rad.regnskap_kr
            else norsk.MANGLER
            for belop in (rad.feil_kr, rad.feil_som_i_fjor_kr, rad.feil_jevnt_kr)
        ]

    return tabell.tabell(
        f"Feilen i anslagene ved utgangen av {norsk.MAANEDER[maaned - 1]}, som andel av årets regnskap",
        [
            Kolonne("År"),
            Kolonne("Regnskap (kr)", tall=True, hjelp="Hele årets regnskap på postene som er prøvd"),
            Kolonne("Prognosen", tall=True),
            Kolonne("Resten av året som i fjor", tall=True),
            Kolonne("Jevnt forbruk", tall=True, hjelp="Hver måned blir som snittet hittil"),
            Kolonne("Poster", tall=True, hjelp="Posten er prøvd når alle tre anslagene kan lages"),
            Kolonne("Prognosen var nærmest på", tall=True, hjelp="Mot hvert av de to andre anslagene"),
        ],
        [
            (
                {"t": str(rad.budsjettaar), "s": rad.budsjettaar},
                tabell.kroner(rad.regnskap_kr, kilde.av_sted(rad.dokument_id, rad.sted)),
                *feil(rad),
                tabell.tall(str(rad.antall_poster), rad.antall_poster),
                f"{rad.antall_bedre_enn_i_fjor} og {rad.antall_bedre_enn_jevnt}",
            )
            for rad in rader
        ],
        merknad="Feilene er summert post for post, uten fortegn.",
    )


@bufret
def _endringstabell(fil: str, virksomhet_id: str, aar: int, maaned: int, valgt: str, navn: str) -> tabell.Tabell:
    poster, utgang = _poster(fil, virksomhet_id, aar, maaned, valgt), _utgang(aar, maaned)

    def dato(rad: Rad) -> tabell.Celle:
        if rad.dato is None:
            return tabell.med_note({"t": norsk.MANGLER}, "overføringer har ikke dato")
        return tabell.med_note(tabell.dato(rad.dato), "etter måneden som er valgt" if rad.dato > utgang else "")

    return tabell.tabell(
        f"Vedtakene om bevilgningen i {aar}, i kroner",
        [
            Kolonne("Kapittel og post"),
            Kolonne("Hva"),
            Kolonne("Dato"),
            Kolonne("Beløp", tall=True),
            Kolonne("Bevilgning etterpå", tall=True),
            Kolonne("Vedtak", hjelp="Slik DFØ oppgir det: proposisjonens og innstillingens nummer"),
        ],
        [
            (
                _navn(rad),
                rad.type,
                dato(rad),
                tabell.tall(
                    tekst.med_fortegn(rad.belop_kr) if rad.type == "endring" else tekst.kroner(rad.belop_kr),
                    rad.belop_kr,
                    kilde.av_sted(rad.dokument_id, rad.sted),
                ),
                tabell.kroner(rad.bevilgning_etter_kr),
                rad.vedtak,
            )
            for rad in data.hent(fil, _ENDRINGER, virksomhet_id, aar)
            if _post(rad) in poster
        ],
        tomt=f"Ingen bevilgning på postene er hentet for {aar}. Hent med «styring hent bevilgninger».",
        merknad=f"Gjelder {navn}. Bevilgningen er statens, og flere kan dele den. Overføringer er ikke bevilgning.",
    )


@bufret
def _resttabell(fil: str, virksomhet_id: str, aar: int, maaned: int, valgt: str, navn: str) -> tabell.Tabell:
    poster = _poster(fil, virksomhet_id, aar, maaned, valgt)
    return tabell.tabell(
        f"Rester på postene i {aar}, for hele staten, i kroner",
        [
            Kolonne("Kapittel og post"),
            Kolonne("Revidert bevilgning", tall=True),
            Kolonne(
                "Ikke tildelt i brev", tall=True, hjelp="Revidert bevilgning minus det registrerte brev har tildelt"
            ),
            Kolonne("Regnskap", tall=True, hjelp="Alle virksomheter på posten"),
            Kolonne("Mindreutgift", tall=True, hjelp="Revidert og overført minus regnskap; negativ er merutgift"),
            Kolonne("Avvik fra saldert bok", tall=True, hjelp="Budsjettbokens saldert minus DFØs"),
        ],
        [
            (
                _navn(rad),
                tabell.kroner(rad.revidert_kr, kilde.av_sted(rad.dokument_id, rad.sted)),
                tabell.kroner(rad.ikke_tildelt_i_brev_kr),
                tabell.med_note(
                    {"t": tekst.kroner(rad.regnskap_kr)},
                    tekst.antall(rad.antall_virksomheter, "virksomhet", "virksomheter")
                    if rad.antall_virksomheter
                    else "",
                ),
                tabell.kroner(rad.mindreutgift_kr),
                tabell.kroner(rad.avvik_fra_saldert_bok_kr),
            )
            for rad in data.hent(fil, _RESTER, virksomhet_id, aar)
            if _post(rad) in poster
        ],
        tomt=f"Ingen bevilgning på postene er hentet for {aar}. Hent med «styring hent bevilgninger».",
        merknad=f"Gjelder {navn}. Strek i «Ikke tildelt i brev»: ingen brev om posten er registrert; i «Regnskap» og "
        "«Mindreutgift»: hele årets regnskap eller bevilgninger er ikke hentet; i «Avvik fra saldert bok»: "
        "budsjettboken er ikke hentet.",
    )


@bufret
def _historikktabell(fil: str, virksomhet_id: str) -> tabell.Tabell:
    return tabell.tabell(
        "Navn og departement, slik regnskapet har dem måned for måned",
        [Kolonne("Navn"), Kolonne("Departement"), Kolonne("Fra"), Kolonne("Til")],
        [
            (
                rad.virksomhet or norsk.MANGLER,
                rad.departement or norsk.MANGLER,
                tabell.dato(rad.gjelder_fra, kilde.av_sted(rad.dokument_id, rad.sted)),
                tabell.dato(rad.gjelder_til) if rad.gjelder_til else {"t": "gjelder fortsatt", "s": _FRAMTID},
            )
            for rad in data.hent(fil, _HISTORIKK, virksomhet_id)
        ],
        merknad="Departementene står med det siste navnet sitt. Den første datoen er den første måneden som er hentet.",
    )


def _hentet(fil: str) -> str:
    """Which months are at hand, and which between them are not, when the last was fetched, and what is odd in it."""
    perioder = data.hent(fil, _PERIODER)
    forste, siste = (f"{norsk.MAANEDER[en.maaned - 1]} {en.budsjettaar}" for en in (perioder[0], perioder[-1]))
    nummer = {12 * en.budsjettaar + en.maaned - 1 for en in perioder}
    hull = [f"{norsk.MAANEDER[en % 12]} {en // 12}" for en in range(min(nummer), max(nummer)) if en not in nummer]
    naar = norsk.tidspunkt(perioder[-1].hentet.replace(tzinfo=datetime.UTC))
    satt_til_side = sum(en.antall_i_karantene for en in perioder)
    # none, or not to be told
    ukjente = perioder[-1].antall_ukjente_poster or 0
    return (
        f"Regnskapet er hentet fra og med {forste} til og med {siste}, den siste måneden {naar}"
        + (f"; {', '.join(hull)} mangler. " if hull else ". ")
        + (
            f"{tekst.antall(satt_til_side, 'rad', 'rader')} i det som er hentet, er satt til side og ikke regnet med."
            if satt_til_side
            else "Ingen rader er satt til side."
        )
        + (
            f" {tekst.antall(ukjente, 'post', 'poster')} i den siste måneden har verken bevilgning det året eller "
            "regnskap året før, og er regnet med."
            if ukjente
            else ""
        )
    )


@bufret
def _karantenetabell(fil: str) -> tabell.Tabell:
    return tabell.tabell(
        "Rader som er satt til side",
        [
            Kolonne("Kilde"),
            Kolonne("Periode"),
            Kolonne("Grunn"),
            Kolonne("Rader", tall=True),
            Kolonne("Beløp (kr)", tall=True),
            Kolonne("Fil"),
            Kolonne("Første linje", tall=True),
        ],
        [
            (
                rad.kilde,
                rad.periode,
                rad.grunn,
                tabell.tall(norsk.tall(Decimal(rad.antall)), rad.antall),
                _belop(rad.belop_kr, "kan ikke leses"),
                rad.fil,
                tabell.tall(norsk.tall(rad.forste_linje), rad.forste_linje),
            )
            for rad in data.hent(fil, _KARANTENE)
        ],
        merknad="Gjelder hele staten, og alt som er hentet.",
    )


def _velg(fil: str, i_margen: str, aar_i_margen: int) -> tuple[Rad, str, int, int]:
    """Ask for ministry, agency, year and month. Returns the agency, the ministry or "" for all, the year and the month.

    The agency of the margin is met first, and its year when the reader has asked for one; else the last month at hand.
    """
    virksomheter = {rad.virksomhet_id: rad for rad in data.hent(fil, _VIRKSOMHETER)}
    departementer = {rad.departement_id: rad.departement for rad in virksomheter.values() if rad.departement}
    plasser = st.columns([3, 4, 2, 2])
    with plasser[0]:
        departement = velg_en(
            "Departement",
            {"": "Alle departementer", **dict(sorted(departementer.items(), key=lambda par: par[1]))},
            "departement",
            glemmer=("etat", "post"),
        )
    # a link to an agency that has come under another ministry since still opens it
    bedt_om = st.query_params.get("etat")
    mulige = {
        en: rad.virksomhet
        for en, rad in virksomheter.items()
        if departement in ("", rad.departement_id) or en == bedt_om
    }
    with plasser[1]:
        forvalg = i_margen if i_margen in mulige else None
        virksomhet_id = velg_en("Virksomhet i staten", mulige, "etat", forvalg, glemmer=("post",))
    hentet = data.hent(fil, _MAANEDER, virksomhet_id)
    alle_aar = {str(rad.budsjettaar): str(rad.budsjettaar) for rad in hentet}
    with plasser[2]:
        forvalg = str(aar_i_margen) if "aar" in st.query_params and str(aar_i_margen) in alle_aar else None
        aar = int(velg_en("Regnskapsår", alle_aar, "regnskapsaar", forvalg))
    with plasser[3]:
        maaneder = {
            str(rad.maaned): norsk.MAANEDER[rad.maaned - 1] for rad in reversed(hentet) if rad.budsjettaar == aar
        }
        maaned = int(velg_en("Til og med", maaneder, "maaned", list(maaneder)[-1]))
    return virksomheter[virksomhet_id], departement, aar, maaned


def _til_august() -> None:
    st.query_params["maaned"] = str(AUGUST)


def _vis() -> None:
    valg = gjeldende()
    hode = st.container()
    virksomhet, departement, aar, maaned = _velg(valg.fil, valg.virksomhet_id, valg.aar)
    utvalg = (valg.fil, virksomhet.virksomhet_id, aar, maaned)
    naar = f"{norsk.MAANEDER[maaned - 1]} {aar}"
    with hode:
        topp("Statsregnskapet", SPORSMAL, f"{tekst.uten_markdown(virksomhet.virksomhet)} · til og med {naar}")
    st.markdown(regnskapsaar.det_viktigste(*utvalg, tekst.uten_markdown(virksomhet.kortnavn)))

    st.header("Måned for måned", anchor=False)
    rader = regnskapsaar.maanedens(*utvalg)
    valgbare = _valgbare(rader)
    valgt = velg_en("Kapittel og post", valgbare, "post")
    # said in the middle of a sentence
    valgt_navn = f"{valgbare[valgt][0].lower()}{valgbare[valgt][1:]}"
    lerret.vis(_figur(*utvalg, valgt), _figurtekst(utvalg, valgt), key="maanedsfigur")
    tabell.vis(_maanedstabell(*utvalg, valgt), key="maaneder")

    st.header("Post for post", anchor=False)
    rapport = maaned == AUGUST
    tittel = f"Økonomirapportering per 31. august {aar}" if rapport else f"Regnskapet til og med {naar}"
    if not rapport and regnskapsaar.maanedens(valg.fil, virksomhet.virksomhet_id, aar, AUGUST):
        st.button(f"Vis økonomirapporteringen per 31. august {aar}", on_click=_til_august)
    tabell.vis(
        _posttabell(*utvalg, f"{tittel}, i kroner", departement, valg.virksomhet_id),
        key="poster",
    )
    nedlasting.knapper(
        tittel,
        f"statsregnskapet-{virksomhet.virksomhet_id}-{aar}-{maaned:02}",
        [
            "Kapittel", "Kapittelnavn", "Post", "Postnavn", "Side", "Regnskap i måneden", "Hittil i år",
            "Hittil i fjor", "Hele fjoråret", "Ramme", "Rammen bygger på", "Forbruksgrad", "Prognose",
            "Forventet mindreutgift",
        ],
        lambda: [
            (
                rad.kapittel, rad.kapittelnavn, rad.post, rad.postnavn, rad.side, rad.regnskap_kr, rad.hittil_i_aar_kr,
                rad.hittil_i_fjor_kr, rad.hele_fjoraaret_kr, rad.ramme_kr, rad.rammegrunnlag, rad.forbruksgrad,
                rad.prognose_kr, rad.prognose_mindreutgift_kr,
            )
            for rad in rader
        ],
        f"{virksomhet.virksomhet}. Beløp i kroner. Kilde: statsregnskapet, DFØ. Versjon {data.versjon(valg.fil)}.",
    )  # fmt: skip

    st.header("Hvor godt prognosen har truffet", anchor=False)
    st.markdown(f"{regnskapsaar.METODE} {regnskapsaar.dom(valg.fil, virksomhet.virksomhet_id, maaned)}")
    if regnskapsaar.treff(valg.fil, virksomhet.virksomhet_id, maaned):
        tabell.vis(_trefftabell(valg.fil, virksomhet.virksomhet_id, maaned), key="treff")

    st.header("Hver endring av bevilgningen", anchor=False)
    tabell.vis(_endringstabell(*utvalg, valgt, valgt_navn), key="endringer")

    st.header("Det som ikke er forklart", anchor=False)
    tabell.vis(_resttabell(*utvalg, valgt, valgt_navn), key="rester")

    st.header("Navn og departement", anchor=False)
    tabell.vis(_historikktabell(valg.fil, virksomhet.virksomhet_id), key="historikk")

    st.header("Hva som er hentet", anchor=False)
    st.markdown(_hentet(valg.fil))
    if data.hent(valg.fil, _KARANTENE):
        tabell.vis(_karantenetabell(valg.fil), key="karantene")


SPORSMAL = "Hva er brukt hittil i år, mot samme tid i fjor, mot rammen og mot det året ventes å bli?"

if data.hent(gjeldende().fil, _VIRKSOMHETER):
    _vis()
else:
    topp("Statsregnskapet", SPORSMAL)
    st.markdown(
        "Her vises regnskapet til hver virksomhet i staten, måned for måned: det som er brukt, mot samme tid i fjor, "
        "mot rammen og mot en prognose for året, og hver endring av bevilgningen. Ingenting er hentet ennå. Hent det "
        "fra DFØs åpne data med `styring hent statsregnskapet` og `styring hent bevilgninger`, og bygg på nytt med "
        "`make build`."
    )
