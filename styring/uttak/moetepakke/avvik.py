"""Printed figures that do not agree, unexplained and grave: both, and where each stands."""

from decimal import Decimal

from styring.uttak.innhold import Avsnitt, Blokk, Celle, Kolonne, Overskrift, Tabell
from styring.uttak.moetepakke.grunnlag import Grunnlag
from styring.uttak.moetepakke.ord import verdi
from styring.visning.data import Rad

_LEDD = """
    select kontroll_id, aar, dokument_id, sted from marts.kontrolledd
    where virksomhet_id = ?
    group by kontroll_id, aar, dokument_id, sted
    order by kontroll_id, aar, min(ledd_nr)
"""


def lag(g: Grunnlag) -> list[Blokk]:
    """Printed figures that do not agree, unexplained and grave: both, and where each stands."""
    avvik, eldre = g.avvik
    ledd: dict[tuple[str, int], list[str]] = {}
    for en in g.utgave.rader(_LEDD, g.virksomhet_id):
        ledd.setdefault((en.kontroll_id, en.aar), []).append(g.sted(en.dokument_id, en.sted))
    blokker: list[Blokk] = [
        Overskrift(1, "Tall som ikke stemmer"),
        Avsnitt(
            "Avvik som ingen dokumenter forklarer, og som er store nok til å endre bildet, eller som ennå ikke er "
            f"vurdert.{f' {eldre} slike gjelder eldre år og står i arbeidsboken.' if eldre else ''}"
        ),
    ]
    if avvik:
        blokker.append(
            Tabell(
                "Avvik verd å ta opp",
                [
                    Kolonne("Hva som ikke stemmer", 4),
                    Kolonne("År", 0.6, tall=True),
                    Kolonne("Oppgitt", 2.2),
                    Kolonne("Beregnet eller det andre stedet", 2.6),
                ],
                [
                    (
                        Celle(rad.beskrivelse, rad.forklaring or ""),
                        str(rad.aar),
                        _figur(rad.oppgitt, rad, g.sted(rad.dokument_id, rad.sted)),
                        _figur(
                            rad.beregnet,
                            rad,
                            "; ".join(dict.fromkeys(ledd.get((rad.kontroll_id, rad.aar), []))) or rad.beregnet_fra,
                        ),
                    )
                    for rad in avvik
                ],
            )
        )
    return blokker


def _figur(tall: Decimal | None, rad: Rad, sted: str) -> Celle:
    """A figure and where it stands; where something does not exist, or is said two ways, only where."""
    return (
        Celle(sted) if rad.kontrolltype == "gyldighet" and rad.regel_id != "grense" else Celle(verdi(tall, rad), sted)
    )
