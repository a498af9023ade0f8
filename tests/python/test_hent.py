"""Fetching: what is stored, what is refused or set aside, and what stays when it fails."""

import csv
import datetime
import errno
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook

from styring.cli import hoved
from styring.feil import StyringFeil
from styring.kilder import dfo as dfo_modul
from styring.kilder import innlesing, lager, nett
from styring.kilder.budsjett import OPPSETT
from styring.kilder.dfo import BEVILGNINGER, STATSREGNSKAPET, Kilde
from styring.stier import PROSJEKT, SEEDS
from tests.stat.feil import FEIL
from tests.stat.generator import KOLONNER, Stat
from tests.stat.modell import Plan
from tests.stat.tjener import Tjener, tjener


@pytest.fixture
def dfo(monkeypatch: pytest.MonkeyPatch) -> Iterator[Tjener]:
    """A server in place of the published address, with pauses that a test can wait for."""
    monkeypatch.setattr(nett, "PAUSE", 0.01)
    with tjener() as denne:
        yield denne


# -- reading ----------------------------------------------------------------------------------------------------------

PLAN = Plan(fra=2022, til=2023, virksomheter=6, poster=40, rader=3_000)
AAR = "statsregnskapet_aar_2023.csv"


@pytest.fixture(scope="module")
def maaneder() -> dict[str, bytes]:
    """The rows of each month as they are published, without the header."""
    with Stat(PLAN) as stat:
        return {periode: b"".join(stat.maaned(periode)) for aar in PLAN.aar for periode in PLAN.perioder(aar)}


@pytest.fixture(scope="module")
def vedtak() -> list[bytes]:
    with Stat(PLAN) as stat:
        return b"".join(stat.bevilgninger()).splitlines(keepends=True)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own for the test."""
    monkeypatch.setenv("STYRING_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def _hode(kolonner: Iterable[str]) -> bytes:
    return (";".join(f'"{navn}"' for navn in kolonner) + "\n").encode("latin-1")


HODE = _hode(KOLONNER)
LINJESKIFT = b"\n"


def _csv(mappe: Path, navn: str, *deler: bytes, hode: bytes = HODE) -> Path:
    mappe.mkdir(exist_ok=True)
    (mappe / navn).write_bytes(hode + b"".join(deler))
    return mappe / navn


def _hent(*argumenter: object) -> Result:
    """The command in this process: exit code, and what was written."""
    return CliRunner().invoke(hoved, ["hent", *map(str, argumenter)])


def _hentet(*argumenter: object) -> str:
    svar = _hent(*argumenter)
    assert svar.exit_code == 0, svar.output
    return svar.output


def _avvist(*argumenter: object) -> str:
    svar = _hent(*argumenter)
    assert svar.exit_code == 1, svar.output
    assert "Traceback" not in svar.output
    return svar.output


def _sql(sporring: str, *parametere: object) -> list[tuple[Any, ...]]:
    with duckdb.connect() as db:
        return db.execute(sporring, list(parametere)).fetchall()


def _lagret(data: Path, kilde: str = "statsregnskapet") -> dict[str, tuple[Any, ...]]:
    """Rows, kroner and sjekksum by month (or year)."""
    del_, belop = ("aar", "bevilgning_belop") if kilde == "bevilgninger" else ("periode", "belop")
    filer = f"{data}/{kilde}/*/data.parquet"
    if not list(data.glob(f"{kilde}/*/data.parquet")):
        return {}
    return {
        rad[0]: rad[1:]
        for rad in _sql(
            f"""
            select {del_}, count(*), sum({belop}), any_value(sjekksum)
            from read_parquet('{filer}', hive_partitioning = true, hive_types_autocast = false) group by 1
            """
        )
    }


def _satt_til_side(data: Path) -> list[tuple[Any, ...]]:
    """Source, period, reason and line of each row set aside."""
    if not list(data.glob("karantene/*/*/data.parquet")):
        return []
    return _sql(
        f"""
        select kilde, periode, grunn, linje
        from read_parquet('{data}/karantene/*/*/data.parquet', hive_partitioning = true, hive_types_autocast = false)
        order by all
        """
    )


def _avtrykk(data: Path) -> dict[str, tuple[int, bytes]]:
    """Every stored file: its time and its bytes."""
    return {
        str(fil.relative_to(data)): (fil.stat().st_mtime_ns, fil.read_bytes())
        for fil in data.rglob("*")
        if fil.is_file() and fil.name != ".laas"
    }


def _aaret(maaneder: dict[str, bytes], byttet: bytes | None = None, *, aar: int = 2023) -> list[bytes]:
    """The year's months, with February replaced where something is given for it."""
    return [
        byttet if byttet is not None and periode == f"{aar}02" else rader
        for periode, rader in maaneder.items()
        if periode[:4] == str(aar)
    ]


def _felt(rad: bytes) -> list[str]:
    return next(csv.reader([rad.decode("latin-1")], delimiter=";"))


def _rad(felt: Iterable[str]) -> bytes:
    return _hode(felt)


def _endret(rader: bytes, nummer: int, nytt: Mapping[str, str], kilde: Kilde = STATSREGNSKAPET) -> bytes:
    """A month with some fields of one row (from 0) changed."""
    alle = rader.splitlines(keepends=True)
    felt = dict(zip(kilde.kolonner.values(), _felt(alle[nummer]), strict=True))
    felt.update(nytt)
    alle[nummer] = _rad(felt.values())
    return b"".join(alle)


@pytest.fixture
def lagret(data: Path, tmp_path: Path, maaneder: dict[str, bytes]) -> dict[str, tuple[int, bytes]]:
    """2023 stored, as files with their time and bytes."""
    _hentet("statsregnskapet", "--fra", _csv(tmp_path / "inn", AAR, *_aaret(maaneder)))
    return _avtrykk(data)


def test_et_aar_lagres_som_en_fil_per_maaned(data: Path, tmp_path: Path, maaneder: dict[str, bytes]) -> None:
    ut = _hentet("statsregnskapet", "--fra", _csv(tmp_path / "inn", AAR, *_aaret(maaneder)))
    lagret = _lagret(data)
    assert sorted(lagret) == PLAN.perioder(2023)
    assert {periode: rad[0] for periode, rad in lagret.items()} == {
        periode: rader.count(b"\n") for periode, rader in maaneder.items() if periode[:4] == "2023"
    }
    assert sum(rad[1] for rad in lagret.values()) == 0
    assert "12 nye, 0 rettet, 0 uendret" in ut
    fil = data / "statsregnskapet/periode=202302/data.parquet"
    beskrevet = _sql(f"describe select * from read_parquet('{fil}', hive_partitioning = false)")
    assert [rad[:2] for rad in beskrevet] == [
        *((navn, "VARCHAR") for navn in STATSREGNSKAPET.lagret[:-1]),
        ("belop", "DECIMAL(18,3)"),
        ("sjekksum", "VARCHAR"),
        ("hentet", "TIMESTAMP"),
    ]


def test_verdiene_er_de_som_sto_i_filen(data: Path, tmp_path: Path, maaneder: dict[str, bytes]) -> None:
    _hentet("statsregnskapet", "--fra", _csv(tmp_path / "inn", AAR, *_aaret(maaneder)))
    kolonner = ", ".join(STATSREGNSKAPET.kolonner.values())
    lagret = _sql(
        f"select {kolonner} from read_parquet('{data}/statsregnskapet/*/data.parquet', hive_types_autocast = false)"
    )
    ventet = [_felt(rad) for rad in b"".join(_aaret(maaneder)).splitlines()]
    assert sorted(lagret) == sorted((*rad[:-1], Decimal(rad[-1].replace(",", "."))) for rad in ventet)


def test_dfos_egen_rad_leses(data: Path) -> None:
    fil = PROSJEKT.parent / "shared/eksternt/statsregnskapet_eksempelrad_latin1.csv"
    if not fil.exists():
        pytest.skip("DFØs eksempelrad (../shared/eksternt) er ikke på denne maskinen")
    svar = _hent("statsregnskapet", "--fra", fil)
    # one row of income kept by an agency on an expenditure chapter is, alone, a month with the wrong sign
    assert svar.exit_code == 1
    assert "utgiftskapitlene (0001–2999) er i alt −847 732,87" in svar.output.replace("\u00a0", " ")


def test_samme_rader_gir_samme_sjekksum_fra_alle_filer(data: Path, tmp_path: Path, maaneder: dict[str, bytes]) -> None:
    inn = tmp_path / "inn"
    _hentet("statsregnskapet", "--fra", _csv(inn, AAR, *_aaret(maaneder)))
    foer = _avtrykk(data)
    stokket = b"".join(reversed(b"".join(maaneder.values()).splitlines(keepends=True)))
    alt = _csv(inn, "statsregnskapet_full_historikk.csv", stokket)
    ut = _hentet("statsregnskapet", "--fra", alt)
    assert "12 nye, 0 rettet, 12 uendret" in ut
    etter = _avtrykk(data)
    assert {fil: etter[fil] for fil in foer} == foer, "det som er uendret, er urørt, tiden med"
    assert "0 nye, 0 rettet, 1 uendret" in _hentet(
        "statsregnskapet", "--fra", _csv(inn, "statsregnskapet_siste_maaned.csv", maaneder["202312"])
    )


@pytest.fixture
def rettet_aar(tmp_path: Path, maaneder: dict[str, bytes]) -> Path:
    """The year as it is published again, with a correction in February."""
    rettet = FEIL["rettet"](HODE + maaneder["202302"]).removeprefix(HODE)
    return _csv(tmp_path / "rettet", AAR, *_aaret(maaneder, rettet))


def test_en_rettelse_bytter_bare_sin_maaned(data: Path, rettet_aar: Path, lagret: dict[str, tuple[int, bytes]]) -> None:
    ut = _hentet("statsregnskapet", "--fra", rettet_aar)
    assert "0 nye, 1 rettet, 11 uendret" in ut
    etter = _avtrykk(data)
    assert {fil for fil in etter if etter[fil] != lagret[fil]} == {"statsregnskapet/periode=202302/data.parquet"}


def test_en_zip_leses_som_filen_i_den(
    data: Path, tmp_path: Path, maaneder: dict[str, bytes], lagret: dict[str, tuple[int, bytes]]
) -> None:
    fil = tmp_path / "inn" / "statsregnskapet_aar_2023.zip"
    with zipfile.ZipFile(fil, "w", zipfile.ZIP_DEFLATED) as pakke:
        pakke.writestr("x.csv", HODE + b"".join(_aaret(maaneder)))
    assert "12 uendret" in _hentet("statsregnskapet", "--fra", fil)
    assert _avtrykk(data) == lagret
    for kutt in (fil.stat().st_size // 2, 10):
        halv = tmp_path / "inn" / "halv.zip"
        halv.write_bytes(fil.read_bytes()[:kutt])
        assert "ingen hel ZIP-fil" in _avvist("statsregnskapet", "--fra", halv)
    skadet = bytearray(fil.read_bytes())
    skadet[5_000] ^= 1
    fil.write_bytes(skadet)
    assert "ingen hel ZIP-fil" in _avvist("statsregnskapet", "--fra", fil)
    with zipfile.ZipFile(fil, "w") as pakke:
        pakke.writestr("x.txt", "")
    assert "har 0 CSV-filer i seg; ventet én" in _avvist("statsregnskapet", "--fra", fil)
    assert _avtrykk(data) == lagret


@pytest.mark.parametrize(
    ("feil", "ventet"),
    [
        ("kolonne_omdoept", "mangler Beløp og har ukjente Belop"),
        ("kolonne_mangler", "mangler Post_type"),
        ("utf8", "er i UTF-8; ventet ISO-8859-1"),
        ("avkuttet_i_rad", "Filen kan være kuttet"),
        ("feil_fortegn", "fortegnet er feil"),
        ("desimalpunktum", "ventet siffer med desimalkomma"),
        ("tusenskille", "ventet siffer med desimalkomma"),
        ("ikke_tall", "1 rader har et beløp som ikke kan leses, først «mangler» på linje 2"),
        ("avkuttet_mellom_rader", "filen ser ut til å være kuttet"),
    ],
)
def test_en_daarlig_maaned_avvises_og_det_som_er_lagret_staar(
    data: Path,
    tmp_path: Path,
    maaneder: dict[str, bytes],
    lagret: dict[str, tuple[int, bytes]],
    feil: str,
    ventet: str,
) -> None:
    fil = tmp_path / "inn" / "februar.csv"
    fil.write_bytes(FEIL[feil](HODE + maaneder["202302"]))
    ut = _avvist("statsregnskapet", "--fra", fil)
    assert ventet in ut
    assert "står som det var" in ut
    assert _avtrykk(data) == lagret


def test_et_linjeskift_inne_i_et_felt_avvises(data: Path, tmp_path: Path, maaneder: dict[str, bytes]) -> None:
    """The lines counted in the file are not the rows that were read."""
    rader = _endret(maaneder["202302"], 2, {"post": "Drifts\nutgifter"})
    ut = _avvist("statsregnskapet", "--fra", _csv(tmp_path / "inn", "x.csv", rader))
    antall = maaneder["202302"].count(LINJESKIFT)
    assert f"har {antall + 2} linjer med hodet, men {antall} rader ble lest" in ut


def test_det_som_er_skrevet_telles_opp_igjen(
    data: Path,
    rettet_aar: Path,
    lagret: dict[str, tuple[int, bytes]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A writer that loses rows is found out before anything is in place."""
    kopier = innlesing._Innlesing._kopier
    monkeypatch.setattr(
        innlesing._Innlesing,
        "_kopier",
        lambda denne, sporring, fil: kopier(denne, f"select * from ({sporring}) limit 5", fil),
    )
    ut = _avvist("statsregnskapet", "--fra", rettet_aar)
    assert "202302 ble skrevet med (5," in ut
    assert _avtrykk(data) == lagret


def test_linjen_sies_ogsaa_naar_de_andre_maanedene_er_lagret(
    data: Path, tmp_path: Path, maaneder: dict[str, bytes], lagret: dict[str, tuple[int, bytes]]
) -> None:
    rader = _endret(maaneder["202302"], 2, {"belop": "12.50"})
    ut = _avvist("statsregnskapet", "--fra", _csv(tmp_path / "inn", AAR, *_aaret(maaneder, rader)))
    assert f"først «12.50» på linje {maaneder['202301'].count(LINJESKIFT) + 4}" in ut
    assert _avtrykk(data) == lagret


def test_linjen_er_filens_ogsaa_naar_flere_traader_leser(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is read by several at a time is in no order; a line that is named is."""
    plan = Plan(fra=2023, til=2023, virksomheter=6, poster=40, rader=40_000)
    monkeypatch.setattr(innlesing, "_BUFFER", 2_100_000)
    with Stat(plan) as stat:
        rader = b"".join(maaned for periode in plan.perioder(2023) for maaned in stat.maaned(periode))
    antall = rader.count(LINJESKIFT)
    hvor = [antall // 5, antall // 2, antall - 1]
    for nummer in hvor:
        rader = _endret(rader, nummer, {"virksomhet_id": str(nummer)})
    _hentet("statsregnskapet", "--fra", _csv(tmp_path / "inn", AAR, rader))
    assert [linje for *_, linje in _satt_til_side(data)] == [nummer + 2 for nummer in hvor]


def test_for_lite_minne_gir_en_setning(
    data: Path,
    rettet_aar: Path,
    lagret: dict[str, tuple[int, bytes]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("STYRING_MINNE", "4MB")
    assert "trenger mer minne enn DuckDB har, 4MB. Sett STYRING_MINNE høyere." in _avvist(
        "statsregnskapet", "--fra", rettet_aar
    )
    assert _avtrykk(data) == lagret


def test_en_lagret_fil_som_er_skadet_gir_en_setning(
    data: Path, tmp_path: Path, maaneder: dict[str, bytes], lagret: dict[str, tuple[int, bytes]]
) -> None:
    (data / "statsregnskapet/periode=202305/data.parquet").write_bytes(b"PAR1")
    ut = _avvist("statsregnskapet", "--fra", _csv(tmp_path / "inn", AAR, *_aaret(maaneder)))
    assert "er skadet" in ut
    assert "periode=202305" in ut


def test_kolonner_i_en_annen_rekkefoelge_avvises(data: Path, tmp_path: Path, maaneder: dict[str, bytes]) -> None:
    hode = _hode([*KOLONNER[:5], KOLONNER[6], KOLONNER[5], *KOLONNER[7:]])
    ut = _avvist("statsregnskapet", "--fra", _csv(tmp_path / "inn", AAR, *_aaret(maaneder), hode=hode))
    assert "har kolonnene i en annen rekkefølge" in ut
    assert _lagret(data) == {}
    hode = _hode([*KOLONNER, "Ny"])
    assert "har ukjente Ny" in _avvist("statsregnskapet", "--fra", _csv(tmp_path / "inn", AAR, b"", hode=hode))


def test_en_maaned_avvises_og_de_andre_lagres(data: Path, tmp_path: Path, maaneder: dict[str, bytes]) -> None:
    snudd = FEIL["feil_fortegn"](HODE + maaneder["202302"]).removeprefix(HODE)
    ut = _avvist("statsregnskapet", "--fra", _csv(tmp_path / "inn", AAR, *_aaret(maaneder, snudd)))
    assert "1 av 12 deler" in ut
    assert sorted(_lagret(data)) == [periode for periode in PLAN.perioder(2023) if periode != "202302"]


@pytest.mark.parametrize(
    ("navn", "ventet"),
    [
        ("statsregnskapet_aar_2022.csv", "gjelder filen 2022, men den har rader for 202301, 202302"),
        ("statsregnskapet_siste_maaned.csv", "gjelder filen én måned, men den har rader for 202301, 202302"),
    ],
)
def test_en_fil_med_noe_annet_enn_navnet_sier_avvises(
    data: Path, tmp_path: Path, maaneder: dict[str, bytes], navn: str, ventet: str
) -> None:
    assert ventet in _avvist("statsregnskapet", "--fra", _csv(tmp_path / "inn", navn, *_aaret(maaneder)[:2]))
    assert _lagret(data) == {}


def test_hittil_i_aar_er_ett_aar(data: Path, tmp_path: Path, maaneder: dict[str, bytes]) -> None:
    fil = _csv(tmp_path / "inn", "statsregnskapet_hittil_i_aar.csv", maaneder["202212"], maaneder["202301"])
    assert "gjelder filen ett år, men den har rader for 2022, 2023" in _avvist("statsregnskapet", "--fra", fil)
    assert _lagret(data) == {}


def test_en_tom_fil_og_en_rad_uten_aar_avvises(data: Path, tmp_path: Path, maaneder: dict[str, bytes]) -> None:
    assert "har ingen rader" in _avvist("statsregnskapet", "--fra", _csv(tmp_path / "inn", "x.csv"))
    rader = _endret(maaneder["202302"], 4, {"aar": "", "periode": ""})
    ut = _avvist("statsregnskapet", "--fra", _csv(tmp_path / "inn", "x.csv", rader))
    assert "1 rader har ikke noe år i År, først på linje 6" in ut


def test_maaneder_som_er_borte_avvises_uten_godta(
    data: Path, tmp_path: Path, maaneder: dict[str, bytes], lagret: dict[str, tuple[int, bytes]]
) -> None:
    fil = _csv(tmp_path / "inn", AAR, *_aaret(maaneder)[:10])
    ut = _avvist("statsregnskapet", "--fra", fil)
    assert "202311, 202312 er lagret, men er ikke i filen" in ut
    assert "--godta" in ut
    assert _avtrykk(data) == lagret
    assert "202311 er ikke i filen og er fjernet" in _hentet("statsregnskapet", "--fra", fil, "--godta")
    assert sorted(_lagret(data)) == PLAN.perioder(2023)[:10]


@pytest.mark.parametrize("prosent", [33, 89])
def test_en_maaned_som_har_mistet_rader_lagres_bare_med_godta(
    data: Path, tmp_path: Path, maaneder: dict[str, bytes], lagret: dict[str, tuple[int, bytes]], prosent: int
) -> None:
    rader = maaneder["202302"].splitlines(keepends=True)
    antall = len(rader) * prosent // 100
    fil = _csv(tmp_path / "inn", "x.csv", *rader[:antall])
    ut = _avvist("statsregnskapet", "--fra", fil)
    assert f"bare {antall} rader mot {len(rader)} som er lagret" in ut
    assert _avtrykk(data) == lagret
    _hentet("statsregnskapet", "--fra", fil, "--godta")
    assert _lagret(data)["202302"][0] == antall


def test_en_ny_maaned_holdes_mot_de_andre(data: Path, tmp_path: Path, maaneder: dict[str, bytes]) -> None:
    """Nothing is stored of it; those beside it say what a month is, in the file or from before, when they are three."""
    rader = maaneder["202302"].splitlines(keepends=True)
    kuttet, inn = b"".join(rader[: len(rader) // 3]), tmp_path / "inn"
    i_fila = _csv(inn, AAR, *_aaret(maaneder, kuttet))
    ut = _avvist("statsregnskapet", "--fra", i_fila)
    assert f"202302: bare {len(rader) // 3} rader; halvparten av månedene har " in ut
    assert "1 av 12 deler" in ut
    assert "--godta" in ut
    alene = _csv(inn, "x.csv", kuttet)
    assert "202302: bare" in _avvist("statsregnskapet", "--fra", alene), "mot dem som er lagret"
    assert sorted(_lagret(data)) == [periode for periode in PLAN.perioder(2023) if periode != "202302"]
    _hentet("statsregnskapet", "--fra", alene, "--godta")
    assert _lagret(data)["202302"][0] == len(rader) // 3


def test_to_maaneder_sier_ikke_hva_en_maaned_er(data: Path, tmp_path: Path, maaneder: dict[str, bytes]) -> None:
    rader = maaneder["202302"].splitlines(keepends=True)
    fil = _csv(tmp_path / "inn", "x.csv", maaneder["202301"], *rader[: len(rader) // 5])
    _hentet("statsregnskapet", "--fra", fil)
    assert sorted(_lagret(data)) == ["202301", "202302"]


def test_godta_tar_ikke_imot_det_som_er_feil_uansett(
    data: Path, tmp_path: Path, maaneder: dict[str, bytes], lagret: dict[str, tuple[int, bytes]]
) -> None:
    for feil in ("kolonne_omdoept", "desimalpunktum", "avkuttet_i_rad", "feil_fortegn"):
        fil = tmp_path / "inn/x.csv"
        fil.write_bytes(FEIL[feil](HODE + maaneder["202302"]))
        _avvist("statsregnskapet", "--fra", fil, "--godta")
    assert _avtrykk(data) == lagret


@pytest.mark.parametrize(
    ("grunn", "nytt"),
    [
        ("feil år", {"aar": "2022"}),
        ("feil år", {"periode": "202402"}),
        ("feil år", {"periode": "202313"}),
        ("feil år", {"periode": "feb"}),
        ("ukjent post", {"post_id": "999999"}),
        ("ukjent post", {"post_id": "10701"}),
        ("ukjent post", {"post_id": ""}),
        ("ugyldig kode", {"virksomhet_id": "98787969"}),
        ("ugyldig kode", {"virksomhet_id": ""}),
        ("ukjent kapittel", {"kapittel_id": ""}),
        ("ukjent kapittel", {"kapittel_id": "0000", "post_id": "000001"}),
        ("ukjent kapittel", {"kapittel_id": "6000", "post_id": "600001"}),
        ("ukjent kapittel", {"kapittel_id": "671", "post_id": "671001"}),
    ],
)
def test_en_daarlig_rad_settes_til_side_med_grunn(
    data: Path, tmp_path: Path, maaneder: dict[str, bytes], grunn: str, nytt: dict[str, str]
) -> None:
    rader = _endret(maaneder["202302"], 7, nytt)
    ut = _hentet("statsregnskapet", "--fra", _csv(tmp_path / "inn", AAR, *_aaret(maaneder, rader)))
    linje = 1 + maaneder["202301"].count(b"\n") + 8
    periode = "202302" if nytt.get("periode", "202302") == "202302" else "202300"
    assert _satt_til_side(data) == [("statsregnskapet", periode, grunn, linje)]
    assert "Satt til side: 1 rader" in ut
    assert f"1 {grunn}, først på linje {linje}. " in ut
    assert _lagret(data)["202302"][0] == maaneder["202302"].count(b"\n") - 1
    [(innhold, belop, fil)] = _sql(f"select innhold, belop, fil from '{data}/karantene/*/*/data.parquet'")
    ventet = _felt(maaneder["202302"].splitlines()[7])
    raa = json.loads(innhold)
    assert [raa["Kapittel"], raa["Beløp"]] == [ventet[11], ventet[-1].replace(",", ".")]
    assert (belop, fil) == (Decimal(raa["Beløp"]), AAR)


def test_like_rader_settes_til_side_fra_den_andre(
    data: Path, tmp_path: Path, maaneder: dict[str, bytes], lagret: dict[str, tuple[int, bytes]]
) -> None:
    forste = maaneder["202302"].splitlines(keepends=True)[2]
    fil = _csv(tmp_path / "inn", AAR, *_aaret(maaneder, maaneder["202302"] + forste))
    foer = _lagret(data)["202302"]
    ut = _hentet("statsregnskapet", "--fra", fil)
    linje = 2 + sum(maaneder[periode].count(b"\n") for periode in ("202301", "202302"))
    assert _satt_til_side(data) == [("statsregnskapet", "202302", "duplikat", linje)]
    assert "1 duplikat" in ut
    assert _lagret(data)["202302"][:2] == foer[:2]
    assert "12 uendret" in _hentet("statsregnskapet", "--fra", fil), "også det som er satt til side, er uendret"
    _hentet("statsregnskapet", "--fra", _csv(tmp_path / "inn", AAR, *_aaret(maaneder)))
    assert _satt_til_side(data) == [], "det som er rettet, er ikke lenger satt til side"


def test_for_mange_rader_satt_til_side_avviser_maaneden(
    data: Path, tmp_path: Path, maaneder: dict[str, bytes], lagret: dict[str, tuple[int, bytes]]
) -> None:
    rader = maaneder["202302"]
    for nummer in range(10):
        rader = _endret(rader, nummer, {"aar": "2021"})
    fil = _csv(tmp_path / "inn", AAR, *_aaret(maaneder, rader))
    ut = _avvist("statsregnskapet", "--fra", fil)
    antall = rader.count(b"\n")
    assert f"202302: 10 av {antall} rader må settes til side (10 feil år)" in ut
    assert _avtrykk(data) == lagret
    _hentet("statsregnskapet", "--fra", fil, "--godta")
    assert len(_satt_til_side(data)) == 10


def test_en_maaned_med_bare_feil_aar_avvises(data: Path, tmp_path: Path, maaneder: dict[str, bytes]) -> None:
    """The whole month is of another year than the file's name, or than its own period."""
    feil = FEIL["feil_aar"](HODE + maaneder["202302"]).removeprefix(HODE)
    assert "men den har rader for 202402" in _avvist("statsregnskapet", "--fra", _csv(tmp_path / "inn", AAR, feil))
    rader = b"".join(_rad(["2021", *_felt(rad)[1:]]) for rad in maaneder["202302"].splitlines())
    ut = _avvist("statsregnskapet", "--fra", _csv(tmp_path / "inn", "x.csv", rader), "--godta")
    assert "ingen av de" in ut
    assert _lagret(data) == {}


def _med(rader: bytes, nummer: int, kroner: int) -> bytes:
    """A month with some kroner more in one row (from 0)."""
    hele, tusendeler = _felt(rader.splitlines()[nummer])[-1].split(",")
    return _endret(rader, nummer, {"belop": f"{int(hele) + kroner},{tusendeler}"})


def test_et_aar_som_ikke_er_null_i_sum_lagres_bare_med_godta(
    data: Path, tmp_path: Path, maaneder: dict[str, bytes], lagret: dict[str, tuple[int, bytes]]
) -> None:
    rader = _med(maaneder["202302"], 3, 5_000)
    fil = _csv(tmp_path / "inn", AAR, *_aaret(maaneder, rader))
    ut = _avvist("statsregnskapet", "--fra", fil)
    assert "2023 er 5\u00a0000 kr i sum; ventet null, som et helt år er" in ut
    assert "--godta" in ut
    assert _avtrykk(data) == lagret
    ut = _hentet("statsregnskapet", "--fra", fil, "--godta")
    assert "Merk: 2023 skulle vært null i sum" in ut
    assert "12 uendret" in _hentet("statsregnskapet", "--fra", fil), "det som er lagret, avvises ikke"


def test_aaret_summeres_uten_det_som_staar_to_ganger(data: Path, tmp_path: Path, maaneder: dict[str, bytes]) -> None:
    """Set aside now, or before: the rest of the year is what must be null."""
    inn, doblet = tmp_path / "inn", maaneder["202302"] + maaneder["202302"].splitlines(keepends=True)[2]
    _hentet("statsregnskapet", "--fra", _csv(inn, AAR, *_aaret(maaneder, doblet)))
    uten_mars = [rader for rader in _aaret(maaneder, doblet) if rader != maaneder["202303"]]
    rettet = FEIL["rettet"](HODE + maaneder["202303"]).removeprefix(HODE)
    assert "1 rettet, 11 uendret" in _hentet("statsregnskapet", "--fra", _csv(inn, AAR, *uten_mars, rettet))
    skjev = _med(maaneder["202303"], 3, 5_000)
    assert "2023 er 5\u00a0000 kr i sum" in _avvist("statsregnskapet", "--fra", _csv(inn, AAR, *uten_mars, skjev))


SISTE = "statsregnskapet_siste_maaned.csv"


@pytest.fixture
def mars_2023(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("styring.norsk.i_dag", lambda: datetime.date(2023, 3, 20))


@pytest.mark.usefixtures("mars_2023")
def test_en_maaned_som_ikke_er_kommet_avvises(data: Path, tmp_path: Path, maaneder: dict[str, bytes]) -> None:
    """The whole file is of a year too late; under a name that says no year, and whatever is let through."""
    fil = tmp_path / SISTE
    fil.write_bytes(FEIL["feil_aar"](HODE + maaneder["202302"]))
    for valg in ([], ["--godta"]):
        ut = _avvist("statsregnskapet", "--fra", fil, *valg)
        assert "202402 er etter 202303, som er denne måneden; året i År og Periode må være feil." in ut
    assert _lagret(data) == {}
    _hentet("statsregnskapet", "--fra", _csv(tmp_path / "inn", SISTE, maaneder["202303"]))
    assert sorted(_lagret(data)) == ["202303"], "denne måneden er kommet"


@pytest.mark.parametrize(
    ("navn", "ventet"),
    [
        (SISTE, "gjelder 202302, og 202312 er lagret"),
        ("statsregnskapet_hittil_i_aar.csv", "gjelder 2022, og 2023 er lagret"),
    ],
)
def test_en_fil_som_er_eldre_enn_det_lagrede_tas_bare_inn_med_godta(
    data: Path,
    tmp_path: Path,
    maaneder: dict[str, bytes],
    lagret: dict[str, tuple[int, bytes]],
    navn: str,
    ventet: str,
) -> None:
    """A wrong year that is not in the future would replace a month of another year."""
    rettet = FEIL["rettet"](HODE + maaneder["202302"]).removeprefix(HODE)
    deler = [rettet] if navn == SISTE else _aaret(maaneder, aar=2022)
    fil = _csv(tmp_path / "inn", navn, *deler)
    ut = _avvist("statsregnskapet", "--fra", fil)
    assert ventet in ut
    assert "--godta" in ut
    assert _avtrykk(data) == lagret
    _hentet("statsregnskapet", "--fra", fil, "--godta")
    assert _avtrykk(data) != lagret


def test_en_gammel_siste_maaned_i_mappen_gjor_ikke_om_en_rettelse(
    data: Path, rettet_aar: Path, maaneder: dict[str, bytes], lagret: dict[str, tuple[int, bytes]]
) -> None:
    """The folder is read by name: the year with its correction first, then the file of the month as it was."""
    gammel = _csv(rettet_aar.parent, SISTE, maaneder["202302"])
    ut = _avvist("statsregnskapet", "--fra", rettet_aar.parent)
    assert "1 rettet, 11 uendret" in ut
    assert f"{SISTE} er avvist. Etter navnet er filen den nyeste, men den gjelder 202302" in ut
    rettet = FEIL["rettet"](HODE + maaneder["202302"]).removeprefix(HODE)
    _csv(rettet_aar.parent, SISTE, rettet)
    assert "1 uendret" in _hentet("statsregnskapet", "--fra", gammel), "det som er lagret likt, gjør ingen skade"


@pytest.mark.parametrize("borte", ["statsregnskapet/periode=202302", "karantene"])
def test_det_som_mangler_av_en_maaned_hentes_igjen(
    data: Path, tmp_path: Path, maaneder: dict[str, bytes], borte: str
) -> None:
    """A month is its data and what was set aside of it: one of them alone is not the month."""
    fil = _csv(tmp_path / "inn", AAR, *_aaret(maaneder, maaneder["202302"] + maaneder["202302"].splitlines(True)[2]))
    _hentet("statsregnskapet", "--fra", fil)
    foer = _lagret(data), _satt_til_side(data)
    shutil.rmtree(data / borte)
    assert "1 rettet, 11 uendret" in _hentet("statsregnskapet", "--fra", fil)
    assert (_lagret(data), _satt_til_side(data)) == foer
    assert "12 uendret" in _hentet("statsregnskapet", "--fra", fil)


@pytest.mark.parametrize("navn", ["januar.csv", SISTE])
def test_en_rad_uten_maaned_i_en_fil_av_en_maaned_avvises(
    data: Path, tmp_path: Path, maaneder: dict[str, bytes], navn: str
) -> None:
    """It is set aside with its year, and the next file of the year would take its place."""
    fil = _csv(tmp_path / "inn", navn, _endret(maaneder["202301"], 5, {"periode": "jan"}))
    ut = _avvist("statsregnskapet", "--fra", fil)
    assert "1 rader er ikke i noen måned i året som står i År, først på linje 7" in ut
    assert _lagret(data) == {}


@pytest.mark.parametrize(
    ("innhold", "ventet"),
    [
        (
            lambda hode, rader: hode + rader.replace("ø".encode("latin-1"), "ø".encode()),
            "er i UTF-8; ventet ISO-8859-1.",
        ),
        (lambda hode, rader: (hode + rader).replace(b"\n", b"\r"), "har CR som linjeskift, alene eller blandet"),
        (lambda _, __: b'PK\r"x', "den første linjen er ikke et hode."),
        (
            lambda hode, rader: hode.replace(b"\n", b"\r\n") + rader,
            "har CR som linjeskift, alene eller blandet; ventet LF eller CRLF.",
        ),
        (lambda hode, rader: hode + rader + b"\n\n", "Filen kan ha tomme linjer, eller linjeskift inne i et felt."),
        (
            lambda hode, rader: hode + rader.replace(b" ", b" \x96 ", 1),
            "x.csv, linje 2: byte 0x96 er ikke et tegn i ISO-8859-1; filen kan være i Windows-1252.",
        ),
        (
            lambda hode, rader: hode + rader.replace(b",", b"\x1b[2J" + b"9" * 9_000 + b",", 1),
            "har et beløp som ikke kan leses, først «",
        ),
    ],
)
def test_en_fil_som_er_skrevet_annerledes_sier_hvordan(
    data: Path, tmp_path: Path, maaneder: dict[str, bytes], innhold: Callable[[bytes, bytes], bytes], ventet: str
) -> None:
    (tmp_path / "x.csv").write_bytes(innhold(HODE, maaneder["202302"]))
    ut = _avvist("statsregnskapet", "--fra", tmp_path / "x.csv")
    assert ventet in ut
    assert "\x1b" not in ut
    assert len(ut) < 2_000
    assert _lagret(data) == {}


def test_en_fil_som_ikke_kan_leses_stanser_ikke_de_andre(
    data: Path, tmp_path: Path, maaneder: dict[str, bytes]
) -> None:
    inn = tmp_path / "inn"
    _csv(inn, AAR, *_aaret(maaneder))
    (inn / "statsregnskapet_aar_2020.zip").symlink_to(tmp_path / "borte")
    (inn / "statsregnskapet_aar_2021.zip").mkdir()
    # the end of the list of what is in it points before its beginning
    hel = io.BytesIO()
    with zipfile.ZipFile(hel, "w") as pakke:
        pakke.writestr("x.csv", "x")
    skadet = bytearray(hel.getvalue())
    skadet[-6:-2] = b"\xff\xff\xff\x7f"
    (inn / "statsregnskapet_aar_2022.zip").write_bytes(skadet)
    ut = _avvist("statsregnskapet", "--fra", inn)
    assert "statsregnskapet_aar_2020.zip kan ikke leses: den finnes ikke." in ut
    assert "statsregnskapet_aar_2021.zip kan ikke leses: det er en mappe." in ut
    assert "statsregnskapet_aar_2022.zip er ingen hel ZIP-fil" in ut
    assert len(_lagret(data)) == 12


@pytest.mark.parametrize("minne", ["abc", "0"])
def test_en_minnegrense_som_ikke_er_det(
    data: Path, tmp_path: Path, maaneder: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, minne: str
) -> None:
    monkeypatch.setenv("STYRING_MINNE", minne)
    ut = _avvist("statsregnskapet", "--fra", _csv(tmp_path / "inn", AAR, *_aaret(maaneder)))
    assert f"STYRING_MINNE er «{minne}»; ventet et tall med enhet, som 800MB eller 2GB." in ut


def test_en_datamappe_som_ville_bety_noe_annet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STYRING_DATA", str(tmp_path / "data[1]"))
    assert "data[1] kan ikke ha [ ] i stien. Sett STYRING_DATA til en annen." in _avvist("status")


def test_et_helt_aar_som_ikke_er_helt_sier_det(data: Path, tmp_path: Path, maaneder: dict[str, bytes]) -> None:
    ut = _hentet("statsregnskapet", "--fra", _csv(tmp_path / "inn", AAR, *_aaret(maaneder)[:6]))
    assert "  Merk: filen er etter navnet hele 2023, men har 6 av 12 måneder.\n" in ut
    assert "Merk" not in _hentet("statsregnskapet", "--fra", _csv(tmp_path / "inn", AAR, *_aaret(maaneder)))


def test_en_skadet_arbeidsbok_er_en_setning_eller_den_samme(data: Path, tmp_path: Path) -> None:
    """One bit turned, in two hundred places: the workbook is refused in a sentence, or reads as it did."""
    fil = _bok(tmp_path / "gul_bok_2025.xlsx", GUL_BOK.hode, *({"post_nr": nummer} for nummer in range(1, 30)))
    hel = fil.read_bytes()
    _hentet("budsjett", "--fra", fil)
    foer, avvist = _boker(data), 0
    for plass in range(0, len(hel), len(hel) // 200):
        skadet = bytearray(hel)
        skadet[plass] ^= 4
        fil.write_bytes(skadet)
        svar = _hent("budsjett", "--fra", fil)
        avvist += svar.exit_code
        assert svar.exit_code in (0, 1)
        assert "Traceback" not in svar.output
        assert svar.exit_code == 0 or "Feil: gul_bok_2025.xlsx" in svar.output, svar.output
        assert _boker(data) == foer
    assert avvist > 50


def test_en_lagret_bok_som_er_skadet_sies(data: Path, tmp_path: Path) -> None:
    bok = _bok(tmp_path / "gul_bok_2025.xlsx", GUL_BOK.hode, {})
    _hentet("budsjett", "--fra", bok)
    [fil] = data.glob("budsjett/*/data.parquet")
    fil.write_bytes(fil.read_bytes()[:100])
    assert "data.parquet er skadet (" in _avvist("budsjett", "--fra", bok)


def test_navnet_er_filens_eget_og_ikke_et_monster(data: Path, tmp_path: Path, maaneder: dict[str, bytes]) -> None:
    rettet = FEIL["rettet"](HODE + maaneder["202302"]).removeprefix(HODE)
    _csv(tmp_path / "inn", "februar1.csv", maaneder["202302"])
    _hentet("statsregnskapet", "--fra", _csv(tmp_path / "inn", "februar[1].csv", rettet))
    belop = _sql(f"select belop from read_parquet('{data}/statsregnskapet/*/data.parquet')")
    ventet = [(Decimal(_felt(rad)[-1].replace(",", ".")),) for rad in rettet.splitlines()]
    assert sorted(belop) == sorted(ventet)


@pytest.mark.parametrize("navn", ["Statsregnskapet_aar_2022.CSV", "statsregnskapet_aar_2022 (1).csv"])
def test_navnet_sier_det_samme_i_store_bokstaver_og_med_nummer(
    data: Path, tmp_path: Path, maaneder: dict[str, bytes], navn: str
) -> None:
    _csv(tmp_path / "inn", navn, *_aaret(maaneder))
    assert "Etter navnet gjelder filen 2022" in _avvist("statsregnskapet", "--fra", tmp_path / "inn")
    assert _lagret(data) == {}


def test_et_aar_for_det_forste_avvises(data: Path, tmp_path: Path, maaneder: dict[str, bytes]) -> None:
    rader = maaneder["202302"].replace(b'"2023";"202302"', b'"2003";"200302"')
    ut = _avvist("statsregnskapet", "--fra", _csv(tmp_path / "inn", "x.csv", rader), "--godta")
    assert "200302 er før 2014, som er det første året som er publisert" in ut
    assert _lagret(data) == {}


def test_aaret_holdes_i_sum_ogsaa_naar_den_siste_maaneden_kommer_alene(
    data: Path, tmp_path: Path, maaneder: dict[str, bytes]
) -> None:
    """With a row set aside in the months that are stored: it was published, and is in the sum."""
    foerste = _endret(maaneder["202301"], 3, {"virksomhet_id": "1"})
    inn = tmp_path / "inn"
    _hentet("statsregnskapet", "--fra", _csv(inn, AAR, foerste, *_aaret(maaneder)[1:11]))
    lagret = _avtrykk(data)
    [belop] = [_felt(maaneder["202312"].splitlines()[9])[-1]]
    feil = _endret(maaneder["202312"], 9, {"belop": f"{int(belop.partition(',')[0]) + 5_000_000},000"})
    ut = _avvist("statsregnskapet", "--fra", _csv(inn, "desember.csv", feil))
    assert "2023 er " in ut
    assert "ventet null, som et helt år er" in ut
    assert _avtrykk(data) == lagret
    _hentet("statsregnskapet", "--fra", _csv(inn, "desember.csv", maaneder["202312"]))
    assert len(_lagret(data)) == 12


def test_en_rad_som_var_uten_maaned_telles_ikke_to_ganger_naar_den_er_rettet(
    data: Path, tmp_path: Path, maaneder: dict[str, bytes]
) -> None:
    """What the year's file set aside with its year goes when the year's file comes again."""
    uten = _endret(maaneder["202302"], 5, {"periode": "feb"})
    _hentet("statsregnskapet", "--fra", _csv(tmp_path / "inn", AAR, *_aaret(maaneder, uten)))
    assert [periode for _, periode, *_ in _satt_til_side(data)] == ["202300"]
    assert "1 rettet, 11 uendret" in _hentet("statsregnskapet", "--fra", _csv(tmp_path / "inn", AAR, *_aaret(maaneder)))
    assert _satt_til_side(data) == []
    assert sum(rad[1] for rad in _lagret(data).values()) == 0


# -- the data folder --------------------------------------------------------------------------------------------------


def test_det_gamle_staar_naar_noe_gaar_galt(
    data: Path,
    rettet_aar: Path,
    lagret: dict[str, tuple[int, bytes]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full_disk(sti: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(sti))

    monkeypatch.setattr(lager, "_til_disk", full_disk)
    assert "disken er full" in _avvist("statsregnskapet", "--fra", rettet_aar)
    assert _avtrykk(data) == lagret


def test_en_drept_henting_etterlater_det_gamle_og_den_neste_rydder(
    data: Path, rettet_aar: Path, lagret: dict[str, tuple[int, bytes]]
) -> None:
    """Killed when the new months are written and none of them is in place."""
    kode = (
        "import os; from styring.kilder import lager\n"
        "lager._til_disk = lambda sti: os._exit(9)\n"
        "from styring.start import hoved; hoved()"
    )
    drept = subprocess.run(
        [sys.executable, "-c", kode, "hent", "statsregnskapet", "--fra", str(rettet_aar)], cwd=PROSJEKT
    )
    assert drept.returncode == 9
    rester = {sti for sti in _avtrykk(data) if sti not in lagret}
    assert any(sti.endswith(".ny") for sti in rester)
    assert {sti: innhold for sti, innhold in _avtrykk(data).items() if sti in lagret} == lagret
    assert _sql(f"select count(*) from glob('{data}/statsregnskapet/periode=*/*.parquet')") == [(12,)], "slik dbt leser"
    assert "1 rettet" in _hentet("statsregnskapet", "--fra", rettet_aar)
    assert set(_avtrykk(data)) == set(lagret)


def test_to_hentinger_samtidig_slipper_ikke_til(data: Path, tmp_path: Path, maaneder: dict[str, bytes]) -> None:
    with lager.laas(data):
        ut = _avvist("statsregnskapet", "--fra", _csv(tmp_path / "inn", AAR, *_aaret(maaneder)))
    assert "En annen henting pågår (prosess" in ut


def test_et_bygg_leser_ikke_mens_det_hentes(data: Path, tmp_path: Path, maaneder: dict[str, bytes]) -> None:
    """And nothing is fetched while builds read, several at a time; nothing is held where nothing was fetched."""
    with lager.leselaas(data):
        assert not data.exists()
    with lager.laas(data), pytest.raises(StyringFeil, match=r"En henting pågår \(prosess \d+"), lager.leselaas(data):
        pass
    with lager.leselaas(data), lager.leselaas(data):
        ut = _avvist("statsregnskapet", "--fra", _csv(tmp_path / "inn", AAR, *_aaret(maaneder)))
    assert "Et bygg leser datamappen." in ut


def test_en_stor_og_stokket_fil_holder_minnegrensen(
    data: Path, tmp_path: Path, maaneder: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STYRING_MINNE", "100MB")
    rader = b"".join(maaneder.values()).splitlines(keepends=True)
    fil = _csv(tmp_path / "inn", "statsregnskapet_full_historikk.csv", *rader[::2], *rader[1::2])
    _hentet("statsregnskapet", "--fra", fil)
    assert sum(rad[0] for rad in _lagret(data).values()) == len(rader)


def test_det_leses_likt_med_lite_minne(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What DuckDB has let go of a file in ISO-8859-1, it reads again from the same place: 2.0.0 did not."""
    monkeypatch.setattr(innlesing, "_BUFFER", 2_100_000)
    monkeypatch.setattr(innlesing, "_I_MINNET", 1)
    plan = Plan(fra=2023, til=2023, rader=200_000)
    with Stat(plan) as stat:
        fil = _csv(tmp_path / "inn", AAR, *(del_ for periode in plan.perioder(2023) for del_ in stat.maaned(periode)))
    _hentet("statsregnskapet", "--fra", fil)
    med_nok = _lagret(data)
    monkeypatch.setenv("STYRING_MINNE", "64MB")
    for nummer in range(3):
        monkeypatch.setenv("STYRING_DATA", str(tmp_path / str(nummer)))
        _hentet("statsregnskapet", "--fra", fil)
        assert _lagret(tmp_path / str(nummer)) == med_nok


# -- the command ------------------------------------------------------------------------------------------------------


def _pakket(*deler: bytes) -> bytes:
    fil = io.BytesIO()
    with zipfile.ZipFile(fil, "w", zipfile.ZIP_DEFLATED) as pakke:
        pakke.writestr("x.csv", HODE + b"".join(deler))
    return fil.getvalue()


@pytest.fixture
def publisert_dfo(dfo: Tjener, maaneder: dict[str, bytes]) -> Tjener:
    """The year before, the year so far and the last month, as DFØ has them."""
    dfo.filer = {
        "statsregnskapet_aar_2022.zip": _pakket(*_aaret(maaneder, aar=2022)),
        "statsregnskapet_hittil_i_aar.zip": _pakket(*_aaret(maaneder)[:8]),
        "statsregnskapet_siste_maaned.zip": _pakket(maaneder["202308"]),
    }
    return dfo


def test_uten_valg_hentes_det_som_mangler_og_fjoraaret(
    data: Path, publisert_dfo: Tjener, maaneder: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dfo_modul, "FORSTE_AAR", 2022)
    monkeypatch.setattr("styring.norsk.i_dag", lambda: datetime.date(2023, 9, 20))
    begge = ["/statsregnskapet_aar_2022.zip", "/statsregnskapet_hittil_i_aar.zip"]
    ut = _hentet("statsregnskapet", "--adresse", publisert_dfo.adresse)
    assert [sti for sti, _ in publisert_dfo.kall] == begge
    assert "8 nye" in ut
    assert not list((data / ".nedlastet").iterdir()), "det som er lest, ligger ikke igjen"
    publisert_dfo.kall.clear()
    rettet = FEIL["rettet"](HODE + maaneder["202202"]).removeprefix(HODE)
    publisert_dfo.filer["statsregnskapet_aar_2022.zip"] = _pakket(*_aaret(maaneder, rettet, aar=2022))
    ut = _hentet("statsregnskapet", "--adresse", publisert_dfo.adresse)
    assert [sti for sti, _ in publisert_dfo.kall] == begge
    assert "1 rettet, 11 uendret" in ut, "en rettelse av fjoråret kommer med"
    publisert_dfo.kall.clear()
    monkeypatch.setattr("styring.norsk.i_dag", lambda: datetime.date(2024, 1, 20))
    _avvist("statsregnskapet", "--adresse", publisert_dfo.adresse)
    assert [sti for sti, _ in publisert_dfo.kall] == ["/statsregnskapet_aar_2023.zip", begge[1]], "2022 er helt"
    monkeypatch.setattr("styring.norsk.i_dag", lambda: datetime.date(2023, 9, 20))
    assert "uendret" in _hentet("statsregnskapet", "--siste-maaned", "--adresse", publisert_dfo.adresse)
    assert "12 uendret" in _hentet("statsregnskapet", "--aar", 2022, "--adresse", publisert_dfo.adresse)


def test_en_nedlasting_som_feiler_stanser_ikke_de_andre(data: Path, publisert_dfo: Tjener) -> None:
    ut = _avvist("statsregnskapet", "--aar", 2021, "--aar", 2022, "--adresse", publisert_dfo.adresse)
    assert "svarte 404" in ut
    assert len(_lagret(data)) == 12


def test_valg_som_ikke_hoerer_sammen_gir_en_setning(data: Path, tmp_path: Path) -> None:
    assert "--fra leser det som er der" in _avvist("statsregnskapet", "--fra", tmp_path, "--aar", 2023)
    assert "har ingen filer av slaget .zip eller .csv" in _avvist("statsregnskapet", "--fra", tmp_path)
    assert "finnes ikke" in _avvist("statsregnskapet", "--fra", tmp_path / "borte.zip")


def test_en_mappe_leses_fil_for_fil(data: Path, tmp_path: Path, maaneder: dict[str, bytes]) -> None:
    inn = tmp_path / "inn"
    for aar in PLAN.aar:
        _csv(inn, f"statsregnskapet_aar_{aar}.csv", *_aaret(maaneder, aar=aar))
    _csv(inn, "statsregnskapet_beskrivelse_av_kolonner.csv", hode=b"noe annet")
    _csv(inn, "bevilgninger_full_historikk.csv", hode=b"noe annet")
    _hentet("statsregnskapet", "--fra", inn)
    assert sorted(_lagret(data)) == sorted(maaneder)


def test_status_viser_hva_som_er_hentet_og_hva_som_mangler(
    data: Path, lagret: dict[str, tuple[int, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("styring.norsk.i_dag", lambda: datetime.date(2024, 3, 1))
    ut = _hentet()
    assert ut == _hentet("status")
    assert re.search(r"statsregnskapet +202301–202312 +[\d\u00a0]+ +\d\d\.\d\d\.\d{4}", ut)
    assert "Mangler: 2014, 2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022.\n" in ut
    assert re.search(r"bevilgninger +– +– +aldri; hent med: styring hent bevilgninger", ut)
    next(data.glob("statsregnskapet/*/data.parquet")).write_bytes(b"PAR1")
    assert "kan ikke leses" in _avvist("status")


# -- bevilgninger -----------------------------------------------------------------------------------------------------

BEVILGNINGSFIL = "bevilgninger_full_historikk.csv"
BEVILGNINGSHODE = _hode(BEVILGNINGER.kolonner)


def test_bevilgningene_lagres_som_en_fil_per_aar(data: Path, tmp_path: Path, vedtak: list[bytes]) -> None:
    fil = _csv(tmp_path / "inn", BEVILGNINGSFIL, *vedtak, hode=BEVILGNINGSHODE)
    _hentet("bevilgninger", "--fra", fil)
    assert sum(rad[0] for rad in _lagret(data, "bevilgninger").values()) == len(vedtak)
    foer = _avtrykk(data)
    assert " 2 uendret" in _hentet("bevilgninger", "--fra", fil)
    assert _avtrykk(data) == foer
    fil = data / "bevilgninger/aar=2023/data.parquet"
    beskrevet = _sql(f"describe select * from read_parquet('{fil}', hive_partitioning = false)")
    assert [rad[0] for rad in beskrevet] == [*BEVILGNINGER.lagret, "sjekksum", "hentet"]
    assert [rad[0] for rad in beskrevet if rad[1] == "DECIMAL(18,3)"] == list(BEVILGNINGER.belop)


def test_bevilgninger_med_feil_fortegn_eller_aar_avvises(data: Path, tmp_path: Path, vedtak: list[bytes]) -> None:
    def fil(rader: Iterable[bytes]) -> Path:
        return _csv(tmp_path / "inn", BEVILGNINGSFIL, *rader, hode=BEVILGNINGSHODE)

    _hentet("bevilgninger", "--fra", fil(vedtak))
    foer = _avtrykk(data)
    snudd = [
        re.sub(rb'"(-?)([0-9]+,[0-9]+)"', lambda en: b'"' + (b"" if en[1] else b"-") + en[2] + b'"', rad)
        for rad in vedtak
    ]
    ut = _avvist("bevilgninger", "--fra", fil(snudd), "--godta")
    assert "2022: fortegnet er feil: utgiftskapitlene (0001–2999) er i alt −" in ut
    sent = [rad.replace(b'"2023";"2023', b'"2093";"2093') for rad in vedtak]
    assert "2093 er mer enn ett år fram i tid" in _avvist("bevilgninger", "--fra", fil(sent), "--godta")
    assert {sti: innhold for sti, innhold in _avtrykk(data).items() if "2022" in sti} == {
        sti: innhold for sti, innhold in foer.items() if "2022" in sti
    }


def test_en_bevilgning_uten_belop_er_tom_og_ikke_null(data: Path, tmp_path: Path, vedtak: list[bytes]) -> None:
    felt = _felt(vedtak[0])
    felt[-3] = ""
    fil = _csv(tmp_path / "inn", BEVILGNINGSFIL, _rad(felt), *vedtak[1:], hode=BEVILGNINGSHODE)
    _hentet("bevilgninger", "--fra", fil)
    [(tomme,)] = _sql(
        f"select count(*) from '{data}/bevilgninger/*/*.parquet' where bevilgning_overfores_belop is null"
    )
    assert tomme == 1


def test_et_belop_uten_hele_kroner_leses(data: Path, tmp_path: Path, vedtak: list[bytes]) -> None:
    rad = _endret(
        vedtak[0],
        0,
        {"bevilgning_belop": "-,500", "bevilgning_overfores_belop": ",000", "bevilgning_overfort_belop": ",25"},
        BEVILGNINGER,
    )
    _hentet("bevilgninger", "--fra", _csv(tmp_path / "inn", BEVILGNINGSFIL, rad, *vedtak[1:], hode=BEVILGNINGSHODE))
    assert _sql(
        f"""
        select bevilgning_belop, bevilgning_overfores_belop, bevilgning_overfort_belop
        from '{data}/bevilgninger/*/*.parquet' where bevilgning_overfort_belop = 0.25
        """
    ) == [(Decimal("-0.5"), 0, Decimal("0.25"))]


def test_daarlige_bevilgninger_avvises_eller_settes_til_side(data: Path, tmp_path: Path, vedtak: list[bytes]) -> None:
    fil = _csv(tmp_path / "inn", BEVILGNINGSFIL, *vedtak, hode=BEVILGNINGSHODE)
    _hentet("bevilgninger", "--fra", fil)
    foer = _avtrykk(data)
    felt = _felt(vedtak[0])
    _csv(tmp_path / "inn", BEVILGNINGSFIL, _rad([*felt[:-4], "1.5", *felt[-3:]]), *vedtak[1:], hode=BEVILGNINGSHODE)
    assert "beløp som ikke kan leses, først «1.5»" in _avvist("bevilgninger", "--fra", fil)
    bare_2023 = [rad for rad in vedtak if rad.startswith(b'"2023"')]
    _csv(tmp_path / "inn", BEVILGNINGSFIL, *bare_2023, hode=BEVILGNINGSHODE)
    assert "2022 er lagret, men er ikke i filen" in _avvist("bevilgninger", "--fra", fil)
    assert _avtrykk(data) == foer
    _csv(tmp_path / "inn", BEVILGNINGSFIL, *vedtak, vedtak[0], hode=BEVILGNINGSHODE)
    _hentet("bevilgninger", "--fra", fil)
    assert _satt_til_side(data) == [("bevilgninger", "2022", "duplikat", len(vedtak) + 2)]


@pytest.mark.parametrize(
    ("grunn", "nytt"),
    [
        ("feil år", {"periode": "202101"}),
        ("feil år", {"periode": ""}),
        ("ukjent post", {"post_id": "99"}),
        ("ukjent kapittel", {"kapittel_id": ""}),
        ("ukjent kapittel", {"kapittel_id": "9999", "post_id": "999901"}),
        ("ukjent vedtak", {"bevilgning": ""}),
        ("ukjent vedtak", {"bevilgning": "2022.02.30 Prp: p118/21-22 i490/21-22"}),
        ("ukjent vedtak", {"bevilgning": "2023.01.01 Saldert budsjett 2022"}),
        ("ukjent vedtak", {"bevilgning": "2022.01.01"}),
        ("ukjent vedtak", {"bevilgning": "Saldert budsjett 2022"}),
        ("ukjent vedtak", {"bevilgning": "Overført fra 2021"}),
        ("ukjent vedtak", {"bevilgning": "Overfort fra 21"}),
    ],
)
def test_en_daarlig_bevilgning_settes_til_side_med_grunn(
    data: Path, tmp_path: Path, vedtak: list[bytes], grunn: str, nytt: dict[str, str]
) -> None:
    rad = _endret(vedtak[0], 0, nytt, BEVILGNINGER)
    _hentet("bevilgninger", "--fra", _csv(tmp_path / "inn", BEVILGNINGSFIL, rad, *vedtak[1:], hode=BEVILGNINGSHODE))
    assert _satt_til_side(data) == [("bevilgninger", "2022", grunn, 2)]


@pytest.mark.parametrize(
    "vedtak_",
    [
        "2022.01.01 Saldert budsjett 2022",
        "2022.05.11 Prp: p118/21-22 i490/21-22",
        "2022.12.31 Årsavslutning",
        "Overfort fra 2021",
        "Overfores til 2023",
    ],
)
def test_hver_form_et_vedtak_har_lagres(data: Path, tmp_path: Path, vedtak: list[bytes], vedtak_: str) -> None:
    """DFØ's own, and what else is decided on a day."""
    rad = _endret(vedtak[0], 0, {"bevilgning": vedtak_}, BEVILGNINGER)
    _hentet("bevilgninger", "--fra", _csv(tmp_path / "inn", BEVILGNINGSFIL, rad, *vedtak[1:], hode=BEVILGNINGSHODE))
    assert _satt_til_side(data) == []


def _bevilget(mappe: Path, vedtak: list[bytes]) -> Path:
    return _csv(mappe, BEVILGNINGSFIL, *vedtak, hode=BEVILGNINGSHODE)


def test_en_post_staten_ikke_har_hatt_sies_fra_om(
    data: Path, tmp_path: Path, maaneder: dict[str, bytes], vedtak: list[bytes]
) -> None:
    """It cannot be set aside: the state's accounts have some posts without an appropriation each year."""
    inn = tmp_path / "inn"
    ny = {"kapittel_id": "0671", "post_id": "067199", "belop": "12500,500"}
    rader = _endret(maaneder["202302"], 2, ny)
    februar = _csv(inn, "x.csv", rader)
    assert "Merk" not in _hentet("statsregnskapet", "--fra", februar), "ingenting er kjent"
    shutil.rmtree(data)
    _hentet("bevilgninger", "--fra", _bevilget(inn, vedtak))
    ut = _hentet("statsregnskapet", "--fra", februar)
    assert (
        "Merk: 1 post har regnskap i 2023, men verken bevilgning det året eller regnskap året før: "
        "0671/99 (12\u00a0500,5 kr)\n" in ut
    )
    assert "Merk" not in _hentet("statsregnskapet", "--fra", februar), "ingenting er skrevet"
    i_fjor = _csv(inn, "y.csv", _endret(maaneder["202202"], 2, ny))
    assert "Merk: 1 post har regnskap i 2022" in _hentet("statsregnskapet", "--fra", i_fjor)
    mars = _csv(inn, "z.csv", _endret(maaneder["202303"], 2, ny))
    assert "Merk" not in _hentet("statsregnskapet", "--fra", mars), "den er i 2022"


def test_uten_bevilgninger_holdes_postene_mot_aaret_foer(
    data: Path, tmp_path: Path, maaneder: dict[str, bytes]
) -> None:
    inn = tmp_path / "inn"
    _hentet("statsregnskapet", "--fra", _csv(inn, "statsregnskapet_aar_2022.csv", *_aaret(maaneder, aar=2022)))
    i_fjor = {_felt(rad)[12] for rad in b"".join(_aaret(maaneder, aar=2022)).splitlines()}
    rader = b"".join(rad for rad in maaneder["202302"].splitlines(keepends=True) if _felt(rad)[12] in i_fjor)
    for nummer in range(7):
        rader = _endret(rader, nummer, {"kapittel_id": "0671", "post_id": f"06718{nummer}", "belop": f"{nummer},000"})
    ut = _hentet("statsregnskapet", "--fra", _csv(inn, "x.csv", rader))
    assert (
        "Merk: 7 poster har regnskap i 2023, men ikke regnskap året før: "
        "0671/86 (6 kr), 0671/85 (5 kr), 0671/84 (4 kr), 0671/83 (3 kr), 0671/82 (2 kr) …\n" in ut
    )


# -- budsjett ---------------------------------------------------------------------------------------------------------

GUL_BOK = next(oppsett for oppsett in OPPSETT if "GB" in oppsett.hode)
GUL_BOK_2026 = next(oppsett for oppsett in OPPSETT if "gdep_nr" in oppsett.hode)
SALDERT = next(oppsett for oppsett in OPPSETT if oppsett.slag == "saldert")
_POST = {
    "fdep_nr": 3,
    "fdep_navn": " Kultur- og likestillingsdepartementet",
    "kap_nr": 1,
    "post_nr": 1,
    "upost_nr": 2,
    "kap_navn": " H.M. Kongen",
    "post_navn": " Varer og tjenester",
    "stikkord": " kan overføres ",
    "GB": 14_768_000,
    "beløp": 14_768_000,
    "Kap. nr": 1,
    "Postnr.": 1,
    "Underpostnr.": 2,
    "Posttekst": "Varer og tjenester",
    "Stikkord": "kan overføres",
    "Postsum": 14_768_000,
}


def _bok(fil: Path, hode: Iterable[str], *rader: Mapping[str, object], foran: bool = False) -> Path:
    """A workbook with some rows that differ from one post; `foran` puts a sheet of explanations first."""
    fil.parent.mkdir(exist_ok=True)
    bok = Workbook()
    ark = bok.worksheets[0]
    if foran:
        ark.append(["Begrepsforklaringer"])
        ark = bok.create_sheet("Data")
    ark.append(list(hode))
    for rad in rader:
        verdier = {**_POST, **rad}
        ark.append([verdier.get(navn) for navn in hode])
    bok.save(fil)
    return fil


def _boker(data: Path) -> list[tuple[Any, ...]]:
    return _sql(
        f"""
        select * exclude (sjekksum, hentet) from read_parquet('{data}/budsjett/*/*.parquet', hive_partitioning = true)
        order by all
        """
    )


def test_begge_oppsett_av_gul_bok_og_saldert_budsjett_lagres_likt(data: Path, tmp_path: Path) -> None:
    inn = tmp_path / "inn"
    _bok(inn / "gul_bok_2025.xlsx", GUL_BOK.hode, {}, {"post_nr": 50, "upost_nr": 0, "stikkord": "  "})
    _bok(inn / "gul_bok_2026.xlsx", GUL_BOK_2026.hode, {}, foran=True)
    _bok(inn / "saldert_budsjett_2025.xlsx", SALDERT.hode, {}, {"Underpostnr.": None, "Postsum": -5})
    ut = _hentet("budsjett", "--fra", inn)
    assert "gul_bok_2025.xlsx: gul bok 2025, 2 poster; utgifter 29\u00a0536\u00a0000 kr" in ut
    assert "saldert_budsjett_2025.xlsx: saldert 2025, 2 poster; utgifter −5 kr" in ut, (
        "summen, og ikke delene i tillegg"
    )
    merk = "  Merk: kapittel 0001 post 01 er trykt som −5 kr, men underpostene er 14\u00a0768\u00a0000 kr."
    assert ut.count("Merk:") == ut.count(merk) == 1
    departement, kapittel = ("03", "Kultur- og likestillingsdepartementet"), "H.M. Kongen"
    varer, stikkord, belop = "Varer og tjenester", "kan overføres", Decimal(14_768_000)
    assert _boker(data) == [
        ("gul bok", 2025, *departement, "0001", kapittel, "01", "2", varer, stikkord, belop, "gul_bok_2025"),
        ("gul bok", 2025, *departement, "0001", kapittel, "50", None, varer, None, belop, "gul_bok_2025"),
        ("gul bok", 2026, *departement, "0001", kapittel, "01", None, varer, stikkord, belop, "gul_bok_2026"),
        ("saldert", 2025, None, None, "0001", None, "01", "2", varer, stikkord, belop, "saldert_2025"),
        ("saldert", 2025, None, None, "0001", None, "01", None, varer, stikkord, Decimal(-5), "saldert_2025"),
    ]
    foer = _avtrykk(data)
    assert _hentet("budsjett", "--fra", inn).count("Uendret") == 3
    assert _avtrykk(data) == foer


@pytest.mark.parametrize(
    ("hode", "rader", "ventet"),
    [
        (
            [*GUL_BOK.hode[:-1], "gb_2025"],
            [{}],
            "Arket «Sheet»: mangler GB, ukjente gb_2025",
        ),
        (SALDERT.hode[:-1], [{}], "mangler Postsum, ukjente ingen"),
        (GUL_BOK.hode, [], "har ingen rader"),
        (GUL_BOK.hode, [{}, {}], "rad 3: samme post som i rad 2"),
        (GUL_BOK.hode, [{"GB": 14.5}], "arket «Sheet», rad 2: belop er «14.5»; ventet et helt tall"),
        (GUL_BOK.hode, [{"GB": None}], "belop er «»; ventet et helt tall"),
        (GUL_BOK.hode, [{"kap_nr": "1a"}], "kapittel_id er «1a»; ventet et helt tall"),
    ],
)
def test_en_arbeidsbok_som_ikke_er_som_beskrevet_avvises(
    data: Path, tmp_path: Path, hode: list[str], rader: list[dict[str, object]], ventet: str
) -> None:
    fil = tmp_path / "inn/gul_bok_2025.xlsx"
    _hentet("budsjett", "--fra", _bok(fil, GUL_BOK.hode, {}))
    foer = _avtrykk(data)
    assert ventet in _avvist("budsjett", "--fra", _bok(fil, hode, *rader))
    assert _avtrykk(data) == foer


def test_en_arbeidsbok_som_er_kuttet_halvert_eller_uten_aar_avvises(data: Path, tmp_path: Path) -> None:
    fil = _bok(tmp_path / "inn/gul_bok_2025.xlsx", GUL_BOK.hode, *({"post_nr": nummer} for nummer in range(1, 10)))
    _hentet("budsjett", "--fra", fil)
    foer = _avtrykk(data)
    innhold = fil.read_bytes()
    fil.write_bytes(innhold[: len(innhold) // 2])
    assert "ingen hel arbeidsbok" in _avvist("budsjett", "--fra", fil)
    assert "bare 1 poster mot 9" in _avvist("budsjett", "--fra", _bok(fil, GUL_BOK.hode, {}))
    uten_aar = _bok(fil.with_name("gul_bok.xlsx"), GUL_BOK.hode, {})
    assert "navnet må ha året i seg" in _avvist("budsjett", "--fra", uten_aar)
    assert "Oppgi enten --fra eller --adresse" in _avvist("budsjett")
    assert _avtrykk(data) == foer
    _hentet("budsjett", "--fra", _bok(fil, GUL_BOK.hode, {}), "--godta")
    assert len(_boker(data)) == 1


def test_en_arbeidsbok_lastes_ned_fra_adressen(data: Path, tmp_path: Path, dfo: Tjener) -> None:
    fil = _bok(tmp_path / "inn/gul_bok_2025.xlsx", GUL_BOK.hode, {})
    dfo.filer["2025/gul_bok_2025.xlsx"] = fil.read_bytes()
    _hentet("budsjett", "--adresse", f"{dfo.adresse}2025/gul_bok_2025.xlsx")
    assert len(_boker(data)) == 1


def test_finansdepartementets_egne_arbeidsboker_leses(data: Path) -> None:
    mappe = PROSJEKT.parent / "shared/eksternt"
    if not mappe.is_dir():
        pytest.skip("de ekte arbeidsbøkene (../shared/eksternt) er ikke på denne maskinen")
    _hentet("budsjett", "--fra", mappe)
    poster = _sql(
        f"""
        select utgave, count(*), any_value(departement_id) filter (kapittel_id = '0671')
        from read_parquet('{data}/budsjett/*/*.parquet', hive_partitioning = true) group by utgave order by utgave
        """
    )
    assert [rad[:2] for rad in poster] == [
        ("gul_bok_2024", 1735),
        ("gul_bok_2025", 1761),
        ("gul_bok_2026", 1600),
        ("saldert_2025", 1608),
    ]
    [saldert] = _sql(
        f"""
        select sum(belop) from '{data}/budsjett/utgave=saldert_2025/data.parquet'
        where kapittel_id = '0670' and post_nr = '01'
        """
    )
    trykt = {
        rad["serie_id"]: Decimal(rad["verdi"])
        for rad in csv.DictReader((SEEDS / "tall/statsregnskapet_verdier.csv").open(encoding="utf-8"))
        if rad["aar"] == "2025"
    }
    assert round(saldert[0] / 1_000_000, 1) == trykt["dfo-saldert-0670-01"]
