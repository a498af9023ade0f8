"""One server, one Chromium and one context for all the browser tests, and a page of its own for each of them."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from styring.stier import PROSJEKT
from tests.python.conftest import nettvakt, utenfor, vaktet
from tests.python.sider import SIDER

AXE = PROSJEKT / "tests/nettleser/node_modules/axe-core/axe.min.js"
STATUSDATO = "2025-06-01"


def ledig_port() -> int:
    """A port of this machine that nobody has."""
    with socket.socket() as ledig:
        ledig.bind(("127.0.0.1", 0))
        return int(ledig.getsockname()[1])


@contextmanager
def tjener(mappe: Path, port: int | None = None, *valg: str) -> Iterator[str]:
    """The dashboard on what is published in a folder, with Streamlit's own options; gives its address."""
    port = port or ledig_port()
    adresse = f"http://127.0.0.1:{port}"
    vakt = mappe / f"nettvakt-{port}.txt"
    logg = (mappe / f"tjener-{port}.log").open("w+", encoding="utf-8")
    prosess = subprocess.Popen(
        vaktet(vakt, sys.executable, "-m", "streamlit", "run", "dashboards/tjener.py", f"--server.port={port}", *valg),
        cwd=PROSJEKT,
        env=nettvakt(vakt) | {"STYRING_MAPPE": str(mappe)},
        stdout=logg,
        stderr=subprocess.STDOUT,
    )
    try:
        frist = time.monotonic() + 60
        while not _svarer(adresse):
            if prosess.poll() is not None or time.monotonic() > frist:
                logg.seek(0)
                pytest.fail(f"dashbordet startet ikke:\n{logg.read()}")
            time.sleep(0.1)
        yield adresse
    finally:
        prosess.terminate()
        prosess.wait(10)
        logg.close()
    assert utenfor(vakt) == [], "dashbordet spurte noen utenfor maskinen"


def _svarer(adresse: str) -> bool:
    try:
        with urllib.request.urlopen(f"{adresse}/_stcore/health", timeout=2) as svar:
            return bool(svar.status == 200)
    except (urllib.error.URLError, OSError):
        return False


# Not longer than this folder: an open Playwright keeps an event loop in the thread that other tests need.
@pytest.fixture(scope="package")
def nettleser() -> Iterator[Browser]:
    """Debian's Chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("Chromium er ikke installert: kjør make test-tools")
    if not AXE.exists():
        pytest.skip("axe-core er ikke installert: kjør make test-tools")
    with sync_playwright() as p:
        # As root, which CI's containers are, Chromium runs only without its sandbox. It shows only our own pages.
        chromium = p.chromium.launch(executable_path=program, args=["--no-sandbox"] if os.geteuid() == 0 else [])
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def kontekst(nettleser: Browser) -> Iterator[BrowserContext]:
    """Where the framework's scripts stay once they are fetched, as in a reader's browser: half of a page's time."""
    with nettleser.new_context(locale="nb-NO", timezone_id="Europe/Oslo") as en:
        en.set_default_timeout(15_000)
        yield en


@pytest.fixture(scope="package")
def adresse(publisert: Path) -> Iterator[str]:
    """The dashboard on the published build."""
    with tjener(publisert) as en:
        yield en


@pytest.fixture(scope="package")
def adresse_med_regnskap(med_regnskap: Path) -> Iterator[str]:
    """The dashboard on a build with some of the state's accounts."""
    with tjener(med_regnskap) as en:
        yield en


def _kjent_feil(melding: ConsoleMessage) -> bool:
    """Streamlit asks the page's own path first and then the root, since it can't know from which it is served.

    No setting of the app changes it: https://github.com/streamlit/streamlit/issues/7074
    """
    sti = urlsplit(melding.location["url"]).path
    return "404" in melding.text and sti in {
        f"{side.sti}/_stcore/{hva}" for side in SIDER for hva in ("health", "host-config")
    }


Aapne = Callable[..., Page]
Tema = Literal["light", "dark"]


@pytest.fixture
def aapne(kontekst: BrowserContext, adresse: str) -> Iterator[Aapne]:
    """Open an address of the dashboard. What the browser complains of, and what it asks others for, fails the test."""
    feil: list[str] = []

    def uventet(url: str) -> None:
        deler = urlsplit(url)
        if deler.scheme not in ("data", "blob") and deler.hostname != "127.0.0.1":
            feil.append(f"spurte utenfor maskinen: {url}")

    def konsoll(melding: ConsoleMessage) -> None:
        if melding.type == "error" and not _kjent_feil(melding):
            feil.append(f"konsollen: {melding.text} ({melding.location['url']})")

    def _aapne(sti: str, *, paa: str = adresse, bredde: int = 1440, tema: Tema = "light") -> Page:
        side = kontekst.new_page()
        side.set_viewport_size({"width": bredde, "height": 900})
        side.emulate_media(color_scheme=tema)
        side.on("console", konsoll)
        side.on("pageerror", lambda en: feil.append(f"skriptfeil: {en}"))
        side.on("request", lambda en: uventet(en.url))
        side.on("websocket", lambda en: uventet(en.url))
        side.goto(paa + sti)
        vent(side)
        return side

    yield _aapne
    for side in kontekst.pages:
        # a page that never came has none
        if side.url.startswith("http"):
            side.evaluate("localStorage.clear()")
        side.close()
    kontekst.clear_cookies()
    assert feil == []


def gaa(side: Page, sti: str) -> None:
    """Type another address of the dashboard."""
    deler = urlsplit(side.url)
    side.goto(f"{deler.scheme}://{deler.netloc}{sti}")
    vent(side)


def vent(side: Page) -> None:
    """Wait until the script has run, what it sent is drawn, and nothing moves."""
    side.wait_for_function(
        """() => document.querySelector('h1, [data-testid=stException]')
            && document.querySelector('[data-test-script-state]')?.dataset.testScriptState === 'notRunning'
            && !document.querySelector('[data-testid=stSkeleton]')
            && [...document.querySelectorAll('.stVegaLiteChart')].every(en => en.querySelector('svg'))
            && [...document.querySelectorAll('[data-testid=stBidiComponentIsolated]')].every(en => en.offsetHeight)
            && document.getAnimations().every(en => en.playState !== 'running'
                || en.effect.getComputedTiming().endTime === Infinity)"""
    )


def kroner(vist: str) -> int:
    """An amount as it is shown, as a number."""
    return int(re.sub(r"[^\d−-]", "", vist).replace("−", "-"))
