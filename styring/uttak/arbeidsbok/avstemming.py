"""Totals reconciled: each line holds one figure of the workbook against what the other sheets give, by live formulas.

What a formula gives is worked out here too, from the same rows. A line that lacks a figure says which, and has no
formula: nothing is held against 0.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from operator import add, sub

from styring.uttak.arbeidsbok.ark import AAR, ARK, KODE, PENGER, TALL, TEKST, Ark, Kolonne, omraade
from styring.uttak.arbeidsbok.skriver import FORSTE, Bok, Formel
from styring.visning.data import Rad

STEMMER, AVVIKER = "stemmer", "avviker"
# what a status or a sentence contains, and whether it is well
UTFALL = ((AVVIKER, False), (STEMMER, True))
_SEKS = Decimal("0.000001")

AVSTEMMING = Ark(
    "Avstemming", "Avstemming", "avstemming", PENGER, 4,
    (
        Kolonne("hva", "Avstemming", TEKST, 30),
        Kolonne("aar", "År", AAR, 8),
        Kolonne("kapittel", "Kapittel", KODE, 10),
        Kolonne("post", "Post", KODE, 8),
        Kolonne("sp", "SP", AAR, 6),
        Kolonne("nokkel", "Nøkkel", KODE, 24),
        Kolonne("navn", "Gjelder", TEKST, 42),
        Kolonne("beregnet", "Regnet ut her", TALL, 18),
        Kolonne("oppgitt", "Står i arket", TALL, 18),
        Kolonne("differanse", "Differanse", TALL, 14),
        Kolonne("status", "Status", KODE, 14),
        Kolonne("merknad", "Hvorfor tall mangler", TEKST, 38),
    ),
)  # fmt: skip
# the columns of a line that formulas read
_AAR, _KAPITTEL, _POST, _SP, _NOKKEL, _BEREGNET, _OPPGITT, _DIFFERANSE = tuple("BCDEFHIJ")

# What is reconciled, in the order of the sheet, and how.
HVA = {
    "Hendelser mot disponibelt": "Summen av hendelsene i Tildelinger er det siste disponible beløpet på posten",
    "Hendelser mot samlet tildeling": "Summen av hendelsene er samlet tildeling i Budsjettutnyttelse",
    "Overført og årets tildeling": "Overført fra i fjor og årets tildeling er samlet tildeling",
    "Mindreutgift": "Samlet tildeling minus regnskap er mindreutgiften",
    "Utnyttelse": "Regnskap delt på samlet tildeling er utnyttelsen",
    "Indikatorer per SP": "Vurderingene i Indikatorer under SP, talt opp, er tallene i Mål og SP",
    "Vurderte indikatorer per SP": "De seks vurderingene i Mål og SP summerer til antall vurdert",
    "Kontroller per resultat": "Resultatene i Kontroller, talt opp, er det datavarehuset har talt",
    "Avvik mot kontroller": "Radene i Avvik er kontrollene med resultatet avvik",
    "Differansen i hvert avvik": "Oppgitt minus beregnet er differansen",
    "Deler av en post": "Delene i Målpenger summerer til posten i Budsjettutnyttelse",
    "Rader per ark": "Arket har like mange rader som datavarehuset",
}
# a count in Mål og SP, and the verdict that it counts
_TELLINGER = {
    "antall_naadd": "nådd",
    "antall_delvis": "delvis",
    "antall_ikke_naadd": "ikke nådd",
    "antall_bedre": "bedre",
    "antall_uendret": "uendret",
    "antall_svakere": "svakere",
    "antall_brudd": "brudd",
    "antall_uten_sammenligning": "uten sammenligning",
    "antall_uten_retning": "uten retning",
}
_VURDERT = list(_TELLINGER)[:6]
# a formula with {r} for its own row, and what it gives; or why there is none
Side = tuple[str, Decimal | int] | str


@dataclass(frozen=True)
class Sak:
    """What a line is of: the columns that its formulas read, and its name."""

    hva: str
    aar: int | None = None
    kapittel: str | None = None
    post: str | None = None
    sp: int | None = None
    nokkel: str | None = None
    navn: str | None = None


@dataclass(frozen=True)
class Linje(Sak):
    """A row of the sheet: two figures, or why one is not there."""

    beregnet: Formel | None = None
    oppgitt: Formel | None = None
    differanse: Formel | None = None
    status: Formel | None = None
    merknad: str | None = None


Rader = Mapping[str, Sequence[Rad]]
Sider = Iterator[tuple[Sak, Side, Side]]


def linjer(rader: Rader) -> list[Linje]:
    """The lines for the rows of each mart that is a sheet."""
    alle = [*_poster(rader), *_maal(rader), *_kontroller(rader), *_deler(rader), *_antall(rader)]
    plass = {hva: nummer for nummer, hva in enumerate(HVA)}
    # what lacks a figure stands last under its heading
    alle.sort(key=lambda en: (plass[en[0].hva], isinstance(en[1], str) or isinstance(en[2], str)))
    return [_linje(*en, nummer) for nummer, en in enumerate(alle, FORSTE + 1)]


def _linje(sak: Sak, beregnet: Side, oppgitt: Side, nummer: int) -> Linje:
    if isinstance(beregnet, str) or isinstance(oppgitt, str):
        return Linje(**vars(sak), merknad=beregnet if isinstance(beregnet, str) else str(oppgitt))
    differanse = _rund(Decimal(beregnet[1]) - oppgitt[1])
    celle = f"{_DIFFERANSE}{nummer}"
    # what has become an error does not agree
    status = f'=IF(ISERROR({celle}),"{AVVIKER}",IF({celle}=0,"{STEMMER}","{AVVIKER}"))'
    return Linje(
        **vars(sak),
        beregnet=_formel(*beregnet, nummer),
        oppgitt=_formel(*oppgitt, nummer),
        differanse=_formel(f"ROUND({_BEREGNET}{{r}}-{_OPPGITT}{{r}},6)", differanse, nummer),
        status=Formel(status, AVVIKER if differanse else STEMMER),
    )


def _rund(verdi: Decimal) -> Decimal:
    """As ROUND(…,6) does, and as the marts' own shares and differences are kept."""
    return verdi.quantize(_SEKS, ROUND_HALF_UP)


def _formel(formel: str, verdi: Decimal | int, nummer: int) -> Formel:
    return Formel("=" + formel.replace("{r}", str(nummer)), int(verdi) if verdi == int(verdi) else float(verdi))


def _krav(mart: str, krav: Mapping[str, object]) -> str:
    return ",".join(f"{omraade(mart, felt)},{verdi}" for felt, verdi in krav.items())


def _sum(mart: str, felt: str, krav: Mapping[str, object]) -> str:
    return f"SUMIFS({omraade(mart, felt)},{_krav(mart, krav)})"


def _antall_av(mart: str, krav: Mapping[str, object]) -> str:
    return f"COUNTIFS({_krav(mart, krav)})"


def _side(formel: str, verdi: Decimal | int | None, navn: str) -> Side:
    return f"{navn} foreligger ikke" if verdi is None else (formel, verdi)


_PAA_POSTEN = {"budsjettaar": f"${_AAR}{{r}}", "kapittel": f"${_KAPITTEL}{{r}}", "post": f"${_POST}{{r}}"}
_PENGER = {
    "overfort_fra_i_fjor_kr": "Overført fra i fjor",
    "aarets_tildeling_kr": "Årets tildeling",
    "samlet_tildeling_kr": "Samlet tildeling",
    "regnskap_kr": "Regnskapet",
    "mindreutgift_kr": "Mindreutgiften",
    "utnyttelsesgrad": "Utnyttelsen",
}


def _post(rad: Rad) -> Sak:
    return Sak("", rad.budsjettaar, rad.kapittel, rad.post, navn=rad.postnavn)


def _belop(rad: Rad, felt: str) -> Side:
    return _side(_sum("budsjettutnyttelse", felt, _PAA_POSTEN), getattr(rad, felt), _PENGER[felt])


def _regnet(regn: Callable[[Decimal, Decimal], Decimal], formel: str, en: Side, annen: Side) -> Side:
    """What follows from two figures; when one is not there, why."""
    if isinstance(en, str) or isinstance(annen, str):
        return en if isinstance(en, str) else annen
    return formel.format(en[0], annen[0]), regn(Decimal(en[1]), Decimal(annen[1]))


def _poster(rader: Rader) -> Sider:
    hendelser = defaultdict(list)
    for rad in rader["tildelinger"]:
        hendelser[rad.budsjettaar, rad.kapittel, rad.post].append(rad)
    for rad in rader["budsjettutnyttelse"]:
        post = _post(rad)
        egne = sorted(hendelser[rad.budsjettaar, rad.kapittel, rad.post], key=lambda en: en.nummer)
        sum_ = _sum("tildelinger", "belop_kr", _PAA_POSTEN)
        # the events of a post are numbered from 1, so the last one's number is how many there are
        krav = {**_PAA_POSTEN, "nummer": _antall_av("tildelinger", _PAA_POSTEN)}
        siste = _sum("tildelinger", "disponibelt_etter_kr", krav)
        brev = "Brev som tildeler posten,"
        av_hendelser = _side(sum_, sum(en.belop_kr for en in egne) if egne else None, brev)
        overfort, aarets, samlet, regnskap, mindreutgift, utnyttelse = (_belop(rad, felt) for felt in _PENGER)
        yield (
            replace(post, hva="Hendelser mot disponibelt"),
            av_hendelser,
            _side(siste, egne[-1].disponibelt_etter_kr if egne else None, brev),
        )
        er_regnskapets = rad.tildelingsgrunnlag == "årsregnskapet"
        yield (
            replace(post, hva="Hendelser mot samlet tildeling"),
            av_hendelser,
            "Samlet tildeling er hentet fra årsregnskapet" if er_regnskapets else samlet,
        )
        yield replace(post, hva="Overført og årets tildeling"), _regnet(add, "{}+{}", overfort, aarets), samlet
        yield replace(post, hva="Mindreutgift"), _regnet(sub, "{}-{}", samlet, regnskap), mindreutgift
        brukt = (
            "Samlet tildeling er 0"
            if rad.samlet_tildeling_kr == 0
            else _regnet(lambda over, under: _rund(over / under), "ROUND({}/{},6)", regnskap, samlet)
        )
        yield replace(post, hva="Utnyttelse"), brukt, utnyttelse


def _maal(rader: Rader) -> Sider:
    indikatorer = [rad for rad in rader["maaloppnaaelse"] if not rad.er_fordeling]
    per_sp = Counter((rad.aar, rad.sp_nr) for rad in indikatorer if rad.indikator_id is not None)
    forelopige = Counter((rad.aar, rad.sp_nr) for rad in indikatorer if rad.forelopig)
    per_vurdering = Counter((rad.aar, rad.sp_nr, rad.vurdering) for rad in indikatorer)
    paa_sp = {"aar": f"${_AAR}{{r}}", "sp_nr": f"${_SP}{{r}}"}
    egne = {**paa_sp, "er_fordeling": '"nei"'}
    for rad in rader["sp_sammendrag"]:
        nokkel = (rad.aar, rad.sp_nr)
        sak = Sak("Indikatorer per SP", rad.aar, sp=rad.sp_nr, navn=rad.sp)
        for felt, hvilke, krav, antall in (
            ("antall_indikatorer", "alle", {"indikator_id": '"?*"'}, per_sp[nokkel]),
            ("antall_forelopige", "foreløpige", {"forelopig": '"ja"'}, forelopige[nokkel]),
            *(
                (felt, vurdering, {"vurdering": f"${_NOKKEL}{{r}}"}, per_vurdering[*nokkel, vurdering])
                for felt, vurdering in _TELLINGER.items()
            ),
        ):
            yield (
                replace(sak, nokkel=hvilke),
                (_antall_av("maaloppnaaelse", {**egne, **krav}), antall),
                (_sum("sp_sammendrag", felt, paa_sp), getattr(rad, felt)),
            )
        yield (
            replace(sak, hva="Vurderte indikatorer per SP"),
            (
                "+".join(_sum("sp_sammendrag", felt, paa_sp) for felt in _VURDERT),
                sum(getattr(rad, felt) for felt in _VURDERT),
            ),
            (_sum("sp_sammendrag", "antall_vurdert", paa_sp), rad.antall_vurdert),
        )


def _kontroller(rader: Rader) -> Sider:
    resultater = Counter(rad.resultat for rad in rader["kontroller"])
    per_resultat = _antall_av("kontroller", {"resultat": f"${_NOKKEL}{{r}}"})
    for resultat in ("ok", "avrunding", "avvik"):
        antall = resultater[resultat]
        yield Sak("Kontroller per resultat", nokkel=resultat), (per_resultat, antall), (str(antall), antall)
    yield (
        Sak("Avvik mot kontroller", nokkel="avvik"),
        (per_resultat, resultater["avvik"]),
        (f"COUNTA({omraade('avvik', 'kontroll_id')})", len(rader["avvik"])),
    )
    dette = {"kontroll_id": f"${_NOKKEL}{{r}}", "aar": f"${_AAR}{{r}}"}
    for rad in rader["avvik"]:
        oppgitt, beregnet, differanse = (
            _side(_sum("avvik", felt, dette), getattr(rad, felt), navn)
            for felt, navn in (("oppgitt", "Oppgitt"), ("beregnet", "Beregnet"), ("differanse", "Differanse"))
        )
        yield (
            Sak("Differansen i hvert avvik", rad.aar, nokkel=rad.kontroll_id, navn=rad.beskrivelse),
            _regnet(sub, "{}-{}", oppgitt, beregnet),
            differanse,
        )


def _deler(rader: Rader) -> Sider:
    deler: dict[tuple[object, ...], Decimal] = defaultdict(Decimal)
    for rad in rader["maalpenger"]:
        deler[rad.maal_fra_aar, rad.art, rad.budsjettaar, rad.kapittel, rad.post] += rad.belop_kr
    # the parts stand once for each letter with goals; without any, once
    for brevaar in dict.fromkeys(rad.maal_fra_aar for rad in rader["maalpenger"]):
        hvilke = {} if brevaar is None else {"maal_fra_aar": brevaar}
        formel = _sum("maalpenger", "belop_kr", {**_PAA_POSTEN, "art": f"${_NOKKEL}{{r}}", **hvilke})
        for art, felt in (("tildelt", "samlet_tildeling_kr"), ("regnskap", "regnskap_kr")):
            for rad in rader["budsjettutnyttelse"]:
                post = replace(_post(rad), hva="Deler av en post", nokkel=art)
                yield post, (formel, deler[brevaar, art, post.aar, post.kapittel, post.post]), _belop(rad, felt)


def _antall(rader: Rader) -> Sider:
    for ark in ARK:
        egne = rader[ark.mart]
        # a column that is never empty counts the rows
        felt = next(en.felt for en in ark.kolonner if all(en.av(rad) is not None for rad in egne))
        yield (
            Sak("Rader per ark", nokkel=ark.navn),
            (f"COUNTA({omraade(ark.mart, felt)})", len(egne)),
            (str(len(egne)), len(egne)),
        )


def sammendrag(alle: Sequence[Linje]) -> Formel:
    """How many lines agree, as a sentence."""
    stemmer, avviker = (f'COUNTIF({AVSTEMMING.tabell}[Status],"{status}")' for status in (STEMMER, AVVIKER))
    telt = Counter(en.status.verdi for en in alle if en.status)
    return Formel(
        f'=IF({avviker}=0,"Alle "&{stemmer}&" avstemminger stemmer.",'
        f'{avviker}&" av "&({stemmer}+{avviker})&" avstemminger avviker.")',
        f"{telt[AVVIKER]} av {telt.total()} avstemminger avviker."
        if telt[AVVIKER]
        else f"Alle {telt.total()} avstemminger stemmer.",
    )


def skriv(bok: Bok, alle: Sequence[Linje]) -> None:
    """The sheet, with a sign and a colour for each status."""
    ark = bok.tabell(AVSTEMMING, sammendrag(alle), alle)
    bok.merk_status(ark, f"K{FORSTE + 1}:K{FORSTE + max(len(alle), 1)}", UTFALL)
    bok.merk_status(ark, "A2", UTFALL)
