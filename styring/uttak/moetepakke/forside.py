"""The first page: what the meeting is on, the headline figures, and a line or two of each chapter."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from styring import norsk
from styring.uttak.innhold import Avsnitt, Blokk, Hovedtall, Overskrift, Punkter
from styring.uttak.moete import HOST
from styring.uttak.moetepakke.grunnlag import Grunnlag
from styring.uttak.moetepakke.ord import endring, og, verdi
from styring.visning import frister, hovedtall, summer, tekst
from styring.visning.data import Rad

_STORSTE = 3


def lag(g: Grunnlag) -> list[Blokk]:
    """The first page: what the meeting is on, the headline figures, and a line or two of each part."""
    moete, v = g.moete, g.virksomhet
    dagen = f"{moete.trykt}; dagen er ikke trykt, og alt er vist per " if moete.trykt else ""
    return [
        Avsnitt(
            f"{v.departement} ({v.departement_kortnavn}) og {v.virksomhet} ({v.kortnavn}). "
            f"Møtedato: {dagen}{tekst.dato(moete.dato)}. Endringer er talt fra {moete.siden}. {_grunnlag(g)}"
        ),
        _hovedtall(g),
        Overskrift(1, "Det viktigste"),
        Punkter(
            [
                *_viktigst_om_penger(g),
                *_viktigst_om_maal(g),
                *_viktigst_om_oppdrag(g),
                *_neste_frister(g),
                *_viktigst_om_risiko(g),
                *_viktigst_om_avvik(g),
            ]
        ),
    ]


def _hovedtall(g: Grunnlag) -> Hovedtall:
    """The last whole year in spring; in autumn, what is at disposal comes first."""
    moete, ifjor = g.moete, g.moete.regnskapsaar
    aarets = {
        f"{navn} {ifjor}": (norsk.prosent(belop) if navn == "Utnyttelse" else tekst.millioner(belop), dekning)
        for navn, (belop, dekning) in hovedtall.penger(g.utgave.fil, g.virksomhet_id, ifjor).items()
    }
    if moete.slag == HOST:
        del aarets[f"Samlet tildeling {ifjor}"], aarets[f"Mindreutgift {ifjor}"]
        endret = g.endret(moete.aar)
        aarets = {
            f"Disponibelt i {moete.aar}": (tekst.millioner(_disponibelt(g)), f"per {tekst.dato(moete.dato)}"),
            "Endret siden forrige møte": (tekst.millioner(endret), "" if endret else "ingen endring i brevene"),
        } | aarets
    return Hovedtall("Hovedtall", [(navn, *tall) for navn, tall in aarets.items()])


def _disponibelt(g: Grunnlag) -> Decimal | None:
    """What all posts of the meeting's year have at disposal; None when no letter for it is at hand."""
    return sum((rad.disponibelt_etter_kr for rad in g.disponibelt.values()), Decimal()) if g.disponibelt else None


def _grunnlag(g: Grunnlag) -> str:
    """Which report the figures of the results are from."""
    moete = g.moete
    navn = f"{tekst.stor(moete.rapporttype)}en for {moete.rapportaar}"
    andre = f" Målene er de i tildelingsbrevet for {g.maalaar}." if g.maalaar not in (None, moete.aar) else ""
    if g.rapport and g.rapport.gjelder_aar == moete.rapportaar:
        return f"Grunnlaget er {g.rapport.tittel}.{andre}"
    kilder = sorted({rad.dokument_id for rad in g.indikatorer if rad.dokument_id})
    brukt = " og ".join(g.navn[en] for en in kilder)
    ellers = f"; resultatene er fra {brukt}" if brukt else ""
    return f"{navn} er ikke blant dokumentene{ellers}.{andre}"


def _viktigst_om_penger(g: Grunnlag) -> list[Avsnitt]:
    """The last whole year and the meeting's own, the latter first in autumn."""
    aarene = [_forrige_aar(g), _aarets(g)]
    return [punkt for aar in (reversed(aarene) if g.moete.slag == HOST else aarene) for punkt in aar]


def _forrige_aar(g: Grunnlag) -> list[Avsnitt]:
    aar = g.moete.regnskapsaar
    rader = [rad for rad in g.poster[aar] if rad.mindreutgift_kr]
    punkter = []
    forbehold = summer.bare_brevet(rader)
    for navn, fortegn in (("mindreutgift", 1), ("merutgift", -1)):
        storste = sorted(
            (rad for rad in rader if rad.mindreutgift_kr * fortegn > 0), key=lambda rad: -abs(rad.mindreutgift_kr)
        )
        if storste:
            poster = ", ".join(
                f"{tekst.kap_post(rad.kapittel, rad.post)} {rad.postnavn} "
                f"({tekst.millioner(abs(rad.mindreutgift_kr))}, {norsk.prosent(rad.utnyttelsesgrad)} brukt)"
                for rad in storste[:_STORSTE]
            )
            punkter.append(Avsnitt(f"{poster}.{forbehold}", f"Størst {navn} {aar}:"))
            forbehold = ""
    return punkter


def _aarets(g: Grunnlag) -> list[Avsnitt]:
    punkter = []
    endret = g.endringshendelser
    belop = sum((rad.belop_kr for rad in endret), Decimal())
    if g.disponibelt:
        punkter.append(
            Avsnitt(
                f"{tekst.millioner(_disponibelt(g))} på {len(g.disponibelt)} poster."
                + summer.bare_brevet(g.poster[g.moete.aar]),
                f"Disponibelt i {g.moete.aar} per {tekst.dato(g.moete.dato)}:",
            )
        )
    if endret:
        brev = list(dict.fromkeys(g.navn[rad.gitt_i_dokument_id or rad.dokument_id] for rad in endret))
        hva = f"{tekst.antall(len(endret), 'postering', 'posteringer')} i {og(brev)}, netto {endring(belop)} kr."
    else:
        hva = "ingen i brevene som foreligger."
    punkter.append(Avsnitt(hva, f"Endringer i tildelingen siden {g.moete.siden}:"))
    return punkter


def _viktigst_om_maal(g: Grunnlag) -> list[Avsnitt]:
    if not g.sp:
        return [Avsnitt("Dokumentene har ingen styringsparametere for virksomheten.", "Mål:")]
    antall = Counter(rad.vurdering for rad in g.sp)
    vurdert = ", ".join(f"{antall[ord_]} {ord_}" for ord_ in sorted(antall, key=tekst.rang))
    punkter = [Avsnitt(f"{vurdert}.", f"De {len(g.sp)} styringsparameterne (SP):")]
    for ord_ in ("ikke nådd", "svakere"):
        # an indicator that measures several SP is named once
        navn = list(
            dict.fromkeys(
                f"{rad.indikator}{f' ({rad.gruppe})' if rad.gruppe != 'alle' else ''}"
                for rad in g.indikatorer
                if rad.vurdering == ord_
            )
        )
        if navn:
            punkter.append(Avsnitt(f"{'; '.join(navn)}.", f"{tekst.stor(ord_)}:"))
    return punkter


def _viktigst_om_oppdrag(g: Grunnlag) -> list[Avsnitt]:
    passert = [rad for rad in g.oppdrag if rad.status == "frist passert"]
    snart = [rad for rad in g.oppdrag if frister.forfaller(rad, g.moete.dato, frister.VARSLER[-1])]

    def nevnt(rader: Sequence[Rad]) -> str:
        vist = [f"{tekst.oppdragsnavn(en.oppdrag_nr, en.delen, '')} ({tekst.dato(en.frist)})" for en in rader]
        flere = f" og {len(vist) - 6} til" if len(vist) > 6 else ""
        return f": {', '.join(vist[:6])}{flere}" if vist else ""

    return [
        Avsnitt(
            f"{len(passert)} har passert fristen uten at dokumentene viser levering{nevnt(passert)}. "
            f"{len(snart)} forfaller innen {frister.VARSLER[-1]} dager{nevnt(snart)}.",
            f"Oppdrag per {tekst.dato(g.moete.dato)}:",
        )
    ]


def _neste_frister(g: Grunnlag) -> list[Avsnitt]:
    # the meeting itself is no news in its own brief
    kommende = [rad for rad in g.kalender if not rad.tittel.startswith("Etatsstyringsmøte") or rad.fra > g.moete.dato]
    if not kommende:
        return []
    vist = "; ".join(f"{rad.tittel} ({rad.frist_trykt.lower()})" for rad in kommende[:_STORSTE])
    return [Avsnitt(f"{vist}.", "Det neste:")]


def _viktigst_om_risiko(g: Grunnlag) -> list[Avsnitt]:
    if not g.risikoer:
        return [Avsnitt("dokumentene har ingen.", "Risikoer:")]
    antall = Counter(rad.risikovurdering for rad in g.risikoer)
    etter = Counter(rad.restrisiko for rad in g.risikoer if rad.restrisiko)

    def vist(telling: Counter[str]) -> str:
        return og([f"{n} {ord_}" for ord_, n in telling.most_common()])

    return [
        Avsnitt(
            f"{vist(antall)} før tiltak, {vist(etter)} etter.",
            f"{len(g.risikoer)} risikoer i {g.navn[g.risikoer[0].dokument_id]}:",
        )
    ]


def _viktigst_om_avvik(g: Grunnlag) -> list[Avsnitt]:
    avvik, eldre = g.avvik
    if not avvik:
        return [Avsnitt("ingen uforklarte og alvorlige.", "Tall som ikke stemmer:")]
    # what does not exist, or is said in two ways, is no figure against another
    tall = [rad for rad in avvik if rad.kontrolltype != "gyldighet"]
    vist = [f"{rad.beskrivelse}: {verdi(rad.oppgitt, rad)} mot {verdi(rad.beregnet, rad)}" for rad in tall[:_STORSTE]]
    flere = f"; {eldre} for eldre år er i arbeidsboken" if eldre else ""
    return [
        Avsnitt(
            f"{'; '.join(vist)}. Alle står i kapitlet om dem{flere}.", f"{len(avvik)} tall som ikke stemmer. Blant dem:"
        )
    ]
