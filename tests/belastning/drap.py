"""Builds that are killed: python -m tests.belastning.drap [kills] [seed]

Starts a real build, kills it and all its processes at a random moment, and looks at what is published: it must be
whole, and the last version that was published. Each tenth time a build is let through, which must succeed and clean
up. Prints when the builds were killed and what went wrong, and ends with 1 when anything did. A build takes some 40 s.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from styring.publisering import Versjoner
from styring.stier import PROSJEKT

BYGG = (sys.executable, "-c", "from styring.start import hoved; hoved()", "bygg", "--på-nytt")


def _start(mappe: Path, kommando: Sequence[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        kommando,
        cwd=PROSJEKT,
        env=os.environ | {"STYRING_MAPPE": str(mappe)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _rester(versjoner: Versjoner) -> list[str]:
    """What a killed build leaves, which the next one is to sweep up."""
    return [
        fil.name
        for mappe in (versjoner.mappe, versjoner.publisert.parent)
        for fil in mappe.glob(".*")
        if fil.name.startswith((".bygger-", ".lenke-"))
    ]


def kjor(drap: int, kommando: Sequence[str] = BYGG, fro: int = 1) -> tuple[Counter[str], list[str]]:
    """Kill builds. Returns how far they had come, and what went wrong. `fro` decides when they are killed."""
    tilfeldig, naadd, feil = random.Random(fro), Counter[str](), list[str]()
    with tempfile.TemporaryDirectory(prefix="drap-") as navn:
        versjoner = Versjoner(Path(navn))

        def slipp_gjennom() -> float:
            start = time.monotonic()
            if _start(Path(navn), kommando).wait() != 0:
                feil.append("et bygg som ikke ble drept, gikk ikke gjennom")
            elif _rester(versjoner):
                feil.append(f"et bygg ryddet ikke opp: {_rester(versjoner)}")
            return time.monotonic() - start

        varighet = slipp_gjennom()
        for nummer in range(1, drap + 1):
            forrige, alle = versjoner.gjeldende(), set(versjoner.liste())
            prosess = _start(Path(navn), kommando)
            time.sleep(tilfeldig.uniform(0, varighet))
            if prosess.poll() is None:
                os.killpg(prosess.pid, signal.SIGKILL)
            prosess.wait()
            naa = versjoner.gjeldende()
            hvor = (
                "publisert"
                if naa != forrige
                else "under bygging"
                if any(en.startswith(".bygger-") for en in _rester(versjoner))
                else "mellom navnene"
                if set(versjoner.liste()) - alle
                else "før bygging"
            )
            naadd[hvor] += 1
            if naa is None or not versjoner.er_hel(naa):
                feil.append(f"drap {nummer}: det som er publisert, er ikke helt")
            elif naa != forrige and naa != max(versjoner.liste()):
                feil.append(f"drap {nummer}: {naa} er publisert; ventet {forrige}")
            print(f"\r  {nummer} av {drap} bygg er drept …", end="", file=sys.stderr, flush=True)
            if nummer % 10 == 0:
                slipp_gjennom()
    return naadd, feil


def hoved() -> None:
    drap, fro = (
        int(oppgitt) if oppgitt else ellers for oppgitt, ellers in zip([*sys.argv[1:], "", ""], (200, 1), strict=False)
    )
    naadd, feil = kjor(drap, fro=fro)
    print(file=sys.stderr)
    print(
        f"{naadd.total()} bygg er drept ({', '.join(f'{antall} {hvor}' for hvor, antall in naadd.most_common())}): "
        f"{len(feil)} feil."
    )
    for en in feil[:20]:
        print(f"  {en}")
    sys.exit(bool(feil))


if __name__ == "__main__":
    hoved()
