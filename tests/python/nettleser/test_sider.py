"""Every page: it loads, axe finds no violation in either theme, it can be read narrow, enlarged and printed."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, TimeoutError, expect

from tests.python.conftest import Sql
from tests.python.nettleser.conftest import AXE, STATUSDATO, Aapne, Tema, gaa, vent
from tests.python.sider import SIDER, Side

TEMAER: tuple[Tema, ...] = ("light", "dark")
REGLER = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
# What the framework itself does wrong: rule, what it is found on, and where that is reported. Everything else fails.
RAMMEVERKETS = [
    # Vega gives a layer without marks the role of a symbol, and no name. Nothing is seen or heard there.
    ("svg-img-alt", "g.role-mark:empty", "not reported upstream"),
]
# what else a page shows when something is chosen
VALGT = {"/maal": {"sp": "2"}, "/kilder": {"dokument": "T4-2024"}}
TILSTANDER: list[tuple[Side, dict[str, str]]] = [(en, {}) for en in SIDER] + [
    (en, VALGT[en.sti]) for en in SIDER if en.sti in VALGT
]
# Where no figure on the page is from a document.
UTEN_TALL: list[tuple[str, dict[str, str]]] = [
    ("SQL", {}), ("Mål og SP", {}), ("Kilder", {}), ("Uttak", {}), ("Statsregnskapet", {})
]  # fmt: skip
# Where there is no table before something is fetched.
UTEN_TABELL = ["Statsregnskapet"]

paa_hver_side = pytest.mark.parametrize(
    ("en", "valgt"),
    TILSTANDER,
    ids=[f"{en.sti.strip('/') or 'oversikt'}{'-valgt' * bool(valgt)}" for en, valgt in TILSTANDER],
)


def _sti(en: Side, **sporring: str) -> str:
    """A page on the status date, at which the tests know what is true."""
    return en.sti + "?" + "&".join(f"{navn}={verdi}" for navn, verdi in ({"dato": STATUSDATO} | sporring).items())


# Of rows that differ in text alone axe needs one. It leaves out what is scrolled out of sight, and all that is in an
# open window, which locks the scrolling of a body without height. Gives the height that shows all.
_LETT = """() => {
    for (const vert of document.querySelectorAll('[data-testid=stBidiComponentIsolated]')) {
        const sett = new Set();
        for (const rad of vert.shadowRoot.querySelectorAll('tbody tr')) {
            const form = [...rad.querySelectorAll('*')].map(en => en.tagName + en.className).join();
            if (sett.has(form)) rad.remove();
            sett.add(form);
        }
    }
    document.documentElement.style.overflow = 'visible';
    return document.querySelector('[data-testid=stMain]').scrollHeight;
}"""
# Text in charts with a contrast under 4.5 to what it is drawn on: a mark of the chart, or the page.
_SVAK_TEKST = """() => {
    const tall = farge => farge.match(/[\\d.]+/g).map(Number);
    const lys = farge => farge.slice(0, 3).map(en => en / 255)
        .map(en => en <= 0.04045 ? en / 12.92 : ((en + 0.055) / 1.055) ** 2.4)
        .reduce((sum, en, plass) => sum + en * [0.2126, 0.7152, 0.0722][plass], 0);
    const grunn = getComputedStyle(document.querySelector('.stApp')).backgroundColor;
    const svake = [];
    for (const tekst of document.querySelectorAll('.stVegaLiteChart svg text')) {
        if (!tekst.textContent.trim()) continue;
        const boks = tekst.getBoundingClientRect();
        const merker = [...tekst.ownerSVGElement.querySelectorAll('.role-mark path')].reverse();
        const under = merker.map(en => [getComputedStyle(en), en.getBoundingClientRect()])
            .find(([stil, ramme]) => /^rgb/.test(stil.fill) && ramme.left <= boks.left && boks.right <= ramme.right
                && ramme.top <= boks.top + boks.height / 4 && boks.bottom - boks.height / 4 <= ramme.bottom);
        const dekning = under ? (tall(under[0].fill)[3] ?? 1) * under[0].fillOpacity * under[0].opacity : 0;
        const bland = (en, plass) => dekning ? dekning * tall(under[0].fill)[plass] + (1 - dekning) * en : en;
        const [a, b] = [lys(tall(getComputedStyle(tekst).fill)), lys(tall(grunn).map(bland))];
        const kontrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (kontrast < 4.5) svake.push(`${tekst.textContent}: ${kontrast.toFixed(2)}`);
    }
    return svake.slice(0, 10);
}"""


def _axe(side: Page) -> None:
    """In both themes no serious or critical violation, and the contrast of the text has been measured."""
    hoyde = side.evaluate(_LETT)
    assert side.viewport_size is not None
    side.set_viewport_size({"width": side.viewport_size["width"], "height": max(900, min(hoyde, 10_000))})
    side.evaluate(AXE.read_text(encoding="utf-8"))
    for tema in TEMAER:
        _axe_i(side, tema)


def _axe_i(side: Page, tema: Tema) -> None:
    side.emulate_media(color_scheme=tema)
    # what a reader sees whose machine turns dark while the page is open
    side.wait_for_function("tema => getComputedStyle(document.querySelector('.stApp')).colorScheme === tema", arg=tema)
    vent(side)
    svar: dict[str, Any] = side.evaluate(
        """async ([regler, kjente]) => {
            const svar = await axe.run(document, {runOnly: regler, elementRef: true});
            const feil = svar.violations.filter(en => ['serious', 'critical'].includes(en.impact)).flatMap(regel =>
                regel.nodes
                    .filter(en => !kjente.some(([id, velger]) => id === regel.id && en.element.matches(velger)))
                    .map(en => `${regel.id}: ${en.html.slice(0, 300)}: ${en.any.map(hva => hva.message).join(' ')}`));
            return {feil, maalt: svar.passes.map(en => en.id)};
        }""",
        [REGLER, RAMMEVERKETS],
    )
    assert svar["feil"] == []
    assert "color-contrast" in svar["maalt"]
    # axe leaves text in SVG out; a chart is drawn anew some time after the theme has changed
    try:
        side.wait_for_function(f"() => ({_SVAK_TEKST})().length === 0", timeout=5_000)
    except TimeoutError:
        pytest.fail(f"svak tekst i et diagram: {side.evaluate(_SVAK_TEKST)}")


def _hel(side: Page) -> None:
    """The script ran to its end, in Norwegian, with one top heading."""
    expect(side.get_by_test_id("stException")).to_have_count(0)
    expect(side.locator("html")).to_have_attribute("lang", "nb")
    expect(side.get_by_role("heading", level=1)).to_have_count(1)


def _bredden_holder(side: Page) -> None:
    """Nothing makes the page itself scroll sideways; a wide table scrolls in its own region."""
    try:
        # a chart is drawn anew some time after the window has changed
        side.wait_for_function(
            """() => [document.documentElement, document.querySelector('[data-testid=stMain]')]
                .every(en => en.scrollWidth <= en.clientWidth)""",
            timeout=5_000,
        )
    except TimeoutError:
        bredest = side.evaluate(
            """() => [...document.querySelectorAll('[data-testid=stMain] *')]
                .filter(en => en.getBoundingClientRect().right > innerWidth + 1)
                .slice(0, 5).map(en => en.outerHTML.slice(0, 200))"""
        )
        pytest.fail(f"bredere enn vinduet: {bredest}")


@paa_hver_side
def test_siden_er_hel_og_tilgjengelig(aapne: Aapne, sql: Sql, en: Side, valgt: dict[str, str]) -> None:
    side = aapne(_sti(en, **valgt))
    _hel(side)
    _axe(side)

    # on a phone, first with the source of a figure open, then without
    [(verdi_id, trykt)] = sql("select verdi_id, trykt from marts.verdier where trykt <> '' order by verdi_id limit 1")
    side.set_viewport_size({"width": 390, "height": 844})
    gaa(side, _sti(en, **valgt, kilde=f"tall/{verdi_id}"))
    _hel(side)
    vindu = side.get_by_role("dialog")
    expect(vindu).to_contain_text(str(trykt))
    vent(side)
    _axe(side)
    side.keyboard.press("Escape")
    expect(vindu).to_have_count(0)
    vent(side)
    _bredden_holder(side)
    _axe(side)


def test_kildevinduet(aapne: Aapne, sql: Sql) -> None:
    [(hendelse_id,)] = sql("select hendelse_id from marts.tildelinger where korrigerer_hendelse_id is not null limit 1")
    [(kontroll,)] = sql("select aar || '/' || kontroll_id from marts.avvik where oppgitt is not null limit 1")
    [(verdi_id, sted)] = sql(
        "select verdi_id, dokument_id || '/' || sted from marts.verdier where antall_kontroller > 0 limit 1"
    )
    side = aapne(_sti(SIDER[0]))
    for ref in (
        f"tall/{verdi_id}",
        f"hendelse/{hendelse_id}",
        f"kontroll/{kontroll}",
        f"sted/{sted}",
        "post/2024/0671/60",
    ):
        gaa(side, _sti(SIDER[0], kilde=quote(ref)))
        _hel(side)
        vindu = side.get_by_role("dialog")
        expect(vindu).to_be_visible()
        expect(vindu.get_by_test_id("stAlert")).to_have_count(0)
        vent(side)
        _axe(side)


def test_menyen_paa_telefon(aapne: Aapne) -> None:
    side = aapne(_sti(SIDER[0]), bredde=390)
    side.get_by_test_id("stExpandSidebarButton").click()
    vent(side)
    _axe(side)
    side.get_by_role("link", name=SIDER[-1].tittel, exact=True).click()
    expect(side.get_by_role("heading", level=1)).to_have_text(SIDER[-1].tittel)


# The element that has the focus, also when it stands in a table's shadow root.
_FOKUS = """() => {
    let en = document.activeElement;
    while (en.shadowRoot?.activeElement) en = en.shadowRoot.activeElement;
    if (en.matches('[data-testid=stSidebarNavLink]')) return 'side';
    if (en.matches('[data-testid=stSidebar] input, [data-testid=stSidebar] [role=spinbutton]')) return 'valg';
    if (en.matches('thead button')) return 'sortering';
    return en.matches('button.kilde') ? 'tall' : '';
}"""


@paa_hver_side
def test_siden_med_tastatur_forstorret_og_paa_papir(
    aapne: Aapne, en: Side, valgt: dict[str, str], tmp_path: Path
) -> None:
    side = aapne(_sti(en, **valgt), tema="dark")
    siste = side.locator("table tbody tr:last-child th").all_inner_texts()
    _med_tastatur(
        side,
        ["side", "valg"]
        + ["sortering"] * (en.tittel not in UTEN_TABELL)
        + ["tall"] * ((en.tittel, valgt) not in UTEN_TALL),
    )
    # 200 per cent of a window of 1440 is as wide as this
    side.set_viewport_size({"width": 720, "height": 450})
    vent(side)
    _bredden_holder(side)
    _paa_papir(side, siste, tmp_path / "side.pdf")


def test_statsregnskapet_nar_det_er_hentet(aapne: Aapne, adresse_med_regnskap: str, tmp_path: Path) -> None:
    side = aapne("/statsregnskapet", paa=adresse_med_regnskap)
    _hel(side)
    siste = side.locator("table tbody tr:last-child th").all_inner_texts()
    _axe(side)
    gaa(side, "/statsregnskapet?maaned=8")
    _hel(side)
    _med_tastatur(side, ["side", "valg", "sortering", "tall"])
    side.set_viewport_size({"width": 390, "height": 844})
    vent(side)
    _bredden_holder(side)
    _axe(side)
    gaa(side, "/statsregnskapet")
    _paa_papir(side, siste, tmp_path / "side.pdf")


def _med_tastatur(side: Page, ventet: list[str]) -> None:
    """Tab reaches each kind of thing, Enter opens a figure's source, Escape closes it and gives the focus back."""
    nadd: list[str] = []
    for _ in range(250):
        side.keyboard.press("Tab")
        hva = side.evaluate(_FOKUS)
        if hva and hva not in nadd:
            nadd.append(hva)
        if hva == ventet[-1]:
            break
    assert nadd == ventet
    if "tall" not in ventet:
        return
    side.keyboard.press("Enter")
    vindu = side.get_by_role("dialog")
    expect(vindu).to_be_visible()
    assert "kilde=" in side.url
    side.keyboard.press("Escape")
    expect(vindu).to_have_count(0)
    side.wait_for_url(lambda url: "kilde=" not in url)
    # the window gives it back some time after it is gone
    side.wait_for_function(f"() => ({_FOKUS})() === 'tall'")


def _paa_papir(side: Page, siste: list[str], fil: Path) -> None:
    """The choices are left out and the tables are whole, to their last rows."""
    side.emulate_media(media="print")
    expect(side.get_by_test_id("stSidebar")).not_to_be_visible()
    # what stands outside a box that hides what overflows it, is not on the paper
    klippet = side.evaluate(
        """() => {
            const forelder = en => en.assignedSlot ?? en.parentElement ?? en.getRootNode().host;
            const tabeller = [...document.querySelectorAll('[data-testid=stBidiComponentIsolated]')]
                .flatMap(en => [...en.shadowRoot.querySelectorAll('table')]);
            const feil = [];
            for (const tabell of tabeller) {
                const boks = tabell.getBoundingClientRect();
                for (let en = forelder(tabell); en; en = forelder(en)) {
                    const ramme = en.getBoundingClientRect();
                    const skjuler = getComputedStyle(en).overflowY !== 'visible' && en !== document.documentElement;
                    if (skjuler && boks.bottom > ramme.bottom + 1) feil.push(en.outerHTML.slice(0, 200));
                }
            }
            return feil;
        }"""
    )
    assert klippet == []
    fil.write_bytes(side.pdf(format="A4"))
    assert fil.stat().st_size > 0
    if shutil.which("pdftotext"):
        svar = subprocess.run(["pdftotext", "-raw", fil, "-"], capture_output=True, text=True, check=True)
        trykt = re.sub(r"\s+", "", svar.stdout)
        for rad in siste:
            assert re.sub(r"\s+", "", rad) in trykt, rad
