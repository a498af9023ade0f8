"""The documentation site: it says what the marts say, every link leads somewhere, and nothing comes from outside."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

import duckdb
import pytest
from playwright.sync_api import Browser, sync_playwright

from styring import dbt, norsk
from styring.feil import StyringFeil
from styring.publisering import FILNAVN
from styring.stier import PROSJEKT
from styring.uttak import dokumentasjon
from styring.uttak.dokumentasjon import dbtdocs, sider
from styring.uttak.utgave import Utgave
from tests.python.conftest import Sql, erstatt
from tests.python.nettleser.conftest import AXE

TEMAER: tuple[Literal["light", "dark"], ...] = ("light", "dark")
ELDRE = "20200101T000000000000Z"
# what a browser fetches by itself, by element and attribute
HENTES = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "embed": "src",
    "object": "data",
}
# other kinds of <link> only say where something is
HENTENDE_LENKER = {"stylesheet", "icon", "shortcut icon", "preload", "prefetch", "modulepreload", "manifest"}
_CSS_UTENFRA = re.compile(r"""(?:url\(\s*|@import\s+)['"]?(?:https?:)?//""")
_DBT_ID = re.compile(r"!/(?:model|seed|exposure)/([\w.]+)")


@dataclass
class Side(HTMLParser):
    """A page: its places, its links, what it fetches by itself, and the rows of its tables below each heading."""

    ider: set[str] = field(default_factory=set)
    lenker: list[str] = field(default_factory=list)
    henter: list[str] = field(default_factory=list)
    rader: list[tuple[str, list[str]]] = field(default_factory=list)
    overskrifter: list[str] = field(default_factory=list)
    tekst: str = ""
    _i_overskrift: bool = False
    _celler: list[str] | None = None

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        valg = {navn: verdi or "" for navn, verdi in attrs}
        self.ider |= {valg[navn] for navn in ("id", "name") if valg.get(navn)}
        if tag == "a" and "href" in valg:
            self.lenker.append(valg["href"])
        if tag in HENTES and HENTES[tag] in valg:
            self.henter.append(valg[HENTES[tag]])
        if tag == "link" and valg.get("rel") in HENTENDE_LENKER:
            self.henter.append(valg["href"])
        if tag in ("h1", "h2"):
            self._i_overskrift = True
            self.overskrifter.append("")
        if tag == "tr":
            self._celler = []
        if tag in ("td", "th") and self._celler is not None:
            self._celler.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("h1", "h2"):
            self._i_overskrift = False
        if tag == "tr" and self._celler is not None:
            self.rader.append((self.overskrifter[-1] if self.overskrifter else "", [en.strip() for en in self._celler]))
            self._celler = None

    def handle_data(self, data: str) -> None:
        self.tekst += data
        if self._i_overskrift:
            self.overskrifter[-1] += data.removesuffix("§")
        elif self._celler:
            self._celler[-1] += data


def les(fil: Path) -> Side:
    """A page of the site. dbt's is a script, and has no more than its head."""
    side = Side()
    side.feed(fil.read_text(encoding="utf-8"))
    return side


def brutte_lenker(mappe: Path) -> list[str]:
    """Links, and what is fetched, that lead to no file or place in the site; links to the web are the reader's own."""
    funn = []
    alle = {fil: les(fil) for fil in mappe.rglob("*.html")}
    dbts = (mappe / "dbt/index.html").read_text(encoding="utf-8")
    for fil, side in alle.items():
        for lenke in (*side.lenker, *side.henter):
            deler = urlsplit(lenke)
            if deler.scheme:
                continue
            mal = Path(os.path.normpath(fil.parent / unquote(deler.path))) if deler.path else fil
            anker = unquote(deler.fragment)
            if anker.startswith("!"):
                finnes = all(f'"{en}":' in dbts for en in _DBT_ID.findall(anker))
            else:
                finnes = not anker or (mal in alle and anker in alle[mal].ider)
            if not mal.is_file() or not finnes:
                funn.append(f"{fil.relative_to(mappe)}: {lenke}")
    return funn


@pytest.fixture(scope="module")
def utgave(publisert: Path, tmp_path_factory: pytest.TempPathFactory) -> Utgave:
    """The published version, held against one that has another figure and one document less."""
    (mappe,) = publisert.glob("versjoner/*T*")
    eldre = tmp_path_factory.mktemp("eldre") / ELDRE
    eldre.mkdir()
    fil = Path(shutil.copyfile(mappe / FILNAVN, eldre / FILNAVN))
    with duckdb.connect(str(fil)) as kobling:
        kobling.execute("update marts.tildelinger set belop_kr = 1 where hendelse_id = 'T4-2024-0671-21'").fetchall()
        kobling.execute("delete from marts.oppdrag where oppdrag_nr = '2025-01'").fetchall()
    return Utgave(mappe, eldre)


@pytest.fixture(scope="module")
def linjer() -> list[str]:
    """What was said while the site was made."""
    return []


@pytest.fixture(scope="module")
def nettsted(utgave: Utgave, linjer: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the published version."""
    forside = dokumentasjon.skriv(utgave, tmp_path_factory.mktemp("uttak") / "dokumentasjon", linjer.append)
    assert forside.name == "index.html"
    return forside.parent


def test_hvert_skritt_er_sagt(nettsted: Path, linjer: list[str]) -> None:
    assert nettsted.is_dir()
    assert linjer == [
        "Skriver sidene …",
        "Bygger nettstedet med Sphinx …",
        "Lager dbts dokumentasjon, med grafen …",
    ]


def test_hver_mart_og_kolonne_er_i_dataordboken(nettsted: Path, sql: Sql) -> None:
    i_ordboken = {
        (mart, rad[0]): rad[2]
        for fil in (nettsted / "dataordbok").glob("*.html")
        for mart, rad in les(fil).rader
        if fil.stem != "index" and rad[0] != "Kolonne"
    }
    i_filen = sql("select table_name, column_name, comment from duckdb_columns() where schema_name = 'marts'")
    assert len(i_filen) > 300
    assert set(i_ordboken) == {(mart, kolonne) for mart, kolonne, _ in i_filen}
    for mart, kolonne, beskrivelse in i_filen:
        # the values that are allowed come after
        forventet = " ".join(str(beskrivelse).split())
        assert i_ordboken[str(mart), str(kolonne)].startswith(forventet), f"{mart}.{kolonne}"


def test_ordboken_har_radene_i_hver_mart_og_et_ekte_eksempel(nettsted: Path, sql: Sql) -> None:
    oversikt = {rad[0]: rad[2] for _, rad in les(nettsted / "dataordbok/index.html").rader}
    for (mart,) in sql("select table_name from duckdb_tables() where schema_name = 'marts'"):
        ((antall,),) = sql(f"select count(*) from marts.{mart}")
        assert oversikt[str(mart)] == norsk.tall(int(str(antall))), mart
    eksempel = {
        rad[0]: rad[3] for mart, rad in les(nettsted / "dataordbok/budsjett.html").rader if mart == "tildelinger"
    }
    assert sql(
        "select belop_kr::varchar, kapittel, dato::varchar from marts.tildelinger where hendelse_id = ?",
        eksempel["hendelse_id"],
    ) == [(eksempel["belop_kr"], eksempel["kapittel"], eksempel["dato"])]


def test_hver_regel_og_kontroll_er_i_katalogen_med_tallene_sine(nettsted: Path, sql: Sql) -> None:
    felter = "sum(antall_evaluert), sum(antall_like), sum(antall_avrunding), sum(antall_avvik)"
    regler = sql(f"select nummer, nummer || ' ' || navn, count(*), {felter} from marts.kontrollkatalog group by all")
    assert len(regler) >= 30
    oversikt = {rad[0]: rad[2:] for _, rad in les(nettsted / "kontroller/index.html").rader}
    assert set(oversikt) - {"Regel"} == {str(navn) for _, navn, *_ in regler}
    for nummer, navn, *antall in regler:
        assert oversikt[str(navn)] == [norsk.tall(int(str(ett))) for ett in antall], navn
        side = les(nettsted / f"kontroller/{nummer}.html")
        kontroller = sql("select kontroll_id from marts.kontrollkatalog where nummer = ?", nummer)
        assert len(side.rader) == len(kontroller) + 1, nummer
        for (kontroll_id,) in kontroller:
            assert str(kontroll_id) in side.tekst, kontroll_id


def test_forsiden_har_tallene_i_martene(nettsted: Path, sql: Sql, utgave: Utgave) -> None:
    side = les(nettsted / "index.html")
    vist = {rad[0]: rad[1] for _, rad in side.rader}
    for navn, sporring in {
        "Dokumenter": "select count(*) from marts.kilder",
        "Trykte tall om resultater og regnskap": "select count(verdi) from marts.verdier",
        "Pengehendelser i brevene": "select count(*) from marts.tildelinger",
        "Kontrollregler": "select count(*) from staging.stg_kontrollregler",
        "Evaluerte kontroller": "select count(*) from marts.kontroller",
        "– avvik": "select count(*) from marts.avvik",
        "Avvik som ikke er vurdert": "select count(*) from marts.avvik where status = 'ny'",
        "Tabeller (marter)": "select count(*) from duckdb_tables() where schema_name = 'marts'",
    }.items():
        ((antall,),) = sql(sporring)
        assert vist[navn] == norsk.tall(int(str(antall))), navn
    assert utgave.opphav in " ".join(side.tekst.split())


def test_hver_kilde_har_fingeravtrykk_og_antall(nettsted: Path, sql: Sql) -> None:
    side = les(nettsted / "kilder.html")
    vist = {rad[0]: rad[3] for _, rad in side.rader}
    for dokument_id, tittel, sha256, tall in sql(
        "select dokument_id, tittel, sha256, (select count(verdi) from marts.verdier "
        "where verdier.dokument_id = kilder.dokument_id) from marts.kilder"
    ):
        assert vist[str(tittel)] == norsk.tall(int(str(tall))), dokument_id
        assert sha256 is None or str(sha256) in side.tekst, dokument_id
        assert f"dokument-{str(dokument_id).lower()}" in side.ider


def test_hver_side_og_hvert_uttak_er_fulgt_til_filene(nettsted: Path, utgave: Utgave) -> None:
    html = (nettsted / "avstamning.html").read_text(encoding="utf-8")
    exposures = utgave.manifest["exposures"]
    assert len(exposures) >= 14
    for en in exposures.values():
        del_ = re.search(rf'id="bruk-{en["name"].replace("_", "-")}".*?</section>', html, re.DOTALL)
        assert del_ is not None, en["name"]
        for mart in en["depends_on"]["nodes"]:
            assert f"#mart-{mart.split('.')[-1].replace('_', '-')}" in del_[0], mart
        seeds = re.findall(r"#!/seed/(seed\.styring\.\w+)", del_[0])
        assert seeds, en["name"]
        assert set(seeds) <= set(utgave.manifest["nodes"]), en["name"]


def test_en_versjon_uten_exposures_sies_rett_ut(utgave: Utgave, tmp_path: Path) -> None:
    mappe = tmp_path / utgave.versjon
    mappe.mkdir()
    (mappe / FILNAVN).symlink_to(utgave.fil)
    (mappe / "manifest.json").write_text(json.dumps(utgave.manifest | {"exposures": {}}), encoding="utf-8")
    sider.skriv(Utgave(mappe), tmp_path / "kilde")
    assert "kan ikke vises" in (tmp_path / "kilde/avstamning.md").read_text(encoding="utf-8")
    # nothing earlier to compare with
    assert not (tmp_path / "kilde/endringer.md").exists()


def test_endringene_er_de_som_er_gjort(nettsted: Path) -> None:
    side = les(nettsted / "endringer.html")
    assert [(mart, rad) for mart, rad in side.rader if rad[0] != "Hva"] == [
        ("tildelinger (1)", ["endret", "T4-2024-0671-21", f"beløp 1 → {norsk.tall(-14144000)}"]),
        ("oppdrag (1)", ["ny", "imdi 2025-01 hele", "frist 31.12.2025"]),
    ]
    assert f"sammenlignet med versjon {ELDRE}" in " ".join(side.tekst.split())


def test_oppskriftene_og_beslutningene_er_med_som_de_er(nettsted: Path) -> None:
    for fil in ("docs/sporringer.md", "docs/drift.md", "CONTRIBUTING.md", *_beslutninger()):
        tekst = (PROSJEKT / fil).read_text(encoding="utf-8")
        # past the same title on the front page
        titler = [
            re.sub(r"[`*]", "", en)
            for en in re.findall(r"^##? (.+)$", re.sub(r"```.*?```", "", tekst, flags=re.DOTALL), re.MULTILINE)
        ]
        side = les(nettsted / fil.replace(".md", ".html"))
        assert titler
        assert side.overskrifter == titler, fil
    engelsk = (nettsted / "CONTRIBUTING.html").read_text(encoding="utf-8")
    assert '<div lang="en">' in engelsk
    assert "Denne siden er på engelsk" in engelsk
    assert '<div lang="en">' not in (nettsted / "docs/drift.html").read_text(encoding="utf-8")


def _beslutninger() -> list[str]:
    return [str(sti.relative_to(PROSJEKT)) for sti in (PROSJEKT / "docs/beslutninger").glob("*.md")]


def test_ingen_lenke_er_brutt(nettsted: Path) -> None:
    assert sum(len(les(fil).lenker) for fil in nettsted.rglob("*.html")) > 3000
    assert brutte_lenker(nettsted) == []


def test_brutte_lenker_blir_funnet(nettsted: Path, tmp_path: Path) -> None:
    kopi = Path(shutil.copytree(nettsted, tmp_path / "kopi"))
    brutte = ["borte.html", "kilder.html#borte", "#borte", "dbt/index.html#!/model/model.styring.borte", "docs/"]
    lenker = "".join(f'<a href="{lenke}">her</a>' for lenke in brutte)
    erstatt(kopi / "index.html", "</body>", f'{lenker}<img src="borte.png"></body>')
    assert brutte_lenker(kopi) == [f"index.html: {lenke}" for lenke in (*brutte, "borte.png")]


def test_ingenting_hentes_utenfra(nettsted: Path) -> None:
    for fil in nettsted.rglob("*.html"):
        side = les(fil)
        assert [en for en in side.henter if urlsplit(en).scheme not in ("", "data") or urlsplit(en).netloc] == [], fil
        assert "Content-Security-Policy" in fil.read_text(encoding="utf-8"), fil
    for fil in (*nettsted.rglob("*.css"), *nettsted.rglob("*.html")):
        # dbt's page has its rules within its scripts
        assert _CSS_UTENFRA.search(fil.read_text(encoding="utf-8")) is None, fil


def test_ingenting_rober_maskinen(nettsted: Path) -> None:
    steder = {str(PROSJEKT), str(nettsted.parent), "/tmp/", str(Path.home())}
    for fil in nettsted.rglob("*"):
        if fil.suffix in (".html", ".js", ".css", ".txt"):
            tekst = fil.read_text(encoding="utf-8")
            assert [sted for sted in steder if sted in tekst] == [], fil.relative_to(nettsted)


def test_dbts_dokumentasjon_har_exposures_og_maaler_ingen(nettsted: Path, utgave: Utgave) -> None:
    side = (nettsted / "dbt/index.html").read_text(encoding="utf-8")
    for nokkel in utgave.manifest["exposures"]:
        assert f'"{nokkel}":' in side, nokkel
    assert side.count('"send_anonymous_usage_stats":false') == 2
    assert "default-src 'none'" in side
    # types come from the file, descriptions from the manifest
    assert '"model.styring.avvik":{"metadata":{"type":"BASE TABLE"' in side
    assert "Én rad per kontroll som ikke holdt" in side


def test_samme_versjon_gir_samme_nettsted(nettsted: Path, utgave: Utgave, tmp_path: Path) -> None:
    igjen = dokumentasjon.skriv(utgave, tmp_path / "dokumentasjon", lambda _: None).parent

    def filer(mappe: Path) -> dict[str, bytes]:
        return {str(fil.relative_to(mappe)): fil.read_bytes() for fil in mappe.rglob("*") if fil.is_file()}

    forste, andre = filer(nettsted), filer(igjen)
    assert set(forste) == set(andre)
    assert [navn for navn in forste if forste[navn] != andre[navn]] == []


def test_det_soekes_paa_norsk(nettsted: Path) -> None:
    assert "NorwegianStemmer" in (nettsted / "_static/language_data.js").read_text(encoding="utf-8")
    indeks = json.loads(
        (nettsted / "searchindex.js").read_text(encoding="utf-8").removeprefix("Search.setIndex(").removesuffix(")")
    )
    # as the Norwegian stemmer has them
    assert {"tildeling", "styringsparamet", "etatsstyringsmøt", "foreløp"} <= set(indeks["terms"])
    assert "kontrollkatalog" in indeks["titleterms"]


def test_feil_i_en_side_lar_det_gamle_nettstedet_sta(
    utgave: Utgave, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ut = tmp_path / "dokumentasjon"
    ut.mkdir()
    (ut / "versjon.txt").write_text("20200101T000000000000Z\nindex.html\n", encoding="utf-8")
    (ut / "index.html").write_text("det gamle", encoding="utf-8")
    # the repository's own documents, with a link to nowhere
    dokumenter = tmp_path / "dokumenter"
    shutil.copytree(PROSJEKT / "docs", dokumenter / "docs")
    for navn in ("README.md", "CONTRIBUTING.md", "LICENSE", "LICENSE-DATA.md"):
        shutil.copyfile(PROSJEKT / navn, dokumenter / navn)
    erstatt(dokumenter / "docs/drift.md", "# Når noe er galt", "# Når noe er galt\n\n[Borte](borte.md)")
    monkeypatch.setattr(sider, "PROSJEKT", dokumenter)
    with pytest.raises(StyringFeil, match="Sphinx fant feil i sidene") as feil:
        dokumentasjon.skriv(utgave, ut, lambda _: None)
    assert any("docs/drift.md" in linje and "borte.md" in linje for linje in feil.value.detaljer)
    assert sorted(sti.name for sti in ut.iterdir()) == ["index.html", "versjon.txt"]
    assert (ut / "index.html").read_text(encoding="utf-8") == "det gamle"
    assert [sti.name for sti in tmp_path.iterdir() if sti.name.startswith(".")] == []


def test_feil_hos_dbt_sies_i_en_setning(utgave: Utgave, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dbt, "kommando", lambda *_, **__: ["sh", "-c", "echo det er galt; exit 2"])
    with pytest.raises(StyringFeil, match="dbt laget ikke dokumentasjonen") as feil:
        dbtdocs.skriv(utgave, tmp_path / "ut", tmp_path / "arbeid")
    assert feil.value.detaljer == ("det er galt",)
    assert not (tmp_path / "ut").exists()


# Not longer than this module: an open Playwright keeps an event loop in the thread that other tests need.
@pytest.fixture(scope="module")
def nettleser() -> Iterator[Browser]:
    """Debian's Chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None or not AXE.exists():
        pytest.skip("Chromium og axe-core er ikke installert: kjør make test-tools")
    with sync_playwright() as p:
        chromium = p.chromium.launch(executable_path=program, args=["--no-sandbox"] if os.geteuid() == 0 else [])
        yield chromium
        chromium.close()


@pytest.mark.parametrize(
    "sti", ["index", "dataordbok/tall", "kontroller/K01", "avstamning", "kilder", "docs/sporringer", "CONTRIBUTING"]
)
def test_siden_er_hel_og_tilgjengelig(nettsted: Path, nettleser: Browser, sti: str) -> None:
    side = nettleser.new_page()
    feil: list[str] = []
    side.on("console", lambda en: feil.append(en.text) if en.type == "error" else None)
    side.on("pageerror", lambda en: feil.append(str(en)))
    side.on("request", lambda en: feil.append(en.url) if _utenfra(en.url) else None)
    side.goto((nettsted / f"{sti}.html").as_uri())
    side.evaluate(AXE.read_text(encoding="utf-8"))
    for bredde in (1280, 390):
        side.set_viewport_size({"width": bredde, "height": 900})
        # the page hears of it before it draws its next picture
        side.evaluate("new Promise(tegnet => requestAnimationFrame(() => requestAnimationFrame(tegnet)))")
        assert side.evaluate("document.documentElement.scrollWidth <= innerWidth"), bredde
        for tema in TEMAER:
            side.emulate_media(color_scheme=tema)
            brudd = side.evaluate(
                """async () => {
                    const regler = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
                    const svar = await axe.run({runOnly: regler, preload: false});
                    return svar.violations.flatMap(en => en.nodes.map(node => `${en.id}: ${node.html.slice(0, 200)}`));
                }"""
            )
            assert brudd == [], (bredde, tema)
    side.close()
    assert feil == []


def _utenfra(adresse: str) -> bool:
    return urlsplit(adresse).scheme not in ("file", "data")


def test_soeket_finner_frem_uten_tjener(nettsted: Path, nettleser: Browser) -> None:
    side = nettleser.new_page()
    side.goto((nettsted / "index.html").as_uri())
    side.get_by_role("textbox", name="Søk").fill("tildelingene")
    side.keyboard.press("Enter")
    side.get_by_text("Søket fant").wait_for()
    assert side.locator("#search-results").get_by_role("link", name="Budsjett", exact=True).count() == 1
    side.close()


def test_grafen_fra_fil_til_side_vises(nettsted: Path, nettleser: Browser) -> None:
    side = nettleser.new_page()
    spurt: list[str] = []
    side.on("request", lambda en: spurt.append(en.url) if _utenfra(en.url) else None)
    side.goto((nettsted / "avstamning.html").as_uri())
    side.get_by_role("link", name="Fra fil til avvik i dbts dokumentasjon").click()
    side.get_by_text("Lineage Graph").wait_for()
    assert side.locator("input").evaluate_all("alle => alle.map(en => en.value)").count("+exposure:dashbord_avvik") == 1
    assert spurt == []
    side.close()
