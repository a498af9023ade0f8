"""The figures that are new, changed or gone since an earlier version of the warehouse, when one is asked for."""

from collections import Counter

from styring import norsk
from styring.endringer import Endring
from styring.uttak.innhold import Avsnitt, Blokk, Celle, Kolonne, Overskrift, Tabell
from styring.uttak.moetepakke.grunnlag import Grunnlag
from styring.visning import tekst

# no more than a meeting reads; the workbook has them all
_VIST = 40
_TABELLER = {
    "verdier": "Trykte tall",
    "tildelinger": "Pengehendelser",
    "budsjettbindinger": "Bindinger",
    "budsjettutnyttelse": "Budsjett per post",
    "indikatorer": "Indikatorer",
    "maaloppnaaelse": "Måloppnåelse",
    "oppdrag": "Oppdrag",
    "avvik": "Tall som ikke stemmer",
}
# what the chapters of the brief show one by one; the others are behind them
_ETT_OG_ETT = ("budsjettutnyttelse", "maaloppnaaelse", "oppdrag", "avvik")
_KONTROLLER = "select kontroll_id, beskrivelse from marts.kontrollkatalog where virksomhet_id = ?"


def lag(g: Grunnlag) -> list[Blokk]:
    """How many figures are new, changed or gone, and those of the brief's own chapters one by one."""
    if g.utgave.siden is None:
        return []
    siden = norsk.tidspunkt(g.utgave.siden_bygget)
    overskrift = Overskrift(1, f"Endret i datavarehuset siden {siden}")
    endret = g.utgave.endringer_for(g.virksomhet_id)
    if not endret:
        return [overskrift, Avsnitt(f"Ingen tall er nye, endret eller borte siden versjon {g.utgave.siden}.")]
    antall = Counter((en.mart, en.hva) for en in endret)
    samlet = Tabell(
        f"Tall som er nye, endret eller borte siden versjon {g.utgave.siden}",
        [Kolonne("Tabell", 3), *(Kolonne(hva, 1, tall=True) for hva in ("Nye", "Endret", "Borte"))],
        [
            (navn, *(norsk.tall(antall[mart, hva], 0) for hva in ("ny", "endret", "borte")))
            for mart, navn in _TABELLER.items()
            if any(en == mart for en, _ in antall)
        ],
        merknad="Arbeidsboken har hver endring, når den lages med samme sammenligning.",
    )
    vist = [en for en in endret if en.mart in _ETT_OG_ETT]
    return [overskrift, samlet, _ett_og_ett(g, vist)] if vist else [overskrift, samlet]


def _ett_og_ett(g: Grunnlag, endret: list[Endring]) -> Blokk:
    kontroller = {rad.kontroll_id: rad.beskrivelse for rad in g.utgave.rader(_KONTROLLER, g.virksomhet_id)}
    flere = f" (de {_VIST} første av {len(endret)})" if len(endret) > _VIST else ""
    return Tabell(
        f"Endringene i budsjett, måloppnåelse, oppdrag og avvik{flere}",
        [Kolonne("Hva", 0.8), Kolonne("Hvor", 4), Kolonne("Fra → til", 4)],
        [(en.hva, Celle(_hvor(en, kontroller), _TABELLER[en.mart]), en.forskjell) for en in endret[:_VIST]],
    )


def _hvor(endring: Endring, kontroller: dict[str, str]) -> str:
    """What an amount, a result, an oppdrag or a control is called."""
    if endring.mart == "avvik":
        kontroll_id, aar = endring.nokkel
        return f"{kontroller.get(str(kontroll_id), kontroll_id)} ({aar})"
    _, *resten = endring.nokkel
    if endring.mart == "budsjettutnyttelse":
        aar, kapittel, post = resten
        return f"{aar}: {tekst.kap_post(str(kapittel), str(post))}"
    return " ".join(str(en) for en in resten if en is not None)
