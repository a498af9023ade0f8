"""The documentation as a site that is read without a network: dictionary, controls, lineage, sources and recipes."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from styring.feil import URORT, StyringFeil
from styring.uttak import skriving
from styring.uttak.dokumentasjon import dbtdocs, sider
from styring.uttak.utgave import Utgave

_LINJER = 20


def skriv(utgave: Utgave, ut: Path, si: Callable[[str], None]) -> Path:
    """Write the site of a version in the folder `ut`. Returns its front page.

    Raises StyringFeil, with what stood there untouched, when dbt or Sphinx finds a fault.
    """
    with skriving.mappe(ut, utgave.versjon) as ny, tempfile.TemporaryDirectory() as arbeid:
        kilde = Path(arbeid) / "kilde"
        si("Skriver sidene …")
        sider.skriv(utgave, kilde)
        si("Bygger nettstedet med Sphinx …")
        _sphinx(kilde, ny, Path(arbeid) / "doctrees", utgave)
        si("Lager dbts dokumentasjon, med grafen …")
        dbtdocs.skriv(utgave, ny / sider.DBT, Path(arbeid) / "dbt")
    return ut / "index.html"


def _sphinx(kilde: Path, ut: Path, doctrees: Path, utgave: Utgave) -> None:
    """Sphinx in a process of its own, since it leaves its mark on docutils and the language of this one."""
    svar = subprocess.run(
        [
            *(sys.executable, "-m", "sphinx", "--quiet", "--nitpicky", "--fail-on-warning", "--jobs=auto"),
            f"--doctree-dir={doctrees}",
            f"--define=release={utgave.versjon}",
            f"--html-define=opphav={utgave.opphav}",
            *(str(kilde), str(ut)),
        ],
        # the same version gives the same dates
        env=os.environ | {"SOURCE_DATE_EPOCH": str(int(utgave.bygget.timestamp())), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if svar.returncode:
        funn = [linje.replace(f"{kilde}/", "") for linje in svar.stderr.splitlines() if linje.strip()]
        raise StyringFeil(f"Dokumentasjonen ble ikke laget: Sphinx fant feil i sidene. {URORT}", tuple(funn[:_LINJER]))
