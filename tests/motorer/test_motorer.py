"""Every mart has the same rows on every engine, made by DuckDB, PostgreSQL and Spark of the same seeds and models."""

import datetime
from decimal import Decimal

import pytest

from tests.motorer.conftest import Bygg
from tests.motorer.kanonisk import Mart, forskjeller, kanonisk

MOTORER = ("postgres", "spark")
_MART = Mart(
    "marts", "prov", {"id": "string", "aar": "integer", "belop": "decimal(18, 3)", "dato": "date"}, ("id", "aar")
)
_RADER = [("a", 2024, Decimal("1.5"), datetime.date(2024, 5, 17)), ("å", 2024, None, None)]


def test_samme_innhold_er_likt_uansett_rekkefolge_og_hvordan_motoren_skriver_tallet() -> None:
    en = kanonisk(_MART, list(_MART.kolonner), _RADER)
    to = kanonisk(_MART, list(_MART.kolonner), [_RADER[1], ("a", 2024, Decimal("1.500"), datetime.date(2024, 5, 17))])
    assert en.sum == to.sum
    assert forskjeller(_MART, en, to, "spark") == ""


@pytest.mark.parametrize(
    ("rad", "sagt"),
    [
        (("a", 2024, Decimal("1.501"), datetime.date(2024, 5, 17)), 'belop: "1.500" på duckdb, "1.501" på spark'),
        # decimals that the contract does not have
        (("a", 2024, Decimal("1.5000001"), datetime.date(2024, 5, 17)), '"1.5000001" på spark'),
        (("a", 2024, None, datetime.date(2024, 5, 18)), 'dato: "2024-05-17" på duckdb, "2024-05-18" på spark'),
        (("a", 2025, Decimal("1.5"), datetime.date(2024, 5, 17)), 'id="a", aar=2025: bare på spark'),
    ],
)
def test_en_forskjell_nevnes_med_mart_nokkel_og_kolonne(rad: tuple[object, ...], sagt: str) -> None:
    fasit = kanonisk(_MART, list(_MART.kolonner), _RADER)
    funnet = forskjeller(_MART, fasit, kanonisk(_MART, list(_MART.kolonner), [rad, _RADER[1]]), "spark")
    assert sagt in funnet
    assert funnet.startswith("prov: 2 rader på duckdb, 2 på spark")


@pytest.mark.parametrize("motor", MOTORER)
def test_hver_mart_er_den_samme_som_paa_duckdb(motor: str, duckdb_bygg: Bygg, request: pytest.FixtureRequest) -> None:
    # an empty mart is the same everywhere
    assert [navn for navn, innhold in duckdb_bygg.innhold.items() if not innhold.rader] == []
    _er_like(duckdb_bygg, request.getfixturevalue(f"{motor}_bygg"), motor)


def _er_like(fasit: Bygg, bygg: Bygg, motor: str) -> None:
    assert bygg.marter == fasit.marter
    funn = [
        funnet
        for navn, mart in fasit.marter.items()
        if (funnet := forskjeller(mart, fasit.innhold[navn], bygg.innhold[navn], motor))
    ]
    assert not funn, "\n".join(funn)


def test_en_rettet_maaned_erstattes_paa_postgres(
    duckdb_bygg: Bygg, rettet_paa_duckdb: Bygg, rettet_paa_postgres: Bygg
) -> None:
    _er_like(rettet_paa_duckdb, rettet_paa_postgres, "postgres")
    mart = "regnskapsperioder"
    assert duckdb_bygg.innhold[mart].sum != rettet_paa_duckdb.innhold[mart].sum
