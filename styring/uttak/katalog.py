"""The open data as a catalogue (DCAT-AP-NO), and what it is published as: the exposure `datapakke` says by whom."""

import hashlib
import json
from pathlib import Path, PurePosixPath
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from rdflib import DCAT, DCTERMS, FOAF, RDF, RDFS, XSD, Graph, Literal, Namespace, URIRef

from styring.feil import StyringFeil

# what a data package is described by
STANDARD = "https://specs.frictionlessdata.io/data-package/"
PAKKEFIL = "datapackage.json"

_EXPOSURE = "exposure.styring.datapakke"
_EU = "http://publications.europa.eu/resource/authority"
_IANA = "https://www.iana.org/assignments/media-types"
_ORGANISASJONER = "https://data.norge.no/organizations"
_SPDX = Namespace("http://spdx.org/rdf/terms#")
_VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
_HYPPIGHETER = (
    *("ANNUAL", "ANNUAL_2", "ANNUAL_3", "AS_NEEDED", "BIENNIAL", "BIMONTHLY", "BIWEEKLY", "CONT", "DAILY", "DAILY_2"),
    *("IRREG", "MONTHLY", "MONTHLY_2", "MONTHLY_3", "NEVER", "NOT_PLANNED", "QUARTERLY", "TRIENNIAL", "UPDATE_CONT"),
    *("WEEKLY", "WEEKLY_2", "WEEKLY_3"),
)
_TEMAER = (
    *("AGRI", "ECON", "EDUC", "ENER", "ENVI", "GOVE", "HEAL", "INTR", "JUST", "OP_DATPRO", "REGI", "SOCI", "TECH"),
    "TRAN",
)

# what rdflib's own list of the vocabulary lacks
_DCAT = Namespace(str(DCAT))
_NAVNEROM = {
    "dcat": _DCAT,
    "dct": DCTERMS,
    "foaf": FOAF,
    "rdfs": RDFS,
    "spdx": _SPDX,
    "vcard": _VCARD,
    "xsd": XSD,
}

Regel = dict[str, Any]
# what is said of something: a node by each property, or a list of them
Utsagn = dict[URIRef, Any]
Fra_til = tuple[int, int]


def _tekst(forventet: str, monster: str = r"\S") -> Regel:
    return {"type": "string", "pattern": monster, "description": forventet}


def _kode(koder: tuple[str, ...]) -> Regel:
    return {"enum": list(koder), "description": f"en av EUs koder {', '.join(koder)}"}


def _liste(av: Regel, forventet: str) -> Regel:
    return {"type": "array", "minItems": 1, "items": av, "description": forventet}


def _oppslag(felt: dict[str, Regel], kan_mangle: tuple[str, ...] = ()) -> Regel:
    paakrevd = [navn for navn in felt if navn not in kan_mangle]
    return {"type": "object", "properties": felt, "required": paakrevd, "additionalProperties": False}


_ADRESSE = _tekst("en nettadresse som begynner med https://", r"^https://\S+$")
# what `meta` must say; each description is what was expected, for the sentence that refuses it
_META = _oppslag(
    {
        "fil": _tekst("filen som skriver datapakken"),
        "tittel": _tekst("tittelen dataene publiseres med"),
        "nettadresse": _tekst("en nettadresse som begynner med https:// og slutter med /", r"^https://\S+/$"),
        "utgiver": _oppslag(
            {
                "navn": _tekst("utgiverens navn"),
                "organisasjonsnummer": _tekst("ni sifre i anførselstegn", r"^[0-9]{9}$"),
            }
        ),
        "kontakt": _oppslag(
            {
                "navn": _tekst("kontaktpunktets navn"),
                "nettside": _ADRESSE,
                "epost": _tekst("en e-postadresse", r"^[^@\s]+@[^@\s]+\.[^@\s]+$"),
            },
            kan_mangle=("nettside", "epost"),
        )
        | {"minProperties": 2, "description": "navn, og nettside eller epost"},
        "lisens": _oppslag(
            {
                "navn": _tekst("lisensens kortnavn, for eksempel NLOD-2.0", r"^[-a-zA-Z0-9._]+$"),
                "tittel": _tekst("lisensens fulle navn"),
                "nettadresse": _ADRESSE,
                "eu_kode": _tekst("lisensens kode hos EU, for eksempel NLOD_2_0", r"^[A-Z0-9_]+$"),
            }
        ),
        "oppdateres": _kode(_HYPPIGHETER),
        "temaer": _liste(_kode(_TEMAER), "minst ett tema i en liste"),
        "emneord": _liste(_tekst("et emneord"), "minst ett emneord i en liste"),
    },
)


def oppsett(manifest: dict[str, Any]) -> dict[str, Any]:
    """What a version is published as: the exposure's description, as `beskrivelse`, and all that its `meta` says.

    Raises StyringFeil, with file, key, what was found and what was expected, when something is missing or wrong.
    """
    exposure = manifest["exposures"].get(_EXPOSURE)
    if exposure is None:
        raise StyringFeil("Versjonen er bygget uten exposuren «datapakke». Bygg på nytt med: styring bygg")
    meta = exposure["config"]["meta"]
    # a name that is not known comes first: it is often the one that is missing, misspelt
    funn = sorted(
        Draft202012Validator(_META).iter_errors(meta),
        key=lambda feil: (feil.validator != "additionalProperties", list(map(str, feil.absolute_path))),
    )
    if funn:
        raise StyringFeil(f"{exposure['original_file_path']}: {_setning(funn[0])}")
    return {"beskrivelse": exposure["description"].strip(), **meta}


def _setning(feil: ValidationError) -> str:
    """Which key it is, what was found there, and what was expected."""
    sted, regel, funnet = ["meta", *map(str, feil.absolute_path)], feil.schema, feil.instance
    if feil.validator == "additionalProperties":
        ukjent = next(navn for navn in funnet if navn not in regel["properties"])
        return f"{'.'.join([*sted, ukjent])} er ukjent; ventet en av {', '.join(regel['properties'])}."
    if feil.validator == "required":
        borte = next(navn for navn in regel["required"] if navn not in funnet)
        sted, regel, funnet = [*sted, borte], regel["properties"][borte], None
    ventet = regel.get("description") or f"et oppslag med {', '.join(regel['properties'])}"
    vist = funnet if isinstance(funnet, str) else json.dumps(funnet, ensure_ascii=False)
    return f"{'.'.join(sted)} {'mangler' if funnet in (None, '', []) else f'er «{vist}»'}; ventet {ventet}."


def utgiver(oppsett: dict[str, Any]) -> str:
    """The publisher's address in the national catalogue of organisations."""
    return f"{_ORGANISASJONER}/{oppsett['utgiver']['organisasjonsnummer']}"


def skriv(mappe: Path, pakke: dict[str, Any], oppsett: dict[str, Any], tidsrom: dict[str, Fra_til]) -> None:
    """Write `katalog.ttl` and `katalog.jsonld`, the same graph twice, beside the data package that they are of.

    `tidsrom` is the first and the last year of each table that has years.
    """
    katalogen = graf(pakke, (mappe / PAKKEFIL).read_bytes(), oppsett, tidsrom)
    katalogen.serialize(mappe / "katalog.ttl", "turtle")
    navnerom = {kort: str(langt) for kort, langt in katalogen.namespaces()}
    jsonld = _ordnet(json.loads(katalogen.serialize(format="json-ld", context=navnerom)))
    (mappe / "katalog.jsonld").write_text(json.dumps(jsonld, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _ordnet(verdi: Any) -> Any:
    """JSON-LD in the same order each time; its lists are sets."""
    if isinstance(verdi, dict):
        return {navn: _ordnet(verdi[navn]) for navn in sorted(verdi)}
    return sorted(map(_ordnet, verdi), key=json.dumps) if isinstance(verdi, list) else verdi


def graf(pakke: dict[str, Any], pakkefil: bytes, oppsett: dict[str, Any], tidsrom: dict[str, Fra_til]) -> Graph:
    """The catalogue of a data package: what it says, and the file that it says it in."""
    return _Katalog(pakke, oppsett, tidsrom).graf(pakkefil)


class _Katalog:
    """A catalogue under way. Everything in it has an address, so that it is written in the same order each time."""

    def __init__(self, pakke: dict[str, Any], oppsett: dict[str, Any], tidsrom: dict[str, Fra_til]) -> None:
        self._pakke, self._oppsett, self._tidsrom = pakke, oppsett, tidsrom
        self._her = Namespace(f"{oppsett['nettadresse']}katalog.ttl#")
        self._graf = Graph(bind_namespaces="none")
        for kort, navnerom in _NAVNEROM.items():
            self._graf.bind(kort, navnerom)

    def graf(self, pakkefil: bytes) -> Graph:
        """One dataset for the package and one for each table in it: all distributions of a dataset hold the same."""
        tabeller: dict[str, list[dict[str, Any]]] = {}
        for ressurs in self._pakke["resources"]:
            tabeller.setdefault(PurePosixPath(ressurs["path"]).stem, []).append(ressurs)
        pakken, tittel = self._her.datapakke, self._oppsett["tittel"]
        deler = [self._tabell(navn, ressurser, pakken) for navn, ressurser in tabeller.items()]
        standard = self._si(
            URIRef(STANDARD),
            DCTERMS.Standard,
            {DCTERMS.title: Literal("Data Package", lang="en"), RDFS.seeAlso: URIRef(STANDARD)},
        )
        distribusjon = self._distribusjon(
            {
                "path": PAKKEFIL,
                "title": "Datapakkens beskrivelse",
                "description": "Alle tabellene i pakken: filer, kolonner, typer og nøkler.",
                "mediatype": "application/json",
                "bytes": len(pakkefil),
                "hash": f"sha256:{hashlib.sha256(pakkefil).hexdigest()}",
            }
        )
        self._graf.add((distribusjon, DCTERMS.conformsTo, standard))
        self._datasett(
            pakken,
            tittel,
            self._oppsett["beskrivelse"],
            {
                DCTERMS.hasPart: deler,
                DCTERMS.conformsTo: standard,
                DCAT.distribution: distribusjon,
                DCTERMS.temporal: self._periode("datapakke", list(self._tidsrom.values())),
            },
        )
        self._si(
            self._her.katalog,
            DCAT.Catalog,
            self._beskrevet(self._her.katalog, tittel, self._oppsett["beskrivelse"])
            | {
                DCAT.dataset: [pakken, *deler],
                DCTERMS.license: self._lisens,
                FOAF.homepage: URIRef(self._oppsett["nettadresse"]),
            },
        )
        self._si_hvem()
        return self._graf

    def _tabell(self, navn: str, ressurser: list[dict[str, Any]], pakken: URIRef) -> URIRef:
        tidsrom = self._tidsrom.get(navn)
        return self._datasett(
            self._her[f"tabell-{navn}"],
            f"{self._oppsett['tittel']}: {navn}",
            ressurser[0]["description"],
            {
                DCTERMS.isPartOf: pakken,
                DCAT.distribution: [self._distribusjon(ressurs) for ressurs in ressurser],
                DCTERMS.temporal: self._periode(navn, [tidsrom] if tidsrom else []),
            },
        )

    def _datasett(self, hva: URIRef, tittel: str, beskrivelse: str, utsagn: Utsagn) -> URIRef:
        felles: Utsagn = {
            DCAT.theme: [URIRef(f"{_EU}/data-theme/{tema}") for tema in self._oppsett["temaer"]],
            DCAT.keyword: [_nb(emneord) for emneord in self._oppsett["emneord"]],
            DCTERMS.accessRights: URIRef(f"{_EU}/access-right/PUBLIC"),
            DCTERMS.accrualPeriodicity: URIRef(f"{_EU}/frequency/{self._oppsett['oppdateres']}"),
            DCTERMS.provenance: self._her.opphav,
            DCTERMS.references: [URIRef(kilde["path"]) for kilde in self._pakke["sources"] if "path" in kilde],
            DCAT.landingPage: URIRef(self._oppsett["nettadresse"]),
            _DCAT.version: Literal(self._pakke["version"]),
        }
        return self._si(hva, DCAT.Dataset, self._beskrevet(hva, tittel, beskrivelse) | felles | utsagn)

    def _beskrevet(self, hva: URIRef, tittel: str, beskrivelse: str) -> Utsagn:
        """What is said of the catalogue and of each dataset."""
        return {
            DCTERMS.identifier: Literal(str(hva)),
            DCTERMS.title: _nb(tittel),
            DCTERMS.description: _nb(beskrivelse),
            DCTERMS.publisher: URIRef(utgiver(self._oppsett)),
            DCAT.contactPoint: self._her.kontakt,
            DCTERMS.language: URIRef(f"{_EU}/language/NOB"),
            DCTERMS.spatial: URIRef(f"{_EU}/country/NOR"),
            **self._datert,
        }

    def _distribusjon(self, ressurs: dict[str, Any]) -> URIRef:
        fil, adresse = PurePosixPath(ressurs["path"]), URIRef(self._oppsett["nettadresse"] + ressurs["path"])
        sjekksum: Utsagn = {
            _SPDX.algorithm: _SPDX.checksumAlgorithm_sha256,
            _SPDX.checksumValue: Literal(ressurs["hash"].removeprefix("sha256:"), datatype=XSD.hexBinary),
        }
        return self._si(
            self._her[f"fil-{fil.name}"],
            DCAT.Distribution,
            {
                DCTERMS.title: _nb(ressurs["title"]),
                DCTERMS.description: _nb(ressurs["description"]),
                DCAT.accessURL: adresse,
                DCAT.downloadURL: adresse,
                DCTERMS["format"]: URIRef(f"{_EU}/file-type/{fil.suffix[1:].upper()}"),
                DCAT.mediaType: URIRef(f"{_IANA}/{ressurs['mediatype']}"),
                DCTERMS.license: self._lisens,
                # DCAT 3; version 2 had a decimal
                DCAT.byteSize: Literal(ressurs["bytes"], datatype=XSD.nonNegativeInteger),
                _SPDX.checksum: self._si(self._her[f"sjekksum-{fil.name}"], _SPDX.Checksum, sjekksum),
                **self._datert,
            },
        )

    def _periode(self, navn: str, tidsrom: list[Fra_til]) -> list[URIRef]:
        """The years that the figures are for; nothing where there are none."""
        if not tidsrom:
            return []
        fra, til = min(en[0] for en in tidsrom), max(en[1] for en in tidsrom)
        utsagn: Utsagn = {
            DCAT.startDate: Literal(f"{fra}-01-01", datatype=XSD.date),
            DCAT.endDate: Literal(f"{til}-12-31", datatype=XSD.date),
        }
        return [self._si(self._her[f"tidsrom-{navn}"], DCTERMS.PeriodOfTime, utsagn)]

    def _si_hvem(self) -> None:
        """Who publishes the data, who answers for them, and which documents they are from."""
        hvem, kontakt = self._oppsett["utgiver"], self._oppsett["kontakt"]
        self._si(
            URIRef(utgiver(self._oppsett)),
            FOAF.Agent,
            {FOAF.name: _nb(hvem["navn"]), DCTERMS.identifier: Literal(hvem["organisasjonsnummer"])},
        )
        self._si(
            self._her.kontakt,
            _VCARD.Organization,
            {
                _VCARD.fn: _nb(kontakt["navn"]),
                _VCARD.hasURL: [URIRef(kontakt["nettside"])] if "nettside" in kontakt else [],
                _VCARD.hasEmail: [URIRef(f"mailto:{kontakt['epost']}")] if "epost" in kontakt else [],
            },
        )
        kilder = "; ".join(kilde["title"] for kilde in self._pakke["sources"])
        self._si(self._her.opphav, DCTERMS.ProvenanceStatement, {RDFS.label: _nb(f"Tallene er hentet fra: {kilder}.")})

    def _si(self, hva: URIRef, klasse: URIRef, utsagn: Utsagn) -> URIRef:
        for egenskap, verdier in {RDF.type: klasse, **utsagn}.items():
            for verdi in verdier if isinstance(verdier, list) else [verdier]:
                self._graf.add((hva, egenskap, verdi))
        return hva

    @property
    def _lisens(self) -> URIRef:
        return URIRef(f"{_EU}/licence/{self._oppsett['lisens']['eu_kode']}")

    @property
    def _datert(self) -> Utsagn:
        bygget = Literal(self._pakke["created"], datatype=XSD.dateTime)
        return {DCTERMS.issued: bygget, DCTERMS.modified: bygget}


def _nb(tekst: str) -> Literal:
    return Literal(tekst, lang="nb")
