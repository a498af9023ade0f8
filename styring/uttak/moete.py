"""Which meeting a brief is for (spring: annual report, autumn: half-year report), and the one before it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from styring import norsk
from styring.feil import StyringFeil
from styring.uttak.utgave import Utgave
from styring.visning import tekst

VAAR, HOST = "vår", "høst"
SLAG = (VAAR, HOST)
_RAPPORT = {VAAR: "årsrapport", HOST: "halvårsrapport"}
_KALENDER = """
    select
        case when lower(tittel) like 'etatsstyringsmøte vår%' then 'vår' else 'høst' end as slag,
        gjelder_aar as aar, coalesce(dato, periode_fra) as fra, coalesce(dato, periode_til) as til, dato, frist_trykt
    from marts.styringskalender
    where
        virksomhet_id = ?
        and type = 'møte'
        and (lower(tittel) like 'etatsstyringsmøte vår%' or lower(tittel) like 'etatsstyringsmøte høst%')
        and coalesce(dato, periode_fra) is not null
    order by fra
"""


@dataclass(frozen=True)
class Moete:
    """A meeting: its day, as it is printed when no day is, and the day from which changes are counted, in words too."""

    slag: str
    aar: int
    dato: datetime.date
    trykt: str
    forrige: datetime.date
    siden: str

    @property
    def navn(self) -> str:
        """Etatsstyringsmøte vår 2025."""
        return f"Etatsstyringsmøte {self.slag} {self.aar}"

    @property
    def rapportaar(self) -> int:
        """The year that the meeting's report is about."""
        return self.aar - 1 if self.slag == VAAR else self.aar

    @property
    def regnskapsaar(self) -> int:
        """The last year that was over on the day of the meeting: what later documents say of its own is not known."""
        return self.aar - 1

    @property
    def rapporttype(self) -> str:
        """The kind of report that the meeting is on, as marts.kilder has it."""
        return _RAPPORT[self.slag]

    @property
    def filnavn(self) -> str:
        """What its files are called, without their endings."""
        return f"moetepakke-{self.aar}-{'vaar' if self.slag == VAAR else 'host'}"


@dataclass(frozen=True)
class _Kalendermoete:
    slag: str
    aar: int
    fra: datetime.date
    til: datetime.date
    trykt: str

    @property
    def naar(self) -> str:
        """april 2025, or the day."""
        return self.trykt or tekst.dato(self.fra)


def velg(
    utgave: Utgave,
    virksomhet_id: str,
    slag: str | None = None,
    aar: int | None = None,
    dato: datetime.date | None = None,
    forrige: datetime.date | None = None,
) -> Moete:
    """The meeting that is asked for, with what the calendar of the letters has for what is not.

    Without kind and year it is the one that the day is of, else the next one, or the last that the letters have. A
    meeting of which only the month
    is printed is shown as of the first day of it, and changes are counted from the first day of the month of the one
    before. Raises StyringFeil when the letters do not say enough, or the dates contradict each other.
    """
    alle = [
        _Kalendermoete(rad.slag, rad.aar, rad.fra, rad.til, "" if rad.dato else rad.frist_trykt.lower())
        for rad in utgave.rader(_KALENDER, virksomhet_id)
    ]
    if dato:
        # a day says which meeting it is, where nothing else does
        slag, aar = slag or (VAAR if dato.month <= 6 else HOST), aar or dato.year
    valgt = _finn(alle, slag, aar)
    if valgt:
        slag, aar, dag = valgt.slag, valgt.aar, dato or valgt.fra
    elif slag and aar and dato:
        dag = dato
    else:
        hvilket = "".join(f" {en}" for en in (slag, aar) if en)
        raise StyringFeil(f"Dokumentene har ikke noe etatsstyringsmøte{hvilket}; oppgi dagen, vår eller høst, og året.")
    if dag.year != aar:
        raise StyringFeil(f"Dagen er {tekst.dato(dag)}; ventet en i {aar}, året møtet er i.")
    fra, siden = _siden(alle, slag, aar, forrige)
    if fra >= dag:
        raise StyringFeil(f"Endringer telles fra {tekst.dato(fra)}; ventet en dag før møtet {tekst.dato(dag)}.")
    return Moete(slag, aar, dag, valgt.trykt if valgt and dato is None else "", fra, siden)


def _finn(alle: Sequence[_Kalendermoete], slag: str | None, aar: int | None) -> _Kalendermoete | None:
    """The meeting of the calendar that is asked for: of several the next one, or the last when none is to come."""
    mulige = [en for en in alle if slag in (None, en.slag) and aar in (None, en.aar)]
    kommende = [en for en in mulige if en.til >= norsk.i_dag()]
    return next(iter(kommende or mulige[-1:]), None)


def _siden(
    alle: Sequence[_Kalendermoete], slag: str, aar: int, forrige: datetime.date | None
) -> tuple[datetime.date, str]:
    """The day from which changes are counted, and which meeting that is."""
    forut = (HOST, aar - 1) if slag == VAAR else (VAAR, aar)
    navn = f"{forut[0]}møtet {forut[1]}"
    if forrige:
        return forrige, f"forrige møte {tekst.dato(forrige)}"
    moetet = _finn(alle, *forut)
    if moetet:
        return moetet.fra, f"{navn} ({moetet.naar})"
    # the letters do not say when it was: nothing of the report's year is lost
    return datetime.date(forut[1], 1, 1), f"1. januar {forut[1]} (dokumentene sier ikke når {navn} var)"
