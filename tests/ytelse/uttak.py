"""How long what people take away takes to make, against the warehouse's own build: python -m tests.ytelse.uttak

Prints a Markdown table. Builds and takeaways are run turn by turn on this machine, each as the command that people
run. Nothing is asserted, since times belong to a machine.
"""

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.python.conftest import STYRING

RUNDER = 2
BYGG = ("bygg", "--på-nytt")
MOETET = ("--møte", "vår", "--år", "2025")
UTTAK: dict[str, Sequence[str]] = {
    "Meeting brief, PDF and DOCX": ("møtepakke", *MOETET),
    "Workbook": ("arbeidsbok",),
    "Open data": ("datapakke",),
    "Documentation site": ("dokumentasjon",),
    "All of it": ("uttak", *MOETET),
}


def _sekunder(mappe: Path, argumenter: Sequence[str]) -> float:
    start = time.monotonic()
    subprocess.run(
        [*STYRING, *argumenter], env=os.environ | {"STYRING_MAPPE": str(mappe)}, check=True, stdout=subprocess.DEVNULL
    )
    return time.monotonic() - start


def hoved() -> None:
    """Measure, and print the table."""
    with tempfile.TemporaryDirectory() as mappe:
        tider: dict[str, list[float]] = {"The build": [], **{navn: [] for navn in UTTAK}}
        for runde in range(1, RUNDER + 1):
            for navn, argumenter in {"The build": BYGG, **UTTAK}.items():
                tider[navn].append(_sekunder(Path(mappe), argumenter))
                print(f"round {runde} of {RUNDER}: {navn}, {tider[navn][-1]:.1f} s", flush=True)
    print("\n| | Seconds, median (range) | Ratio to the build, median (range) |\n| --- | ---: | ---: |")
    for navn, egne in tider.items():
        forhold = [en / bygg for en, bygg in zip(egne, tider["The build"], strict=True)]
        print(
            f"| {navn} | {statistics.median(egne):.1f} ({min(egne):.1f}–{max(egne):.1f}) "
            f"| {statistics.median(forhold):.2f} ({min(forhold):.2f}–{max(forhold):.2f}) |"
        )


if __name__ == "__main__":
    hoved()
