"""What a build leaves for people: the control report, the control catalogue, and the numbers in the README.

All of it is read from the marts of one built file. The pages are self-contained: style and picture stand in the
page, nothing is fetched, and they print.
"""

import datetime
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import jinja2
import yaml

from styring import norsk
from styring.forventninger import Svar
from styring.publisering import LEST_FRA
from styring.stier import PROSJEKT

FORSIDE = "index.html"
_MALER = PROSJEKT / "expectations" / "maler"
_README_BLOKK = re.compile(r"(?<=<!-- written by the build -->\n).*?(?=<!-- end -->)", re.DOTALL)


@dataclass(frozen=True)
class Sammendrag:
    """What stands in a finished build. Shares are of the figures in the annual report's tables."""

    dokumenter: int
    tall: int
    hendelser: int
    oppdrag: int
    relasjoner: int
    regler: int
    kontroller: int
    ok: int
    avrunding: int
    avvik: int
    nye_avvik: int
    tabelltall: int
    tabelltall_kontrollert: int

    @property
    def dekning(self) -> float:
        """Share (0–1) of the table figures that at least one control covers."""
        return self.tabelltall_kontrollert / self.tabelltall if self.tabelltall else 0.0


def sammendrag(fil: Path) -> Sammendrag:
    """Count what a built file holds."""
    with duckdb.connect(str(fil), read_only=True) as kobling:
        rad = kobling.execute(
            """
            select
                (select count(*) from marts.kilder),
                (select count(verdi) from marts.verdier),
                (select count(*) from marts.tildelinger),
                (select count(distinct oppdrag_nr) from marts.oppdrag),
                (select count(*) from staging.stg_relasjoner),
                (select count(*) from staging.stg_kontrollregler),
                (select count(*) from marts.kontroller),
                (select count(*) from marts.kontroller where resultat = 'ok'),
                (select count(*) from marts.kontroller where resultat = 'avrunding'),
                (select count(*) from marts.avvik),
                (select count(*) from marts.avvik where status = 'ny'),
                count(*),
                count(case when antall_kontroller > 0 then 1 end)
            from marts.verdier
            inner join marts.kilder using (dokument_id)
            where verdi is not null and plassering = 'tabell' and kilder.type = 'årsrapport'
            """
        ).fetchall()[0]
    return Sammendrag(*rad)


def _rader(kobling: duckdb.DuckDBPyConnection, sporring: str) -> list[dict[str, Any]]:
    svar = kobling.execute(sporring)
    navn = [kolonne[0] for kolonne in svar.description or []]
    return [dict(zip(navn, rad, strict=True)) for rad in svar.fetchall()]


_AVVIK = """
    select avvik.*, kilder.tittel as dokument
    from marts.avvik
    inner join marts.kilder using (dokument_id)
    order by
        array_position(['høy', 'middels', 'lav'], alvorlighet), kilder.gjelder_aar, dokument_id, sted, aar, kontroll_id
"""
_REGLER = """
    select nummer, navn, kontrolltype, gitt_at, naar, saa, toleranse, alvorlighet,
        count(*) as kontroller, sum(antall_evaluert)::int as evaluert, sum(antall_like)::int as like_,
        sum(antall_avrunding)::int as avrunding, sum(antall_avvik)::int as avvik
    from marts.kontrollkatalog
    group by all
    order by nummer
"""
_KATALOG = """
    select nummer, kontroll_id, beskrivelse, dokument_id, sted, fra_aar, til_aar, antall_evaluert, antall_like,
        antall_avrunding, antall_avvik
    from marts.kontrollkatalog
    order by nummer, dokument_id, sted, kontroll_id
"""


def skriv(fil: Path, mappe: Path, versjon: str, avtaler: list[Svar], stansgrunner: list[str]) -> None:
    """Write the report, the catalogue and an index of Data Docs for a built file into `mappe`.

    `stansgrunner` says why the build is not published; empty when it is.
    """
    with duckdb.connect(str(fil), read_only=True) as kobling:
        avvik, regler, katalog = (_rader(kobling, sporring) for sporring in (_AVVIK, _REGLER, _KATALOG))
    miljo = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_MALER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    miljo.filters |= {"tall": norsk.tall, "prosent": norsk.prosent}
    prosjekt = yaml.safe_load((PROSJEKT / "dbt_project.yml").read_text(encoding="utf-8"))
    felles = {
        "innhold": sammendrag(fil),
        "versjon": versjon,
        "lest_fra": LEST_FRA,
        "bygget": norsk.tidspunkt(datetime.datetime.now(datetime.UTC)),
        "regler": regler,
        "avtaler": avtaler,
    }
    data_docs = mappe / "data_docs"
    sider: dict[str, dict[str, object]] = {
        FORSIDE: {
            "mal": "kontrollrapport",
            "nye": [ett for ett in avvik if ett["status"] == "ny"],
            "vurderte": [ett for ett in avvik if ett["status"] != "ny"],
            "stansgrunner": stansgrunner,
            "vesentlighet_kr": prosjekt["vars"]["vesentlighet_kr"],
            "vesentlighet_andel": prosjekt["vars"]["vesentlighet_andel"],
        },
        "kontrollkatalog.html": {"mal": "kontrollkatalog", "katalog": katalog},
        # Great Expectations' own index is filled by scripts from other machines, and stays empty without them
        "data_docs/index.html": {
            "mal": "data_docs",
            "resultater": {
                side.stem.removeprefix("marts-"): side.relative_to(data_docs).as_posix()
                for side in (data_docs / "validations").rglob("*.html")
            },
        },
    }
    for navn, innhold in sider.items():
        mal = miljo.get_template(f"{innhold['mal']}.html.j2")
        (mappe / navn).write_text(mal.render(**felles, **innhold), encoding="utf-8")


def readme_blokk(innhold: Sammendrag) -> str:
    """The numbers of a build as the README, which is in English, shows them (Markdown)."""
    rader = {
        "Documents": innhold.dokumenter,
        "Figures, each with document, place, year, unit and status": innhold.tall,
        "Money events in the ledger": innhold.hendelser,
        "Oppdrag": innhold.oppdrag,
        "Declared relations between figures": innhold.relasjoner,
        "Control rules": innhold.regler,
        "Controls evaluated": innhold.kontroller,
        "– equal": innhold.ok,
        "– explained by rounding": innhold.avrunding,
        "– avvik": innhold.avvik,
        "Avvik that nobody has judged yet": innhold.nye_avvik,
        "Figures in the annual report's tables": innhold.tabelltall,
        "– covered by at least one control": innhold.tabelltall_kontrollert,
    }
    linjer = ["| | |", "| --- | ---: |", *(f"| {navn} | {antall:,} |" for navn, antall in rader.items())]
    linjer.append(f"| – as a share | {innhold.dekning:.1%} |")
    return "\n".join(linjer) + "\n"


def oppdater_readme(readme: Path, innhold: Sammendrag) -> str:
    """Write the numbers between the README's marks, in one step. Returns a sentence about it; never fails a build."""
    try:
        tekst = readme.read_text(encoding="utf-8")
        if not _README_BLOKK.search(tekst):
            return f"{readme.name} har ikke merkene for tallene fra bygget; ingenting er skrevet der."
        ny = _README_BLOKK.sub(lambda _: readme_blokk(innhold), tekst)
        if ny == tekst:
            return f"Tallene i {readme.name} er de samme."
        midlertidig = readme.with_suffix(".ny")
        midlertidig.write_text(ny, encoding="utf-8")
        midlertidig.replace(readme)
    except OSError as feil:
        return f"Tallene er ikke skrevet i {readme.name}: {feil.strerror}."
    return f"Tallene fra bygget er skrevet i {readme.name}."
