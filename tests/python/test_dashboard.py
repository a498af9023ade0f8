"""The first page: it reads the published file, and says what to run when there is none."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from styring.stier import PROSJEKT

SIDE = str(PROSJEKT / "dashboards/app.py")


def test_siden_viser_budsjett_mal_og_avvik(publisert: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STYRING_MAPPE", str(publisert))
    side = AppTest.from_file(SIDE, default_timeout=30).run()
    assert not side.exception
    assert [overskrift.value for overskrift in side.header] == [
        "Budsjettutnyttelse",
        "Mål og styringsparametere",
        "Tall som ikke stemmer",
    ]
    side.selectbox[0].select(2023).run()
    assert not side.exception
    tabell = side.table[0].value
    assert tabell.loc["0670/01", "Regnskap (kr)"] == "367\u00a0764\u00a0135"
    assert tabell.loc["0670/01", "Utnyttelse"] == "98,4\u00a0%"
    assert tabell.loc["0400/23", "Utnyttelse"] == "–"


def test_uten_datavarehus_sier_siden_hva_som_skal_kjores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STYRING_MAPPE", str(tmp_path))
    side = AppTest.from_file(SIDE, default_timeout=30).run()
    assert not side.exception
    assert "Kjør `make`" in side.info[0].value
