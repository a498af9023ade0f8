"""What is said of an agency's year in the state's accounts: what has accrued, and how good the forecast has been."""

from collections.abc import Sequence
from decimal import Decimal

from styring import norsk
from styring.visning import data, summer, tekst
from styring.visning.data import Rad, bufret

_REGNSKAP = """
    select * from marts.budsjettutnyttelse_per_maaned
    where virksomhet_id = ? and budsjettaar = ?
    order by maaned, kapittel, post
"""
# of the posts that have a frame now, the last five whole years
_BRUKT_FOER = """
    select budsjettaar, sum(hittil_i_aar_kr) filter (maaned = $3) / sum(regnskap_kr) as andel
    from marts.budsjettutnyttelse_per_maaned
    where virksomhet_id = $1 and side = 'utgift' and budsjettaar between $2 - 5 and $2 - 1
        and (kapittel, post) in (
            select (kapittel, post) from marts.budsjettutnyttelse_per_maaned
            where virksomhet_id = $1 and budsjettaar = $2 and maaned = $3 and ramme_kr is not null
        )
    group by budsjettaar
    having count(distinct maaned) = 12 and sum(regnskap_kr) > 0
    order by andel
"""
_TREFF = """
    select * from marts.prognosetreff
    where virksomhet_id = ? and maaned = ?
    order by budsjettaar
"""

DESEMBER = 12
METODE = (
    "Prognosen er det som er påløpt hittil, og for månedene som er igjen: det de i snitt har kostet i de av de "
    "fem siste årene som er hele og har regnskap på posten, justert med årets vekst hittil (mellom en halvering og en "
    "dobling)."
)
_TALLORD = ("", "ett", "to", "tre", "fire", "fem")
# a version's file, an agency, a year and a month
Utvalg = tuple[str, str, int, int]


@bufret
def maanedens(fil: str, virksomhet_id: str, aar: int, maaned: int) -> Sequence[Rad]:
    """The agency's posts at the end of a month."""
    return [rad for rad in data.hent(fil, _REGNSKAP, virksomhet_id, aar) if rad.maaned == maaned]


def sum_i_fjor(utvalg: Utvalg, side: str) -> Decimal | None:
    """Last year by the same month, also on posts that have nothing this year; None when that month is not fetched."""
    fil, virksomhet_id, aar, maaned = utvalg
    if not any(rad.hittil_i_fjor_kr is not None for rad in maanedens(*utvalg)):
        return None
    fjoraaret = maanedens(fil, virksomhet_id, aar - 1, maaned)
    return sum((rad.hittil_i_aar_kr for rad in fjoraaret if rad.side == side), Decimal())


def _mot_i_fjor(hittil: Decimal, i_fjor: Decimal | None, naar: str) -> str:
    """How much more or less it is than last year: , 6,2 % mindre enn på samme tid i fjor (18 023,1 mill. kr)."""
    if i_fjor is None:
        return "; fjoråret er ikke hentet"
    if i_fjor <= 0 or hittil < 0:
        return f", mot {tekst.millioner(i_fjor)} {naar}"
    if hittil == i_fjor:
        return f", like mye som {naar}"
    retning = "mer" if hittil > i_fjor else "mindre"
    return f", {norsk.prosent(abs(hittil / i_fjor - 1))} {retning} enn {naar} ({tekst.millioner(i_fjor)})"


@bufret
def det_viktigste(fil: str, virksomhet_id: str, aar: int, maaned: int, navn: str) -> str:
    """What has been spent, against last year, against the frame and earlier years, and what the year will leave."""
    utvalg = (fil, virksomhet_id, aar, maaned)
    over = maaned == DESEMBER
    naar = "i hele fjor" if over else "på samme tid i fjor"
    if any(rad.hittil_i_aar_kr is None for rad in maanedens(*utvalg)):
        return f"**Hva {navn} har brukt hittil i {aar}, er ikke kjent: en av månedene er ikke hentet.**"
    start = f"I {aar} har {navn}" if over else f"Til og med {norsk.MAANEDER[maaned - 1]} {aar} har {navn}"
    setninger: list[str] = []
    for side, verb in (("utgift", "brukt"), ("inntekt", "fått inn")):
        if paa_siden := [rad for rad in maanedens(*utvalg) if rad.side == side]:
            hittil = sum((rad.hittil_i_aar_kr for rad in paa_siden), Decimal())
            mot = _mot_i_fjor(hittil, sum_i_fjor(utvalg, side), naar)
            setning = f"{start if not setninger else 'Virksomheten har'} {verb} {tekst.millioner(hittil)}{mot}."
            setninger.append(setning if setninger else f"**{setning}**")
            if side == "utgift":
                setninger += _mot_rammen(utvalg, paa_siden)
    return " ".join(setninger)


def _mot_rammen(utvalg: Utvalg, utgifter: Sequence[Rad]) -> list[str]:
    """How much of the frame is used, how much of the year earlier years had used by then, and what the year leaves."""
    maaned = utvalg[-1]
    med_ramme = [rad for rad in utgifter if rad.ramme_kr is not None]
    if not med_ramme:
        return ["Rammen er ikke kjent for noen av postene: flere kan dele dem, eller bevilgningene er ikke hentet."]
    ramme, dekning = summer.sum_av(utgifter, "ramme_kr")
    brukt = sum((rad.hittil_i_aar_kr for rad in med_ramme), Decimal())
    setninger = []
    if ramme:
        grad, belop = norsk.prosent(brukt / ramme), tekst.millioner(ramme)
        setninger.append(
            f"Rammen er kjent for {dekning}, og {grad} av den ({belop}) er brukt."
            if dekning
            else f"Av rammen på {belop} er {grad} brukt."
        )
    if maaned < DESEMBER:
        setninger += _som_foer(utvalg)
        rest, dekning = summer.sum_av(utgifter, "prognose_mindreutgift_kr")
        gir = "Prognosen for året gir en"
    else:
        rest, gir = sum((rad.ramme_kr for rad in med_ramme), Decimal()) - brukt, "Det ga en"
    if rest is None:
        setninger.append("Årets mindreutgift kan ikke anslås uten et helt tidligere år.")
    else:
        slag, poster = "merutgift" if rest < 0 else "mindreutgift", f" ({dekning})" if dekning else ""
        setninger.append(f"{gir} {slag} på {tekst.millioner(abs(rest))}{poster}.")
    if bare := sum(rad.rammegrunnlag == "bare tildelingsbrevet" for rad in med_ramme):
        setninger.append(
            f"For {tekst.antall(bare, 'post', 'poster')} er bare tildelingsbrevet registrert; "
            "senere tillegg kan ha endret rammen."
        )
    return setninger


def _som_foer(utvalg: Utvalg) -> list[str]:
    """How much of the year's accounts the posts had had by the same month in earlier years; a sentence, or nothing."""
    foer = data.hent(utvalg[0], _BRUKT_FOER, *utvalg[1:])
    if not foer:
        return []
    if len(foer) == 1:
        return [f"På samme tid i {foer[0].budsjettaar} var {norsk.prosent(foer[0].andel)} av årets regnskap brukt."]
    snitt = norsk.prosent(sum(rad.andel for rad in foer) / len(foer))
    return [
        f"På samme tid i de {_TALLORD[len(foer)]} årene før var i snitt {snitt} av årets regnskap brukt "
        f"(fra {norsk.prosent(foer[0].andel)} til {norsk.prosent(foer[-1].andel)})."
    ]


def treff(fil: str, virksomhet_id: str, maaned: int) -> Sequence[Rad]:
    """How far the forecast and the two simplest guesses were from what the years became, at the end of a month."""
    return data.hent(fil, _TREFF, virksomhet_id, maaned)


@bufret
def dom(fil: str, virksomhet_id: str, maaned: int) -> str:
    """How far the forecast has been from what the years became, beside the simplest guesses; or why it is not known."""
    rader = treff(fil, virksomhet_id, maaned)
    regnskap = sum((rad.regnskap_kr for rad in rader), Decimal())
    if maaned == DESEMBER:
        return "I desember er året over, og det er ingenting igjen å anslå."
    if not regnskap:
        return "Ingen år kan prøves ennå: det krever et år som er over, og et helt år før det."
    feil, i_fjor, jevnt = (
        sum((getattr(rad, felt) for rad in rader), Decimal()) / regnskap
        for felt in ("feil_kr", "feil_som_i_fjor_kr", "feil_jevnt_kr")
    )
    minst_like_god = " og ".join(
        navn for navn, en in (("«resten av året som i fjor»", i_fjor), ("«jevnt forbruk»", jevnt)) if en <= feil
    )
    slutning = f"ikke bedre enn {minst_like_god}" if minst_like_god else "bedre enn begge"
    nermest = sum(rad.feil_kr < min(rad.feil_som_i_fjor_kr, rad.feil_jevnt_kr) for rad in rader)
    aarene = str(rader[0].budsjettaar) if len(rader) == 1 else f"{rader[0].budsjettaar}–{rader[-1].budsjettaar}"
    return (
        f"Ved utgangen av {norsk.MAANEDER[maaned - 1]} bommet den med {norsk.prosent(feil)} av regnskapet i {aarene}. "
        f"De to enkleste anslagene, «resten av året som i fjor» og «jevnt forbruk», bommet med {norsk.prosent(i_fjor)} "
        f"og {norsk.prosent(jevnt)}. **Prognosen var {slutning}, og nærmest i {nermest} av {len(rader)} år.**"
    )
