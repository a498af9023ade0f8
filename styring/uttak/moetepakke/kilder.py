"""The documents that the warehouse reads, and which version of it this is."""

from styring.uttak.innhold import Blokk, Celle, Kolonne, Overskrift, Tabell
from styring.uttak.moetepakke.grunnlag import Grunnlag
from styring.visning import tekst

_KILDER = """
    select * from marts.kilder
    where
        virksomhet_id = $1
        or dokument_id in (select dokument_id from marts.kildebidrag where virksomhet_id = $1)
    order by gjelder_aar, rekkefolge, dokument_id
"""


def lag(g: Grunnlag) -> list[Blokk]:
    """The documents that the warehouse reads, and which version of it this is."""
    return [
        Overskrift(1, "Kilder"),
        Tabell(
            "Dokumentene i datavarehuset",
            [
                Kolonne("Dokument", 4),
                Kolonne("Slag", 1.2),
                Kolonne("Gjelder", 0.7, tall=True),
                Kolonne("Dato", 1.2),
            ],
            [
                (
                    Celle(rad.tittel, rad.url or ""),
                    rad.type,
                    str(rad.gjelder_aar),
                    tekst.dato(rad.dato)
                    if rad.dato
                    else Celle(tekst.dato(rad.tidligste_dato), "tidligst" if rad.tidligste_dato else "udatert"),
                )
                for rad in g.utgave.rader(_KILDER, g.virksomhet_id)
            ],
            merknad=f"{g.utgave.opphav} Tallene er gjengitt som trykt, også når de ikke stemmer. "
            "Hvert tall kan spores til dokument og sted i dashbordet.",
        ),
    ]
