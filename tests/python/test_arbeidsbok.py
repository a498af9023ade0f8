"""The workbook: what is in it, and, recalculated in LibreOffice, that its formulas give what is written beside them."""

import datetime
import io
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from styring.publisering import FILNAVN
from styring.uttak import arbeidsbok
from styring.uttak.arbeidsbok.ark import ARK, DOKUMENT, KODE, Ark
from styring.uttak.utgave import Utgave
from tests.python.conftest import Sql

HODE = 4
# what a controller meets first, and the sheets that are not a mart's
_FORST = ["Forside", "Avstemming"]
# recalculate what is opened, whatever program wrote it
_REGN_UT = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
  <item oor:path="/org.openoffice.Office.Calc/Formula/Load">
    <prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
  </item>
</oor:items>
"""


@pytest.fixture(scope="session")
def utgave(publisert: Path) -> Utgave:
    return Utgave((publisert / FILNAVN).resolve().parent)


@pytest.fixture(scope="session")
def innhold(utgave: Utgave) -> bytes:
    return arbeidsbok.lag(utgave, utgave.virksomhet("imdi"), lambda _: None)


def aapne(innhold: bytes, verdier: bool = False) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(innhold), data_only=verdier)


@pytest.fixture(scope="session")
def bok(innhold: bytes) -> Workbook:
    return aapne(innhold)


def rader(ark: Worksheet) -> list[dict[str, Any]]:
    """The rows under the headings."""
    hode, *resten = ark.iter_rows(min_row=HODE, values_only=True)
    return [dict(zip(map(str, hode), rad, strict=True)) for rad in resten]


def finn(ark: Worksheet, kolonne: str, **krav: object) -> Any:
    """The only cell of a column in a row with these values."""
    plass = {celle.value: nummer for nummer, celle in enumerate(ark[HODE])}
    treff = [
        rad[plass[kolonne]]
        for rad in ark.iter_rows(min_row=HODE + 1)
        if all(rad[plass[navn]].value == verdi for navn, verdi in krav.items())
    ]
    assert len(treff) == 1, (krav, len(treff))
    return treff[0]


def kopi(utgave: Utgave, mappe: Path, *endringer: str) -> Utgave:
    """A version like another, where somebody has changed something."""
    ny = mappe / utgave.versjon
    ny.mkdir(parents=True)
    shutil.copyfile(utgave.fil, ny / FILNAVN)
    with duckdb.connect(str(ny / FILNAVN)) as kobling:
        for endring in endringer:
            assert kobling.execute(endring).fetchall()[0][0], endring
    return Utgave(ny)


@pytest.mark.parametrize("ark", ARK, ids=lambda ark: ark.mart)
def test_hvert_ark_har_martens_rader_og_kolonner(ark: Ark, bok: Workbook, utgave: Utgave, sql: Sql) -> None:
    """All but the agency's own key, and the common documents that its figures are from."""
    felles = " or virksomhet_id is null" if ark.mart == "kilder" else ""
    ((antall,),) = sql(f"select count(*) from marts.{ark.mart} where virksomhet_id = 'imdi'{felles}")
    assert len(rader(bok[ark.navn])) == antall != 0
    kolonner = {str(navn) for (navn,) in sql("select column_name from duckdb_columns() where table_name = ?", ark.mart)}
    assert {kolonne.felt for kolonne in ark.kolonner} == kolonner - {"virksomhet_id"}
    # what is shown of each document is its title, and its identifier beside it
    vist = {kolonne.felt for kolonne in ark.kolonner if kolonne.slag is DOKUMENT}
    assert vist <= {kolonne.felt for kolonne in ark.kolonner if kolonne.slag is KODE}
    assert {felt for felt in kolonner if felt.endswith("dokument_id")} - vist <= (
        {"dokument_id"} if ark.mart == "kilder" else set()
    )


def test_arkene_star_i_den_rekkefolgen_en_controller_arbeider(bok: Workbook) -> None:
    assert bok.sheetnames == [*_FORST, *(ark.navn for ark in ARK)]
    lenker = [celle.hyperlink.location for celle in bok["Forside"]["A"] if celle.hyperlink]
    assert lenker == [f"'{navn}'!A1" for navn in bok.sheetnames if navn != "Forside"]
    antall = {rad[0].value: rad[2].value for rad in bok["Forside"].iter_rows() if rad[0].hyperlink}
    for ark in ARK:
        assert antall[ark.navn] == bok[ark.navn].max_row - HODE


def test_hver_overskrift_er_laast_har_filter_og_kan_navngis_i_formler(bok: Workbook) -> None:
    navn = []
    for ark in bok.worksheets[1:]:
        (tabell,) = ark.tables.values()
        navn.append(tabell.name.casefold())
        assert tabell.ref == f"A{HODE}:{ark.dimensions.partition(':')[2]}"
        assert tabell.autoFilter is not None
        assert ark.freeze_panes is not None and re.fullmatch(rf"[B-F]{HODE + 1}", ark.freeze_panes)
        overskrifter = [str(celle.value) for celle in ark[HODE]]
        assert len({en.casefold() for en in overskrifter}) == len(overskrifter)
        assert all(re.fullmatch(r"[A-ZÆØÅ][A-ZÆØÅa-zæøå0-9 ]*", en) for en in overskrifter)
        assert ark.print_title_rows == f"${HODE}:${HODE}"
    assert len(set(navn)) == len(navn)
    for ark in bok:
        assert (ark.page_setup.orientation, ark.page_setup.paperSize) == ("landscape", 9)
        assert ark.oddFooter is not None and "Side &P av &N" in str(ark.oddFooter.right.text)


def test_tall_er_tall_datoer_er_datoer_og_koder_er_tekst(bok: Workbook, sql: Sql) -> None:
    ark = bok["Budsjettutnyttelse"]
    post = {"Budsjettår": 2023, "Kapittel": "0671", "Post": "60"}
    samlet, utnyttelse = finn(ark, "Samlet tildeling", **post), finn(ark, "Utnyttelse", **post)
    ((belop, andel),) = sql(
        "select samlet_tildeling_kr, utnyttelsesgrad from marts.budsjettutnyttelse "
        "where budsjettaar = 2023 and kapittel = '0671' and post = '60'"
    )
    assert (samlet.value, samlet.number_format) == (belop, "#,##0")
    assert (utnyttelse.value, utnyttelse.number_format) == (pytest.approx(float(str(andel))), "0.0%")
    # what the documents do not have is an empty cell, also where the post has other figures
    tomt = finn(ark, "Samlet tildeling", **post | {"Budsjettår": 2022})
    assert tomt.value is None
    assert tomt.data_type == "n"
    dato = finn(bok["Tildelinger"], "Brevets dato", Hendelseskode="T6-2024-0671-21")
    assert (dato.value, dato.number_format) == (datetime.datetime(2024, 11, 25), "dd.mm.yyyy")
    assert all(
        isinstance(rad["Kapittel"], str) and len(rad["Kapittel"]) == 4 and len(rad["Post"]) == 2 for rad in rader(ark)
    )
    # a date among values of other kinds is a date too
    frister = [rad["Til"] for rad in rader(bok["Oppdragshendelser"]) if rad["Hendelse"] == "frist satt"]
    assert Counter(map(type, frister))[datetime.datetime] > Counter(map(type, frister))[str] > 0
    # a mark does not change the word that it stands before
    assert {rad["Vurdering"] for rad in rader(bok["Avvik"])} <= {"ny", "kjent", "forklart", "rettet"}
    assert finn(bok["Mål og SP"], "Vurdering", SP=2).number_format == '"◆ "@'


def test_excel_varsler_ikke_om_koder_som_er_tekst(innhold: bytes) -> None:
    with io.BytesIO(innhold) as fil, zipfile.ZipFile(fil) as pakke:
        for nummer in range(2, len(ARK) + 3):
            ark = pakke.read(f"xl/worksheets/sheet{nummer}.xml").decode()
            assert re.search(r'<ignoredError sqref="A5:[A-Z]+\d+" numberStoredAsText="1"', ark), nummer


def test_notene_sier_hvor_tall_er_fra(bok: Workbook, sql: Sql) -> None:
    titler = {str(nokkel): tittel for nokkel, tittel in sql("select dokument_id, tittel from marts.kilder")}

    def note(ark: str, kolonne: str, **krav: object) -> str:
        return str(finn(bok[ark], kolonne, **krav).comment.text)

    post = {"Budsjettår": 2024, "Kapittel": "0671", "Post": "60"}
    ((brev, sted, regnskap, regnskap_sted),) = sql(
        "select dokument_id, sted, regnskapskilde, regnskap_sted from marts.budsjettutnyttelse "
        "where budsjettaar = 2024 and kapittel = '0671' and post = '60'"
    )
    assert f"Kilde: {titler[str(brev)]}, {sted}." in note("Budsjettutnyttelse", "Samlet tildeling", **post)
    assert f"Kilde: {titler[str(regnskap)]}, {regnskap_sted}." in note("Budsjettutnyttelse", "Regnskap", **post)
    assert "100\u00a0000 kr" in note("Budsjettutnyttelse", "Regnskap", **post)
    assert "ikke trykt" in note("Tildelinger", "Disponibelt etterpå", Hendelse=1, **post)
    assert "bare er kjent gjennom" in note("Tildelinger", "Disponibelt etterpå", Hendelseskode="T6-2024-0671-21")
    tall = [celle for celle in bok["Tidsserier"]["E"][HODE:] if celle.comment]
    assert len(tall) == len(rader(bok["Tidsserier"]))
    for merke, hva in (("Rettet:", "korrigert"), ("Brudd i serien:", "brudd"), ("Foreløpig", "status = 'foreløpig'")):
        ((antall,),) = sql(f"select count(*) from marts.indikatorer where {hva}")
        assert sum(merke in celle.comment.text for celle in tall) == antall != 0
    ((beregnet_fra, kontroll, aar),) = sql("select beregnet_fra, kontroll_id, aar from marts.avvik limit 1")
    assert str(beregnet_fra) in note("Avvik", "Beregnet", Kontroll=kontroll, År=aar)
    # every heading says what its column is, in the words of the warehouse
    ((forklart,),) = sql(
        "select comment from duckdb_columns() where table_name = 'budsjettutnyttelse' and column_name = 'regnskap_kr'"
    )
    assert str(forklart) in bok["Budsjettutnyttelse"]["H4"].comment.text
    noter = sum(celle.comment is not None for ark in bok for rad in ark.iter_rows() for celle in rad)
    assert noter < 3_000


def test_tekst_fra_dokumentene_blir_aldri_en_formel_eller_en_lenke(utgave: Utgave, tmp_path: Path) -> None:
    formel, lenke = '=HYPERLINK("https://eksempel.no")', "https://eksempel.no"
    ond = kopi(
        utgave,
        tmp_path,
        f"update marts.tilskuddsordninger set kortnavn = '{formel}', tilskuddsordning = '{lenke}'",
        f"update marts.avvik set kontroll_id = '{formel}', forklaring = '@SUM(1+1)'",
        "update marts.kilder set tittel = '+1+1 & <mer>'",
    )
    bok = aapne(arbeidsbok.lag(ond, ond.virksomhet("imdi"), lambda _: None))
    assert {(celle.value, celle.data_type) for celle in bok["Tilskudd"]["D"][HODE:]} == {(formel, "s")}
    assert {celle.value for celle in bok["Kilder"]["B"][HODE:]} == {"+1+1 & <mer>"}
    for ark in bok:
        for rad in ark.iter_rows():
            for celle in rad:
                assert celle.hyperlink is None or (celle.hyperlink.location and not celle.hyperlink.target)
                if celle.data_type == "f":
                    assert ark.title in _FORST and "HYPERLINK" not in str(celle.value)


def test_samme_utgave_gir_samme_fil(utgave: Utgave, innhold: bytes, tmp_path: Path) -> None:
    sagt: list[str] = []
    fil = arbeidsbok.skriv(utgave, utgave.virksomhet("imdi"), tmp_path / "ut", sagt.append)
    assert fil == tmp_path / "ut" / "arbeidsbok-imdi.xlsx"
    assert fil.read_bytes() == innhold
    assert [en.name for en in fil.parent.iterdir()] == [fil.name]
    assert len(sagt) == 2 and "avstemminger stemmer" in sagt[1]
    egenskaper = aapne(innhold).properties
    assert egenskaper.created == utgave.bygget.astimezone(datetime.UTC).replace(tzinfo=None, microsecond=0)
    assert "Integrerings- og mangfoldsdirektoratet" in str(egenskaper.title)


def test_uten_en_eldre_versjon_er_det_ikke_noe_endringsark(bok: Workbook) -> None:
    assert "Endringer" not in bok.sheetnames


def test_endringer_siden_en_eldre_versjon_er_et_ark(utgave: Utgave, tmp_path: Path) -> None:
    gammel = kopi(
        utgave,
        tmp_path,
        "update marts.tildelinger set belop_kr = belop_kr - 7 where hendelse_id = 'T6-2024-0671-21'",
        "delete from marts.verdier where verdi_id = (select min(verdi_id) from marts.verdier)",
        # another agency's figure is not this one's change
        "update marts.oppdrag set virksomhet_id = 'nabo', frist = '2031-01-01' where oppdrag_nr = '2022-04'",
    )
    naa = Utgave(utgave.mappe, gammel.mappe)
    bok = aapne(arbeidsbok.lag(naa, naa.virksomhet("imdi"), lambda _: None))
    assert bok.sheetnames[:3] == [*_FORST, "Endringer"]
    assert any(gammel.versjon in str(celle.value) for celle in bok["Forside"]["A"])
    endret = rader(bok["Endringer"])
    assert {
        "Hva": "endret",
        "Ark": "Tildelinger",
        "Nøkkel": "T6-2024-0671-21",
        "Felt": "Beløp",
        "Før": 349_993,
        "Nå": 350_000,
    } in endret
    assert {rad["Hva"] for rad in endret if rad["Ark"] == "Trykte tall"} == {"ny"}
    assert {rad["Hva"] for rad in endret if rad["Ark"] == "Oppdrag"} == {"ny"}
    assert not any(rad["Nå"] == datetime.datetime(2031, 1, 1) or "nabo" in rad["Nøkkel"] for rad in endret)


def test_en_virksomhet_uten_tall_far_en_bok_som_stemmer(utgave: Utgave) -> None:
    ingen = SimpleNamespace(virksomhet_id="ny", virksomhet="Ny", kortnavn="Ny", departement="Departementet")
    bok = aapne(arbeidsbok.lag(utgave, ingen, lambda _: None), verdier=True)
    assert {rad["Status"] for rad in rader(bok["Avstemming"])} == {"stemmer"}
    assert all(ark.max_row == HODE for ark in bok.worksheets[2:])


def test_det_som_mangler_har_en_grunn_og_ingen_formel(bok: Workbook, sql: Sql) -> None:
    linjer = rader(bok["Avstemming"])
    uten = [rad for rad in linjer if rad["Hvorfor tall mangler"]]
    assert all(
        rad["Regnet ut her"] is rad["Står i arket"] is rad["Differanse"] is rad["Status"] is None for rad in uten
    )
    assert all(str(rad["Status"]).startswith("=") for rad in linjer if rad not in uten)
    ((samlet,),) = sql("select count(*) from marts.budsjettutnyttelse where mindreutgift_kr is null")
    assert sum(rad["Avstemming"] == "Mindreutgift" for rad in uten) == samlet != 0
    assert {
        rad["Hvorfor tall mangler"]
        for rad in uten
        if (rad["Avstemming"], rad["År"], rad["Kapittel"]) == ("Utnyttelse", 2023, "0400")
    } == {"Samlet tildeling er 0"}


def test_alt_som_skal_avstemmes_er_med(bok: Workbook, sql: Sql) -> None:
    antall = Counter(rad["Avstemming"] for rad in rader(bok["Avstemming"]))
    ((poster, sp, avvik),) = sql(
        "select (select count(*) from marts.budsjettutnyttelse), (select count(*) from marts.sp_sammendrag), "
        "(select count(*) from marts.avvik)"
    )
    assert isinstance(poster, int) and isinstance(sp, int)
    assert antall == {
        "Hendelser mot disponibelt": poster,
        "Hendelser mot samlet tildeling": poster,
        "Overført og årets tildeling": poster,
        "Mindreutgift": poster,
        "Utnyttelse": poster,
        "Indikatorer per SP": 11 * sp,
        "Vurderte indikatorer per SP": sp,
        "Kontroller per resultat": 3,
        "Avvik mot kontroller": 1,
        "Differansen i hvert avvik": avvik,
        "Deler av en post": 2 * poster,
        "Rader per ark": len(ARK),
    }
    ((med_brev,),) = sql("select count(distinct (budsjettaar, kapittel, post)) from marts.tildelinger")
    ledd = [rad for rad in rader(bok["Avstemming"]) if rad["Avstemming"] == "Hendelser mot samlet tildeling"]
    assert sum(rad["Hvorfor tall mangler"] is None for rad in ledd) == med_brev


def regn_ut(mappe: Path, innhold: bytes) -> Workbook:
    """The workbook as LibreOffice recalculates it, in a profile of its own."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice (soffice) er ikke installert; det gjør make test-tools")
    (mappe / "profil/user").mkdir(parents=True)
    (mappe / "profil/user/registrymodifications.xcu").write_text(_REGN_UT, encoding="utf-8")
    (mappe / "bok.xlsx").write_bytes(innhold)
    svar = subprocess.run(
        [
            soffice,
            f"-env:UserInstallation={(mappe / 'profil').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(mappe / "ut"),
            str(mappe / "bok.xlsx"),
        ],
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert (mappe / "ut/bok.xlsx").exists(), svar.stdout + svar.stderr
    return openpyxl.load_workbook(mappe / "ut/bok.xlsx", data_only=True)


@pytest.fixture(scope="session")
def utregnet(innhold: bytes, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return regn_ut(tmp_path_factory.mktemp("libreoffice"), innhold)


def test_ingen_celle_er_en_feil(utregnet: Workbook) -> None:
    feil = [
        (ark.title, celle.coordinate, celle.value)
        for ark in utregnet
        for rad in ark.iter_rows()
        for celle in rad
        if celle.data_type == "e" or re.match(r"#[A-ZÆØÅ]|Err:", str(celle.value))
    ]
    assert not feil


def test_hver_formel_gir_det_som_er_skrevet_ved_den(bok: Workbook, innhold: bytes, utregnet: Workbook) -> None:
    skrevet, formler = aapne(innhold, verdier=True), 0
    for ark in bok:
        for rad in ark.iter_rows():
            for celle in rad:
                if celle.data_type == "f":
                    ventet, gitt = (en[ark.title][celle.coordinate].value for en in (skrevet, utregnet))
                    formler += 1
                    if isinstance(ventet, str):
                        assert gitt == ventet, (ark.title, celle.coordinate, celle.value)
                    else:
                        assert gitt == pytest.approx(ventet, rel=1e-12), (ark.title, celle.coordinate, celle.value)
    assert formler > 2_000


def test_alle_avstemminger_stemmer(utregnet: Workbook) -> None:
    status = Counter(rad["Status"] for rad in rader(utregnet["Avstemming"]))
    assert set(status) == {"stemmer", None}
    assert utregnet["Avstemming"]["A2"].value == f"Alle {status['stemmer']} avstemminger stemmer."
    assert utregnet["Forside"]["A5"].value == utregnet["Avstemming"]["A2"].value


def test_et_endret_tall_gjor_at_avstemmingen_avviker(innhold: bytes, tmp_path: Path) -> None:
    """What is written beside a formula says otherwise: it is the formulas that answer."""
    brutt = aapne(innhold)
    post: Mapping[str, object] = {"Budsjettår": 2024, "Kapittel": "0671", "Post": "60"}
    finn(brutt["Tildelinger"], "Beløp", Hendelse=2, **post).value += 1
    finn(brutt["Avvik"], "Oppgitt", Kontroll="andel:nokkeltal-utnyttelsesgrad").value = 98
    finn(brutt["Mål og SP"], "Delvis", SP=2).value = 0
    brutt["Kilder"].delete_rows(HODE + 1)
    ny = io.BytesIO()
    brutt.save(ny)
    regnet = regn_ut(tmp_path, ny.getvalue())
    avviker = [rad for rad in rader(regnet["Avstemming"]) if rad["Status"] == "avviker"]
    assert [(rad["Avstemming"], rad["Kapittel"], rad["SP"], rad["Nøkkel"], rad["Differanse"]) for rad in avviker] == [
        ("Hendelser mot disponibelt", "0671", None, None, 1),
        ("Hendelser mot samlet tildeling", "0671", None, None, 1),
        ("Indikatorer per SP", None, 2, "delvis", 1),
        ("Vurderte indikatorer per SP", None, 2, None, -1),
        ("Differansen i hvert avvik", None, None, "andel:nokkeltal-utnyttelsesgrad", 6),
        ("Rader per ark", None, None, "Kilder", -1),
    ]
    assert re.fullmatch(r"6 av \d+ avstemminger avviker\.", str(regnet["Forside"]["A5"].value))
