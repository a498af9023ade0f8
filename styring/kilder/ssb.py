"""Tables of Statistics Norway's Statistikkbanken, by PxWebApi v2 (json-stat2), stored figure by figure.

    GET  {address}/tables/11607/metadata?lang=no
    POST {address}/tables/11607/data?lang=no&outputFormat=json-stat2   {"selection": [{"variableCode", "valueCodes"}]}

Which tables, and what of each: `seeds/statistikk/statistikktabeller.csv`. A selection is asked for code by code, in
parts of at most 800 000 cells, no more than 30 times a minute.

Own code, because the client libraries lose what is stored here: pxwebpy 0.6 and pyjstat 2.4 read figures as float and
drop the symbols of missing figures (`status`), units and decimals; pxwebpy counts cells as this does, but tries again
after 429 only, and keeps to no limit where the API's own description of itself has 0, as SSB's has.

One file a table: `ssb/tabell=11607/data.parquet`, one row per cell.
"""

import datetime
import fnmatch
import itertools
import math
import re
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol, cast

import duckdb
from requests.adapters import HTTPAdapter

from styring.feil import StyringFeil
from styring.kilder import lager, nett
from styring.kilder.api import LAGRET, les, spor, vist
from styring.kilder.rader import Lagret, Rader, lagret_leses
from styring.stier import datamappe, kort
from styring.validering import les_gyldig_seed

ADRESSE = "https://data.ssb.no/api/pxwebapi/v2"
# SSB's limits
CELLER_PER_SPORRING = 800_000
KALL, VINDU = 30, 60.0
# a selection that is larger than this is a whole table by mistake: it would take a hundred times what all of them do
CELLER_I_ALT = 5_000_000
DESIMALER = 6
# what SSB puts in place of a figure: it cannot be, it is missing, it is not shown
MANGLER = (".", "..", ":")

KOLONNER = {
    "tittel": "varchar",
    "kilde": "varchar",
    "oppdatert": "timestamp",
    "innhold_id": "varchar",
    "innhold": "varchar",
    "enhet": "varchar",
    "desimaler": "integer",
    "tid": "varchar",
    "dimensjoner": "varchar",
    "dimensjoner_navn": "varchar",
    "verdi": f"decimal(24, {DESIMALER})",
    "status": "varchar",
}

Fremdrift = Callable[[int, int, str], None]
Objekt = dict[str, Any]
# the codes that are asked for, by variable
Valg = dict[str, list[str]]
Rad = tuple[object, ...]


@dataclass(frozen=True)
class Tabell:
    """A table to fetch, and what of it: codes by variable, as the seed writes them."""

    nummer: str
    utvalg: Mapping[str, Sequence[str]]


def tabeller() -> dict[str, Tabell]:
    """The tables of the seed, by number."""
    return {
        rad["tabell"]: Tabell(rad["tabell"], les_utvalg(rad["utvalg"]))
        for _, rad in les_gyldig_seed("statistikktabeller")
    }


def les_utvalg(tekst: str) -> dict[str, list[str]]:
    """`Kjonn=1,2;Tid=from(2015)` as codes by variable."""
    ledd = (del_.partition("=") for del_ in tekst.split(";"))
    return {variabel.strip(): koder.split(",") for variabel, _, koder in ledd}


class Bank(Protocol):
    """What answers of a table."""

    def metadata(self, tabell: str) -> Objekt:
        """What variables and codes a table has."""
        ...

    def data(self, tabell: str, valg: Valg) -> Objekt:
        """The figures of some codes of each variable."""
        ...


class Svarfil:
    """An answer with a table's figures (json-stat2) that is stored in a file: it must be what the seed selects."""

    def __init__(self, fil: Path) -> None:
        self._svar = les(fil)
        treff = re.match(r"(\w+): ", str(self._svar.get("label")))
        if not treff:
            label = vist(self._svar.get("label"))
            raise StyringFeil(f"{fil.name}: label er {label}; ventet tabellens nummer først: «11607: …». {LAGRET}")
        self.tabell = treff[1]

    def metadata(self, tabell: str) -> Objekt:
        """The answer: it has the variables and codes that it has figures for."""
        return self._svar

    def data(self, tabell: str, valg: Valg) -> Objekt:
        """The answer, whatever is asked for."""
        return self._svar


def fra_filer(filer: Iterable[Path]) -> dict[str, Svarfil]:
    """Stored answers by table. Raises StyringFeil when a table has more than one."""
    svarene: dict[str, Svarfil] = {}
    for fil in filer:
        svar = Svarfil(fil)
        if svarene.setdefault(svar.tabell, svar) is not svar:
            raise StyringFeil(f"{fil.name} er tabell {svar.tabell}, som en fil før den også er; ventet én. {LAGRET}")
    return svarene


class Statistikkbank:
    """The API, asked no faster than it allows. `kall` within `vindu` seconds."""

    def __init__(self, adresse: str = ADRESSE, kall: int = KALL, vindu: float = VINDU) -> None:
        self.adresse = adresse
        self._vindu, self._naar = vindu, deque[float](maxlen=kall)
        self._okt = nett.sesjon()
        adapter = cast(HTTPAdapter, self._okt.get_adapter(adresse))
        # a POST asks here, and changes nothing
        adapter.max_retries = adapter.max_retries.new(allowed_methods=None)

    def metadata(self, tabell: str) -> Objekt:
        """What variables and codes a table has."""
        return self._spor("GET", f"{self.adresse}/tables/{tabell}/metadata", params={"lang": "no"})

    def data(self, tabell: str, valg: Valg) -> Objekt:
        """The figures of some codes of each variable."""
        return self._spor(
            "POST",
            f"{self.adresse}/tables/{tabell}/data",
            params={"lang": "no", "outputFormat": "json-stat2"},
            json={"selection": [{"variableCode": navn, "valueCodes": koder} for navn, koder in valg.items()]},
        )

    def _spor(self, metode: str, url: str, **valg: Any) -> Objekt:
        if len(self._naar) == self._naar.maxlen:
            time.sleep(max(0.0, self._naar[0] + self._vindu - time.monotonic()))
        self._naar.append(time.monotonic())
        return spor(self._okt, metode, url, **valg)


def fil_for(tabell: str) -> Path:
    """Where a table is stored."""
    return datamappe() / "ssb" / f"tabell={tabell}" / lager.FILNAVN


def hent(
    tabell: Tabell,
    bank: Bank,
    fremdrift: Fremdrift | None = None,
    storst: int = CELLER_PER_SPORRING,
) -> Lagret:
    """Fetch and store one table, in parts of at most `storst` cells. Raises StyringFeil; what was stored then stays."""
    valg = velg(tabell, bank.metadata(tabell.nummer))
    deler = list(del_opp(valg, storst))
    svarene: list[Objekt] = []
    for nummer, del_ in enumerate(deler, 1):
        svar = bank.data(tabell.nummer, del_)
        _kontroller(svar, tabell.nummer, del_)
        if svarene and svar["updated"] != svarene[0]["updated"]:
            raise StyringFeil(f"Tabell {tabell.nummer} ble oppdatert mens den ble hentet. Prøv igjen. {LAGRET}")
        svarene.append(svar)
        if fremdrift:
            fremdrift(nummer, len(deler), f"tabell {tabell.nummer}")
    _kontroller_alder(tabell.nummer, _tidspunkt(svarene[0]["updated"], tabell.nummer))
    samlet = Rader(KOLONNER)
    for svar in svarene:
        samlet.legg_til(celler(svar, tabell.nummer))
    return samlet.lagre(fil_for(tabell.nummer))


def _kontroller_alder(tabell: str, oppdatert: datetime.datetime) -> None:
    """Raises StyringFeil when what is stored is newer. What is damaged is found when it is replaced."""
    fil = fil_for(tabell)
    if not fil.exists():
        return
    with lagret_leses(fil), duckdb.connect() as db:
        [(foer,)] = db.execute("select max(oppdatert) from read_parquet(?)", [lager.uten_jokertegn(fil)]).fetchall()
    if foer and oppdatert < foer:
        raise StyringFeil(
            f"Tabell {tabell}: svaret er fra {oppdatert:%d.%m.%Y}, og det som er lagret, fra {foer:%d.%m.%Y}. "
            f"Er det riktig likevel, slett {kort(fil)}, og hent på nytt. {LAGRET}"
        )


def velg(tabell: Tabell, metadata: Objekt) -> Valg:
    """The codes to ask for, all of them spelt out, by the table's variables.

    A code may have `*` and `?`, or be `from(2015)`, that code and those after it. A variable that is not named is left
    out where the table can be summed over it, and taken whole elsewhere; `*` names all that are not named. Raises
    StyringFeil when a variable or code is not the table's, or the selection is too large.
    """
    dimensjoner = _dimensjoner(metadata, tabell.nummer)
    for ukjent in set(tabell.utvalg) - set(dimensjoner) - {"*"}:
        raise _utvalgsfeil(tabell, f"variabelen «{ukjent}» finnes ikke; tabellen har {', '.join(dimensjoner)}")
    valg: Valg = {}
    for navn, dimensjon in dimensjoner.items():
        alle = _koder(dimensjon)
        kan_utelates = dimensjon.get("extension", {}).get("elimination", False) and "*" not in tabell.utvalg
        if navn in tabell.utvalg or not kan_utelates:
            onsket = tabell.utvalg.get(navn) or tabell.utvalg.get("*") or ["*"]
            # in the table's order, and once
            truffet = {kode for en in onsket for kode in _treff(tabell, navn, en, alle)}
            valg[navn] = [kode for kode in alle if kode in truffet]
    if (antall := math.prod(map(len, valg.values()))) > CELLER_I_ALT:
        raise _utvalgsfeil(tabell, f"utvalget er på {antall} celler; ventet høyst {CELLER_I_ALT}, med færre koder")
    return valg


def _treff(tabell: Tabell, variabel: str, onsket: str, alle: list[str]) -> list[str]:
    fra = re.fullmatch(r"from\((.+)\)", onsket)
    truffet = [kode for kode in alle if (kode >= fra[1] if fra else fnmatch.fnmatchcase(kode, onsket))]
    if not truffet:
        noen = ", ".join(alle[:10]) + (" …" if len(alle) > 10 else "")
        raise _utvalgsfeil(tabell, f"«{onsket}» er ingen kode for {variabel}; tabellen har {noen}")
    return truffet


def _utvalgsfeil(tabell: Tabell, hva: str) -> StyringFeil:
    return StyringFeil(f"seeds/statistikk/statistikktabeller.csv, tabell {tabell.nummer}: {hva}. {LAGRET}")


def del_opp(valg: Valg, storst: int) -> Iterator[Valg]:
    """A selection in parts of at most `storst` cells: halves of the longest variable, until they are small enough."""
    lengste = max(valg, key=lambda navn: len(valg[navn]))
    koder = valg[lengste]
    if math.prod(map(len, valg.values())) <= storst or len(koder) == 1:
        yield valg
        return
    halv = len(koder) // 2
    for del_ in (koder[:halv], koder[halv:]):
        yield from del_opp(valg | {lengste: del_}, storst)


def celler(svar: Objekt, tabell: str) -> Iterator[Rad]:
    """The figures of an answer as rows of KOLONNER, in its order.

    A missing figure is null, with SSB's symbol (`.`, `..`, `:`) as status. Raises StyringFeil when the answer is not in
    the format, or a figure has more decimals than are stored.
    """
    _kontroller(svar, tabell)
    dimensjoner = _dimensjoner(svar, tabell)
    tid, innhold = (_rolle(svar, rolle, tabell) for rolle in ("time", "metric"))
    andre = [navn for navn in dimensjoner if navn not in (tid, innhold)]
    felles = (svar["label"], svar["source"], _tidspunkt(svar["updated"], tabell))
    om_innhold = dimensjoner[innhold]["category"]
    verdier, status = svar["value"], svar.get("status") or {}
    alle_koder = [_koder(dimensjon) for dimensjon in dimensjoner.values()]
    for nummer, kombinasjon in enumerate(itertools.product(*alle_koder)):
        kode = dict(zip(dimensjoner, kombinasjon, strict=True))
        enhet = om_innhold.get("unit", {}).get(kode[innhold], {})
        yield (
            *felles,
            kode[innhold],
            _navn(dimensjoner[innhold], kode[innhold]),
            enhet.get("base"),
            enhet.get("decimals"),
            kode[tid],
            ";".join(f"{navn}={kode[navn]}" for navn in andre),
            ";".join(f"{dimensjoner[navn]['label']}={_navn(dimensjoner[navn], kode[navn])}" for navn in andre),
            None if (tegn := status.get(str(nummer))) in MANGLER else _verdi(verdier[nummer], tabell),
            tegn,
        )


def _kontroller(svar: Objekt, tabell: str, valg: Valg | None = None) -> None:
    """Raises StyringFeil when an answer is not json-stat2 as it was, or not of the codes that were asked for."""

    def krev(holder: bool, hva: str) -> None:
        if not holder:
            raise StyringFeil(f"Tabell {tabell}: {hva}; formatet er endret. {LAGRET}")

    dimensjoner = _dimensjoner(svar, tabell)
    storrelser, verdier, status = svar.get("size"), svar.get("value"), svar.get("status")
    antall = [len(_koder(en)) for en in dimensjoner.values()]
    krev(storrelser == antall, f"size er {vist(storrelser)}, og dimensjonene har {vist(antall)} koder")
    krev(isinstance(verdier, list), f"value er {vist(verdier)}; ventet en liste")
    ventet = math.prod(antall)
    krev(len(verdier or ()) == ventet, f"value har {len(verdier or ())} tall; ventet {ventet}, som er size ganget ut")
    krev(status is None or isinstance(status, dict), f"status er {vist(status)}; ventet et objekt")
    for navn in ("label", "source", "updated"):
        krev(isinstance(svar.get(navn), str), f"{navn} er {vist(svar.get(navn))}; ventet en tekst")
    if valg is None:
        return
    krev(dimensjoner.keys() == valg.keys(), f"svaret har {', '.join(dimensjoner)}; det ble spurt om {', '.join(valg)}")
    for navn, koder in valg.items():
        fikk = _koder(dimensjoner[navn])
        krev(fikk == koder, f"svaret har {len(fikk)} koder for {navn}, og ikke de {len(koder)} det ble spurt om")


def _dimensjoner(svar: Objekt, tabell: str) -> dict[str, Objekt]:
    """The variables in the table's order. Raises StyringFeil when they are not there."""
    rekkefolge, dimensjoner = svar.get("id"), svar.get("dimension")
    if not isinstance(rekkefolge, list) or not isinstance(dimensjoner, dict):
        mangler = "id" if not isinstance(rekkefolge, list) else "dimension"
        raise StyringFeil(f"Tabell {tabell}: svaret mangler {mangler}; formatet er endret. {LAGRET}")
    for navn in rekkefolge:
        kategori = dimensjoner.get(navn, {}).get("category", {})
        if not isinstance(kategori.get("index"), dict) or not isinstance(kategori.get("label"), dict):
            raise StyringFeil(
                f"Tabell {tabell}: {navn} mangler category med index og label; formatet er endret. {LAGRET}"
            )
        if tvetydig := next((kode for kode in kategori["index"] if re.search("[=;]", kode)), None):
            raise StyringFeil(f"Tabell {tabell}: {navn} har koden «{tvetydig}»; ventet en uten = og ;. {LAGRET}")
    return {navn: dimensjoner[navn] for navn in rekkefolge}


def _koder(dimensjon: Objekt) -> list[str]:
    indeks: dict[str, int] = dimensjon["category"]["index"]
    return sorted(indeks, key=indeks.__getitem__)


def _navn(dimensjon: Objekt, kode: str) -> str:
    return str(dimensjon["category"]["label"].get(kode, kode))


def _rolle(svar: Objekt, rolle: str, tabell: str) -> str:
    """The one variable that is the time (`time`), or what is counted (`metric`)."""
    navn = svar.get("role", {}).get(rolle, [])
    if len(navn) != 1 or navn[0] not in svar["id"]:
        raise StyringFeil(f"Tabell {tabell}: role.{rolle} er {vist(navn)}; ventet én av variablene. {LAGRET}")
    return str(navn[0])


def _tidspunkt(tekst: str, tabell: str) -> datetime.datetime:
    """A moment (ISO) in UTC, without zone."""
    try:
        naar = datetime.datetime.fromisoformat(tekst)
    except ValueError:
        raise StyringFeil(f"Tabell {tabell}: updated er «{tekst}»; ventet et tidspunkt. {LAGRET}") from None
    return (naar if naar.tzinfo is None else naar.astimezone(datetime.UTC)).replace(tzinfo=None)


def _verdi(verdi: object, tabell: str) -> Decimal | None:
    if verdi is None:
        return None
    if isinstance(verdi, bool) or not isinstance(verdi, int | Decimal):
        raise StyringFeil(f"Tabell {tabell}: en verdi er {vist(verdi)}; ventet et tall. {LAGRET}")
    tall = Decimal(verdi)
    if tall != round(tall, DESIMALER):
        raise StyringFeil(f"Tabell {tabell}: verdien {tall} har flere enn {DESIMALER} desimaler. {LAGRET}")
    return tall
