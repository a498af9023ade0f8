"""A state of a million postings, made up: the Parquet files that the external sources are read from.

Accounts and appropriations are generated as DFØ publishes them, and stored as `styring hent` stores them. What the
models tell apart is in them: income and expenditure, agencies that are renamed or move to another ministry, posts that
end and begin, a year that is not over, every kind of decision. Two budget books, a few rows set aside, and a little of
the register of documents and of statistics, with what they leave out, are written here.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from styring.kilder.dfo import BEVILGNINGER, STATSREGNSKAPET
from styring.kilder.innlesing import les_inn
from styring.kilder.lager import FILNAVN
from tests.stat import generator
from tests.stat.modell import Plan

PLAN = Plan(fra=2022, til=2025, siste_maaned=5, rader=300_000)
# kapittel, post, from year, to year
_POSTER = [
    ("0671", "60", 2022, 2025),
    ("0671", "21", 2022, 2025),
    ("0605", "01", 2022, 2024),
    ("0605", "21", 2024, 2025),
    ("3671", "04", 2022, 2025),
]
_FELLES = "md5('{}') as sjekksum, timestamp '2026-01-15 12:34:56' as hentet"


class Kilde(NamedTuple):
    """An external source as its yml declares it: name, columns with types, and what DuckDB reads it from."""

    navn: str
    kolonner: dict[str, str]
    fra: str


def kilder(manifest: dict[str, Any], data: Path) -> Iterator[Kilde]:
    """The external sources of a manifest that have files in the data folder."""
    for node in manifest["sources"].values():
        if node["source_name"] == "ekstern" and (data / node["name"]).is_dir():
            kolonner = {kolonne["name"]: kolonne["data_type"] for kolonne in node["columns"].values()}
            yield Kilde(node["name"], kolonner, node["config"]["meta"]["external_location"])


def skriv(mappe: Path) -> None:
    """Write the files of every external source into a data folder."""
    with tempfile.TemporaryDirectory() as navn:
        generator.skriv(PLAN, Path(navn), pakket=False)
        for kilde, filer in ((STATSREGNSKAPET, "statsregnskapet_aar_*.csv"), (BEVILGNINGER, "bevilgninger_*.csv")):
            for fil in sorted(Path(navn).glob(filer)):
                les_inn(kilde, fil, mappe, godta=False, si=print)
    with duckdb.connect() as kobling:
        kobling.execute("create table poster (kapittel text, post text, fra int, til int)")
        kobling.executemany("insert into poster values (?, ?, ?, ?)", _POSTER)
        for navn, (del_, sporring) in _SPORRINGER.items():
            (mappe / navn).mkdir(parents=True)
            kobling.execute(f"copy ({sporring}) to '{mappe / navn}' (format parquet, partition_by ({del_}))")
            for fil in (mappe / navn).rglob("*.parquet"):
                fil.rename(fil.with_name(FILNAVN))


_SPORRINGER = {
    "budsjett": (
        "utgave",
        f"""
        select
            'gul_bok_' || aar as utgave, 'gul bok' as slag, cast(aar as integer) as aar, '09' as departement_id,
            'Arbeids- og inkluderingsdepartementet' as departement, kapittel as kapittel_id,
            'Kapittel ' || kapittel as kapittel, post as post_nr, null::text as underpost, 'Post ' || post as post,
            case when post = '21' then 'kan overføres' end as stikkord,
            cast(120000000 as decimal(18, 0)) as belop, {_FELLES.format("budsjett")}
        from range(2024, 2026) as a(aar), poster
        where aar between fra and til
        """,
    ),
    # of the same rank: one without a name, and one without a file
    "kudos": (
        "organisasjonsnummer",
        f"""
        select
            '987879696' as organisasjonsnummer, uuid, 'Årsrapport' as type, 'Årsrapport ' || aar as tittel,
            case when aar = 2024 then date '2025-05-02' end as publisert, cast(aar as integer) as gjelder_fra_aar,
            null::integer as gjelder_til_aar, 'Arbeids- og inkluderingsdepartementet' as utgivere, null::text as eiere,
            'IMDi' as mottakere, fil_uuid, filnavn, 'https://kudos.example/' || fil_uuid as url,
            md5(fil_uuid) as sha256, cast(1000 as bigint) as storrelse, 'application/pdf' as mimetype,
            cast(case when filnavn is not null then 50 end as integer) as sider, hovedfil, {_FELLES.format("kudos")}
        from (
            values
            ('a', 2024, 'fil1', null, false), ('a', 2024, 'fil2', 'vedlegg.pdf', false), ('b', 2023, null, null, null),
            ('c', 2022, 'fil3', 'rapport.pdf', true), ('c', 2022, 'fil4', 'aaa.pdf', false)
        ) as filer(uuid, aar, fil_uuid, filnavn, hovedfil)
        """,
    ),
    "ssb": (
        "tabell",
        f"""
        select
            '11607' as tabell, 'Sysselsatte' as tittel, 'Statistisk sentralbyrå' as kilde,
            timestamp '2025-06-20 06:00:00' as oppdatert, 'Sysselsatte' as innhold_id, 'Sysselsatte' as innhold,
            'personer' as enhet, cast(0 as integer) as desimaler, tid, dimensjoner, dimensjoner_navn,
            cast(verdi as decimal(24, 6)) as verdi, status, {_FELLES.format("ssb")}
        from (
            values
            ('2023', 'Kjonn=1', 'kjønn: menn', 1234, null), ('2023', 'Kjonn=2', 'kjønn: kvinner', null, ':'),
            ('2024', 'Kjonn=1', 'kjønn: menn', 0, null)
        ) as celler(tid, dimensjoner, dimensjoner_navn, verdi, status)
        """,
    ),
    "karantene": (
        "kilde, periode",
        f"""
        select
            'statsregnskapet' as kilde, '202305' as periode, grunn, cast(linje as bigint) as linje,
            '{{"Beløp": "x"}}' as innhold, cast(linje * 10.5 as decimal(18, 3)) as belop, 'aar_2023.zip' as fil,
            {_FELLES.format("karantene")}
        from (values ('duplikat', 17), ('duplikat', 18), ('ukjent post', 99)) as rader(grunn, linje)
        """,
    ),
}
