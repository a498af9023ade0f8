"""Oppdrag: those that are late or due, and what happened to oppdrag since the last meeting."""

import datetime

from styring.uttak.innhold import Avsnitt, Blokk, Celle, Kolonne, Overskrift, Tabell
from styring.uttak.moetepakke.grunnlag import Grunnlag
from styring.uttak.moetepakke.ord import merke
from styring.visning import frister, tekst
from styring.visning.data import Rad

_OPPDRAGSHENDELSER = """
    select hendelser.oppdrag_nr, hendelser.del as delen, oppdrag.tittel, hendelser.dato, hendelser.tidligste_dato,
        hendelser.hendelse, hendelser.fra_verdi, hendelser.til_verdi, hendelser.dokument_id, hendelser.sted
    from marts.oppdragshendelser as hendelser
    inner join marts.oppdrag as oppdrag
        on
            hendelser.virksomhet_id = oppdrag.virksomhet_id
            and hendelser.oppdrag_nr = oppdrag.oppdrag_nr
            and hendelser.del = oppdrag.del
    where
        hendelser.virksomhet_id = ?
        and hendelser.tidligste_dato > ?
        and hendelser.tidligste_dato <= ?
        and hendelser.hendelse in (
            'gitt', 'frist endret', 'revidert', 'levert', 'finansiering endret', 'finansiering korrigert',
            'tildelt på feil kapittel'
        )
    order by hendelser.tidligste_dato, hendelser.oppdrag_nr, hendelser.nummer
"""


def lag(g: Grunnlag) -> list[Blokk]:
    """The oppdrag that are late or due, and what happened to oppdrag since the last meeting."""
    dato = g.moete.dato
    naere = frister.naere(g.oppdrag, dato)
    forklart = tekst.forklar_oppdrag((en.oppdrag_nr, en.hovedansvarlig, en.hovedansvarlig_navn) for en in naere)
    blokker: list[Blokk] = [Overskrift(1, "Oppdrag og frister")]
    if naere:
        blokker.append(
            Tabell(
                f"Forsinket, eller forfaller innen {frister.VARSLER[-1]} dager fra {tekst.dato(dato)}",
                [
                    Kolonne("Oppdrag", 4),
                    Kolonne("Status", 1.3),
                    Kolonne("Frist", 1.1),
                    Kolonne("Ansvarlig", 1),
                    Kolonne("Kilde", 1.8),
                ],
                [
                    (
                        tekst.oppdragsnavn(rad.oppdrag_nr, rad.delen, rad.tittel),
                        merke(rad.status),
                        tekst.dato(rad.frist),
                        rad.hovedansvarlig,
                        g.sted(rad.dokument_id, rad.sted),
                    )
                    for rad in naere
                ],
                merknad="Dokumentene viser sjelden levering; et oppdrag med passert frist kan være levert. " + forklart,
            )
        )
    else:
        blokker.append(Avsnitt(f"Ingen oppdrag er forsinket eller forfaller innen {frister.VARSLER[-1]} dager."))
    hendelser = g.utgave.rader(_OPPDRAGSHENDELSER, g.virksomhet_id, g.moete.forrige, dato)
    if hendelser:
        blokker.append(
            Tabell(
                f"Nye og endrede oppdrag siden {g.moete.siden}",
                [Kolonne("Dato", 1.1), Kolonne("Oppdrag", 4.2), Kolonne("Hva", 2.4), Kolonne("Kilde", 1.7)],
                [
                    (
                        Celle(tekst.dato(rad.dato or rad.tidligste_dato), "" if rad.dato else "tidligst"),
                        tekst.oppdragsnavn(rad.oppdrag_nr, rad.delen, rad.tittel),
                        Celle(rad.hendelse, "" if rad.hendelse == "gitt" else _fra_til(rad)),
                        g.sted(rad.dokument_id, rad.sted),
                    )
                    for rad in hendelser
                ],
            )
        )
    else:
        blokker.append(Avsnitt(f"Dokumentene har ingen nye eller endrede oppdrag siden {g.moete.siden}."))
    return [*blokker, _kalender(g)]


def _fra_til(rad: Rad) -> str:
    """What an event changed: a date or words, before and after."""

    def vist(verdi: str) -> str:
        try:
            return tekst.dato(datetime.date.fromisoformat(verdi))
        except ValueError:
            return verdi

    return " → ".join(vist(verdi) for verdi in (rad.fra_verdi, rad.til_verdi) if verdi)


def _kalender(g: Grunnlag) -> Blokk:
    if not g.kalender:
        return Avsnitt(f"Dokumentene har ingen møter eller frister i året etter {tekst.dato(g.moete.dato)}.")
    return Tabell(
        "Møter og rapporteringsfrister det neste året",
        [Kolonne("Når", 1.3), Kolonne("Hva", 5), Kolonne("Slag", 1.2), Kolonne("Kilde", 2)],
        [
            (
                tekst.dato(rad.dato) if rad.dato else rad.frist_trykt,
                rad.tittel,
                rad.type,
                g.sted(rad.dokument_id, rad.sted),
            )
            for rad in g.kalender
        ],
    )
