"""A small state, made up: the Parquet files that the external sources are read from.

What the models tell apart is in it: income and expenditure, an agency that is renamed and one that moves to another
ministry, posts that end and begin, a year that is not over, every kind of decision, rows set aside.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

# kapittel, post, from year, to year
_POSTER = [
    ("0671", "60", 2022, 2025),
    ("0671", "21", 2022, 2025),
    ("0605", "01", 2022, 2024),
    ("0605", "21", 2024, 2025),
    ("3671", "04", 2022, 2025),
]
# organisation number, name, name from 2024, ministry, ministry from 2024
_VIRKSOMHETER = [
    ("987879696", "Integrerings- og mangfoldsdirektoratet", "Integrerings- og mangfoldsdirektoratet", "09", "09"),
    ("889640782", "Arbeids- og velferdsetaten", "Arbeids- og velferdsetaten", "09", "09"),
    ("900000001", "Ålesund prøvetilsyn", "Prøvetilsynet i Ålesund", "06", "09"),
]
_MAANEDER = "select aar, maaned from range(2022, 2026) a(aar), range(1, 13) m(maaned) where aar < 2025 or maaned <= 5"
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
    with duckdb.connect() as kobling:
        kobling.execute("create table poster (kapittel text, post text, fra int, til int)")
        kobling.executemany("insert into poster values (?, ?, ?, ?)", _POSTER)
        kobling.execute("create table virksomheter (nr text, navn text, nytt text, dep text, nytt_dep text)")
        kobling.executemany("insert into virksomheter values (?, ?, ?, ?, ?)", _VIRKSOMHETER)
        for navn, (del_, sporring) in _SPORRINGER.items():
            (mappe / navn).mkdir(parents=True)
            kobling.execute(f"copy ({sporring}) to '{mappe / navn}' (format parquet, partition_by ({del_}))")


_DEP = "case {0} when '09' then 'Arbeids- og inkluderingsdepartementet' else 'Et annet departement' end"
_SPORRINGER = {
    "statsregnskapet": (
        "periode",
        f"""
        select
            cast(aar * 100 + maaned as text) as periode, cast(aar as text) as aar, '1234' as konto_no, 'Konto' as konto,
            '09' as programomraade_id, 'Område' as programomraade, '0970' as programkategori_id,
            'Kategori' as programkategori, '09' as fagdepartement_id, {_DEP.format("'09'")} as fagdepartement,
            kapittel as kapittel_id, 'Kapittel ' || kapittel as kapittel, kapittel || post as post_id,
            'Post ' || post || case when aar > 2023 then ', ny' else '' end as post, 'Utgift' as post_type,
            substring(art, 1, 1) as kontoklasse_id, 'Klasse' as kontoklasse, substring(art, 1, 2) as kontogruppe_id,
            'Gruppe' as kontogruppe, art as artskonto_id, 'Art' as artskonto,
            case when aar > 2023 then nytt_dep else dep end as fagdepartement_virksomhet_id,
            {_DEP.format("case when aar > 2023 then nytt_dep else dep end")} as fagdepartement_virksomhet,
            nr as virksomhet_id, case when aar > 2023 then nytt else navn end as virksomhet,
            '1' as regnskapsforer_id, 'DFØ' as regnskapsforer,
            cast(case when kapittel >= '3000' then -1 else 1 end
                * ((cast(nr as bigint) + cast(kapittel as int) * 31 + cast(post as int) * 7 + aar * 13 + maaned * 101
                    + cast(art as int) * 17) % 9973) * 1234.567 as decimal(18, 3)) as belop,
            {_FELLES.format("regnskap")}
        from ({_MAANEDER}), poster, virksomheter, (values ('501'), ('630')) as arter(art)
        where
            aar between fra and til
            -- the other agencies draw on one post each, and not every month
            and (nr = '987879696' or (post = '21' and nr = '889640782') or (kapittel = '0605' and maaned % 3 = 0))
        """,
    ),
    "bevilgninger": (
        "aar",
        f"""
        select
            cast(aar as text) as aar, cast(aar * 100 + 1 as text) as periode, null::text as tildelings_periode,
            '09' as programomraade_id, 'Område' as programomraade, '0970' as programkategori_id,
            'Kategori' as programkategori, '09' as fagdepartement_id, {_DEP.format("'09'")} as fagdepartement,
            kapittel as kapittel_id, 'Kapittel ' || kapittel as kapittel, kapittel || post as post_id,
            'Post ' || post as post, 'Utgift' as post_type,
            cast(case when slag < 3 then (100 - 99 * least(slag, 1)) * 1234567 * (cast(post as int) + 1) end
                as decimal(18, 3)) as bevilgning_belop,
            cast(case slag when 4 then 54321 end as decimal(18, 3)) as bevilgning_overfores_belop,
            cast(case slag when 3 then 12345 end as decimal(18, 3)) as bevilgning_overfort_belop,
            case slag
                when 0 then aar || '.01.01 Saldert budsjett ' || aar
                when 1 then aar || '.06.20 Prp: p118/22-23 i490/22-23'
                when 2 then aar || '.12.15 Prp: p33/22-23'
                when 3 then 'Overfort fra ' || (aar - 1)
                when 4 then 'Overfores til ' || (aar + 1)
            end as bevilgning,
            {_FELLES.format("bevilgninger")}
        from range(2022, 2026) as a(aar), poster, range(0, 5) as s(slag)
        where aar between fra and til
        """,
    ),
    "budsjett": (
        "utgave",
        f"""
        select
            'gul_bok_' || aar as utgave, 'gul bok' as slag, cast(aar as integer) as aar, '09' as departement_id,
            {_DEP.format("'09'")} as departement, kapittel as kapittel_id, 'Kapittel ' || kapittel as kapittel,
            post as post_nr, null::text as underpost, 'Post ' || post as post,
            case when post = '21' then 'kan overføres' end as stikkord,
            cast(120000000 as decimal(18, 0)) as belop, {_FELLES.format("budsjett")}
        from range(2024, 2026) as a(aar), poster
        where aar between fra and til
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
