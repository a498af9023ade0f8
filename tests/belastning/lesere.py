"""Readers all day while versions are published: python -m tests.belastning.lesere [versions] [readers] [reads]

Each version holds one word in several tables, and padding that takes time to read. A reader opens the published name,
as dashboards and analysts do, and reads every table some times over: an error, two words while it is open, an older
word than it has met before, or an older word than was published when it began, is a fault. Prints what was read and
what went wrong, and ends with 1 when anything did.
"""

import json
import multiprocessing
import multiprocessing.synchronize
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

import duckdb

from styring.publisering import FILNAVN, Versjoner

TABELLER = 5
RADER = 5_000
# readings for each time that the published name is opened
PER_AAPNING = 10
# how soon a reader must meet a new version
SEKUNDER = 1.0


@dataclass
class Lest:
    """What one reader met: readings, faults, and when (seconds of the shared clock).

    `forst_sett` is when it first had read each version, and `sist_begynt` when it began the last reading that gave it.
    """

    antall: int = 0
    feil: list[str] = field(default_factory=list)
    forst_sett: dict[int, float] = field(default_factory=dict)
    sist_begynt: dict[int, float] = field(default_factory=dict)


def publiser(versjoner: Versjoner, nummer: int) -> float:
    """Publish a version that says its number everywhere. Returns when it was published."""
    with versjoner.byggelaas():
        ny = versjoner.ny()
        with duckdb.connect(str(ny / FILNAVN)) as kobling:
            for tabell in range(TABELLER):
                kobling.execute(
                    f"create table t{tabell} as select {nummer} as nummer, md5(range::varchar) as fyll "
                    f"from range({RADER})"
                ).fetchall()
        versjoner.publiser(ny)
        return time.monotonic()


def _les(mappe: Path, felles: "Synchronized[int]", stans: multiprocessing.synchronize.Event, svar: Path) -> None:
    """Read until told to stop, a few times for each time the name is opened, and count the readings with the others'.

    What is open is one version for as long as it is open, also when another is published meanwhile.
    """
    lest = Lest()
    sist = -1
    leder = os.getppid()
    # none reads on when the one who counts is gone
    while not stans.is_set() and os.getppid() == leder:
        begynt = time.monotonic()
        numre: set[tuple[int, int]] = set()
        # as an analyst has it, and as the dashboard has it
        fil = mappe / FILNAVN if lest.antall % (2 * PER_AAPNING) else (mappe / FILNAVN).resolve()
        try:
            with duckdb.connect(str(fil), read_only=True) as kobling:
                for _ in range(PER_AAPNING):
                    lest.antall += 1
                    for tabell in range(TABELLER):
                        numre |= set(
                            kobling.execute(f"select nummer, count(*) from t{tabell} group by nummer").fetchall()
                        )
                    lest.forst_sett.setdefault(max(nummer for nummer, _ in numre), time.monotonic())
        except Exception as feil:  # whatever it is, a reader has met it
            lest.feil.append(f"{type(feil).__name__}: {feil}")
            continue
        finally:
            with felles:
                felles.value += PER_AAPNING
        if len(numre) != 1 or {rader for _, rader in numre} != {RADER}:
            lest.feil.append(f"to versjoner i en åpen fil: {sorted(numre)}")
            continue
        [(nummer, _)] = numre
        if nummer < sist:
            lest.feil.append(f"versjon {nummer} etter versjon {sist}")
        sist = nummer
        lest.sist_begynt[nummer] = begynt
    svar.write_text(json.dumps(lest.__dict__), encoding="utf-8")


def kjor(
    versjoner: int, lesere: int, lesninger: int, publiser: Callable[[Versjoner, int], float] = publiser
) -> tuple[int, list[str], float]:
    """Publish while others read, evenly over the readings and no sooner than each version can be met.

    Returns the readings, the faults, and the longest wait for a new version (seconds).
    """
    metode = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory(prefix="lesere-") as navn:
        mappe = Path(navn)
        lager = Versjoner(mappe / "lager")
        lager.publisert.parent.mkdir()
        publisert = {0: publiser(lager, 0)}
        stans, felles = metode.Event(), metode.Value("q", 0)
        svar = [mappe / f"leser-{nummer}.json" for nummer in range(lesere)]
        prosesser = [metode.Process(target=_les, args=(lager.publisert.parent, felles, stans, fil)) for fil in svar]
        for prosess in prosesser:
            prosess.start()
        for nummer in range(1, versjoner + 1):
            publisert[nummer] = publiser(lager, nummer)
            time.sleep(SEKUNDER + 0.2)
            while felles.value < lesninger * nummer // versjoner:
                time.sleep(0.05)
            _si(f"{nummer} av {versjoner} versjoner er publisert, {felles.value} lesninger")
        stans.set()
        for prosess in prosesser:
            prosess.join()
        lest = [Lest(**json.loads(fil.read_text(encoding="utf-8"))) for fil in svar]
    feil = [en for leser in lest for en in leser.feil]
    lengst = 0.0
    for leser in lest:
        sett = {int(nummer): naar for nummer, naar in leser.forst_sett.items()}
        feil += [f"versjon {nummer} ble aldri sett" for nummer in range(1, versjoner + 1) if nummer not in sett]
        feil += [
            f"versjon {nummer} ble lest etter at versjon {int(nummer) + 1} var publisert"
            for nummer, begynt in leser.sist_begynt.items()
            if int(nummer) < versjoner and begynt > publisert[int(nummer) + 1]
        ]
        lengst = max([lengst, *(naar - publisert[nummer] for nummer, naar in sett.items() if nummer)])
    return sum(leser.antall for leser in lest), feil, lengst


def _si(hva: str) -> None:
    print(f"\r  {hva} …", end="", file=sys.stderr, flush=True)


def hoved() -> None:
    versjoner, lesere, lesninger = (
        int(oppgitt) if oppgitt else ellers
        for oppgitt, ellers in zip([*sys.argv[1:], "", "", ""], (50, 8, 100_000), strict=False)
    )
    antall, feil, lengst = kjor(versjoner, lesere, lesninger)
    print(file=sys.stderr)
    print(
        f"{versjoner} versjoner publisert mens {lesere} prosesser leste {antall} ganger: {len(feil)} feil. "
        f"En ny versjon var sett av alle etter høyst {lengst:.2f} sekunder."
    )
    for en in feil[:20]:
        print(f"  {en}")
    sys.exit(bool(feil) or lengst > SEKUNDER)


if __name__ == "__main__":
    hoved()
