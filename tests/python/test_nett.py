"""Downloads over a network that fails in all the ways a network does."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from styring.feil import StyringFeil
from styring.kilder import nett
from tests.stat.tjener import Svar, Tjener, tjener

FIL = "fil.zip"
INNHOLD = bytes(range(256)) * 20_000


@pytest.fixture
def dfo(monkeypatch: pytest.MonkeyPatch) -> Iterator[Tjener]:
    """A server in place of the published address, with pauses that a test can wait for."""
    monkeypatch.setattr(nett, "PAUSE", 0.01)
    with tjener() as denne:
        denne.filer[FIL] = INNHOLD
        yield denne


def test_en_fil_lastes_ned_med_fremdrift(dfo: Tjener, tmp_path: Path) -> None:
    framme: list[tuple[int, int, str]] = []
    fil = nett.last_ned(dfo.adresse + FIL, tmp_path / FIL, lambda *hvor: framme.append(hvor))
    assert fil.read_bytes() == INNHOLD
    assert framme[-1] == (5, 5, FIL)
    assert [sti.name for sti in tmp_path.iterdir()] == [FIL]
    assert dfo.kall[0][1]["User-Agent"].startswith("styring/")


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_en_feil_som_gaar_over_proeves_igjen(dfo: Tjener, tmp_path: Path, status: int) -> None:
    dfo.feil = [Svar(status), Svar(status)]
    assert nett.last_ned(dfo.adresse + FIL, tmp_path / FIL).read_bytes() == INNHOLD
    assert len(dfo.kall) == 3


def test_retry_after_blir_fulgt(dfo: Tjener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sov: list[float] = []
    monkeypatch.setattr("urllib3.util.retry.time.sleep", sov.append)
    dfo.feil = [Svar(429, {"Retry-After": "7"})]
    nett.last_ned(dfo.adresse + FIL, tmp_path / FIL)
    assert sov == [7]


def test_en_feil_som_varer_gir_en_setning(dfo: Tjener, tmp_path: Path) -> None:
    dfo.feil = [Svar(503)] * 20
    with pytest.raises(StyringFeil, match=r"fil\.zip: den svarte 503 6 ganger"):
        nett.last_ned(dfo.adresse + FIL, tmp_path / FIL)
    assert len(dfo.kall) == nett.FORSOK


def test_en_fil_som_ikke_finnes_gir_en_setning(dfo: Tjener, tmp_path: Path) -> None:
    with pytest.raises(StyringFeil, match="den svarte 404"):
        nett.last_ned(dfo.adresse + "borte.zip", tmp_path / FIL)
    assert not list(tmp_path.iterdir())


def test_en_tjener_som_ikke_svarer_gir_en_setning(dfo: Tjener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nett, "TIDSGRENSER", (0.2, 0.05))
    monkeypatch.setattr(nett, "FORSOK", 2)
    dfo.feil = [Svar(vent=0.3)] * 2
    with pytest.raises(StyringFeil, match="den svarer ikke i tide"):
        nett.last_ned(dfo.adresse + FIL, tmp_path / FIL)
    with pytest.raises(StyringFeil, match="den svarer ikke"):
        nett.last_ned("http://127.0.0.1:1/", tmp_path / FIL)


def test_en_fil_som_kuttes_tas_opp_der_den_stanset(dfo: Tjener, tmp_path: Path) -> None:
    dfo.feil = [Svar(kutt=3_000_000), Svar(kutt=4_500_000)]
    assert nett.last_ned(dfo.adresse + FIL, tmp_path / FIL).read_bytes() == INNHOLD
    fra = [int(hoder.get("Range", "bytes=0-")[6:-1]) for _, hoder in dfo.kall]
    assert fra[0] == 0 < fra[1] <= 3_000_000 < fra[2] <= 4_500_000
    assert dfo.kall[1][1]["If-Range"]


def test_en_fil_som_stadig_kuttes_gis_opp_og_tas_opp_neste_gang(dfo: Tjener, tmp_path: Path) -> None:
    dfo.feil = [Svar(kutt=1_500_000) for _ in range(nett.GJENOPPTAK + 1)]
    with pytest.raises(StyringFeil, match="svaret ble avbrutt"):
        nett.last_ned(dfo.adresse + FIL, tmp_path / FIL)
    assert not (tmp_path / FIL).exists()
    dfo.kall.clear()
    assert nett.last_ned(dfo.adresse + FIL, tmp_path / FIL).read_bytes() == INNHOLD
    assert dfo.kall[0][1]["Range"] != "bytes=0-"


def test_en_fil_som_er_endret_imens_begynner_paa_nytt(dfo: Tjener, tmp_path: Path) -> None:
    ny = INNHOLD[::-1]
    dfo.feil = [Svar(kutt=3_000_000), Svar(for_svar=lambda: dfo.filer.update({FIL: ny}))]
    assert nett.last_ned(dfo.adresse + FIL, tmp_path / FIL).read_bytes() == ny


def test_en_tjener_uten_range_begynner_paa_nytt(dfo: Tjener, tmp_path: Path) -> None:
    dfo.feil = [Svar(kutt=3_000_000), Svar(uten_range=True)]
    assert nett.last_ned(dfo.adresse + FIL, tmp_path / FIL).read_bytes() == INNHOLD


def test_en_del_som_ikke_passer_kastes(dfo: Tjener, tmp_path: Path) -> None:
    (tmp_path / f"{FIL}.del").write_bytes(b"x" * 10)
    assert nett.last_ned(dfo.adresse + FIL, tmp_path / FIL).read_bytes() == INNHOLD, "uten merke"
    assert "Range" not in dfo.kall[0][1]
    (tmp_path / f"{FIL}.del").write_bytes(b"x" * 10)
    (tmp_path / f"{FIL}.del.merke").write_text('"et annet"', encoding="latin-1")
    assert nett.last_ned(dfo.adresse + FIL, tmp_path / FIL).read_bytes() == INNHOLD, "med et annet merke"
    dfo.feil = [Svar(kutt=3_000_000), Svar(hoder={"Content-Range": "bytes 5-9/10"})]
    assert nett.last_ned(dfo.adresse + FIL, tmp_path / FIL).read_bytes() == INNHOLD, "et svar på noe annet"
    dfo.feil = [Svar(kutt=3_000_000), Svar(416)]
    assert nett.last_ned(dfo.adresse + FIL, tmp_path / FIL).read_bytes() == INNHOLD, "et svar på at den ikke passer"
