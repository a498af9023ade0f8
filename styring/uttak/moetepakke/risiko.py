"""Risks of the last assessment at hand, as printed."""

from styring import norsk
from styring.uttak.innhold import Avsnitt, Blokk, Kolonne, Overskrift, Tabell
from styring.uttak.moetepakke.grunnlag import Grunnlag


def lag(g: Grunnlag) -> list[Blokk]:
    """The risks of the last assessment at hand, as printed."""
    if not g.risikoer:
        return [Overskrift(1, "Risiko"), Avsnitt("Dokumentene har ingen risikovurdering.")]
    return [
        Overskrift(1, "Risiko"),
        Tabell(
            f"Risikoer vurdert i {g.risikoer[0].aar}, som trykt",
            [
                Kolonne("Risiko", 5),
                Kolonne("Mål", 0.6),
                Kolonne("Før tiltak", 1),
                Kolonne("Etter tiltak", 1),
                Kolonne("Kilde", 2),
            ],
            [
                (
                    rad.risiko,
                    str(rad.maal_nr or norsk.MANGLER),
                    rad.risikovurdering,
                    rad.restrisiko or norsk.MANGLER,
                    g.sted(rad.dokument_id, rad.sted),
                )
                for rad in g.risikoer
            ],
        ),
    ]
