"""What the overview and the meeting brief say alike: the year's money and the oppdrag of a day."""

import datetime
from collections.abc import Sequence
from decimal import Decimal

from styring.visning import data, summer
from styring.visning.data import Rad, bufret

_BUDSJETT = """
    select samlet_tildeling_kr, regnskap_kr, mindreutgift_kr, tildelingsgrunnlag
    from marts.budsjettutnyttelse
    where virksomhet_id = ? and budsjettaar = ?
"""
_OPPDRAG = """
    select
        tilstander.oppdrag_nr, tilstander.del as delen, tilstander.status, tilstander.frist, tilstander.dokument_id,
        tilstander.sted, oppdrag.tittel, oppdrag.hovedansvarlig, oppdrag.hovedansvarlig_navn
    from marts.oppdragstilstander as tilstander
    inner join marts.oppdrag as oppdrag
        on
            tilstander.virksomhet_id = oppdrag.virksomhet_id
            and tilstander.oppdrag_nr = oppdrag.oppdrag_nr
            and tilstander.del = oppdrag.del
    where tilstander.virksomhet_id = ? and ? between tilstander.gjelder_fra and tilstander.gjelder_til
    order by tilstander.frist, tilstander.oppdrag_nr, tilstander.del
"""


@bufret
def penger(fil: str, virksomhet_id: str, aar: int) -> dict[str, tuple[Decimal | None, str]]:
    """The year's totals, each with the posts that it covers when that is not all of them."""
    rader = data.hent(fil, _BUDSJETT, virksomhet_id, aar)

    def sum_av(felt: str) -> tuple[Decimal | None, str]:
        belop, dekning = summer.sum_av(rader, felt)
        return belop, "foreligger ikke i dokumentene" if belop is None else dekning or "alle poster"

    # the letters after the letter of allocation are not at hand: what is allocated may be another
    grunnlag = {rad.tildelingsgrunnlag for rad in rader if rad.samlet_tildeling_kr is not None}
    bare = "bare tildelingsbrevet" if grunnlag == {"bare tildelingsbrevet"} else ""
    samlet, dekning = sum_av("samlet_tildeling_kr")
    begge = [rad for rad in rader if rad.mindreutgift_kr is not None]
    tildelt = sum((rad.samlet_tildeling_kr for rad in begge), Decimal())
    brukt = sum((rad.regnskap_kr for rad in begge), Decimal())
    return {
        "Samlet tildeling": (samlet, ", ".join(filter(None, [dekning, bare]))),
        "Regnskap": sum_av("regnskap_kr"),
        "Mindreutgift": (None, "senere tillegg foreligger ikke") if bare else sum_av("mindreutgift_kr"),
        "Utnyttelse": (brukt / tildelt, sum_av("mindreutgift_kr")[1])
        if tildelt and not bare
        else (None, "senere tillegg foreligger ikke" if bare else "krever både tildeling og regnskap"),
    }


def oppdrag(fil: str, virksomhet_id: str, dato: datetime.date) -> Sequence[Rad]:
    """The parts of the oppdrag as the documents had them on a day, in order of deadline."""
    return data.hent(fil, _OPPDRAG, virksomhet_id, dato)
