"""What the chapters of a brief are made from: the version's rows for the meeting, each read once."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from styring.uttak.moete import Moete
from styring.uttak.utgave import Utgave
from styring.visning import hovedtall, maalrader, tekst
from styring.visning.data import Rad

_BUDSJETT = """
    select budsjett.*, regnskapsdokument.dato as regnskap_datert
    from marts.budsjettutnyttelse as budsjett
    left join marts.kilder as regnskapsdokument on budsjett.regnskapskilde = regnskapsdokument.dokument_id
    where budsjett.virksomhet_id = ? and budsjett.budsjettaar = ?
    order by budsjett.kapittel, budsjett.post
"""
_HENDELSER = """
    select * from marts.tildelinger
    where virksomhet_id = ? and budsjettaar = ? and gjelder_fra <= ?
    order by gjelder_fra, kapittel, post, nummer
"""
_KALENDER = """
    select tittel, type, dato, frist_trykt, coalesce(dato, periode_fra) as fra, dokument_id, sted
    from marts.styringskalender
    where virksomhet_id = ? and coalesce(dato, periode_til) >= ? and coalesce(dato, periode_fra) <= ?
    order by fra, tittel collate nb
"""
# how far ahead a meeting looks
_FRAMOVER = datetime.timedelta(days=365)
_INDIKATORER = """
    select * from marts.maaloppnaaelse
    where
        virksomhet_id = ?
        and aar = ?
        and not er_fordeling
        and vurdering in ('nådd', 'delvis', 'ikke nådd', 'bedre', 'uendret', 'svakere')
    order by sp_nr, nummer
"""
_RISIKOER = """
    select * from marts.risikoer
    where
        virksomhet_id = ?
        and aar = (select max(aar) from marts.risikoer where virksomhet_id = ? and aar <= ?)
    order by maal_nr nulls last, dokument_id, risiko_id
"""
# Avvik that nobody has explained: the new, and the grave; those that the documents at hand on the day have in them.
_AVVIK = """
    select avvik.*, kilder.tittel as dokument
    from marts.avvik
    inner join marts.kilder on avvik.dokument_id = kilder.dokument_id
    where
        avvik.virksomhet_id = ?
        and (avvik.status = 'ny' or (avvik.status = 'kjent' and avvik.alvorlighet = 'høy'))
        and coalesce(kilder.dato, kilder.tidligste_dato) <= ?
    order by avvik.aar desc, avvik.gjelder_sp desc, avvik.dokument_id, avvik.sted, avvik.kontroll_id
"""
_RAPPORTER = """
    select tittel, gjelder_aar from marts.kilder
    where virksomhet_id = ? and type = ?
    order by gjelder_aar desc
"""


def er_aapning(hendelse: Rad) -> bool:
    """Whether an event of marts.tildelinger is where the year begins, and no change of it."""
    return hendelse.type in ("implisitt åpning", "opprinnelig tildeling")


@dataclass(frozen=True)
class Grunnlag:
    """The rows for one agency and meeting. `virksomhet` is a row of marts.virksomheter."""

    utgave: Utgave
    virksomhet: Rad
    moete: Moete

    @property
    def virksomhet_id(self) -> str:
        """The agency's identifier."""
        return str(self.virksomhet.virksomhet_id)

    @cached_property
    def navn(self) -> dict[str, str]:
        """The documents' short titles by their identifiers."""
        return dict(tekst.kortnavn(self.utgave.fil))

    def sted(self, dokument_id: str | None, sted: str | None) -> str:
        """A document's title and a place in it."""
        return ", ".join(filter(None, [self.navn.get(dokument_id or "", ""), sted]))

    @cached_property
    def poster(self) -> dict[int, list[Rad]]:
        """Rows of marts.budsjettutnyttelse for the last whole year and the meeting's."""
        return {
            aar: self.utgave.rader(_BUDSJETT, self.virksomhet_id, aar)
            for aar in sorted({self.moete.regnskapsaar, self.moete.aar})
        }

    @cached_property
    def hendelser(self) -> dict[int, list[Rad]]:
        """The money events up to the meeting, by budget year."""
        return {aar: self.utgave.rader(_HENDELSER, self.virksomhet_id, aar, self.moete.dato) for aar in self.poster}

    @cached_property
    def disponibelt(self) -> dict[tuple[str, str], Rad]:
        """The last money event up to the meeting of each post of its year, by chapter and post."""
        return {(rad.kapittel, rad.post): rad for rad in self.hendelser[self.moete.aar]}

    def endret(self, aar: int, post: tuple[str, str] | None = None) -> Decimal | None:
        """What a post of a budget year, or all of them, was changed by since the meeting before; None when by none."""
        belop = [
            rad.belop_kr
            for rad in self.endringshendelser
            if rad.budsjettaar == aar and post in (None, (rad.kapittel, rad.post))
        ]
        return sum(belop, Decimal()) if belop else None

    @cached_property
    def endringshendelser(self) -> list[Rad]:
        """The money events since the meeting before, but for openings."""
        return [
            rad
            for aar in sorted(self.hendelser)
            for rad in self.hendelser[aar]
            if rad.gjelder_fra > self.moete.forrige and not er_aapning(rad)
        ]

    @cached_property
    def maalaar(self) -> int | None:
        return maalrader.maalaar(self.utgave.fil, self.virksomhet_id, self.moete.aar)

    @cached_property
    def sp(self) -> Sequence[Rad]:
        return maalrader.sp(self.utgave.fil, self.virksomhet_id, self.maalaar) if self.maalaar else []

    @cached_property
    def indikatorer(self) -> list[Rad]:
        """The indicators that are judged."""
        return self.utgave.rader(_INDIKATORER, self.virksomhet_id, self.maalaar) if self.maalaar else []

    @cached_property
    def oppdrag(self) -> Sequence[Rad]:
        return hovedtall.oppdrag(self.utgave.fil, self.virksomhet_id, self.moete.dato)

    @cached_property
    def kalender(self) -> list[Rad]:
        """Meetings and deadlines of the year that follows."""
        dato = self.moete.dato
        return self.utgave.rader(_KALENDER, self.virksomhet_id, dato, dato + _FRAMOVER)

    @cached_property
    def risikoer(self) -> list[Rad]:
        return self.utgave.rader(_RISIKOER, self.virksomhet_id, self.virksomhet_id, self.moete.aar)

    @cached_property
    def rapport(self) -> Rad | None:
        """The last annual report, or half-year report, that is at hand and not later than the meeting's."""
        alle = self.utgave.rader(_RAPPORTER, self.virksomhet_id, self.moete.rapporttype)
        return next((rad for rad in alle if rad.gjelder_aar <= self.moete.rapportaar), None)

    @cached_property
    def avvik(self) -> tuple[list[Rad], int]:
        """Avvik worth raising, and how many more there are of older figures."""
        alle = self.utgave.rader(_AVVIK, self.virksomhet_id, self.moete.dato)
        aarsrapporter = self.utgave.rader(_RAPPORTER, self.virksomhet_id, "årsrapport")
        siste = max((en.gjelder_aar for en in aarsrapporter), default=self.moete.regnskapsaar)
        nye_nok = [rad for rad in alle if rad.status == "ny" or rad.aar >= min(siste, self.moete.regnskapsaar)]
        return nye_nok, len(alle) - len(nye_nok)
