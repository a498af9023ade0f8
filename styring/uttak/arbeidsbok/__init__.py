"""The workbook: all the agency's figures as a controller works with them, and totals reconciled by live formulas."""

import datetime
import io
from collections.abc import Callable
from pathlib import Path

import xlsxwriter

from styring.uttak import skriving
from styring.uttak.arbeidsbok import avstemming, endringsark, forside
from styring.uttak.arbeidsbok.ark import ARK
from styring.uttak.arbeidsbok.skriver import Bok
from styring.uttak.utgave import Utgave
from styring.visning import tekst
from styring.visning.data import Rad

# text from the data is text, whatever it looks like
_VALG = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def filnavn(virksomhet: Rad) -> str:
    """What the workbook of a row of marts.virksomheter is called."""
    return f"arbeidsbok-{virksomhet.virksomhet_id}.xlsx"


def skriv(utgave: Utgave, virksomhet: Rad, mappe: Path, si: Callable[[str], None]) -> Path:
    """Write the workbook of a row of marts.virksomheter in a folder. Raises OSError with what stood there untouched."""
    return skriving.fil(mappe / filnavn(virksomhet), lag(utgave, virksomhet, si))


def lag(utgave: Utgave, virksomhet: Rad, si: Callable[[str], None]) -> bytes:
    """The workbook's content: the same for the same version and agency."""
    rader = {ark.mart: utgave.rader(ark.sporring, virksomhet.virksomhet_id) for ark in ARK}
    antall = tekst.antall(sum(map(len, rader.values())), "rad", "rader")
    si(f"Arbeidsbok for {virksomhet.kortnavn}: {antall} på {len(ARK)} ark …")
    linjer = avstemming.linjer(rader)
    endret = endringsark.rader(utgave, virksomhet.virksomhet_id) if utgave.siden else None
    ut = io.BytesIO()
    with xlsxwriter.Workbook(ut, _VALG) as bok:
        _egenskaper(bok, utgave, virksomhet)
        bunntekst = f"{virksomhet.kortnavn}: datavarehuset, versjon {utgave.versjon}"
        skrevet = Bok(bok, bunntekst, tekst.dokumentnavn(utgave.fil), _forklaringer(utgave))
        forside.skriv(skrevet, utgave, virksomhet, rader, linjer, endret)
        avstemming.skriv(skrevet, linjer)
        if endret is not None:
            hva = "Verdier som er endret" if endret else "Ingen tall er endret"
            skrevet.tabell(endringsark.ARK, f"{hva} siden versjon {utgave.siden}", endret)
        for ark in ARK:
            skrevet.tabell(ark, skrevet.beskrivelse(ark), rader[ark.mart])
    si(f"Avstemt: {avstemming.sammendrag(linjer).verdi}")
    return ut.getvalue()


def _forklaringer(utgave: Utgave) -> dict[tuple[str, str], str]:
    """What each mart and each of its columns is, as the warehouse describes it."""
    rader = utgave.rader(
        "select table_name, '' as column_name, comment from duckdb_tables() where schema_name = 'marts' "
        "union all select table_name, column_name, comment from duckdb_columns() where schema_name = 'marts'"
    )
    return {(rad.table_name, rad.column_name): rad.comment for rad in rader if rad.comment}


def _egenskaper(bok: xlsxwriter.Workbook, utgave: Utgave, virksomhet: Rad) -> None:
    bok.set_properties(
        {
            "title": f"Arbeidsbok for {virksomhet.virksomhet}",
            "subject": "Tildelinger, regnskap, mål, oppdrag og avvik i styringsdialogen",
            "author": "Styringsdialogens datavarehus",
            "company": virksomhet.departement,
            "keywords": "etatsstyring, tildelingsbrev, årsrapport, avstemming",
            "comments": utgave.opphav,
            "created": utgave.bygget.astimezone(datetime.UTC).replace(tzinfo=None),
        }
    )
    bok.set_custom_property("Språk", "nb-NO")
    bok.set_custom_property("Versjon", utgave.versjon)
