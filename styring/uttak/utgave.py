"""The published version that something is taken from, and the earlier one that it is held against."""

import datetime
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from styring import norsk, publisering
from styring.endringer import Endring, endringer, ikke_sammenlignet
from styring.feil import StyringFeil
from styring.publisering import FILNAVN, LEST_FRA, MANIFEST, Versjoner
from styring.stier import publiseringsmappe
from styring.visning import data
from styring.visning.data import Rad

_BYGG = "Bygg på nytt med: styring bygg"
# changed figures whose key does not begin with the agency
_UTEN_VIRKSOMHET = {"verdier": "verdi_id", "tildelinger": "hendelse_id", "avvik": "kontroll_id"}


@dataclass(frozen=True)
class Utgave:
    """A published version: its folder, and the folder of the earlier version that changes are counted from, if any."""

    mappe: Path
    siden_mappe: Path | None = None

    @property
    def fil(self) -> str:
        """The version's DuckDB file, as `styring.visning` takes it."""
        return str(self.mappe / FILNAVN)

    @property
    def versjon(self) -> str:
        """The version's identifier."""
        return self.mappe.name

    @property
    def bygget(self) -> datetime.datetime:
        """When it was built, in Norwegian time."""
        return norsk.tid(publisering.bygget(self.versjon))

    @property
    def siden(self) -> str | None:
        """The earlier version's identifier."""
        return self.siden_mappe.name if self.siden_mappe else None

    @property
    def siden_bygget(self) -> datetime.datetime:
        """When the earlier version was built, in Norwegian time. Only where there is one."""
        return norsk.tid(publisering.bygget(str(self.siden)))

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What dbt knows of the version: models with columns and tests, and exposures.

        Raises StyringFeil when it was built before that was kept.
        """
        try:
            innhold: dict[str, Any] = json.loads((self.mappe / MANIFEST).read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise StyringFeil(
                f"Versjon {self.versjon} er bygget av en eldre utgave, uten dbts beskrivelser. {_BYGG}"
            ) from None
        except ValueError:
            innhold = {}
        if not innhold.keys() >= {"nodes", "exposures", "parent_map"}:
            raise StyringFeil(f"dbts beskrivelser av versjon {self.versjon} ({MANIFEST}) er skadet. {_BYGG}")
        return innhold

    @cached_property
    def endringer(self) -> list[Endring]:
        """The figures that are new, changed or gone since the earlier version; none when there is no such version."""
        return list(endringer(self.siden_mappe / FILNAVN, Path(self.fil))) if self.siden_mappe else []

    def endringer_for(self, virksomhet_id: str) -> list[Endring]:
        """The changed figures of one agency."""
        egne = {mart: self._nokler(mart, felt, virksomhet_id) for mart, felt in _UTEN_VIRKSOMHET.items()}
        return [en for en in self.endringer if en.nokkel[0] in egne.get(en.mart, {virksomhet_id})]

    def _nokler(self, mart: str, felt: str, virksomhet_id: str) -> set[object]:
        """The keys of an agency's figures, in either version."""
        sporring = f"select distinct {felt} as nokkel from marts.{mart} where virksomhet_id = ?"
        mapper = filter(None, (self.mappe, self.siden_mappe))
        return {rad.nokkel for mappe in mapper for rad in data.hent(str(mappe / FILNAVN), sporring, virksomhet_id)}

    @property
    def opphav(self) -> str:
        """Which version it is, as a sentence that everything that is taken from it carries."""
        avvik = self.nye_avvik
        forbehold = f" {avvik} avvik i den er ikke vurdert." if avvik else ""
        return f"Datavarehuset, versjon {self.versjon}, bygget {norsk.tidspunkt(self.bygget)}, {LEST_FRA}.{forbehold}"

    @property
    def nye_avvik(self) -> int:
        """How many avvik nobody has judged; more than none only when that was asked for."""
        return int(self.rader("select count(*) as antall from marts.avvik where status = 'ny'")[0].antall)

    def rader(self, sporring: str, *parametere: object) -> list[Rad]:
        """The rows of a query on the version's marts."""
        return list(data.hent(self.fil, sporring, *parametere))

    def virksomhet(self, virksomhet_id: str | None) -> Rad:
        """A row of marts.virksomheter: the agency that is asked for, or the only one that has figures.

        Raises StyringFeil when there is none, or several to choose from.
        """
        alle = self.rader(
            "select * from marts.virksomheter where virksomhet_id in (select virksomhet_id from marts.kildebidrag) "
            "order by virksomhet_id"
        )
        valgte = [en for en in alle if virksomhet_id in (None, en.virksomhet_id)]
        if len(valgte) != 1:
            if not alle:
                raise StyringFeil(f"Ingen virksomhet har tall i versjon {self.versjon}.")
            navn = ", ".join(en.virksomhet_id for en in alle)
            hva = f"Virksomheten «{virksomhet_id}» finnes ikke" if virksomhet_id else "Virksomheten må velges"
            raise StyringFeil(f"{hva}; ventet en av: {navn}.")
        return valgte[0]


def velg(versjon: str | None = None, siden: str | None = None) -> Utgave:
    """The version that is named, or the published one, held against an earlier one: its identifier or a date (ISO).

    A date stands for the last version that was built on that day or before it. Raises StyringFeil when a version is
    not there, is damaged, or was never published.
    """
    alle = Versjoner(publiseringsmappe())
    naa = versjon or alle.publisert_versjon()
    if siden:
        try:
            siden = alle.per(datetime.date.fromisoformat(siden))
        except ValueError:
            if siden not in alle.liste():
                finnes = ", ".join(alle.liste()) or "ingen"
                raise StyringFeil(
                    f"--siden er «{siden}»; ventet en dato på formen ÅÅÅÅ-MM-DD eller en av versjonene: {finnes}."
                ) from None
    for en in filter(None, (naa, siden)):
        if en not in alle.liste():
            raise StyringFeil(
                f"Versjonen «{en}» er ikke publisert; ventet en av: {', '.join(alle.liste()) or 'ingen'}."
            )
        if not alle.er_hel(en):
            raise StyringFeil(f"Versjonen {en} er skadet. Velg en annen. {_BYGG}")
    if siden and siden >= naa:
        raise StyringFeil(f"--siden gir versjon {siden}; ventet en som er eldre enn {naa}, som uttaket lages av.")
    utgave = Utgave(alle.mappe / naa, alle.mappe / siden if siden else None)
    if mart := data.mangler(utgave.fil):
        raise StyringFeil(f"Versjon {naa} er bygget av en eldre utgave, uten {mart}. {_BYGG}")
    if utgave.siden_mappe and (uten := ikke_sammenlignet(utgave.siden_mappe / FILNAVN, Path(utgave.fil))):
        raise StyringFeil(
            f"Versjon {siden} kan ikke sammenlignes med {naa}: en av dem har ikke {', '.join(uten)} slik de er nå."
        )
    return utgave
