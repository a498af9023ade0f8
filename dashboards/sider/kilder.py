"""Where the figures are from: the documents, what each contributed, and how much of it a control covers."""

from decimal import Decimal

from dashboards.felles import data, kilde, tabell, tekst
from dashboards.felles.data import bufret
from dashboards.felles.tabell import Kolonne
from dashboards.felles.valg import topp, velg_en

_DOKUMENTER = """
    select
        kilder.dokument_id, kilder.tittel, kilder.type, kilder.dato, kilder.gjelder_aar, kilder.rekkefolge,
        coalesce(sum(bidrag.antall) filter (bidrag.slag = 'tall'), 0) as tall,
        coalesce(sum(bidrag.antall_kontrollert) filter (bidrag.slag = 'tall'), 0) as tall_kontrollert,
        coalesce(sum(bidrag.antall) filter (bidrag.slag = 'pengehendelser'), 0) as hendelser,
        coalesce(sum(bidrag.antall_kontrollert) filter (bidrag.slag = 'pengehendelser'), 0) as hendelser_kontrollert,
        coalesce(sum(bidrag.antall) filter (bidrag.slag not in ('tall', 'pengehendelser')), 0) as annet
    from marts.kilder
    left join marts.kildebidrag as bidrag
        on kilder.dokument_id = bidrag.dokument_id and bidrag.virksomhet_id = $1
    where bidrag.virksomhet_id is not null or kilder.virksomhet_id = $1
    group by all
    order by kilder.gjelder_aar, kilder.rekkefolge, kilder.dokument_id
"""
_STEDER = """
    select dokument_id, sted, slag, sum(antall)::integer as antall, sum(antall_kontrollert)::integer as kontrollert
    from marts.kildebidrag
    where virksomhet_id = ? and dokument_id = ?
    group by dokument_id, sted, slag
    order by min(plass), slag
"""


def _andel(kontrollert: int, antall: int) -> tabell.Celle:
    return tabell.andel(Decimal(kontrollert) / antall if antall else None)


@bufret
def _dokumenttabell(fil: str, virksomhet_id: str) -> tabell.Tabell:
    rader = data.hent(fil, _DOKUMENTER, virksomhet_id)

    def antall(tall: int) -> tabell.Celle:
        return tabell.tall(tekst.kroner(Decimal(tall)), tall)

    return tabell.tabell(
        "Dokumentene og hva som er hentet fra dem",
        [
            Kolonne("Dokument"),
            Kolonne("Type"),
            Kolonne("Gjelder", tall=True),
            Kolonne("Datert"),
            Kolonne("Tall", tall=True),
            Kolonne("Andel av tallene i en kontroll", tall=True),
            Kolonne("Beløp i brev", tall=True, hjelp="Beløp som endrer det virksomheten disponerer"),
            Kolonne("Andel av beløpene i en kontroll", tall=True),
            Kolonne("Annet", tall=True, hjelp="Oppdrag, øremerkinger, risikoer, møter og frister"),
        ],
        [
            (
                tabell.sidelenke(rad.tittel, "kilder", dokument=rad.dokument_id),
                rad.type,
                tabell.tall(str(rad.gjelder_aar), rad.gjelder_aar),
                tabell.dato(rad.dato),
                antall(rad.tall),
                _andel(rad.tall_kontrollert, rad.tall),
                antall(rad.hendelser),
                _andel(rad.hendelser_kontrollert, rad.hendelser),
                antall(rad.annet),
            )
            for rad in rader
        ],
        merknad="Et tall er i en kontroll når et annet tall i dokumentene kan motsi det. Strek: dokumentet har ingen.",
    )


@bufret
def _stedtabell(fil: str, virksomhet_id: str, dokument_id: str) -> tabell.Tabell:
    return tabell.tabell(
        f"Steder i {tekst.dokumentnavn(fil)[dokument_id]}",
        [
            Kolonne("Sted"),
            Kolonne("Hva"),
            Kolonne("Antall", tall=True),
            Kolonne("I en kontroll", tall=True),
        ],
        [
            (
                tabell.kildelenke(rad.sted, kilde.av_sted(rad.dokument_id, rad.sted)),
                rad.slag,
                tabell.tall(str(rad.antall), rad.antall),
                _andel(rad.kontrollert, rad.antall) if rad.kontrollert is not None else tabell.tall("–", None),
            )
            for rad in data.hent(fil, _STEDER, virksomhet_id, dokument_id)
        ],
    )


valg = topp("Kilder", "Hvor kommer tallene fra, og hvor mange av dem kan et annet tall motsi?")
navn = {rad.dokument_id: rad.tittel for rad in data.hent(valg.fil, _DOKUMENTER, valg.virksomhet_id)}
dokument = velg_en("Dokument", {"": "Alle dokumenter", **navn}, "dokument")
if dokument:
    tabell.vis(_stedtabell(valg.fil, valg.virksomhet_id, dokument), key="steder")
else:
    tabell.vis(_dokumenttabell(valg.fil, valg.virksomhet_id), key="dokumenter")
