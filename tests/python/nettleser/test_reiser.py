"""What people come for, click by click, with every figure held to SQL on the same file."""

import csv
import io
import re
import shutil
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qsl

import openpyxl
from playwright.sync_api import Locator, Page, expect

from styring import norsk
from styring.publisering import FILNAVN, Versjoner
from tests.python.conftest import Sql, kjor
from tests.python.nettleser.conftest import STATUSDATO, Aapne, gaa, kroner, tjener, vent

ROEDE = ("ikke nådd", "svakere")


def _tabell(side: Page, tittel: str | re.Pattern[str]) -> Locator:
    return side.get_by_role("region", name=tittel)


def _rader(tabell: Locator) -> list[list[str]]:
    """The rows of a table, without its heading and sums, a cell each with what is in it."""
    celler: list[list[str]] = tabell.locator("tbody tr").evaluate_all(
        "rader => rader.map(rad => [...rad.cells].map(celle => celle.innerText))"
    )
    return celler


def test_fra_en_rod_styringsparameter_til_det_trykte_i_tre_klikk(aapne: Aapne, sql: Sql) -> None:
    side = aapne(f"/?dato={STATUSDATO}&aar=2025")
    # the first click: an SP of which an indicator is red, on the first page
    nummer = [
        str(nr)
        for (nr,) in sql(
            "select distinct sp_nr from marts.maaloppnaaelse where aar = 2025 and vurdering in (?, ?) order by sp_nr",
            *ROEDE,
        )
    ]
    lenke = side.get_by_role("link", name=re.compile(rf"^SP ({'|'.join(nummer)})\b")).first
    sp_nr = int(re.findall(r"\d+", lenke.inner_text())[0])
    lenke.click()
    expect(side.get_by_role("heading", level=1)).to_have_text("Mål og SP")
    vent(side)

    # the second: the latest figure of a red indicator
    rod = side.locator("tbody tr").filter(has=side.locator(".merke.svak")).filter(has=side.locator("button.kilde"))
    tall = rod.first.locator("button.kilde").first
    vist = tall.inner_text()
    tall.click()

    # in the window: the figure, its document and place, and how it is printed
    vindu = side.get_by_role("dialog")
    expect(vindu).to_be_visible()
    vent(side)
    [(verdi, desimaler, trykt, *dokument_og_sted)] = sql(
        """
        select distinct verdier.verdi, verdier.desimaler, verdier.trykt, kilder.tittel, verdier.sted
        from marts.maaloppnaaelse as rod
        inner join marts.verdier
            on
                rod.indikator_id = verdier.indikator_id
                and rod.gruppe = verdier.gruppe
                and rod.siste_aar = verdier.aar
                and rod.siste_verdi = verdier.verdi
        inner join marts.kilder on verdier.dokument_id = kilder.dokument_id
        where verdier.verdi_id = ? and rod.aar = 2025 and rod.sp_nr = ? and rod.vurdering in (?, ?)
        """,
        _kilde(side).removeprefix("tall/"),
        sp_nr,
        *ROEDE,
    )
    tallet = norsk.tall(Decimal(str(verdi)), int(str(desimaler)))
    assert tallet in vist
    for ord_ in (f"Trykt som{trykt or tallet}", *dokument_og_sted):
        expect(vindu).to_contain_text(str(ord_))


def _kilde(side: Page) -> str:
    kilde = re.search(r"[?&]kilde=([^&]+)", side.url)
    assert kilde is not None, side.url
    return kilde.group(1).replace("%2F", "/")


def test_hvilket_brev_flyttet_671_60_og_hvor_mye(aapne: Aapne, sql: Sql) -> None:
    side = aapne(f"/budsjett?aar=2024&dato={STATUSDATO}&post=0671/60")
    hendelser = sql(
        """
        select kilder.tittel, tildelinger.belop_kr, tildelinger.disponibelt_etter_kr
        from marts.tildelinger
        inner join marts.kilder using (dokument_id)
        where budsjettaar = 2024 and kapittel = '0671' and post = '60'
        order by nummer
        """
    )
    assert [int(str(belop)) for _, belop, _ in hendelser[1:]] == [-500_671_000, -1_130_490_000]
    tabell = _tabell(side, "Endringene, brev for brev")
    vist = [(rad[0], kroner(rad[4]), kroner(rad[5])) for rad in _rader(tabell)]
    assert [rad[1:] for rad in vist] == [(belop, etter) for _, belop, etter in hendelser]
    assert [rad[0] for rad in vist[1:]] == ["Tillegg nr. 4 (2024)", "Tillegg nr. 7 (2024)"]

    tabell.get_by_role("row", name="Tillegg nr. 7").get_by_role("button").first.click()
    vindu = side.get_by_role("dialog")
    expect(vindu).to_contain_text(str(hendelser[2][0]))
    assert kroner(vindu.locator(".stort").inner_text()) == -1_130_490_000


def test_hva_er_forsinket(aapne: Aapne, sql: Sql) -> None:
    side = aapne(f"/oppdrag?dato={STATUSDATO}")
    forsinket = sql(
        """
        select oppdrag_nr, del from marts.oppdragstilstander
        where date '2025-06-01' between gjelder_fra and gjelder_til and status = 'frist passert'
        """
    )
    assert forsinket
    expect(side.locator("tbody .merke", has_text=re.compile(r"frist passert$"))).to_have_count(len(forsinket))


def test_last_ned_avvikslisten(aapne: Aapne, sql: Sql) -> None:
    side = aapne(f"/avvik?dato={STATUSDATO}")
    fasit = sql("select beskrivelse, aar, oppgitt, beregnet from marts.avvik")
    assert len(_rader(_tabell(side, "Tall som ikke stemmer"))) == len(fasit)
    filer: dict[str, Path] = {}
    for knapp in ("Last ned CSV", "Last ned Excel"):
        with side.expect_download() as nedlasting:
            side.get_by_role("button", name=knapp).click()
        filer[Path(nedlasting.value.suggested_filename).suffix] = nedlasting.value.path()

    # as Excel in Norwegian reads it
    raa = filer[".csv"].read_bytes()
    assert raa.startswith(b"\xef\xbb\xbf")
    hode, *rader = csv.reader(io.StringIO(raa.decode("utf-8-sig")), delimiter=";")
    assert all(len(rad) == len(hode) for rad in rader)

    def tall(celle: str) -> Decimal | None:
        return Decimal(celle.replace(",", ".")) if celle else None

    def nokkel(rad: tuple[object, ...]) -> tuple[str, ...]:
        return tuple(map(str, rad))

    plass = [hode.index(navn) for navn in ("Kontroll", "År", "Oppgitt", "Beregnet")]
    lest = [
        (kontroll, int(aar), tall(oppgitt), tall(beregnet))
        for kontroll, aar, oppgitt, beregnet in ([rad[en] for en in plass] for rad in rader)
    ]
    ventet = [(str(beskrivelse), aar, oppgitt, beregnet) for beskrivelse, aar, oppgitt, beregnet in fasit]
    assert sorted(lest, key=nokkel) == sorted(ventet, key=nokkel)

    ark = openpyxl.load_workbook(io.BytesIO(filer[".xlsx"].read_bytes()))["Tall"]
    verdier = list(ark.iter_rows(min_row=2, values_only=True))
    assert len(verdier) == len(fasit)
    for rad in verdier:
        assert all(rad[en] is None or isinstance(rad[en], int | float) for en in plass[1:])
    assert sum(rad[plass[2]] is not None for rad in verdier) == sum(oppgitt is not None for _, _, oppgitt, _ in fasit)


def test_en_lenke_gjenskaper_valgene_og_de_folger_med(aapne: Aapne) -> None:
    side = aapne("/oppdrag?aar=2024&dato=2025-03-31")
    meny = side.get_by_test_id("stSidebar")

    def valgene() -> None:
        expect(side.get_by_test_id("stMain")).to_contain_text("· 2024 · per 31.03.2025")
        expect(meny.get_by_role("combobox", name=re.compile("År"))).to_have_value("2024")
        assert "aar=2024" in side.url
        assert "dato=2025-03-31" in side.url

    valgene()
    meny.get_by_role("link", name="Budsjett", exact=True).click()
    expect(side.get_by_role("heading", level=1)).to_have_text("Budsjett")
    vent(side)
    valgene()
    side.reload()
    vent(side)
    valgene()
    side.go_back()
    expect(side.get_by_role("heading", level=1)).to_have_text("Oppdrag")
    vent(side)
    valgene()

    # so do the links in tables, each a step that Back undoes
    side.get_by_role("row").get_by_role("link").first.click()
    side.wait_for_url(lambda url: "oppdrag=" in url)
    vent(side)
    valgene()
    side.go_back()
    side.wait_for_url(lambda url: "oppdrag=" not in url)
    vent(side)
    valgene()


def test_den_faste_lenken_sier_alt_som_er_valgt(aapne: Aapne) -> None:
    side = aapne("/oppdrag?dato=2025-06-01&status=frist+passert")
    lenke = side.get_by_role("link", name="Fast lenke til det som vises").get_attribute("href")
    assert lenke is not None
    valgt = dict(parse_qsl(lenke.removeprefix("?")))
    assert valgt == {
        "virksomhet": "Integrerings- og mangfoldsdirektoratet",
        "aar": "2025",
        "dato": "2025-06-01",
        "status": "frist passert",
    }
    sett = side.get_by_role("table").get_by_role("row").all_inner_texts()
    gaa(side, f"/oppdrag{lenke}")
    expect(side.get_by_test_id("stMain")).to_contain_text("· 2025 · per 01.06.2025")
    assert side.get_by_role("table").get_by_role("row").all_inner_texts() == sett


def test_hver_flis_forer_til_det_som_den_teller(aapne: Aapne) -> None:
    side = aapne("/?dato=2025-06-01")
    flis = side.get_by_role("link", name=re.compile("Frist passert"))
    expect(flis).to_contain_text("24")
    flis.click()
    expect(side.get_by_role("heading", level=1)).to_have_text("Oppdrag")
    vent(side)
    assert "dato=2025-06-01" in side.url
    rader = side.get_by_role("table").first.locator("tbody").get_by_role("row")
    expect(rader).to_have_count(24)
    # one tile after the other on the same page, each undone by Back
    side.get_by_role("link", name=re.compile("Forfaller innen 30")).click()
    expect(rader).to_have_count(3)
    side.go_back()
    expect(rader).to_have_count(24)
    # what is chosen after the tiles are drawn is in their links
    side.go_back()
    expect(side.get_by_role("heading", level=1)).to_have_text("Oversikt")
    vent(side)
    side.get_by_test_id("stSidebar").get_by_role("combobox", name=re.compile("År")).click()
    side.get_by_role("option", name="2024").click()
    side.wait_for_url(lambda url: "aar=2024" in url)
    vent(side)
    side.get_by_role("link", name=re.compile("Frist passert")).click()
    side.wait_for_url(lambda url: "/oppdrag" in url and "aar=2024" in url)


def test_en_ny_versjon_vises_uten_omstart(aapne: Aapne, publisert: Path, tmp_path: Path) -> None:
    forste = (publisert / FILNAVN).resolve().parent
    shutil.copytree(forste, tmp_path / "versjoner" / forste.name)
    (tmp_path / FILNAVN).symlink_to(f"versjoner/{forste.name}/{FILNAVN}")
    with tjener(tmp_path) as adresse:
        side = aapne("/kilder", paa=adresse)
        side.clock.install()
        side.reload()
        vent(side)
        bunn = side.get_by_test_id("stCaptionContainer").filter(has_text="Versjon")
        expect(bunn).to_contain_text(forste.name)
        versjoner = Versjoner(tmp_path)
        with versjoner.byggelaas():
            ny = versjoner.ny()
            shutil.copy(forste / FILNAVN, ny)
            versjon = versjoner.publiser(ny)
        # the page asks by itself, every half minute
        side.clock.fast_forward(31_000)
        knapp = side.get_by_role("button", name="Vis den nye versjonen")
        expect(knapp).to_be_visible()
        expect(bunn).to_contain_text(forste.name)
        knapp.click()
        expect(bunn).to_contain_text(versjon)
        expect(knapp).to_have_count(0)
        side.close()


def test_motepakken_og_arbeidsboken_fra_siden_er_kommandoens(aapne: Aapne, publisert: Path, tmp_path: Path) -> None:
    side = aapne("/uttak?aar=2025&moete=vår")
    for kommando in ("møtepakke --møte vår --år 2025", "arbeidsbok"):
        svar = kjor(*kommando.split(), "--ut", str(tmp_path), mappe=publisert)
        assert svar.returncode == 0, svar.stderr
    for knapp in ("Last ned PDF", "Last ned DOCX", "Last ned Excel"):
        with side.expect_download(timeout=60_000) as nedlasting:
            side.get_by_role("button", name=knapp).click()
        lastet = nedlasting.value
        assert Path(lastet.path()).read_bytes() == (tmp_path / lastet.suggested_filename).read_bytes(), knapp
