"""The register of Kudos, DFØ's library of steering documents: which documents are published of an agency.

    GET {address}/api/v0/documents?actor_org_number=987879696&per_page=50&page=1

The envelope is not documented. It is taken to be Laravel's, as others who read the API have found it:
`{"data": [document, …], "meta": {"current_page": 1, "last_page": 3, "total": 123}, "links": {…}}`. Pages are not
sorted: a document that is published meanwhile shifts the others, so that one comes twice and another never. Each page
must therefore be the one asked for, the pages as many all the way, and no document there twice, or nothing is stored.
Pages that are stored in files are held to the same.

One file an agency: `kudos/organisasjonsnummer=987879696/data.parquet`, one row per document and file of it.
"""

import datetime
import re
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from styring.feil import StyringFeil
from styring.kilder import lager, nett
from styring.kilder.api import LAGRET, les, spor, vist
from styring.kilder.rader import Lagret, Rader
from styring.kilder.regler import BEHOLDT_MINST
from styring.stier import datamappe
from styring.validering import les_gyldig_seed

ADRESSE = "https://kudos.dfo.no"
# the most that the API gives
PER_SIDE = 50
# the server stops answering those who ask fast; seconds
PAUSE = 1.0

KOLONNER = {
    "uuid": "varchar",
    "type": "varchar",
    "tittel": "varchar",
    "publisert": "date",
    "gjelder_fra_aar": "integer",
    "gjelder_til_aar": "integer",
    "utgivere": "varchar",
    "eiere": "varchar",
    "mottakere": "varchar",
    "fil_uuid": "varchar",
    "filnavn": "varchar",
    "url": "varchar",
    "sha256": "varchar",
    "storrelse": "bigint",
    "mimetype": "varchar",
    "sider": "integer",
    "hovedfil": "boolean",
}

Fremdrift = Callable[[int, int, str], None]
Objekt = dict[str, Any]
Rad = tuple[object, ...]
# an answer by its page, and what it is called in a sentence
Side = Callable[[int], tuple[Objekt, str]]


def virksomheter() -> dict[str, str]:
    """Organisation numbers of the register's agencies, with the name each is known under.

    A ministry is not asked for: its documents are the letters to all its agencies.
    """
    rader = (rad for _, rad in les_gyldig_seed("virksomhetsregister"))
    return {rad["organisasjonsnummer"]: rad["kortnavn"] for rad in rader if rad["departement_id"]}


def fra_nettet(orgnr: str, adresse: str = ADRESSE) -> Side:
    """The pages as Kudos answers, with a pause between."""
    okt, url = nett.sesjon(), f"{adresse}/api/v0/documents"

    def hent_side(side: int) -> tuple[Objekt, str]:
        if side > 1:
            time.sleep(PAUSE)
        valg = {"actor_org_number": orgnr, "per_page": PER_SIDE, "page": side}
        return spor(okt, "GET", url, params=valg), f"{url}?page={side}"

    return hent_side


def fra_filer(filer: Sequence[Path]) -> Side:
    """The pages as they are stored, a file each, under any name: an answer says which page it is."""

    def hent_side(side: int) -> tuple[Objekt, str]:
        denne = [(svar, navn) for svar, navn in svarene if _nummer(svar, navn) == side]
        if len(denne) != 1:
            raise StyringFeil(f"{len(denne)} av filene i --fra er side {side}; ventet én. {LAGRET}")
        return denne[0]

    svarene = [(les(fil), fil.name) for fil in filer]
    return hent_side


def dokumenter(orgnr: str, hent_side: Side, fremdrift: Fremdrift | None = None) -> list[Objekt]:
    """All documents that an agency has a part in, as Kudos has them. Raises StyringFeil when they are not all there."""
    funnet: dict[str, Objekt] = {}
    sider = side = 1
    while side <= sider:
        svar, hvor = hent_side(side)
        meta = _felt(svar, "meta", dict, "svaret", hvor)
        if (fikk := _nummer(svar, hvor)) != side:
            raise StyringFeil(f"{hvor} ga side {fikk}; ventet side {side}. {LAGRET}")
        siste = max(_felt(meta, "last_page", int, "meta", hvor), 1)
        if side > 1 and siste != sider:
            raise StyringFeil(f"{hvor} sier at det er {siste} sider; den første sa {sider}. Prøv igjen. {LAGRET}")
        sider = siste
        paa_siden = _felt(svar, "data", list, "svaret", hvor)
        if not paa_siden and sider > 1:
            raise StyringFeil(f"{hvor} er tom; ventet dokumenter på hver av de {sider} sidene. {LAGRET}")
        for dokument in paa_siden:
            uuid = _felt(_objekt(dokument, hvor), "uuid", str, "et dokument", hvor)
            if uuid in funnet:
                raise StyringFeil(
                    f"{hvor} har dokumentet {uuid}, som kom før. Et annet mangler da; prøv igjen. {LAGRET}"
                )
            funnet[uuid] = dokument
        if fremdrift:
            fremdrift(side, sider, orgnr)
        side += 1
    if (i_alt := _felt(meta, "total", int, "meta", hvor, kan_mangle=True)) not in (None, len(funnet)):
        raise StyringFeil(f"{hvor} sier at det er {i_alt} dokumenter; sidene har {len(funnet)}. Prøv igjen. {LAGRET}")
    return list(funnet.values())


def rader(dokument: Objekt) -> Iterator[Rad]:
    """A document as rows of KOLONNER, one per file; one row with empty file columns when it has none.

    Raises StyringFeil when a field is missing, or holds something else than it did.
    """
    uuid = dokument["uuid"]
    hvem = f"dokumentet {uuid}"

    def felt(navn: str, slag: type, kan_vaere_tom: bool = True) -> Any:
        return _felt(dokument, navn, slag, hvem, "Kudos", kan_vaere_tom=kan_vaere_tom)

    om = (
        uuid,
        felt("type", str, kan_vaere_tom=False),
        " ".join(felt("title", str, kan_vaere_tom=False).split()),
        _dato(felt("publish_date", str), hvem),
        felt("concerned_year_from", int),
        felt("concerned_year_to", int),
        *(_navn(felt(navn, list), f"{navn} i {hvem}") for navn in ("publishers", "owners", "recipients")),
    )
    filer = [_fil(_objekt(fil, hvem), hvem) for fil in felt("files", list) or ()]
    for fil in filer or [(None,) * (len(KOLONNER) - len(om))]:
        yield (*om, *fil)


def fil_for(orgnr: str) -> Path:
    """Where an agency's documents are stored."""
    return datamappe() / "kudos" / f"organisasjonsnummer={orgnr}" / lager.FILNAVN


def hent(orgnr: str, hent_side: Side, fremdrift: Fremdrift | None = None) -> Lagret:
    """Fetch and store the register of one agency. Raises StyringFeil; what was stored then stays.

    An agency whose documents are all gone is refused: Kudos takes none away, so that the question is not understood.
    """
    alle, fil = dokumenter(orgnr, hent_side, fremdrift), fil_for(orgnr)
    if not alle and fil.exists():
        raise StyringFeil(f"Kudos har ingen dokumenter for {orgnr}, som det er lagret dokumenter for. {LAGRET}")
    samlet = Rader(KOLONNER, behold_minst=BEHOLDT_MINST)
    samlet.legg_til(rad for dokument in alle for rad in rader(dokument))
    return samlet.lagre(fil)


def _nummer(svar: Objekt, hvor: str) -> Any:
    return _felt(_felt(svar, "meta", dict, "svaret", hvor), "current_page", int, "meta", hvor)


def _felt(
    i: Objekt, navn: str, slag: type, hva: str, hvor: str, kan_mangle: bool = False, kan_vaere_tom: bool = False
) -> Any:
    """A field that has a type. Raises StyringFeil when it is missing or of another type."""
    if navn not in i and not kan_mangle:
        raise StyringFeil(f"{hvor}: {hva} mangler feltet {navn}; formatet er endret. {LAGRET}")
    verdi = i.get(navn)
    tom = verdi is None and (kan_mangle or kan_vaere_tom)
    # a truth value is an int to Python
    if not tom and (not isinstance(verdi, slag) or (isinstance(verdi, bool) and slag is not bool)):
        raise StyringFeil(f"{hvor}: {navn} i {hva} er {vist(verdi)}; ventet {_SLAG[slag]}. {LAGRET}")
    return verdi


_SLAG = {str: "en tekst", int: "et heltall", bool: "true eller false", list: "en liste", dict: "et objekt"}


def _objekt(verdi: object, hvor: str) -> Objekt:
    if not isinstance(verdi, dict):
        raise StyringFeil(f"{hvor}: fant {vist(verdi)}; ventet et objekt. {LAGRET}")
    return verdi


def _dato(tekst: str | None, hvem: str) -> datetime.date | None:
    """The day of a date or a moment (ISO)."""
    if not tekst:
        return None
    try:
        return datetime.datetime.fromisoformat(tekst).date()
    except ValueError:
        raise StyringFeil(
            f"Kudos: publish_date i {hvem} er «{tekst}»; ventet en dato som 2024-05-21. {LAGRET}"
        ) from None


def _navn(aktorer: list[Any] | None, hvor: str) -> str | None:
    """Names with organisation numbers, as `IMDi (987879696); AID`; None when there are none."""
    navn = []
    for en in aktorer or ():
        aktor = _objekt(en, f"Kudos: {hvor}")
        nummer = _felt(aktor, "org_number", str, hvor, "Kudos", kan_mangle=True)
        navn.append(_felt(aktor, "name", str, hvor, "Kudos") + (f" ({nummer})" if nummer else ""))
    return "; ".join(navn) or None


def _fil(fil: Objekt, hvem: str) -> Rad:
    hvor = f"en fil i {hvem}"

    def felt(navn: str, slag: type, kan_vaere_tom: bool = True) -> Any:
        return _felt(fil, navn, slag, hvor, "Kudos", kan_vaere_tom=kan_vaere_tom)

    sha256 = felt("sha256", str)
    if sha256 and not re.fullmatch("[0-9a-fA-F]{64}", sha256):
        raise StyringFeil(f"Kudos: sha256 i {hvor} er «{sha256}»; ventet 64 heksadesimale tegn. {LAGRET}")
    return (
        felt("uuid", str, kan_vaere_tom=False),
        felt("filename", str),
        felt("url", str),
        sha256.lower() if sha256 else None,
        felt("size", int),
        felt("mimetype", str),
        felt("pages", int),
        felt("is_primary", bool),
    )
