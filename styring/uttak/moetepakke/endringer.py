"""The figures that are new, changed or gone since an earlier version of the warehouse, when one is asked for."""

from collections import Counter

from styring import norsk
from styring.uttak.innhold import Avsnitt, Blokk, Celle, Kolonne, Overskrift, Tabell
from styring.uttak.moetepakke.grunnlag import Grunnlag

_VIST_ENDRINGER = 40


def lag(g: Grunnlag) -> list[Blokk]:
    """The figures that are new, changed or gone since the earlier version, when one is asked for."""
    if not g.utgave.siden:
        return []
    blokker: list[Blokk] = [Overskrift(1, f"Endret i datavarehuset siden versjon {g.utgave.siden}")]
    endret = g.utgave.endringer
    antall = Counter((en.mart, en.hva) for en in endret)
    if not endret:
        return [*blokker, Avsnitt("Ingen tall er nye, endret eller borte.")]
    blokker.append(
        Tabell(
            "Nye, endrede og borte tall per tabell",
            [Kolonne("Tabell", 3), *(Kolonne(hva, 1, tall=True) for hva in ("Nye", "Endret", "Borte"))],
            [
                (mart, *(norsk.tall(antall[mart, hva], 0) for hva in ("ny", "endret", "borte")))
                for mart in dict.fromkeys(en.mart for en in endret)
            ],
            merknad="Arbeidsboken og datapakken har hver endring, når de lages med samme --siden.",
        )
    )
    vist = [en for en in endret if en.mart in ("budsjettutnyttelse", "maaloppnaaelse", "oppdrag", "avvik")]
    if vist:
        blokker.append(
            Tabell(
                "Endringene i budsjett, måloppnåelse, oppdrag og avvik"
                + (f" (de {_VIST_ENDRINGER} første av {len(vist)})" if len(vist) > _VIST_ENDRINGER else ""),
                [Kolonne("Hva", 0.8), Kolonne("Hvor", 3), Kolonne("Fra → til", 5)],
                [
                    (
                        en.hva,
                        Celle(" ".join(str(del_) for del_ in en.nokkel if del_ is not None), en.mart),
                        en.forskjell,
                    )
                    for en in vist[:_VIST_ENDRINGER]
                ],
            )
        )
    return blokker
