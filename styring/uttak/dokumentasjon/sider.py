"""The pages, as Markdown for Sphinx: from a version's marts and manifest, and the repository's own documents."""

import datetime
import re
import shutil
from collections.abc import Callable, Iterable
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import jinja2

from styring import norsk, rapport
from styring.stier import PROSJEKT
from styring.uttak import metadata
from styring.uttak.dokumentasjon import avstamning
from styring.uttak.dokumentasjon.avstamning import Bruk
from styring.uttak.metadata import Mart
from styring.uttak.utgave import Utgave
from styring.visning.data import Rad

# dbt's own documentation stands here in the site
DBT = "dbt"
_MALER = PROSJEKT / "styring/uttak/maler/dokumentasjon"
_SIDEMALER = "sider"
# what Markdown could take as its own, and what breaks a line; a hard space keeps a figure together
_BRUDD = re.compile(r"[ \t\r\n]+")
_TEGN = re.compile(r"([!-/:-@\[-`{-~])")
_EKSEMPELTEGN = 70

_EMNER = {
    "budsjett": "Budsjett",
    "tall": "Tall og indikatorer",
    "maal": "Mål og styringsparametere",
    "oppdrag": "Oppdrag",
    "kontroll": "Kontroller og avvik",
    "dokumenter": "Dokumenter og virksomheter",
    "styring": "Møter, frister og risiko",
    "tilskudd": "Tilskudd",
    "statsregnskap": "Statsregnskapet",
    "statistikk": "Statistikk",
}
_KATALOG = "select * from marts.kontrollkatalog order by nummer, dokument_id, sted, kontroll_id"
_KILDER = """
    select kilder.*, coalesce(antall.tall, 0) as antall_tall, coalesce(antall.hendelser, 0) as antall_hendelser
    from marts.kilder
    left join (
        select
            dokument_id,
            sum(case when slag = 'tall' then antall end)::int as tall,
            sum(case when slag = 'pengehendelser' then antall end)::int as hendelser
        from marts.kildebidrag
        group by dokument_id
    ) as antall on kilder.dokument_id = antall.dokument_id
    order by kilder.gjelder_aar, kilder.rekkefolge, kilder.dokument_id
"""

# the repository's documents that have a place in the menu, the others in docs/ too; what they link to comes with them
_BOKMAAL = ("docs/sporringer.md", "docs/drift.md")
_ENGELSK = ("README.md", "CONTRIBUTING.md")
_DOKUMENTER = "docs"
_BESLUTNINGER = "docs/beslutninger"
_LENKE = re.compile(r"(?<=\]\()([^)#\s:]+)(?=[)#])")


class Emne(NamedTuple):
    """A subject of the dictionary: its folder in models/marts, its title, and its marts."""

    id: str
    navn: str
    marter: list[Mart]


class Regel(NamedTuple):
    """A control rule, and the rows of the catalogue that are controls by it."""

    regel: Rad
    kontroller: list[Rad]

    def sum(self, felt: str) -> int:
        """The controls' counts, together."""
        return sum(getattr(rad, felt) for rad in self.kontroller)


def skriv(utgave: Utgave, til: Path) -> None:
    """Write the folder that Sphinx builds the site of."""
    shutil.copytree(_MALER, til, ignore=shutil.ignore_patterns(_SIDEMALER, "__pycache__"))
    marter = metadata.marter(utgave.manifest)
    bruk = avstamning.bruk(utgave.manifest)
    emner = [Emne(emne, _emnenavn(emne), list(egne)) for emne, egne in groupby(marter, key=lambda mart: mart.emne)]
    regler = [
        Regel(rader[0], rader)
        for rader in (list(egne) for _, egne in groupby(utgave.rader(_KATALOG), key=lambda rad: rad.nummer))
    ]
    engelsk = [*_ENGELSK, *sorted(_i_mappe(_DOKUMENTER) - set(_BOKMAAL))]
    beslutninger = sorted(_i_mappe(_BESLUTNINGER))
    felles: dict[str, object] = {
        "utgave": utgave,
        "innhold": rapport.sammendrag(Path(utgave.fil)),
        "emner": emner,
        "regler": regler,
        "bruk": bruk,
        "kilder": utgave.rader(_KILDER),
        "endringer": [(mart, list(egne)) for mart, egne in groupby(utgave.endringer, key=lambda en: en.mart)],
        "bokmaal": _BOKMAAL,
        "engelsk": engelsk,
        "beslutninger": beslutninger,
        "antall_rader": {mart.navn: _antall(utgave, mart) for mart in marter},
    }
    mal = _maler()
    for navn in ("index", "dataordbok/index", "kontroller/index", "avstamning", "kilder", "endringer"):
        if navn != "endringer" or utgave.siden:
            _skriv(til / f"{navn}.md", mal(navn), felles)
    _skriv(til / _BESLUTNINGER / "index.md", mal("beslutninger"), felles)
    for emne in emner:
        _skriv(til / f"dataordbok/{emne.id}.md", mal("emne"), felles | _om(emne, utgave, bruk))
    for regel in regler:
        _skriv(til / f"kontroller/{regel.regel.nummer}.md", mal("regel"), felles | {"r": regel})
    _kopier_dokumenter([*_BOKMAAL, *engelsk, *beslutninger], til)


def _om(emne: Emne, utgave: Utgave, bruk: list[Bruk]) -> dict[str, object]:
    """What the dictionary says of a subject's marts, beside their columns: each by the mart's name."""
    return {
        "emne": emne,
        "eksempler": {mart.navn: _eksempel(utgave, mart) for mart in emne.marter},
        "brukt_av": {mart.navn: [en for en in bruk if mart.navn in en.marter] for mart in emne.marter},
        "seeds": {mart.navn: avstamning.seeds_bak(utgave.manifest, mart_id(mart)) for mart in emne.marter},
    }


def _i_mappe(mappe: str) -> set[str]:
    """The Markdown files in one of the repository's folders, by path."""
    return {str(sti.relative_to(PROSJEKT)) for sti in (PROSJEKT / mappe).glob("*.md")}


def mart_id(mart: Mart) -> str:
    """dbt's identifier of a mart."""
    return f"model.styring.{mart.navn}"


def _emnenavn(emne: str) -> str:
    return _EMNER.get(emne, emne.capitalize())


def _antall(utgave: Utgave, mart: Mart) -> int:
    return int(utgave.rader(f"select count(*) as antall from marts.{mart.navn}")[0].antall)


def _eksempel(utgave: Utgave, mart: Mart) -> dict[str, str]:
    """The row with most in it, the first by key among equals: each column as it is written in SQL."""
    tomme = " + ".join(f"({kolonne.navn} is null)::int" for kolonne in mart.kolonner)
    rekkefolge = ", ".join([tomme, *mart.nokkel])
    # a column may be named as a word of Python's
    kolonner = ", ".join(f"{kolonne.navn} as kol_{kolonne.navn}" for kolonne in mart.kolonner)
    rader = utgave.rader(f"select {kolonner} from marts.{mart.navn} order by {rekkefolge} limit 1")
    return {kolonne.navn: _som_i_sql(verdi) for rad in rader for kolonne, verdi in zip(mart.kolonner, rad, strict=True)}


def _som_i_sql(verdi: object) -> str:
    """A value as an analyst meets it; empty when there is none."""
    if verdi is None:
        return ""
    if isinstance(verdi, bool):
        return str(verdi).lower()
    if isinstance(verdi, Decimal):
        return f"{verdi:f}"
    if isinstance(verdi, datetime.date):
        return verdi.isoformat()
    tekst = str(verdi)
    return tekst if len(tekst) <= _EKSEMPELTEGN else f"{tekst[:_EKSEMPELTEGN]}…"


def _maler() -> Callable[[str], jinja2.Template]:
    """The templates of the pages, by name."""
    # Markdown, where text is escaped by `md`
    miljo = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_MALER / _SIDEMALER),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    miljo.filters |= {"md": md, "tall": norsk.tall, "prosent": norsk.prosent, "tidspunkt": norsk.tidspunkt}
    miljo.globals |= {"dbt": DBT, "mart_id": mart_id}
    return lambda navn: miljo.get_template(f"{navn}.md.j2")


def md(tekst: object) -> str:
    """Text that Markdown shows as it is, on one line."""
    return _TEGN.sub(r"\\\1", _BRUDD.sub(" ", str(tekst).strip()))


def _skriv(sti: Path, mal: jinja2.Template, innhold: dict[str, Any]) -> None:
    sti.parent.mkdir(parents=True, exist_ok=True)
    sti.write_text(mal.render(innhold), encoding="utf-8")


def _kopier_dokumenter(navn: Iterable[str], til: Path) -> None:
    """Copy the repository's documents, and what they link to, to the same paths, so that the links hold as they are."""
    i_menyen = set(navn)
    sett: set[str] = set()
    igjen = sorted(i_menyen)
    while igjen:
        denne = igjen.pop()
        if denne in sett:
            continue
        sett.add(denne)
        (til / denne).parent.mkdir(parents=True, exist_ok=True)
        if not denne.endswith(".md"):
            shutil.copyfile(PROSJEKT / denne, til / denne)
            continue
        tekst, lenket = _med_lenker(denne)
        igjen += lenket
        forord = {"spraak": None if denne in _BOKMAAL else "en", "orphan": None if denne in i_menyen else "true"}
        linjer = "".join(f"{felt}: {verdi}\n" for felt, verdi in forord.items() if verdi)
        (til / denne).write_text(f"---\n{linjer}---\n{tekst}" if linjer else tekst, encoding="utf-8")


def _med_lenker(navn: str) -> tuple[str, list[str]]:
    """A document's text, with links to folders led to their index, and the files that it links to."""
    lenket: list[str] = []

    def mal(treff: re.Match[str]) -> str:
        sti = (PROSJEKT / navn).parent / treff[1]
        if sti.is_dir():
            return f"{treff[1].rstrip('/')}/index.md"
        if sti.is_file():
            lenket.append(str(sti.resolve().relative_to(PROSJEKT)))
        return treff[1]

    return _LENKE.sub(mal, (PROSJEKT / navn).read_text(encoding="utf-8")), lenket
