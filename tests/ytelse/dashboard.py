"""How fast the dashboard answers, and what it takes: python -m tests.ytelse.dashboard

Prints a Markdown table. All is measured on this machine in this run, and each figure is compared with the same figure
for an empty Streamlit page on a server of its own with the same settings. Nothing is asserted, since times belong to
a machine.
"""

import asyncio
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import sync_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

PROSJEKT = Path(__file__).parents[2]
TOM = "tests/ytelse/tom_side.py"
APP = "dashboards/app.py"
SPORRING = "dato=2025-06-01"
SAMTIDIGE = 20
GANGER_ALENE = 40
GANGER_SAMTIDIG = 10
GANGER_I_NETTLESER = 5


@dataclass
class Tjener:
    """A running server: where it is, and its process."""

    port: int
    prosess: "subprocess.Popen[bytes]"

    @property
    def minne(self) -> float:
        """What the process has in memory, in MB."""
        linjer = Path(f"/proc/{self.prosess.pid}/status").read_text(encoding="utf-8").splitlines()
        return next(int(linje.split()[1]) for linje in linjer if linje.startswith("VmRSS")) / 1024


@dataclass
class Maalt:
    """The times of one page, in milliseconds."""

    alene: list[float] = field(default_factory=list)
    samtidig: list[float] = field(default_factory=list)
    forste_bilde: list[float] = field(default_factory=list)


@contextmanager
def tjener(skript: str) -> Iterator[Tjener]:
    """Streamlit with the project's settings, on a free port of this machine alone."""
    with socket.socket() as ledig:
        ledig.bind(("127.0.0.1", 0))
        port = ledig.getsockname()[1]
    prosess = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", skript, f"--server.port={port}"],
        cwd=PROSJEKT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2).close()
                break
            except OSError:
                if prosess.poll() is not None:
                    raise SystemExit(f"{skript} startet ikke. Er datavarehuset bygget? Kjør make.") from None
                time.sleep(0.1)
        yield Tjener(port, prosess)
    finally:
        prosess.terminate()
        prosess.wait(10)


async def _en_leser(port: int, side: str, ganger: int, ferdig: asyncio.Barrier, maalt: asyncio.Event) -> list[float]:
    """Open a session on a page as the browser does, then run the page over and over; the time of each rerun."""
    tider = []
    async with connect(
        f"ws://127.0.0.1:{port}/_stcore/stream", subprotocols=[Subprotocol("streamlit")], max_size=None, open_timeout=60
    ) as kobling:
        sokkel = kobling.transport.get_extra_info("socket")
        # the first runs fill what is remembered
        for gang in range(-2, ganger):
            melding = BackMsg()
            melding.rerun_script.query_string = SPORRING
            melding.rerun_script.page_name = side
            fra = time.perf_counter()
            await kobling.send(melding.SerializeToString())
            while True:
                # The server holds small messages back until the last is acknowledged, and Linux waits 40 ms with that:
                # acknowledge at once, so that what is measured is the server's work.
                sokkel.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
                svar = ForwardMsg.FromString(await kobling.recv())
                if svar.WhichOneof("type") == "delta" and svar.delta.new_element.WhichOneof("type") == "exception":
                    raise SystemExit(f"Siden «{side}» feilet: {svar.delta.new_element.exception.message}")
                if svar.WhichOneof("type") == "script_finished":
                    break
            if gang >= 0:
                tider.append((time.perf_counter() - fra) * 1000)
        await ferdig.wait()
        await maalt.wait()
    return tider


async def _lesere(hvor: Tjener, side: str, antall: int, ganger: int) -> tuple[list[float], float]:
    """Many sessions at once, none of which waits between its reruns; all times, and the memory while they are open."""
    ferdig, maalt = asyncio.Barrier(antall + 1), asyncio.Event()
    oppgaver = [asyncio.create_task(_en_leser(hvor.port, side, ganger, ferdig, maalt)) for _ in range(antall)]
    await ferdig.wait()
    minne = hvor.minne
    maalt.set()
    return [tid for tider in await asyncio.gather(*oppgaver) for tid in tider], minne


def _i_nettleser(port: int, side: str) -> list[float]:
    """Milliseconds until the page's heading is seen, in a browser that has never been there."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        return []
    tider = []
    with sync_playwright() as p:
        chromium = p.chromium.launch(executable_path=program, args=["--no-sandbox"] if os.geteuid() == 0 else [])
        for _ in range(GANGER_I_NETTLESER):
            kontekst = chromium.new_context(viewport={"width": 1440, "height": 900})
            fane = kontekst.new_page()
            fra = time.perf_counter()
            fane.goto(f"http://127.0.0.1:{port}/{side}?{SPORRING}", wait_until="commit")
            fane.locator("h1").wait_for()
            tider.append((time.perf_counter() - fra) * 1000)
            kontekst.close()
        chromium.close()
    return tider


def _maal(hvor: Tjener, side: str, navn: str) -> tuple[Maalt, float]:
    maalt = Maalt()
    _si(f"{navn}: én leser")
    maalt.alene, _ = asyncio.run(_lesere(hvor, side, 1, GANGER_ALENE))
    _si(f"{navn}: {SAMTIDIGE} lesere")
    maalt.samtidig, minne = asyncio.run(_lesere(hvor, side, SAMTIDIGE, GANGER_SAMTIDIG))
    _si(f"{navn}: i nettleseren")
    maalt.forste_bilde = _i_nettleser(hvor.port, side)
    return maalt, minne


def _si(hva: str) -> None:
    print(f"  {hva} …", file=sys.stderr, flush=True)


def _prosentil(tider: Sequence[float], hvilken: int) -> float:
    return statistics.quantiles(tider, n=100, method="inclusive")[hvilken - 1]


def _tall(tid: float, tom: float) -> str:
    return f"{tid:.0f} ({tid / tom:.1f})"


def hoved() -> None:
    from tests.python.nettleser.conftest import SIDER  # the pages that the dashboard lists

    resultater: dict[str, Maalt] = {}
    with tjener(TOM) as hvor:
        asyncio.run(_lesere(hvor, "", 1, 1))
        tom_hvile = hvor.minne
        tom, tom_minne = _maal(hvor, "", "Tom side")
    with tjener(APP) as hvor:
        asyncio.run(_lesere(hvor, "", 1, 1))
        hvile, minne = hvor.minne, 0.0
        for en in SIDER:
            resultater[en.tittel], etter = _maal(hvor, en.sti.strip("/"), en.tittel)
            minne = max(minne, etter)

    print(f"\nMillisekunder, og i parentes hvor mange ganger en tom Streamlit-side. {os.cpu_count()} kjerner.\n")
    print(f"| Side | Én leser, p50 | p95 | {SAMTIDIGE} lesere, p50 | p95 | Første bilde, median |")
    print("|---|---:|---:|---:|---:|---:|")
    for navn, maalt in {"Tom side": tom, **resultater}.items():
        celler = [
            _tall(_prosentil(tider, hvilken), _prosentil(mot, hvilken))
            for tider, mot in ((maalt.alene, tom.alene), (maalt.samtidig, tom.samtidig))
            for hvilken in (50, 95)
        ]
        celler.append(
            _tall(statistics.median(maalt.forste_bilde), statistics.median(tom.forste_bilde))
            if maalt.forste_bilde
            else "uten Chromium"
        )
        print(f"| {navn} | {' | '.join(celler)} |")
    print(f"\n| Minne i tjeneren (MB) | I ro | Med {SAMTIDIGE} lesere |")
    print("|---|---:|---:|")
    print(f"| Tom side | {tom_hvile:.0f} | {tom_minne:.0f} |")
    print(f"| Dashbordet | {_tall(hvile, tom_hvile)} | {_tall(minne, tom_minne)} |")


if __name__ == "__main__":
    hoved()
