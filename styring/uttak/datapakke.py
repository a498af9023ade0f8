"""The public marts as open data: CSV and Parquet, described as a Frictionless data package and in DCAT-AP-NO."""

import csv
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import frictionless

from styring.endringer import TALL
from styring.feil import StyringFeil
from styring.uttak import katalog, metadata, skriving
from styring.uttak.katalog import PAKKEFIL, Fra_til
from styring.uttak.metadata import Kolonne, Mart
from styring.uttak.utgave import Utgave

LES_MEG = "LES_MEG.md"
_DATA, _ENDRINGER = "data", "endringer"
# the year that a table's rows are for
_AAR = ("aar", "budsjettaar", "gjelder_aar")
_DESIMALTALL = re.compile(r"decimal\(\d+, (\d+)\)")
_DIALEKT = {
    "delimiter": ",",
    "lineTerminator": "\r\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
    "header": True,
}
# each column's description, whether it always has a value, and the values that it may have
_ENDRINGSFELT: dict[str, tuple[str, bool, tuple[str, ...]]] = {
    "hva": ("Om tallet er nytt, endret eller borte.", True, ("ny", "endret", "borte")),
    "tabell": ("Tabellen tallet står i.", True, tuple(TALL)),
    "nokkel": ("Raden i tabellen: kolonne=verdi, med semikolon mellom.", True, ()),
    "felt": ("Kolonnen verdien står i.", True, ()),
    "foer": ("Verdien i den eldre versjonen; tom når den ikke fantes.", False, ()),
    "naa": ("Verdien i denne versjonen; tom når den ikke finnes lenger.", False, ()),
}
_ENDRINGSNOKKEL = ("tabell", "nokkel", "felt")
_CELLEFEIL = {
    "type-error": "er ikke av feltets type",
    "constraint-error": "er ikke en verdi feltet kan ha",
    "unique-error": "står i en rad fra før",
    "missing-cell": "er færre felt enn beskrevet",
    "extra-cell": "er flere felt enn beskrevet",
}
_ANDRE_FEIL = {
    "primary-key": "en rad med samme nøkkel står der fra før",
    "blank-row": "raden er tom",
    "incorrect-label": "en kolonne heter noe annet enn beskrevet",
    "missing-label": "en kolonne mangler",
    "extra-label": "en kolonne er ikke beskrevet",
    "scheme-error": "filen kan ikke leses",
    "hash-count": "sjekksummen er en annen enn den som er oppgitt",
    "byte-count": "størrelsen er en annen enn den som er oppgitt",
}

Si = Callable[[str], None]


def skriv(utgave: Utgave, ut: Path, si: Si) -> Path:
    """Write the folder with the open data, whole or not at all. Returns its path.

    Raises StyringFeil when the exposure `datapakke` does not say what it must, or the package is not valid.
    """
    oppsett = katalog.oppsett(utgave.manifest)
    marter = [mart for mart in metadata.marter(utgave.manifest) if mart.aapne_data]
    with skriving.mappe(ut, utgave.versjon) as mappe, duckdb.connect(utgave.fil, read_only=True) as kobling:
        (mappe / _DATA).mkdir()
        ressurser: list[dict[str, Any]] = []
        for nummer, mart in enumerate(marter, 1):
            si(f"Skriver {mart.navn} ({nummer} av {len(marter)}) …")
            ressurser += _skriv_mart(kobling, mart, mappe / _DATA)
        if utgave.siden:
            ressurser.append(_skriv_endringer(utgave, mappe))
        pakke = _pakke(utgave, oppsett, ressurser)
        (mappe / PAKKEFIL).write_text(json.dumps(pakke, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        (mappe / LES_MEG).write_text(_les_meg(utgave, oppsett, marter), encoding="utf-8")
        si("Skriver katalogen (DCAT-AP-NO) …")
        katalog.skriv(mappe, pakke, oppsett, {mart.navn: aar for mart in marter if (aar := _tidsrom(utgave, mart))})
        si("Holder filene mot beskrivelsen …")
        valider(mappe)
    return ut


def valider(mappe: Path) -> None:
    """Hold a package's files to its own description: bytes, checksums, types, constraints and keys.

    Raises StyringFeil that names the file, the row and the field when they do not agree.
    """
    svar = frictionless.validate(str(mappe / PAKKEFIL), type="package")
    if svar.errors:
        raise StyringFeil(f"{PAKKEFIL} er ikke en gyldig datapakke: {svar.errors[0].note}.")
    for fil in svar.tasks:
        if not fil.valid:
            # what is wrong in a row says more than that the file is another
            feil = min(fil.errors, key=lambda en: not isinstance(en, frictionless.errors.RowError))
            raise StyringFeil(f"Datapakken stemmer ikke med sin egen beskrivelse: {fil.place}{_feil(feil)}.")


def _feil(feil: frictionless.Error) -> str:
    """Where in a file something is wrong, and what."""
    if isinstance(feil, frictionless.errors.ForeignKeyError):
        verdier = ", ".join(feil.field_cells)
        return (
            f", rad {feil.row_number}, felt {', '.join(feil.field_names)}: "
            f"«{verdier}» finnes ikke i {feil.reference_name or 'samme tabell'}"
        )
    if isinstance(feil, frictionless.errors.CellError):
        hva = _CELLEFEIL.get(feil.type, f"er feil ({feil.type})")
        return f", rad {feil.row_number}, felt {feil.field_name}: «{feil.cell}» {hva}"
    if isinstance(feil, frictionless.errors.RowError):
        return f", rad {feil.row_number}: {_ANDRE_FEIL.get(feil.type, feil.type)}"
    return f": {_ANDRE_FEIL.get(feil.type, feil.type)}"


def _skriv_mart(kobling: duckdb.DuckDBPyConnection, mart: Mart, mappe: Path) -> Iterator[dict[str, Any]]:
    """Write a mart twice, in the order of its key. Yields the two resources."""
    kolonner = [kolonne.navn for kolonne in mart.kolonner]
    rekkefolge = ", ".join(f"{navn} nulls last" for navn in mart.nokkel or kolonner)
    sporring = f"select {', '.join(kolonner)} from marts.{mart.navn} order by {rekkefolge}"
    csvfil, parquetfil = mappe / f"{mart.navn}.csv", mappe / f"{mart.navn}.parquet"
    _skriv_csv(csvfil, kolonner, kobling.execute(sporring).fetchall())
    om = {"tabell": mart.beskrivelse} | {kolonne.navn: kolonne.beskrivelse for kolonne in mart.kolonner}
    beskrivelser = ", ".join(f"{_sitert(navn)}: {_sitert(beskrivelse)}" for navn, beskrivelse in om.items())
    kobling.execute(
        f"copy ({sporring}) to {_sitert(str(parquetfil))} "
        f"(format parquet, compression zstd, kv_metadata {{{beskrivelser}}})"
    ).fetchall()
    yield _csvressurs(csvfil, mart.beskrivelse, _skjema(mart))
    yield _ressurs(
        parquetfil,
        name=f"{mart.navn}-parquet",
        type="file",
        title=f"{mart.navn} (Parquet)",
        description=mart.beskrivelse,
        profile="data-resource",
        format="parquet",
        mediatype="application/vnd.apache.parquet",
    )


def _skriv_endringer(utgave: Utgave, mappe: Path) -> dict[str, Any]:
    """Write each value that is new, changed or gone since the earlier version. Returns the resource."""
    fil = mappe / _DATA / f"{_ENDRINGER}.csv"
    rader = [
        (endring.hva, endring.mart, nokkel, felt, foer, naa)
        for endring in utgave.endringer
        for nokkel in [
            "; ".join(f"{k}={_celle(v)}" for k, v in zip(TALL[endring.mart][0], endring.nokkel, strict=True))
        ]
        for felt, foer, naa in endring.verdier
        if foer != naa
    ]
    _skriv_csv(fil, list(_ENDRINGSFELT), rader)
    felt = [
        _felt(Kolonne(navn, "string", beskrivelse, ikke_tom, unik=False, tillatte=tillatte))
        for navn, (beskrivelse, ikke_tom, tillatte) in _ENDRINGSFELT.items()
    ]
    beskrivelse = f"Én rad per verdi som er ny, endret eller borte siden versjon {utgave.siden}."
    return _csvressurs(fil, beskrivelse, {"fields": felt, "primaryKey": list(_ENDRINGSNOKKEL), "missingValues": [""]})


def _skriv_csv(fil: Path, kolonner: Sequence[str], rader: Iterable[Sequence[object]]) -> None:
    """Comma, point, ISO dates, CRLF and quotes as RFC 4180 has them; what is missing is empty."""
    with fil.open("w", encoding="utf-8", newline="") as aapen:
        skriver = csv.writer(aapen, lineterminator="\r\n")
        skriver.writerow(kolonner)
        skriver.writerows([_celle(verdi) for verdi in rad] for rad in rader)


def _celle(verdi: object) -> str:
    if verdi is None:
        return ""
    if isinstance(verdi, bool):
        return "true" if verdi else "false"
    # never an exponent
    return f"{verdi:f}" if isinstance(verdi, Decimal) else str(verdi)


def _sitert(tekst: str) -> str:
    return "'" + tekst.replace("'", "''") + "'"


def _csvressurs(fil: Path, beskrivelse: str, skjema: dict[str, Any]) -> dict[str, Any]:
    return _ressurs(
        fil,
        name=fil.stem,
        type="table",
        title=f"{fil.stem} (CSV)",
        description=beskrivelse,
        profile="tabular-data-resource",
        format="csv",
        mediatype="text/csv",
        encoding="utf-8",
        dialect=_DIALEKT,
        schema=skjema,
    )


def _ressurs(fil: Path, **om: Any) -> dict[str, Any]:
    """A file as a resource, with its size in bytes and its SHA-256."""
    innhold = fil.read_bytes()
    return om | {
        "path": f"{_DATA}/{fil.name}",
        "bytes": len(innhold),
        "hash": f"sha256:{hashlib.sha256(innhold).hexdigest()}",
    }


def _skjema(mart: Mart) -> dict[str, Any]:
    """A mart's columns and keys as a table schema. A primary key has no empty part; other keys are `uniqueKeys`."""
    skjema: dict[str, Any] = {"fields": [_felt(kolonne) for kolonne in mart.kolonner], "missingValues": [""]}
    hoved = mart.nokkel if mart.nokkel_uten_hull else ()
    if hoved:
        skjema["primaryKey"] = list(hoved)
    if andre := [list(nokkel) for nokkel in mart.nokler if nokkel != hoved]:
        skjema["uniqueKeys"] = andre
    if mart.fremmednokler:
        skjema["foreignKeys"] = [
            {
                "fields": list(en.kolonner),
                # a table's own name is empty
                "reference": {"resource": "" if en.mart == mart.navn else en.mart, "fields": list(en.til)},
            }
            for en in mart.fremmednokler
        ]
    return skjema


def _felt(kolonne: Kolonne) -> dict[str, Any]:
    krav: dict[str, Any] = {}
    if kolonne.ikke_tom:
        krav["required"] = True
    if kolonne.unik:
        krav["unique"] = True
    if kolonne.tillatte:
        krav["enum"] = list(kolonne.tillatte)
    felt = {"name": kolonne.navn, "type": _felttype(kolonne.type), "description": kolonne.beskrivelse}
    return felt | ({"constraints": krav} if krav else {})


def _felttype(type_: str) -> str:
    """A column's type in a table schema. Both of its types for figures are exact; kroner are whole."""
    if treff := _DESIMALTALL.fullmatch(type_):
        return "number" if int(treff[1]) else "integer"
    return type_


def _tidsrom(utgave: Utgave, mart: Mart) -> Fra_til | None:
    """The first and the last year that a mart has figures for; None when its rows have no year."""
    aar = next((kolonne.navn for kolonne in mart.kolonner if kolonne.navn in _AAR), None)
    if aar is None:
        return None
    rad = utgave.rader(f"select min({aar}) as fra, max({aar}) as til from marts.{mart.navn}")[0]
    return None if rad.fra is None else (rad.fra, rad.til)


def _pakke(utgave: Utgave, oppsett: dict[str, Any], ressurser: list[dict[str, Any]]) -> dict[str, Any]:
    """The package's description. It follows version 1 of the standard, which more tools read and all its files fit."""
    lisens = oppsett["lisens"]
    kilder = utgave.rader("select tittel, url from marts.kilder order by gjelder_aar, rekkefolge, dokument_id")
    return {
        "profile": "data-package",
        "name": "styringsdialogen",
        "title": oppsett["tittel"],
        "description": f"{oppsett['beskrivelse']}\n\n{utgave.opphav}",
        "homepage": oppsett["nettadresse"],
        "version": utgave.versjon,
        "created": utgave.bygget.isoformat(timespec="seconds"),
        "keywords": oppsett["emneord"],
        "licenses": [{"name": lisens["navn"], "title": lisens["tittel"], "path": lisens["nettadresse"]}],
        "contributors": [
            {"title": oppsett["utgiver"]["navn"], "role": "publisher", "path": katalog.utgiver(oppsett)},
        ],
        "sources": [{"title": en.tittel} | ({"path": en.url} if en.url else {}) for en in kilder],
        "resources": ressurser,
    }


def _les_meg(utgave: Utgave, oppsett: dict[str, Any], marter: Sequence[Mart]) -> str:
    """What somebody who finds the folder needs to know."""
    lisens, navn = oppsett["lisens"], oppsett["utgiver"]["navn"]
    siden = (
        f"\nHva som er nytt, endret eller borte siden versjon {utgave.siden}, står i "
        f"[endringer.csv]({_DATA}/{_ENDRINGER}.csv).\n"
        if utgave.siden
        else ""
    )
    tabeller = "\n".join(
        f"| {mart.navn} | {mart.korn} | [CSV]({_DATA}/{mart.navn}.csv), [Parquet]({_DATA}/{mart.navn}.parquet) |"
        for mart in marter
    )
    return f"""# {oppsett["tittel"]}

{oppsett["beskrivelse"]}

{utgave.opphav}
{siden}
## Tabellene

| Tabell | Hva en rad er | Filer |
| --- | --- | --- |
{tabeller}

Hver tabell er skrevet to ganger, med samme rader. Hva hver kolonne er, og hvilke tabeller den viser til, står i
[{PAKKEFIL}]({PAKKEFIL}) (Frictionless Data Package). [katalog.ttl](katalog.ttl) og [katalog.jsonld](katalog.jsonld)
beskriver dataene for en datakatalog (DCAT-AP-NO).

- CSV-filene er UTF-8 med komma mellom kolonnene, punktum i desimaltall og datoer som 2025-06-01.
- Et tall som mangler, er tomt. Det er aldri 0.
- Koder som kapittel 0671 og post 01 er tekst; nullene foran hører med.
- Kolonner som slutter på `_kr`, er hele kroner. Hvor mange desimaler et trykt tall har, står i verdier.desimaler.
- Tall som er trykt feil i dokumentene, er gjengitt som trykt i verdier og rettet i indikatorer.

## Lisens

[{lisens["tittel"]}]({lisens["nettadresse"]}). Den som bruker dataene, navngir kilden:

> Inneholder data under {lisens["tittel"]}, tilgjengeliggjort av {navn}.

Ved et enkelt tall navngis dokumentet og stedet, som står på samme rad (`dokument_id` og `sted`); dokumentets tittel
står i kilder.

## Åpne dem

DuckDB:

```sql
select budsjettaar, kapittel, post, samlet_tildeling_kr, regnskap_kr
from '{_DATA}/budsjettutnyttelse.parquet'
order by budsjettaar, kapittel, post;
```

Python:

```python
import pandas as pd

tildelinger = pd.read_parquet("{_DATA}/tildelinger.parquet")
# CSV: si hva som er tekst, ellers blir 0671 til 671
tildelinger = pd.read_csv("{_DATA}/tildelinger.csv", dtype={{"kapittel": str, "post": str}})
```

R:

```r
library(frictionless)
tildelinger <- read_resource(read_package("{PAKKEFIL}"), "tildelinger")
```

Excel: velg Data, Fra tekst/CSV, filopprinnelse 65001 (UTF-8), skilletegn komma, og la være å gjenkjenne datatyper,
ellers blir 0671 til 671 og tall med punktum til tekst eller datoer.

## Kontroller dem

Hver fils størrelse og SHA-256 står i {PAKKEFIL}. Med Python-pakken frictionless kontrolleres de, og hver celles type,
krav og nøkler:

```sh
frictionless validate {PAKKEFIL}
```
"""
