"""Fetching from Kudos and SSB: what they answer with, what is refused, and what stays when they fail."""

import copy
import json
import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from click.testing import CliRunner

from styring.feil import StyringFeil
from styring.kilder import apier, kudos, lager, nett, ssb
from styring.stier import PROSJEKT, datamappe
from styring.validering import Funn
from tests.stat.api import Api, Kall, api
from tests.stat.tjener import Svar

EKTE_SVAR = PROSJEKT.parent / "shared/eksternt/ssb_jsonstat2_03024.json"
NUMMER = "11607"
TABELL = ssb.Tabell(NUMMER, {"Kjonn": ["*"], "Tid": ["from(2022)"]})
IMDI = "987879696"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own, and pauses that a test can wait for."""
    monkeypatch.setenv("STYRING_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(nett, "PAUSE", 0.01)
    monkeypatch.setattr(kudos, "PAUSE", 0)
    return datamappe()


def lest(fil: Path, hva: str = "*", rest: str = "") -> list[tuple[Any, ...]]:
    """Rows of a stored file."""
    with duckdb.connect() as kobling:
        return kobling.execute(f"select {hva} from read_parquet('{fil}') {rest}").fetchall()


# SSB


def _dimensjon(navn: str, koder: dict[str, str], elimination: bool = False, **kategori: Any) -> dict[str, Any]:
    return {
        "label": navn,
        "category": {"index": {kode: n for n, kode in enumerate(koder)}, "label": koder} | kategori,
        "extension": {"elimination": elimination, "show": "value"},
    }


def _tabell() -> dict[str, Any]:
    """A small table as its metadata has it: 2 regions (may be left out), 2 sexes, 2 contents, 4 years."""
    enheter = {"Antall": {"base": "personer", "decimals": 0}, "Andel": {"base": "prosent", "decimals": 1}}
    dimensjoner = {
        "Region": _dimensjon("region", {"0301": "Oslo", "4601": "Bergen"}, elimination=True),
        "Kjonn": _dimensjon("kjønn", {"1": "Menn", "2": "Kvinner"}),
        "ContentsCode": _dimensjon("statistikkvariabel", {"Antall": "Sysselsatte", "Andel": "Andel"}, unit=enheter),
        "Tid": _dimensjon("år", {str(aar): str(aar) for aar in range(2021, 2025)}),
    }
    return {
        "version": "2.0",
        "class": "dataset",
        "label": "11607: Sysselsatte, etter kjønn og år",
        "source": "Statistisk sentralbyrå",
        "updated": "2025-11-20T07:00:00Z",
        "role": {"time": ["Tid"], "metric": ["ContentsCode"]},
        "id": list(dimensjoner),
        "size": [2, 2, 2, 4],
        "dimension": dimensjoner,
    }


def _tall(kombinasjon: dict[str, str]) -> int:
    """A figure that tells by itself which cell it is."""
    return int(kombinasjon["Tid"]) * 100 + int(kombinasjon["Kjonn"]) * 10 + (kombinasjon["ContentsCode"] == "Andel")


def _svar(valg: dict[str, list[str]]) -> dict[str, Any]:
    """The answer to a selection. Women's share in 2022 is not shown, and men's number in 2023 is missing."""
    svar = _tabell()
    svar["dimension"] = {navn: svar["dimension"][navn] for navn in svar["id"] if navn in valg}
    svar["id"] = list(svar["dimension"])
    for navn, dimensjon in svar["dimension"].items():
        kategori = dimensjon["category"]
        kategori["index"] = {kode: n for n, kode in enumerate(valg[navn])}
        kategori["label"] = {kode: kategori["label"][kode] for kode in valg[navn]}
    svar["size"] = [len(valg[navn]) for navn in svar["id"]]
    kombinasjoner: list[dict[str, str]] = [{}]
    for navn in svar["id"]:
        kombinasjoner = [en | {navn: kode} for en in kombinasjoner for kode in valg[navn]]
    mangler = {("2", "Andel", "2022"): ":", ("1", "Antall", "2023"): ".."}
    tegn = [mangler.get((en["Kjonn"], en["ContentsCode"], en["Tid"])) for en in kombinasjoner]
    svar["value"] = [None if ett else _tall(en) for ett, en in zip(tegn, kombinasjoner, strict=True)]
    svar["status"] = {str(n): ett for n, ett in enumerate(tegn) if ett}
    return svar


def _statistikkbank(kall: Kall) -> Any:
    if kall.metode == "GET":
        return _tabell() if kall.sti == f"/tables/{NUMMER}/metadata" else None
    assert kall.sti == f"/tables/{NUMMER}/data"
    assert kall.valg == {"lang": "no", "outputFormat": "json-stat2"}
    return _svar({en["variableCode"]: en["valueCodes"] for en in kall.sendt["selection"]})


@pytest.fixture
def banken() -> Iterator[Api]:
    with api(_statistikkbank) as denne:
        yield denne


def _hent(banken: Api, storst: int = ssb.CELLER_PER_SPORRING) -> Any:
    return ssb.hent(TABELL, ssb.Statistikkbank(banken.adresse), storst=storst)


def test_ssbs_eget_svar_leses_tall_for_tall() -> None:
    if not EKTE_SVAR.exists():
        pytest.skip("SSBs svar (../shared/eksternt) er ikke på denne maskinen")
    svar = json.loads(EKTE_SVAR.read_text(encoding="utf-8"), parse_float=Decimal)
    rader = [dict(zip(ssb.KOLONNER, rad, strict=True)) for rad in ssb.celler(svar, "03024")]
    assert len(rader) == 192
    assert rader[0] == {
        "tittel": "03024: Eksport av oppalen laks, etter varegruppe, statistikkvariabel og uke",
        "kilde": "Statistisk sentralbyrå",
        "oppdatert": datetime(2025, 12, 3, 7),
        "innhold_id": "Vekt",
        "innhold": "Vekt (tonn)",
        "enhet": "tonn",
        "desimaler": 0,
        "tid": "2025U01",
        "dimensjoner": "VareGrupper2=01",
        "dimensjoner_navn": "varegruppe=Fersk oppalen laks",
        "verdi": Decimal(11364),
        "status": None,
    }
    assert [rader[48][navn] for navn in ("innhold_id", "enhet", "desimaler", "verdi")] == [
        *("Kilopris", "kr", 2),
        Decimal("125.36"),
    ]
    assert (rader[-1]["dimensjoner"], rader[-1]["tid"], rader[-1]["verdi"]) == (
        *("VareGrupper2=02", "2025U48"),
        Decimal("77.24"),
    )


def test_en_tabell_lagres_med_hvert_tall_paa_sin_plass(banken: Api) -> None:
    lagret = _hent(banken)
    assert (lagret.rader, lagret.ny) == (12, True)
    fil = ssb.fil_for(NUMMER)
    rader = lest(fil, "dimensjoner, innhold_id, tid, verdi, status")
    for dimensjoner, innhold, tid, verdi, status in rader:
        kjonn = dimensjoner.removeprefix("Kjonn=")
        ventet = _tall({"Kjonn": kjonn, "ContentsCode": innhold, "Tid": tid})
        assert verdi == (None if status else ventet)
    assert {status: tid for *_, tid, _, status in rader if status} == {":": "2022", "..": "2023"}
    assert lest(fil, "distinct oppdatert, dimensjoner_navn", "where dimensjoner = 'Kjonn=2'") == [
        (datetime(2025, 11, 20, 7), "kjønn=Kvinner")
    ]


def test_det_som_lagres_er_slik_kilden_er_deklarert(banken: Api) -> None:
    _hent(banken)
    with api(_kudosapi(_dokumenter(1))) as dfo:
        kudos.hent(IMDI, kudos.fra_nettet(IMDI, dfo.adresse))
    for emne in ("statistikk", "dokumenter"):
        yml = yaml.safe_load((PROSJEKT / f"models/staging/{emne}/_{emne}__sources.yml").read_text(encoding="utf-8"))
        (kilde,) = yml["sources"][0]["tables"]
        deklarert = {en["name"]: en["data_type"].upper().replace("STRING", "VARCHAR") for en in kilde["columns"]}
        # as dbt reads it: with the folder's name as a column
        monster = kilde["config"]["meta"]["filer"].replace("{{ env_var('STYRING_DATA', 'data') }}", str(datamappe()))
        with duckdb.connect() as kobling:
            funnet = kobling.execute(
                f"describe from read_parquet('{monster}', hive_partitioning = true, hive_types_autocast = false)"
            ).fetchall()
        assert {kolonne: type_.replace(",", ", ") for kolonne, type_, *_ in funnet} == deklarert


@pytest.mark.parametrize("storst", [1, 5, 6, 11])
def test_et_stort_utvalg_hentes_i_deler(banken: Api, storst: int) -> None:
    _hent(banken)
    ett_svar = lest(ssb.fil_for(NUMMER), "sjekksum", "limit 1")
    banken.kall.clear()
    assert not _hent(banken, storst).ny, "delene er ikke det samme som det hele"
    deler = [math.prod(len(en["valueCodes"]) for en in kall.sendt["selection"]) for kall in banken.kall[1:]]
    assert max(deler) <= storst
    assert sum(deler) == 12
    assert len(deler) > 1
    assert lest(ssb.fil_for(NUMMER), "sjekksum", "limit 1") == ett_svar


def test_en_uendret_tabell_blir_staaende_og_en_ny_erstatter(banken: Api) -> None:
    _hent(banken)
    fil = ssb.fil_for(NUMMER)
    foer = fil.stat().st_mtime_ns
    assert not _hent(banken).ny
    assert fil.stat().st_mtime_ns == foer
    opprinnelig = banken.svar

    def revidert(kall: Kall) -> Any:
        svar = opprinnelig(kall)
        if "value" in svar:
            svar["value"][0] += 1
        return svar

    banken.svar = revidert
    assert _hent(banken).ny
    assert lest(fil, "count(*)") == [(12,)]
    assert lest(fil, "verdi", "limit 1") == [(_tall({"Kjonn": "1", "ContentsCode": "Antall", "Tid": "2022"}) + 1,)]


def test_et_tall_gaar_aldri_gjennom_et_flyttall(banken: Api) -> None:
    banken.feil = [Svar(), json.dumps(_svar_med(99)).replace("99", "123456789012345678.123457", 1).encode()]
    _hent(banken)
    assert lest(ssb.fil_for(NUMMER), "max(verdi)") == [(Decimal("123456789012345678.123457"),)]
    assert lest(ssb.fil_for(NUMMER), "distinct typeof(verdi)") == [("DECIMAL(24,6)",)]


def _svar_med(tall: object) -> dict[str, Any]:
    """The answer to TABELL with one other figure, in the first cell."""
    svar = _svar({"Kjonn": ["1", "2"], "ContentsCode": ["Antall", "Andel"], "Tid": ["2022", "2023", "2024"]})
    svar["value"][0] = tall
    return svar


@pytest.mark.parametrize(
    ("utvalg", "ventet"),
    [
        ("Tid=from(2023)", {"Kjonn": "1,2", "ContentsCode": "Antall,Andel", "Tid": "2023,2024"}),
        ("Region=46*;Kjonn=2;Tid=2024,2021", {"Region": "4601", "Kjonn": "2", "Tid": "2021,2024"}),
        ("*=*;Tid=2024", {"Region": "0301,4601", "Kjonn": "1,2", "Tid": "2024"}),
        ("Region=*;ContentsCode=Ant*,Antall;Tid=202?", {"ContentsCode": "Antall", "Tid": "2021,2022,2023,2024"}),
    ],
)
def test_et_utvalg_blir_til_koder(utvalg: str, ventet: dict[str, str]) -> None:
    valg = ssb.velg(ssb.Tabell(NUMMER, ssb.les_utvalg(utvalg)), _tabell())
    assert {navn: ",".join(valg[navn]) for navn in ventet} == ventet
    assert ("Region" in valg) == ("Region" in utvalg or "*=*" in utvalg)


@pytest.mark.parametrize(
    ("utvalg", "setning"),
    [
        ("Alder=*", "tabell 11607: variabelen «Alder» finnes ikke; tabellen har Region, Kjonn, ContentsCode, Tid."),
        ("Kjonn=3", "tabell 11607: «3» er ingen kode for Kjonn; tabellen har 1, 2."),
        ("Tid=from(2030)", "«from(2030)» er ingen kode for Tid; tabellen har 2021, 2022, 2023, 2024."),
    ],
)
def test_et_utvalg_som_ikke_finnes_sies_med_det_som_finnes(utvalg: str, setning: str) -> None:
    with pytest.raises(StyringFeil) as feil:
        ssb.velg(ssb.Tabell(NUMMER, ssb.les_utvalg(utvalg)), _tabell())
    assert setning in feil.value.melding


def test_et_altfor_stort_utvalg_hentes_ikke(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ssb, "CELLER_I_ALT", 11)
    with pytest.raises(StyringFeil, match="utvalget er på 12 celler; ventet høyst 11"):
        ssb.velg(TABELL, _tabell())


def _uten(navn: str) -> Callable[[dict[str, Any]], object]:
    return lambda svar: svar.pop(navn)


@pytest.mark.parametrize(
    ("endring", "setning"),
    [
        (_uten("dimension"), "svaret mangler dimension; formatet er endret"),
        (_uten("id"), "svaret mangler id"),
        (_uten("value"), "value er «null»; ventet en liste"),
        (_uten("updated"), "updated er «null»; ventet en tekst"),
        (_uten("role"), "role.time er «[]»; ventet én av variablene"),
        (lambda svar: svar["value"].pop(), "value har 11 tall; ventet 12, som er size ganget ut"),
        (lambda svar: svar.update(size=[2, 2, 2]), "size er «[2, 2, 2]», og dimensjonene har «[2, 2, 3]» koder"),
        (lambda svar: svar.update(status=["..."]), "status er"),
        (lambda svar: svar.update(updated="i fjor"), "updated er «i fjor»; ventet et tidspunkt"),
        (lambda svar: svar["value"].__setitem__(0, "12"), 'en verdi er «"12"»; ventet et tall'),
        (lambda svar: svar["value"].__setitem__(0, 0.0000001), "verdien 1E-7 har flere enn 6 desimaler"),
        (lambda svar: svar["dimension"]["Kjonn"].pop("category"), "Kjonn mangler category med index og label"),
        (lambda svar: svar["dimension"]["Kjonn"]["category"].update(index={"1": 0, "0": 1}), "ikke de 2 det ble spurt"),
        (lambda svar: svar["dimension"]["Kjonn"]["category"].update(index={"a=b": 0, "2": 1}), "koden «a=b»"),
    ],
)
def test_et_endret_format_avvises_og_det_lagrede_staar(
    banken: Api, endring: Callable[[dict[str, Any]], object], setning: str
) -> None:
    _hent(banken)
    foer = ssb.fil_for(NUMMER).read_bytes()
    svar = _svar_med(1)
    endring(svar)
    banken.feil = [Svar(), json.dumps(svar).encode()]
    with pytest.raises(StyringFeil) as feil:
        _hent(banken)
    assert setning in feil.value.melding
    assert "Tabell 11607" in feil.value.melding
    assert ssb.fil_for(NUMMER).read_bytes() == foer


def test_en_tabell_som_oppdateres_imens_avvises(banken: Api) -> None:
    ny = _svar({"Kjonn": ["1", "2"], "ContentsCode": ["Antall", "Andel"], "Tid": ["2023", "2024"]})
    banken.feil = [Svar(), Svar(), json.dumps(ny | {"updated": "2025-11-21T07:00:00Z"}).encode()]
    with pytest.raises(StyringFeil, match="Tabell 11607 ble oppdatert mens den ble hentet"):
        _hent(banken, storst=8)
    assert not ssb.fil_for(NUMMER).exists()


@pytest.mark.parametrize("status", [429, 500, 503])
def test_en_feil_som_gaar_over_proeves_igjen(banken: Api, status: int) -> None:
    banken.feil = [Svar(status), Svar(), Svar(status), Svar(status)]
    assert _hent(banken).rader == 12
    assert [kall.metode for kall in banken.kall] == ["GET", "GET", "POST", "POST", "POST"]


def test_retry_after_blir_fulgt(banken: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    sov: list[float] = []
    monkeypatch.setattr("urllib3.util.retry.time.sleep", sov.append)
    banken.feil = [Svar(), Svar(429, {"Retry-After": "17"})]
    _hent(banken)
    assert sov == [17]


def test_en_feil_som_varer_gir_en_setning_og_det_lagrede_staar(banken: Api) -> None:
    _hent(banken)
    foer = ssb.fil_for(NUMMER).read_bytes()
    banken.feil = [Svar(), *[Svar(503)] * nett.FORSOK]
    with pytest.raises(StyringFeil, match=r"/tables/11607/data: den svarte 503 6 ganger.* står som det var"):
        _hent(banken)
    assert ssb.fil_for(NUMMER).read_bytes() == foer


def test_det_ssb_sier_om_en_avvist_sporring_kommer_fram(banken: Api) -> None:
    banken.feil = [Svar(), Svar(400)]
    with pytest.raises(StyringFeil, match="svarte 400") as feil:
        _hent(banken)
    assert feil.value.detaljer == ('{"title": "Non-existent value"}',)


def test_et_svar_som_kuttes_spoerres_om_igjen(banken: Api) -> None:
    banken.feil = [Svar(), Svar(kutt=100), Svar(kutt=200)]
    assert _hent(banken).rader == 12
    assert len(banken.kall) == 4
    banken.feil = [Svar(), *[Svar(kutt=100)] * 3]
    with pytest.raises(StyringFeil, match="svaret ble avbrutt"):
        _hent(banken)


def test_et_svar_som_ikke_kommer_gir_en_setning(banken: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nett, "TIDSGRENSER", (0.2, 0.05))
    monkeypatch.setattr(nett, "FORSOK", 2)
    banken.feil = [Svar(vent=0.3)] * 2
    with pytest.raises(StyringFeil, match="den svarer ikke i tide"):
        _hent(banken)


@pytest.mark.parametrize(
    ("svar", "setning"),
    [
        (b"<html>Vedlikehold</html>", "svarte med noe som ikke er JSON"),
        (b'{"value": [NaN]}', "svarte med noe som ikke er JSON"),
        (b'{"value": [1, 2', "svarte med noe som ikke er JSON"),
        (b"\xff\xfe", "svarte med noe som ikke er JSON"),
        (b"[1, 2]", "svarte med JSON som ikke er et objekt, men «[1, 2]»"),
    ],
)
def test_et_svar_som_er_noe_annet_avvises(banken: Api, svar: bytes, setning: str) -> None:
    banken.feil = [Svar(), svar]
    with pytest.raises(StyringFeil) as feil:
        _hent(banken)
    assert setning in feil.value.melding


def test_banken_spoerres_ikke_oftere_enn_den_tillater(banken: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    sov: list[float] = []
    monkeypatch.setattr("styring.kilder.ssb.time.sleep", sov.append)
    bank = ssb.Statistikkbank(banken.adresse, kall=3, vindu=60)
    for _ in range(5):
        bank.metadata(NUMMER)
    assert len(sov) == 2
    assert 50 < min(sov) <= max(sov) <= 60


def test_hver_tabell_i_seeden_kan_leses_som_et_utvalg() -> None:
    tabeller = ssb.tabeller()
    assert {"11607", "09817", "05184", "12268", "13628", "12623"} <= set(tabeller)
    for tabell in tabeller.values():
        assert "Tid" in tabell.utvalg
        assert all(koder and all(koder) for koder in tabell.utvalg.values())


# Kudos


def _dokument(nummer: int, **endret: Any) -> dict[str, Any]:
    fil = {
        "uuid": f"f{nummer}",
        "filename": f"brev {nummer}.pdf",
        "url": f"https://kudos.example/{nummer}.pdf",
        "sha256": f"{nummer:064X}",
        "size": 1000 + nummer,
        "mimetype": "application/pdf",
        "pages": 12,
        "is_primary": True,
    }
    aid = {"uuid": "a1", "name": "Arbeids- og inkluderingsdepartementet", "org_number": "983887457"}
    return {
        "uuid": f"d{nummer:04}",
        "type": "Tildelingsbrev",
        "title": f"Tildelingsbrev {nummer}",
        "publish_date": "2024-01-15",
        "concerned_year_from": 2024,
        "concerned_year_to": 2024,
        "files": [fil],
        "publishers": [aid],
        "owners": [aid, {"uuid": "a2", "name": "DFØ", "org_number": None}],
        "recipients": [],
    } | endret


def _dokumenter(antall: int) -> list[dict[str, Any]]:
    return [_dokument(nummer) for nummer in range(antall)]


def _kudosapi(alle: list[dict[str, Any]]) -> Callable[[Kall], Any]:
    def svar(kall: Kall) -> Any:
        assert kall.sti == "/api/v0/documents"
        assert (kall.valg["actor_org_number"], kall.valg["per_page"]) == (IMDI, "50")
        side, sider = int(kall.valg["page"]), max(math.ceil(len(alle) / 50), 1)
        return {
            "data": alle[(side - 1) * 50 : side * 50],
            "links": {"next": None if side == sider else f"?page={side + 1}"},
            "meta": {"current_page": side, "last_page": sider, "per_page": 50, "total": len(alle)},
        }

    return svar


@pytest.fixture
def dfo() -> Iterator[Api]:
    """Kudos with 120 documents on three pages."""
    with api(_kudosapi(_dokumenter(120))) as denne:
        yield denne


def _hent_kudos(dfo: Api) -> Any:
    return kudos.hent(IMDI, kudos.fra_nettet(IMDI, dfo.adresse))


def test_registeret_hentes_side_for_side(dfo: Api) -> None:
    lagret = _hent_kudos(dfo)
    assert (lagret.rader, lagret.ny) == (120, True)
    assert [kall.valg["page"] for kall in dfo.kall] == ["1", "2", "3"]
    fil = kudos.fil_for(IMDI)
    assert fil.parent.name == f"organisasjonsnummer={IMDI}"
    assert lest(fil, ", ".join(kudos.KOLONNER), "where uuid = 'd0010'") == [
        (
            *("d0010", "Tildelingsbrev", "Tildelingsbrev 10", datetime(2024, 1, 15).date(), 2024, 2024),
            "Arbeids- og inkluderingsdepartementet (983887457)",
            "Arbeids- og inkluderingsdepartementet (983887457); DFØ",
            *(None, "f10", "brev 10.pdf", "https://kudos.example/10.pdf", f"{10:064x}", 1010, "application/pdf", 12),
            True,
        )
    ]


def test_et_uendret_register_blir_staaende_uansett_rekkefoelge(dfo: Api) -> None:
    _hent_kudos(dfo)
    foer = kudos.fil_for(IMDI).stat().st_mtime_ns
    dfo.svar = _kudosapi(_dokumenter(120)[::-1])
    assert not _hent_kudos(dfo).ny
    assert kudos.fil_for(IMDI).stat().st_mtime_ns == foer
    dfo.svar = _kudosapi([*_dokumenter(119), _dokument(119, title="Et annet navn")])
    assert _hent_kudos(dfo).ny


def test_et_dokument_har_en_rad_for_hver_fil_og_en_uten() -> None:
    assert [rad[9:11] for rad in kudos.rader(_dokument(1, files=[]))] == [(None, None)]
    to = [{**_dokument(n)["files"][0], "is_primary": n == 2} for n in (1, 2)]
    assert [(rad[9], rad[16]) for rad in kudos.rader(_dokument(1, files=to))] == [("f1", False), ("f2", True)]
    (rad,) = kudos.rader(_dokument(1, publish_date=None, concerned_year_from=None, title=" To\n linjer "))
    assert rad[2:5] == ("To linjer", None, None)


def _meta(**endret: Any) -> dict[str, Any]:
    return {"meta": {"current_page": 2, "last_page": 3, "per_page": 50, "total": 120} | endret}


@pytest.mark.parametrize(
    ("andre_side", "setning"),
    [
        ({"data": _dokumenter(50)} | _meta(current_page=1), r"page=2 ga side 1; ventet side 2"),
        ({"data": _dokumenter(50)} | _meta(), "page=2 har dokumentet d0000, som kom før"),
        ({"data": []} | _meta(), "page=2 er tom; ventet dokumenter på hver av de 3 sidene"),
        ({"data": _dokumenter(120)[50:100]} | _meta(last_page=4), "sier at det er 4 sider; den første sa 3"),
        ({"data": _dokumenter(120)[50:99]} | _meta(), "er 120 dokumenter; sidene har 119"),
        (_meta(), "svaret mangler feltet data; formatet er endret"),
        ({"data": []}, "svaret mangler feltet meta; formatet er endret"),
        ({"data": {}} | _meta(), "data i svaret er «{}»; ventet en liste"),
        ({"data": ["d1"]} | _meta(), 'fant «"d1"»; ventet et objekt'),
        ({"data": []} | _meta(current_page="2"), 'current_page i meta er «"2"»; ventet et heltall'),
    ],
)
def test_en_side_som_mangler_eller_gjentas_avvises_og_det_lagrede_staar(
    dfo: Api, andre_side: dict[str, Any], setning: str
) -> None:
    _hent_kudos(dfo)
    foer = kudos.fil_for(IMDI).read_bytes()
    dfo.feil = [Svar(), json.dumps(andre_side).encode()]
    with pytest.raises(StyringFeil) as feil:
        _hent_kudos(dfo)
    assert setning in feil.value.melding
    assert kudos.fil_for(IMDI).read_bytes() == foer


@pytest.mark.parametrize(
    ("endret", "setning"),
    [
        ({"type": None}, "type i dokumentet d0001 er «null»; ventet en tekst"),
        ({"title": 7}, "title i dokumentet d0001 er «7»; ventet en tekst"),
        ({"publish_date": "15. januar"}, "publish_date i dokumentet d0001 er «15. januar»; ventet en dato"),
        ({"concerned_year_from": "2024"}, 'concerned_year_from i dokumentet d0001 er «"2024"»; ventet et heltall'),
        ({"concerned_year_to": True}, "concerned_year_to i dokumentet d0001 er «true»; ventet et heltall"),
        ({"files": "ingen"}, 'files i dokumentet d0001 er «"ingen"»; ventet en liste'),
        ({"owners": ["DFØ"]}, 'owners i dokumentet d0001: fant «"DFØ"»; ventet et objekt'),
        ({"files": [_dokument(1)["files"][0] | {"sha256": "abc"}]}, "er «abc»; ventet 64 heksadesimale tegn"),
        ({"files": [{"uuid": "f"}]}, "en fil i dokumentet d0001 mangler feltet sha256; formatet er endret"),
    ],
)
def test_et_dokument_i_et_annet_format_avvises(endret: dict[str, Any], setning: str) -> None:
    with pytest.raises(StyringFeil) as feil:
        list(kudos.rader(_dokument(1, **endret)))
    assert setning in feil.value.melding


def test_et_felt_som_er_borte_er_et_endret_format() -> None:
    for felt in set(_dokument(1)) - {"uuid"}:
        dokument = copy.deepcopy(_dokument(1))
        del dokument[felt]
        with pytest.raises(StyringFeil, match=f"mangler feltet {felt}; formatet er endret"):
            list(kudos.rader(dokument))


def test_et_register_som_blir_tomt_avvises(dfo: Api) -> None:
    _hent_kudos(dfo)
    dfo.svar = _kudosapi([])
    with pytest.raises(StyringFeil, match="ingen dokumenter for 987879696, som det er lagret dokumenter for"):
        _hent_kudos(dfo)
    assert lest(kudos.fil_for(IMDI), "count(*)") == [(120,)]


def test_en_virksomhet_uten_dokumenter_er_en_tom_fil(dfo: Api) -> None:
    dfo.svar = _kudosapi([])
    assert _hent_kudos(dfo).rader == 0
    assert lest(kudos.fil_for(IMDI), "count(*)") == [(0,)]


def test_bare_virksomheter_med_et_departement_spoerres_det_om() -> None:
    assert kudos.virksomheter() == {IMDI: "IMDi"}


# The commands


def test_kommandoene_henter_alt_som_er_registrert(dfo: Api, banken: Api) -> None:
    svar = CliRunner().invoke(apier.kudos, ["--adresse", dfo.adresse + "/"])
    assert svar.output.splitlines() == [
        "Henter IMDi (1 av 1) …",
        *(f"  side {side} av 3" for side in (1, 2, 3)),
        "  120 filer",
        "Hentet 1 virksomhet; 1 har noe nytt.",
    ]
    svar = CliRunner().invoke(apier.ssb, ["--adresse", banken.adresse, "--tabell", "05184"])
    assert isinstance(svar.exception, StyringFeil)
    assert svar.exception.melding == "Ikke alle tabeller ble hentet."


def test_en_tabell_som_svikter_stanser_ikke_de_andre(banken: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    borte = ssb.Tabell("99999", {"Tid": ["*"]})
    monkeypatch.setattr(ssb, "tabeller", lambda: {"99999": borte, NUMMER: TABELL})
    svar = CliRunner().invoke(apier.ssb, ["--adresse", banken.adresse])
    assert "ikke hentet\nHenter 11607 (2 av 2) …\n  12 tall\n" in svar.output
    assert isinstance(svar.exception, StyringFeil)
    assert "99999: http" in svar.exception.detaljer[0]
    assert "svarte 404" in svar.exception.detaljer[0]
    assert ssb.fil_for(NUMMER).exists()


@pytest.mark.parametrize(
    ("kommando", "valg", "setning"),
    [
        ("kudos", ["--virksomhet", "NAV"], "--virksomhet er «NAV»; ventet en av IMDi."),
        ("ssb", ["--tabell", "1"], "--tabell er «1»; ventet en av 11607, 09817, 05184, 12268, 13628, 12623."),
    ],
)
def test_et_valg_som_ikke_finnes_gir_en_setning(kommando: str, valg: list[str], setning: str) -> None:
    svar = CliRunner().invoke(apier.KOMMANDOER[kommando], valg)
    assert isinstance(svar.exception, StyringFeil)
    assert svar.exception.melding == setning


def _lagret_svar(fil: Path, svar: Any) -> Path:
    fil.parent.mkdir(exist_ok=True)
    fil.write_text(json.dumps(svar, ensure_ascii=False), encoding="utf-8")
    return fil


def _kjor(kommando: str, *valg: object) -> str:
    svar = CliRunner().invoke(apier.KOMMANDOER[kommando], [*map(str, valg)])
    assert svar.exception is None, svar.exception
    return svar.output


def _avvist(kommando: str, *valg: object) -> str:
    """What was said, in one: the sentence and its details."""
    svar = CliRunner().invoke(apier.KOMMANDOER[kommando], [*map(str, valg)])
    assert isinstance(svar.exception, StyringFeil), svar.output
    return " ".join((svar.exception.melding, *svar.exception.detaljer))


UTVALGET = {"Kjonn": ["1", "2"], "ContentsCode": ["Antall", "Andel"], "Tid": ["2022", "2023", "2024"]}


@pytest.fixture
def en_tabell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ssb, "tabeller", lambda: {NUMMER: TABELL})


@pytest.mark.usefixtures("en_tabell")
def test_et_lagret_svar_fra_ssb_er_det_samme_som_fra_nettet(banken: Api, tmp_path: Path) -> None:
    fil = _lagret_svar(tmp_path / "svar/sysselsatte.json", _svar(UTVALGET))
    assert "12 tall\nHentet 1 tabell; 1 har noe nytt." in _kjor("ssb", "--fra", fil)
    assert not _hent(banken).ny
    assert "12 tall, de samme som før" in _kjor("ssb", "--fra", fil.parent, "--tabell", NUMMER)


@pytest.mark.usefixtures("en_tabell")
@pytest.mark.parametrize(
    ("svar", "setning"),
    [
        (_svar(UTVALGET | {"Kjonn": ["1"], "Tid": ["2021", "2022"]}), "svaret har 2 koder for Tid, og ikke"),
        (
            _svar({"Region": ["0301"]} | UTVALGET),
            "svaret har Region, Kjonn, ContentsCode, Tid; det ble spurt om Kjonn, ContentsCode, Tid",
        ),
        (_svar(UTVALGET) | {"value": [1]}, "value har 1 tall; ventet 12"),
        (_svar(UTVALGET) | {"label": "Sysselsatte"}, 'svar.json: label er «"Sysselsatte"»; ventet tabellens nummer'),
        (_svar(UTVALGET) | {"label": "03024: Laks"}, "Tabellen i --fra er «03024»; ventet en av 11607."),
        ([1], "svar.json er JSON som ikke er et objekt"),
    ],
)
def test_et_lagret_svar_fra_ssb_proeves_som_fra_nettet(tmp_path: Path, svar: Any, setning: str) -> None:
    assert setning in _avvist("ssb", "--fra", _lagret_svar(tmp_path / "svar.json", svar))
    assert not ssb.fil_for(NUMMER).exists()


@pytest.mark.usefixtures("en_tabell")
def test_to_svar_for_samme_tabell_avvises(tmp_path: Path) -> None:
    for navn in ("a", "b"):
        _lagret_svar(tmp_path / f"svar/{navn}.json", _svar(UTVALGET))
    assert "b.json er tabell 11607, som en fil før den også er" in _avvist("ssb", "--fra", tmp_path / "svar")


def _sidene(mappe: Path, dokumenter: list[dict[str, Any]]) -> Path:
    """The pages of the register, in files whose names do not say which they are."""
    for side, navn in enumerate("cab"[: math.ceil(len(dokumenter) / 50)], 1):
        valg = {"actor_org_number": IMDI, "per_page": "50", "page": str(side)}
        _lagret_svar(mappe / f"{navn}.json", _kudosapi(dokumenter)(Kall("GET", "/api/v0/documents", valg, None)))
    return mappe


def test_lagrede_sider_fra_kudos_er_det_samme_som_fra_nettet(dfo: Api, tmp_path: Path) -> None:
    mappe = _sidene(tmp_path / "sider", _dokumenter(120))
    assert "  side 3 av 3\n  120 filer\n" in _kjor("kudos", "--fra", mappe)
    assert not _hent_kudos(dfo).ny
    en_side = _sidene(tmp_path / "en", _dokumenter(7)) / "c.json"
    # Kudos takes none away
    ut = _avvist("kudos", "--fra", en_side)
    assert "Svaret har bare 7 rader mot 120 som er lagret i " in ut
    assert not _hent_kudos(dfo).ny
    kudos.fil_for(IMDI).unlink()
    assert "  7 filer\n" in _kjor("kudos", "--fra", en_side)


def test_lagrede_sider_som_ikke_er_hele_registeret_avvises(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mappe = _sidene(tmp_path / "sider", _dokumenter(120))
    (mappe / "a.json").rename(tmp_path / "a.json")
    assert "0 av filene i --fra er side 2; ventet én" in _avvist("kudos", "--fra", mappe)
    (tmp_path / "a.json").write_text(json.dumps({"data": []}), encoding="utf-8")
    (tmp_path / "a.json").rename(mappe / "a.json")
    assert "a.json: svaret mangler feltet meta; formatet er endret" in _avvist("kudos", "--fra", mappe)
    (mappe / "a.json").write_bytes((mappe / "c.json").read_bytes())
    assert "2 av filene i --fra er side 1; ventet én" in _avvist("kudos", "--fra", mappe)
    assert not kudos.fil_for(IMDI).exists()
    monkeypatch.setattr(kudos, "virksomheter", lambda: {IMDI: "IMDi", "974760673": "Brreg"})
    assert "sier ikke hvem de gjelder; oppgi én --virksomhet" in _avvist("kudos", "--fra", mappe)


@pytest.mark.usefixtures("en_tabell")
@pytest.mark.parametrize(
    "endret",
    [
        {"role": True},
        {"role": {"time": ["Tid"], "metric": None}},
        {"id": [["Kjonn"], "ContentsCode", "Tid"]},
        {"dimension": {"Kjonn": "1", "ContentsCode": "2", "Tid": "3"}},
        {"source": None},
    ],
)
def test_et_svar_av_en_annen_form_er_en_setning(tmp_path: Path, endret: dict[str, Any]) -> None:
    ut = _avvist("ssb", "--fra", _lagret_svar(tmp_path / "svar.json", _svar(UTVALGET) | endret))
    assert "formatet er endret" in ut
    assert not ssb.fil_for(NUMMER).exists()


def test_et_dypt_svar_og_et_aar_som_ikke_er_det_er_en_setning(tmp_path: Path) -> None:
    (tmp_path / "dyp.json").write_text('{"a":' * 100_000 + "1" + "}" * 100_000, encoding="utf-8")
    assert "dyp.json er noe som ikke er JSON" in _avvist("kudos", "--fra", tmp_path / "dyp.json")
    side = _sidene(tmp_path / "en", [_dokument(1, concerned_year_to=10**12)]) / "c.json"
    assert "IMDi: svaret er ikke som beskrevet (ConversionException: " in _avvist("kudos", "--fra", side)
    assert not kudos.fil_for(IMDI).exists()


@pytest.mark.usefixtures("en_tabell")
def test_et_eldre_svar_erstatter_ikke_et_nyere(tmp_path: Path) -> None:
    _kjor("ssb", "--fra", _lagret_svar(tmp_path / "ny.json", _svar(UTVALGET) | {"updated": "2025-06-05T06:00:00Z"}))
    foer = ssb.fil_for(NUMMER).read_bytes()
    gammel = _lagret_svar(tmp_path / "gammel.json", _svar(UTVALGET) | {"updated": "2019-06-05T06:00:00Z"})
    ut = _avvist("ssb", "--fra", gammel)
    assert "svaret er fra 05.06.2019, og det som er lagret, fra 05.06.2025" in ut
    assert ssb.fil_for(NUMMER).read_bytes() == foer


@pytest.mark.usefixtures("en_tabell")
def test_en_lagret_fil_som_er_skadet_sies(tmp_path: Path) -> None:
    for kommando, fil, svar in (
        ("ssb", ssb.fil_for(NUMMER), _lagret_svar(tmp_path / "svar.json", _svar(UTVALGET))),
        ("kudos", kudos.fil_for(IMDI), _sidene(tmp_path / "en", _dokumenter(7)) / "c.json"),
    ):
        _kjor(kommando, "--fra", svar)
        fil.write_bytes(fil.read_bytes()[:100])
        assert "data.parquet er skadet (" in _avvist(kommando, "--fra", svar)


def test_en_seed_med_feil_gir_valideringens_setning(monkeypatch: pytest.MonkeyPatch) -> None:
    funn = Funn("seeds/statistikk/statistikktabeller.csv", 1, None, None, "kolonnene er skilt med semikolon")
    monkeypatch.setattr("styring.validering.valider", lambda: [funn])
    assert "statistikktabeller.csv, rad 1: kolonnene er skilt med semikolon." in _avvist("ssb")
    monkeypatch.setattr(
        "styring.validering.valider", lambda: [replace(funn, fil="seeds/dokumenter/virksomhetsregister.csv")]
    )
    assert "virksomhetsregister.csv, rad 1: kolonnene er skilt med semikolon." in _avvist("kudos")


@pytest.mark.parametrize("kommando", ["kudos", "ssb"])
def test_svar_leses_enten_fra_filer_eller_fra_en_adresse(kommando: str, tmp_path: Path) -> None:
    assert "Oppgi enten --fra eller --adresse" in _avvist(kommando, "--fra", tmp_path, "--adresse", "http://x")
    assert "har ingen filer av slaget .json" in _avvist(kommando, "--fra", tmp_path)


def test_to_hentinger_gaar_ikke_samtidig(dfo: Api, data: Path) -> None:
    with lager.laas(data):
        svar = CliRunner().invoke(apier.kudos, ["--adresse", dfo.adresse])
    assert isinstance(svar.exception, StyringFeil)
    assert "En annen henting pågår" in svar.exception.melding
    assert not dfo.kall
