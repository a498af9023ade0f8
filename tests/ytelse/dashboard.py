"""How fast the dashboard answers, and what it takes: python -m tests.ytelse.dashboard

Prints a Markdown table. All is measured on this machine in this run, and each figure is compared with the same figure
for an empty Streamlit page on a server of its own with the same settings. Nothing is asserted, since times belong to
a machine.
"""

import asyncio
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from playwright.sync_api import sync_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from tests.python.sider import SIDER

PROSJEKT = Path(__file__).parents[2]
TOM = "tests/ytelse/tom_side.py"
APP = "dashboards/tjener.py"
SPORRING = "dato=2025-06-01"
LESERE = 20
# seconds between one reader's clicks: more often than people click, so that runs meet
PAUSE = (0.5, 1.5)
RUNDER = 2
# in each round
GANGER_ALENE = 30
GANGER_I_BRUK = 6
GANGER_UTEN_PAUSE = 4
GANGER_I_NETTLESER = 3


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
    i_bruk: list[float] = field(default_factory=list)
    uten_pause: list[float] = field(default_factory=list)
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


async def _en_leser(
    port: int, side: str, ganger: int, pause: Callable[[], float], ferdig: asyncio.Barrier, maalt: asyncio.Event
) -> list[float]:
    """Open a session on a page as the browser does, then run the page over and over; the time of each rerun."""
    tider = []
    async with connect(
        f"ws://127.0.0.1:{port}/_stcore/stream", subprotocols=[Subprotocol("streamlit")], max_size=None, open_timeout=60
    ) as kobling:
        sokkel = kobling.transport.get_extra_info("socket")
        # what the browser has kept of large messages, which it tells of and is not sent again
        kjente: list[str] = []
        # the first runs fill what is remembered
        for gang in range(-2, ganger):
            melding = BackMsg()
            melding.rerun_script.query_string = SPORRING
            melding.rerun_script.page_name = side
            melding.rerun_script.cached_message_hashes.extend(kjente)
            kjente = []
            await asyncio.sleep(pause())
            fra = time.perf_counter()
            await kobling.send(melding.SerializeToString())
            while True:
                # The server holds small messages back until the last is acknowledged, and Linux waits 40 ms with that:
                # acknowledge at once, so that what is measured is the server's work.
                sokkel.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
                svar = ForwardMsg.FromString(await kobling.recv())
                slag = svar.WhichOneof("type")
                if slag == "delta" and svar.delta.new_element.WhichOneof("type") == "exception":
                    raise SystemExit(f"Siden «{side}» feilet: {svar.delta.new_element.exception.message}")
                if slag == "ref_hash":
                    kjente.append(svar.ref_hash)
                elif svar.metadata.cacheable:
                    kjente.append(svar.hash)
                if slag == "script_finished":
                    break
            if gang >= 0:
                tider.append((time.perf_counter() - fra) * 1000)
        await ferdig.wait()
        await maalt.wait()
    return tider


async def _lesere(
    hvor: Tjener, side: str, antall: int, ganger: int, pause: Callable[[], float] = lambda: 0
) -> tuple[list[float], float]:
    """Many sessions at once, each of which waits `pause` seconds before each rerun.

    Returns all times, and the memory while they are open.
    """
    ferdig, maalt = asyncio.Barrier(antall + 1), asyncio.Event()
    oppgaver = [asyncio.create_task(_en_leser(hvor.port, side, ganger, pause, ferdig, maalt)) for _ in range(antall)]
    ventet = asyncio.create_task(ferdig.wait())
    # a page that fails stops the measurement
    await asyncio.wait([*oppgaver, ventet], return_when=asyncio.FIRST_COMPLETED)
    if not ventet.done():
        for oppgave in oppgaver:
            if oppgave.done():
                oppgave.result()
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


def _maal(tom: Tjener, dashbord: Tjener, side: str, navn: str) -> tuple[Maalt, Maalt, float, float]:
    """A page and the empty page, turn by turn, since a machine is not always as fast; and their servers' memory."""
    mot, en = Maalt(), Maalt()
    tom_minne = minne = 0.0
    for runde in range(RUNDER):
        _si(f"{navn}: runde {runde + 1} av {RUNDER}")
        for hvor, sti, maalt in ((tom, "", mot), (dashbord, side, en)):
            maalt.alene += asyncio.run(_lesere(hvor, sti, 1, GANGER_ALENE))[0]
            # the same pauses for both
            pause = partial(random.Random(runde).uniform, *PAUSE)
            maalt.i_bruk += asyncio.run(_lesere(hvor, sti, LESERE, GANGER_I_BRUK, pause))[0]
            tider, brukt = asyncio.run(_lesere(hvor, sti, LESERE, GANGER_UTEN_PAUSE))
            maalt.uten_pause += tider
            maalt.forste_bilde += _i_nettleser(hvor.port, sti)
            if hvor is tom:
                tom_minne = max(tom_minne, brukt)
            else:
                minne = max(minne, brukt)
    return mot, en, tom_minne, minne


def _si(hva: str) -> None:
    print(f"  {hva} …", file=sys.stderr, flush=True)


def _prosentil(tider: Sequence[float], hvilken: int) -> float:
    return statistics.quantiles(tider, n=100, method="inclusive")[hvilken - 1]


def _tall(tid: float, tom: float) -> str:
    return f"{tid:.0f} ({tid / tom:.1f})"


def hoved() -> None:
    resultater: dict[str, tuple[Maalt, Maalt]] = {}
    with tjener(TOM) as tom, tjener(APP) as dashbord:
        for hvor in (tom, dashbord):
            asyncio.run(_lesere(hvor, "", 1, 1))
        tom_hvile, hvile, tom_minne, minne = tom.minne, dashbord.minne, 0.0, 0.0
        for side in SIDER:
            mot, en, tom_etter, etter = _maal(tom, dashbord, side.sti.strip("/"), side.tittel)
            resultater[side.tittel] = (mot, en)
            tom_minne, minne = max(tom_minne, tom_etter), max(minne, etter)

    print(
        f"\nMillisekunder, og i parentes hvor mange ganger en tom Streamlit-side i de samme rundene. "
        f"{os.cpu_count()} kjerner. Hver av de {LESERE} leserne klikker en gang i sekundet.\n"
    )
    print(f"| Side | Én leser, p50 | p95 | {LESERE} lesere, p50 | p95 | Uten pause, p50 | p95 | Første bilde, median |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for navn, (mot, en) in resultater.items():
        celler = [
            _tall(_prosentil(tider, hvilken), _prosentil(tomme, hvilken))
            for tider, tomme in (
                (en.alene, mot.alene),
                (en.i_bruk, mot.i_bruk),
                (en.uten_pause, mot.uten_pause),
            )
            for hvilken in (50, 95)
        ]
        celler.append(
            _tall(statistics.median(en.forste_bilde), statistics.median(mot.forste_bilde))
            if en.forste_bilde
            else "uten Chromium"
        )
        print(f"| {navn} | {' | '.join(celler)} |")
    print(f"\n| Minne i tjeneren (MB) | I ro | Med {LESERE} lesere |")
    print("|---|---:|---:|")
    print(f"| Tom side | {tom_hvile:.0f} | {tom_minne:.0f} |")
    print(f"| Dashbordet | {_tall(hvile, tom_hvile)} | {_tall(minne, tom_minne)} |")


if __name__ == "__main__":
    hoved()
