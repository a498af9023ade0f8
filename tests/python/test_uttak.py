"""What the takeaways have in common: one version, the same figures everywhere, written whole or not at all."""

import csv
import datetime
import io
import os
import random
import shutil
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import docx
import duckdb
import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from styring import norsk, publisering
from styring.feil import StyringFeil
from styring.publisering import FILNAVN, MANIFEST, Versjoner
from styring.uttak import arbeidsbok, datapakke, moete, moetepakke, skriving, utgave, word
from styring.uttak.utgave import Utgave
from styring.visning import tekst
from tests.python.conftest import Sql, kjor, publiser_merke, skad
from tests.python.test_dashboard import aapne, tabeller

KOMMANDOER = ("møtepakke", "arbeidsbok", "datapakke", "dokumentasjon", "uttak")
# how many of each kind are drawn
UTVALG = 8
V1, V2 = "20260101T120000000000Z", "20260201T120000000000Z"
Rad = dict[str, Any]


@pytest.fixture(scope="module")
def utgaven(publisert: Path) -> Utgave:
    alle = Versjoner(publisert)
    return Utgave(alle.mappe / alle.publisert_versjon())


@pytest.fixture(scope="module")
def trekning() -> random.Random:
    """Draws anew each time; what it began with is said when a test fails, and can be asked for again."""
    begynt = os.environ.get("STYRING_TREKNING") or str(random.randrange(10**9))
    print(f"STYRING_TREKNING={begynt}")
    return random.Random(begynt)


@pytest.fixture(scope="module")
def boken(utgaven: Utgave) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(arbeidsbok.lag(utgaven, utgaven.virksomhet(None), lambda _: None)))


@pytest.fixture(scope="module")
def pakken(utgaven: Utgave, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return datapakke.skriv(utgaven, tmp_path_factory.mktemp("uttak") / "datapakke", lambda _: None)


def ark(bok: openpyxl.Workbook, navn: str) -> list[Rad]:
    """A sheet's rows by their headings."""
    (tabellen,) = bok[navn].tables.values()
    hode, *rader = [[celle.value for celle in rad] for rad in bok[navn][tabellen.ref]]
    return [dict(zip(map(str, hode), rad, strict=True)) for rad in rader]


def csvrader(pakke: Path, mart: str) -> list[dict[str, str]]:
    with (pakke / "data" / f"{mart}.csv").open(encoding="utf-8", newline="") as fil:
        return list(csv.DictReader(fil))


def parquet(pakke: Path, mart: str, der: str, *verdier: object) -> list[tuple[Any, ...]]:
    fil = str(pakke / "data" / f"{mart}.parquet")
    return duckdb.execute(f"from read_parquet('{fil}') {der}", list(verdier)).fetchall()


@cache
def ordpakke(utgaven: Utgave, aar: int) -> Any:
    """The brief for a spring meeting as a Word document."""
    moetet = moete.velg(utgaven, "imdi", "vår", aar, datetime.date(aar, 4, 24), datetime.date(aar - 1, 10, 1))
    return docx.Document(io.BytesIO(word.lag(moetepakke.lag(utgaven, utgaven.virksomhet(None), moetet))))


def ordtabell(utgaven: Utgave, aar: int, tittel: str) -> Iterator[list[str]]:
    """The rows of a table in the brief for a spring meeting, as they stand in the Word document."""
    dokument = ordpakke(utgaven, aar)
    tabellen = next(
        en
        for en in dokument.tables
        if any(tittel in verdi for barn in en._tbl.tblPr for verdi in map(str, barn.attrib.values()))
    )
    for rad in tabellen.rows:
        yield [celle.text for celle in rad.cells]


def sidens(publisert: Path, monkeypatch: pytest.MonkeyPatch, side: str, **adresse: str) -> list[list[str]]:
    """Every row of every table on a page, as it is read."""
    vist: AppTest = aapne(publisert, monkeypatch, side, **adresse)
    return [
        [celle["t"] if isinstance(celle, dict) else str(celle) for celle in rad]
        for en in tabeller(vist).values()
        for rad in en["rader"]
    ]


def test_samme_belop_i_mart_dashbord_pakke_bok_og_apne_data(
    publisert: Path,
    utgaven: Utgave,
    boken: openpyxl.Workbook,
    pakken: Path,
    sql: Sql,
    trekning: random.Random,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    felt = {"samlet_tildeling_kr": "Samlet tildeling", "regnskap_kr": "Regnskap", "mindreutgift_kr": "Mindreutgift"}
    poster: list[Any] = sql("select budsjettaar, kapittel, post from marts.budsjettutnyttelse order by all")
    bokens = {(en["Budsjettår"], en["Kapittel"], en["Post"]): en for en in ark(boken, "Budsjettutnyttelse")}
    apne = {(int(en["budsjettaar"]), en["kapittel"], en["post"]): en for en in csvrader(pakken, "budsjettutnyttelse")}
    for aar, kapittel, post in trekning.sample(poster, UTVALG):
        navnet = f"{tekst.kap_post(kapittel, post).capitalize()} "
        pa_siden = next(
            rad for rad in sidens(publisert, monkeypatch, "budsjett", aar=str(aar)) if rad[0].startswith(navnet)
        )
        i_pakken = next(
            rad for rad in ordtabell(utgaven, aar + 1, f"Tildelt og brukt {aar}") if rad[0].startswith(navnet)
        )
        for plass, (navn, tittel) in enumerate(felt.items()):
            ((belop,),) = sql(
                f"select {navn} from marts.budsjettutnyttelse where budsjettaar = ? and kapittel = ? and post = ?",
                aar,
                kapittel,
                post,
            )
            assert belop is None or isinstance(belop, Decimal)
            hvor = (aar, kapittel, post, navn)
            # on the page: carried over, given this year, the total, at disposal, the accounts, what is left
            assert pa_siden[[3, 5, 6][plass]] == tekst.kroner(belop), hvor
            assert i_pakken[1 + plass] == tekst.kroner(belop), hvor
            assert bokens[aar, kapittel, post][tittel] == belop, hvor
            assert apne[aar, kapittel, post][navn] == ("" if belop is None else str(belop)), hvor
            assert parquet(
                pakken,
                "budsjettutnyttelse",
                f"select {navn} where budsjettaar = ? and kapittel = ? and post = ?",
                aar,
                kapittel,
                post,
            ) == [(belop,)], hvor


def test_samme_resultat_i_mart_dashbord_pakke_bok_og_apne_data(
    publisert: Path,
    utgaven: Utgave,
    boken: openpyxl.Workbook,
    pakken: Path,
    trekning: random.Random,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    alle = utgaven.rader(
        """
        select oppnaaelse.*, indikatorer.tilnaermet
        from marts.maaloppnaaelse as oppnaaelse
        left join marts.indikatorer as indikatorer
            on
                oppnaaelse.virksomhet_id = indikatorer.virksomhet_id
                and oppnaaelse.indikator_id = indikatorer.indikator_id
                and oppnaaelse.gruppe = indikatorer.gruppe
                and oppnaaelse.siste_aar = indikatorer.aar
        where
            oppnaaelse.aar = 2025
            and not oppnaaelse.er_fordeling
            and oppnaaelse.vurdering in ('nådd', 'delvis', 'ikke nådd', 'bedre', 'uendret', 'svakere')
        order by oppnaaelse.sp_nr, oppnaaelse.nummer
        """
    )
    sagt = "".join(en.text for en in ordpakke(utgaven, 2025).paragraphs)
    bokens = ark(boken, "Indikatorer under SP")
    apne = csvrader(pakken, "maaloppnaaelse")
    for rad in trekning.sample(alle, UTVALG):
        hvor = (rad.sp_nr, rad.indikator_id, rad.gruppe)
        vist = tekst.med_forbehold(rad.siste_verdi, rad.enhet, rad.tilnaermet)
        pa_siden = sidens(publisert, monkeypatch, "maal", aar="2025", sp=str(rad.sp_nr))
        assert any(rad.begrunnelse in en[-1] and en[2] == vist for en in pa_siden if len(en) == 7), hvor
        assert f"{rad.indikator}. {rad.begrunnelse}" in sagt, hvor
        (i_boken,) = [en for en in bokens if (en["SP"], en["Indikatorkode"], en["Gruppe"]) == hvor]
        assert i_boken["Siste verdi"] == rad.siste_verdi, hvor
        (apen,) = [en for en in apne if (int(en["sp_nr"]), en["indikator_id"], en["gruppe"]) == hvor]
        assert Decimal(apen["siste_verdi"]) == rad.siste_verdi, hvor


def test_samme_avvik_i_mart_dashbord_pakke_bok_og_apne_data(
    publisert: Path,
    utgaven: Utgave,
    boken: openpyxl.Workbook,
    pakken: Path,
    trekning: random.Random,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    alle = utgaven.rader(
        "select * from marts.avvik where status = 'kjent' and alvorlighet = 'høy' and aar = 2023 "
        "and kontrolltype <> 'gyldighet' and dokument_id = 'AR2023' order by kontroll_id"
    )
    i_pakken = list(ordtabell(utgaven, 2025, "Avvik verd å ta opp"))
    pa_siden = [" ".join(rad) for rad in sidens(publisert, monkeypatch, "avvik", avviksaar="2023")]
    bokens = ark(boken, "Avvik")
    apne = {(en["kontroll_id"], en["aar"]): en for en in csvrader(pakken, "avvik")}
    for rad in trekning.sample(alle, UTVALG):
        oppgitt, beregnet = tekst.verdi(rad.oppgitt, rad.enhet), tekst.verdi(rad.beregnet, rad.enhet)
        assert any(
            en[0].startswith(rad.beskrivelse) and en[2].startswith(oppgitt) and en[3].startswith(beregnet)
            for en in i_pakken
        ), rad.kontroll_id
        assert any(oppgitt in en and beregnet in en and rad.beskrivelse in en for en in pa_siden), rad.kontroll_id
        assert any(
            (en["Hva som kontrolleres"], en["År"], Decimal(str(en["Oppgitt"])), round(Decimal(str(en["Beregnet"])), 6))
            == (rad.beskrivelse, rad.aar, rad.oppgitt, rad.beregnet)
            for en in bokens
        ), rad.kontroll_id
        apen = apne[rad.kontroll_id, str(rad.aar)]
        assert (Decimal(apen["oppgitt"]), Decimal(apen["beregnet"])) == (rad.oppgitt, rad.beregnet)


# which version


@pytest.mark.parametrize("kommando", KOMMANDOER)
def test_uten_noe_publisert_lages_ingenting(tmp_path: Path, kommando: str) -> None:
    svar = kjor(kommando, mappe=tmp_path)
    assert svar.returncode == 1
    assert "Feil: Ingenting er publisert ennå. Bygg først, med: styring bygg" in svar.stderr
    assert not (tmp_path / "uttak").exists()


def test_et_stanset_bygg_blir_ikke_til_noe(mappe_med_versjon: Path) -> None:
    (mappe_med_versjon / "versjoner/stanset").mkdir()
    svar = kjor("arbeidsbok", "--versjon", "stanset", mappe=mappe_med_versjon)
    assert (svar.returncode, "Versjonen «stanset» er ikke publisert; ventet en av:" in svar.stderr) == (1, True)
    # what is published is a build of nothing but a word
    svar = kjor("arbeidsbok", mappe=mappe_med_versjon)
    assert (svar.returncode, "er bygget av en eldre utgave" in svar.stderr) == (1, True)
    assert not (mappe_med_versjon / "uttak").exists()


def test_er_det_siste_bygget_stanset_sies_det(publisert: Path, tmp_path: Path) -> None:
    shutil.copytree(publisert, tmp_path / "lager", symlinks=True, ignore=shutil.ignore_patterns(".dbt"))
    (tmp_path / "lager/versjoner/stanset").mkdir()
    svar = kjor("arbeidsbok", mappe=tmp_path / "lager")
    assert svar.returncode == 0, svar.stderr
    assert "Merk: Det siste bygget ble stanset og er ikke med." in svar.stdout


def test_en_skadet_versjon_blir_ikke_til_noe(mappe_med_versjon: Path) -> None:
    alle = Versjoner(mappe_med_versjon)
    skad(alle.mappe / alle.publisert_versjon() / FILNAVN)
    svar = kjor("datapakke", mappe=mappe_med_versjon)
    assert (svar.returncode, "er skadet. Gå tilbake" in svar.stderr) == (1, True)


def test_en_versjon_uten_dbts_beskrivelser_sier_hva_som_skal_kjores(publisert: Path, tmp_path: Path) -> None:
    lager = Path(shutil.copytree(publisert, tmp_path / "lager", symlinks=True))
    (lager / "versjoner" / Versjoner(lager).publisert_versjon() / MANIFEST).unlink()
    svar = kjor("datapakke", mappe=lager)
    assert svar.returncode == 1
    assert "er bygget av en eldre utgave, uten dbts beskrivelser. Bygg på nytt med: styring bygg" in svar.stderr


def endret_kopi(publisert: Path, til: Path, endring: str) -> str:
    """Publish a copy of the build with its marts changed, which counts as whole. Returns its version."""
    alle = Versjoner(publisert)
    lager = Versjoner(til)
    with lager.byggelaas():
        ny = lager.ny()
        for navn in (FILNAVN, MANIFEST):
            shutil.copyfile(alle.mappe / alle.publisert_versjon() / navn, ny / navn)
        with duckdb.connect(str(ny / FILNAVN)) as kobling:
            kobling.execute(endring).fetchall()
        return lager.publiser(ny)


@pytest.mark.parametrize("endring", ["drop table marts.sp_sammendrag", "alter table marts.avvik drop status"])
@pytest.mark.parametrize("kommando", ["møtepakke", "arbeidsbok", "datapakke"])
def test_en_versjon_fra_en_eldre_utgave_er_en_setning(
    publisert: Path, tmp_path: Path, endring: str, kommando: str
) -> None:
    endret_kopi(publisert, tmp_path, endring)
    svar = kjor(kommando, mappe=tmp_path)
    assert svar.returncode == 1
    assert "Feil: Versjonen kan ikke leses slik denne utgaven av datavarehuset leser den" in svar.stderr
    assert "Traceback" not in svar.stderr
    assert not list(tmp_path.glob("uttak/*"))


def test_det_som_ikke_kan_sammenlignes_sies(publisert: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    eldre = endret_kopi(publisert, tmp_path, "alter table marts.budsjettutnyttelse drop utnyttelsesgrad")
    endret_kopi(publisert, tmp_path, "update marts.avvik set oppgitt = oppgitt + 1")
    monkeypatch.setenv("STYRING_MAPPE", str(tmp_path))
    with pytest.raises(StyringFeil, match=f"Versjon {eldre} kan ikke sammenlignes med .* ikke budsjettutnyttelse slik"):
        utgave.velg(siden=eldre)
    svar = kjor("endringer", mappe=tmp_path)
    assert "Ikke sammenlignet, for en av versjonene har dem ikke slik de er nå: budsjettutnyttelse." in svar.stdout


def test_siden_tilbyr_bare_det_som_kan_sammenlignes(
    publisert: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endret_kopi(publisert, tmp_path, "alter table marts.budsjettutnyttelse drop utnyttelsesgrad")
    brukbar = endret_kopi(publisert, tmp_path, "update marts.avvik set oppgitt = oppgitt + 1")
    endret_kopi(publisert, tmp_path, "select 1")
    valgene = aapne(tmp_path, monkeypatch, "uttak", aar="2025").selectbox(key="_siden").options
    assert valgene == [
        "Ingen eldre versjon",
        f"Versjonen bygget {norsk.tidspunkt(publisering.bygget(brukbar))}",
    ]


def test_en_annens_dokumenter_er_ikke_kilder(publisert: Path, tmp_path: Path) -> None:
    versjon = endret_kopi(
        publisert,
        tmp_path,
        "insert into marts.virksomheter select * replace ('udi' as virksomhet_id) from marts.virksomheter;"
        "insert into marts.kilder select * replace ('udi' as virksomhet_id, 'AR-UDI' as dokument_id, "
        "'Naboens rapport' as tittel) from marts.kilder where dokument_id = 'AR2023';"
        "insert into marts.kildebidrag select * replace ('udi' as virksomhet_id, 'AR-UDI' as dokument_id) "
        "from marts.kildebidrag where dokument_id = 'AR2023'",
    )
    to = Utgave(Versjoner(tmp_path).mappe / versjon)
    with pytest.raises(StyringFeil, match=r"Virksomheten må velges; ventet en av: imdi, udi\."):
        to.virksomhet(None)
    vist = {
        hvem: str(moetepakke.lag(to, to.virksomhet(hvem), moete.velg(to, "imdi", "vår", 2025)).blokker)
        for hvem in ("imdi", "udi")
    }
    assert "Naboens rapport" in vist["udi"] and "IMDis årsrapport 2023" not in vist["udi"]
    assert "IMDis årsrapport 2023" in vist["imdi"] and "Naboens rapport" not in vist["imdi"]


def test_to_like_bindinger_i_to_brev_er_to_tall(publisert: Path, tmp_path: Path, sql: Sql) -> None:
    ((antall,),) = sql("select count(belop_kr) from marts.budsjettbindinger")
    assert isinstance(antall, int)
    to = "insert into marts.budsjettbindinger select * replace ('T3-2024' as dokument_id) from marts.budsjettbindinger"
    endret_kopi(publisert, tmp_path, to)
    endret_kopi(publisert, tmp_path, f"{to}; update marts.budsjettbindinger set belop_kr = belop_kr + 5")
    linjer = [linje for linje in kjor("endringer", mappe=tmp_path).stdout.splitlines() if "budsjettbindinger" in linje]
    assert len(linjer) == 2 * antall and all(linje.startswith("endret") for linje in linjer)


@pytest.mark.parametrize("manifest", ["{", "{}", "\x00"])
def test_en_skadet_beskrivelse_er_en_setning(publisert: Path, tmp_path: Path, manifest: str) -> None:
    versjon = endret_kopi(publisert, tmp_path, "select 1")
    (tmp_path / "versjoner" / versjon / MANIFEST).write_text(manifest)
    svar = kjor("datapakke", mappe=tmp_path)
    assert (svar.returncode, f"dbts beskrivelser av versjon {versjon} (manifest.json) er skadet" in svar.stderr) == (
        1,
        True,
    )


def test_siden_er_en_eldre_versjon_eller_en_dag(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STYRING_MAPPE", str(tmp_path))
    monkeypatch.setattr("styring.visning.data.mangler", lambda fil: None)
    monkeypatch.setattr(utgave, "ikke_sammenlignet", lambda fra, til: [])
    alle = Versjoner(tmp_path)
    for merke, versjon in (("a", "20260301T120000000000Z"), ("b", "20260430T223000000000Z"), ("c", None)):
        laget = publiser_merke(alle, merke)
        if versjon:
            (alle.mappe / laget).rename(alle.mappe / versjon)
    assert utgave.velg(siden="2026-04-15").siden == "20260301T120000000000Z"
    # half past midnight on Norwegian clocks
    assert utgave.velg(siden="2026-04-30").siden == "20260301T120000000000Z"
    assert norsk.tidspunkt(publisering.bygget("20260430T223000000000Z")) == "01.05.2026 kl. 00.30"
    assert utgave.velg(siden="2026-05-01").siden == "20260430T223000000000Z"
    assert utgave.velg(siden="20260301T120000000000Z").siden == "20260301T120000000000Z"
    assert utgave.velg("20260430T223000000000Z", "2026-04-15").versjon == "20260430T223000000000Z"
    for galt, feil in (
        ("2026-02-28", "Ingen hel versjon er bygget 28.02.2026 eller før. Den eldste er fra 01.03.2026."),
        ("våren", "--siden er «våren»; ventet en dato på formen ÅÅÅÅ-MM-DD eller en av versjonene: 20260301"),
        (norsk.i_dag().isoformat(), "som uttaket lages av."),
    ):
        with pytest.raises(StyringFeil, match=feil.replace(".", r"\.")):
            utgave.velg(siden=galt)


# written whole or not at all


def test_en_fil_som_ikke_kan_skrives_lar_den_gamle_sta(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sti = tmp_path / "a.pdf"
    skriving.fil(sti, b"gammel")
    assert sti.stat().st_mode & 0o777 == 0o666 & ~_umask()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space") as feil:
        skriving.fil(sti, b"ny")
    assert feil.value.filename == str(sti)
    assert [en.read_bytes() for en in tmp_path.iterdir()] == [b"gammel"]


@pytest.mark.parametrize("kan_bytte", [True, False])
def test_en_mappe_byttes_hel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kan_bytte: bool) -> None:
    if not kan_bytte:
        monkeypatch.setattr(skriving, "_bytt", lambda en, annen: False)
    sti = tmp_path / "pakke"
    for navn, versjon in (("v1", V1), ("v2", V2)):
        with skriving.mappe(sti, versjon) as ny:
            (ny / navn).write_text(navn)
    assert sorted(en.name for en in sti.iterdir()) == ["v2", skriving.MERKE]
    assert (sti / skriving.MERKE).read_text() == f"{V2}\nv2\n"
    with pytest.raises(RuntimeError), skriving.mappe(sti, V2) as ny:
        (ny / "v3").write_text("v3")
        raise RuntimeError
    assert sorted(en.name for en in sti.iterdir()) == ["v2", skriving.MERKE]
    assert [en.name for en in tmp_path.iterdir()] == ["pakke"]


@pytest.mark.parametrize("merke", [None, "1.0\nmitt.txt\n", f"{V1}\ndata/a.csv\n"])
def test_en_mappe_med_noe_annet_i_rores_ikke(tmp_path: Path, merke: str | None) -> None:
    sti = tmp_path / "datapakke"
    sti.mkdir()
    (sti / "mitt.txt").write_text("mitt")
    if merke:
        (sti / skriving.MERKE).write_text(merke)
    feil = r"datapakke/mitt\.txt er ikke skrevet av datavarehuset\. Flytt det, eller velg en annen mappe med --ut\."
    with pytest.raises(StyringFeil, match=feil), skriving.mappe(sti, V2):
        raise AssertionError("noe ble laget")
    assert (sti / "mitt.txt").read_text() == "mitt"


def test_en_lenke_skrives_det_gjennom(tmp_path: Path) -> None:
    (tmp_path / "annet").mkdir()
    (tmp_path / "datapakke").symlink_to("annet")
    with skriving.mappe(tmp_path / "datapakke", V1) as ny:
        (ny / "a.csv").write_text("a")
    assert (tmp_path / "datapakke").is_symlink()
    assert (tmp_path / "annet/a.csv").read_text() == "a"


def test_rester_av_et_avbrutt_uttak_ryddes_etter_en_dag(tmp_path: Path) -> None:
    gammel, fersk, andres = (tmp_path / navn for navn in (".styring-uttak-1", ".styring-uttak-2", ".a.pdf-mitt"))
    for rest in (gammel, fersk, andres):
        rest.write_bytes(b"halv")
    for rest in (gammel, andres):
        os.utime(rest, (0, 0))
    skriving.fil(tmp_path / "a.pdf", b"hel")
    assert sorted(en.name for en in tmp_path.iterdir()) == [andres.name, fersk.name, "a.pdf"]


# all of it


def test_hele_uttaket_lages_med_en_kommando(publisert: Path, tmp_path: Path) -> None:
    svar = kjor("uttak", "--møte", "vår", "--år", "2025", "--ut", str(tmp_path / "ut"), mappe=publisert)
    assert svar.returncode == 0, svar.stdout + svar.stderr
    assert sorted(en.name for en in (tmp_path / "ut").iterdir()) == [
        "arbeidsbok-imdi.xlsx",
        "datapakke",
        "dokumentasjon",
        "moetepakke-2025-vaar-imdi.docx",
        "moetepakke-2025-vaar-imdi.pdf",
    ]
    versjon = Versjoner(publisert).publisert_versjon()
    for mappe in ("datapakke", "dokumentasjon"):
        assert (tmp_path / "ut" / mappe / skriving.MERKE).read_text().splitlines()[0] == versjon
    # where it is, step by step
    assert svar.stdout.count("…") > 10 and svar.stdout.count("Skrevet: ") == 5


def test_en_feil_i_kommandoen_er_en_setning(publisert: Path) -> None:
    for argumenter, feil in (
        (("møtepakke", "--dato", "31.04.2025"), "--dato er «31.04.2025»; ventet en dato som finnes"),
        (("møtepakke", "--virksomhet", "nav"), "Virksomheten «nav» finnes ikke; ventet en av: imdi."),
        (("arbeidsbok", "--ut", "/proc/uttak"), "Kan ikke lese eller skrive /proc/uttak"),
        (("arbeidsbok", "--ut", "~finnesikke/x"), "--ut er «~finnesikke/x»; ventet en mappe, og brukeren i den finnes"),
        (("arbeidsbok", "--ut", str(publisert / "bygg.txt")), "ventet en mappe."),
        (("møtepakke", "--møte", "sommer"), "--møte er «sommer»; ventet en av vår, høst."),
        (("møtepakke", "--år", "1999"), "--år er «1999»; ventet et helt tall fra 2000 til 2100."),
        (("møtepakke", "--år", "i år"), "--år er «i år»; ventet et helt tall fra 2000 til 2100."),
        (("arbeidsbok", "--møte", "vår"), "Valget «--møte» finnes ikke."),
        (("møtepakken",), "Kommandoen «møtepakken» finnes ikke"),
        (("spor", "/finnes/ikke"), "er «/finnes/ikke»; ventet en mappe som finnes."),
        (("spor",), "MAPPE mangler."),
    ):
        svar: subprocess.CompletedProcess[str] = kjor(*argumenter, mappe=publisert)
        assert svar.returncode in (1, 2), argumenter
        assert len([linje for linje in svar.stderr.splitlines() if linje]) == 1, svar.stderr
        assert feil in svar.stderr, svar.stderr
        assert "Traceback" not in svar.stderr


def _umask() -> int:
    maske = os.umask(0)
    os.umask(maske)
    return maske
