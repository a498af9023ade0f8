"""What changed between two versions: which figures are new, changed or gone."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from styring import norsk

# What identifies a figure in each mart, and what is said of it. What is only the day's reading of a date, such as the
# status of an oppdrag, is not a changed figure.
TALL: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "verdier": (("verdi_id",), ("verdi", "enhet", "status", "tilnaermet", "dokument_id", "sted")),
    "tildelinger": (("hendelse_id",), ("belop_kr", "disponibelt_etter_kr", "dokument_id", "sted")),
    "budsjettbindinger": (
        ("virksomhet_id", "budsjettaar", "kapittel", "post", "binding", "overordnet_binding", "dokument_id"),
        ("belop_kr", "mottaker"),
    ),
    "budsjettutnyttelse": (
        ("virksomhet_id", "budsjettaar", "kapittel", "post"),
        ("samlet_tildeling_kr", "regnskap_kr", "mindreutgift_kr", "utnyttelsesgrad"),
    ),
    "indikatorer": (("virksomhet_id", "indikator_id", "aar", "gruppe"), ("verdi", "enhet", "status", "korrigert")),
    "maaloppnaaelse": (
        ("virksomhet_id", "aar", "sp_nr", "indikator_id", "gruppe"),
        ("siste_aar", "siste_verdi", "endring", "krav", "vurdering"),
    ),
    "oppdrag": (("virksomhet_id", "oppdrag_nr", "del"), ("frist", "levert_dato", "belop_kr")),
    "avvik": (("kontroll_id", "aar"), ("oppgitt", "beregnet", "differanse", "status", "alvorlighet")),
}
# Words for them where the name alone, without its unit and its ASCII, is not what a reader would say.
_ORD = {
    "tilnaermet": "forbehold",
    "dokument_id": "dokument",
    "belop_kr": "beløp",
    "disponibelt_etter_kr": "disponibelt etterpå",
    "siste_aar": "siste år",
}


def i_ord(navn: str) -> str:
    """The name of a column of TALL as it is read: samlet_tildeling_kr is samlet tildeling."""
    return _ORD.get(navn, navn.removesuffix("_kr").replace("_", " "))


@dataclass(frozen=True)
class Endring:
    """A figure that is new, changed or gone: its mart, its key, and each value before and after."""

    hva: str
    mart: str
    nokkel: tuple[object, ...]
    verdier: tuple[tuple[str, object, object], ...]

    def __str__(self) -> str:
        nokkel = " ".join(str(en) for en in self.nokkel if en is not None)
        return f"{self.hva:<7}{self.mart:<19}{nokkel}: {self.forskjell}"

    @property
    def forskjell(self) -> str:
        """What is new, changed or gone of the figure, in words."""
        if self.hva == "endret":
            vist = [f"{i_ord(navn)} {_vist(foer)} → {_vist(naa)}" for navn, foer, naa in self.verdier if foer != naa]
        else:
            vist = [
                f"{i_ord(navn)} {_vist(foer if self.hva == 'borte' else naa)}"
                for navn, foer, naa in self.verdier
                if (foer, naa) != (None, None)
            ]
        return ", ".join(vist)


def _vist(verdi: object) -> str:
    if isinstance(verdi, datetime.date):
        return f"{verdi:%d.%m.%Y}"
    if isinstance(verdi, bool):
        return "ja" if verdi else "nei"
    if verdi is None or isinstance(verdi, int | float | Decimal):
        return norsk.tall(verdi)
    return str(verdi)


def endringer(fra: Path, til: Path) -> Iterator[Endring]:
    """The differences between two versions' files, mart by mart, of those that both have as they are now."""
    with _begge(fra, til) as kobling:
        for mart in _sammenlignes(kobling):
            yield from _i_mart(kobling, mart, *TALL[mart])


def ikke_sammenlignet(fra: Path, til: Path) -> list[str]:
    """The marts that either file lacks, or has without a column that is compared: what changed there is not known."""
    with _begge(fra, til) as kobling:
        return [mart for mart in TALL if mart not in _sammenlignes(kobling)]


@contextmanager
def _begge(fra: Path, til: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as kobling:
        for navn, fil in (("fra", fra), ("til", til)):
            kobling.execute(f"attach '{str(fil).replace(chr(39), chr(39) * 2)}' as {navn} (read_only)").fetchall()
        yield kobling


def _sammenlignes(kobling: duckdb.DuckDBPyConnection) -> list[str]:
    finnes = set(
        kobling.execute(
            "select database_name, table_name, column_name from duckdb_columns() where schema_name = 'marts'"
        ).fetchall()
    )
    return [
        mart
        for mart, (nokler, verdier) in TALL.items()
        if all((fil, mart, kolonne) in finnes for fil in ("fra", "til") for kolonne in (*nokler, *verdier))
    ]


def _i_mart(
    kobling: duckdb.DuckDBPyConnection, mart: str, nokler: tuple[str, ...], verdier: tuple[str, ...]
) -> Iterator[Endring]:
    def bare_i(en: str, annen: str) -> dict[tuple[object, ...], tuple[object, ...]]:
        kolonner = ", ".join((*nokler, *verdier))
        rader = kobling.execute(
            f"select {kolonner} from {en}.marts.{mart} except all select {kolonner} from {annen}.marts.{mart} "
            f"order by {', '.join(nokler)}"
        ).fetchall()
        return {rad[: len(nokler)]: rad[len(nokler) :] for rad in rader}

    gamle, nye = bare_i("fra", "til"), bare_i("til", "fra")
    ingen = (None,) * len(verdier)
    for nokkel in dict.fromkeys([*gamle, *nye]):
        hva = "endret" if nokkel in gamle and nokkel in nye else "ny" if nokkel in nye else "borte"
        par = zip(verdier, gamle.get(nokkel, ingen), nye.get(nokkel, ingen), strict=True)
        yield Endring(hva, mart, nokkel, tuple(par))
