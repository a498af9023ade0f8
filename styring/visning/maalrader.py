"""The goals as every reader meets them: which year's letter, and its SP with their verdicts."""

from collections.abc import Sequence

from styring.visning import data
from styring.visning.data import Rad

# the goals of the year's own letter, or of the last letter before it, or of the first one there is
_MAALAAR = """
    select aar from marts.sp_sammendrag
    where virksomhet_id = ?
    group by aar
    order by aar > ?, abs(aar - ?)
    limit 1
"""
_SP = "select * from marts.sp_sammendrag where virksomhet_id = ? and aar = ? order by maal_nr, sp_nr"


def maalaar(fil: str, virksomhet_id: str, aar: int) -> int | None:
    """The year of the letter whose goals apply in a year; None when no letter has any."""
    rad = data.hent_en(fil, _MAALAAR, virksomhet_id, aar, aar)
    return rad.aar if rad else None


def sp(fil: str, virksomhet_id: str, aar: int) -> Sequence[Rad]:
    """The SP of a year's letter, each with its verdict, in the order of the letter."""
    return data.hent(fil, _SP, virksomhet_id, aar)


def vurderinger(rad: Rad) -> dict[str, int]:
    """How many indicators of an SP, a row of marts.sp_sammendrag, have each verdict."""
    vurdert = {
        "nådd": rad.antall_naadd,
        "bedre": rad.antall_bedre,
        "delvis": rad.antall_delvis,
        "uendret": rad.antall_uendret,
        "ikke nådd": rad.antall_ikke_naadd,
        "svakere": rad.antall_svakere,
    }
    return {**vurdert, "ikke vurdert": rad.antall_indikatorer - sum(vurdert.values())}
