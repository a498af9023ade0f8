"""MetricFlow's `mf`, on the published file and without a call to the outside.

dbt-metricflow asks the package index for a newer version at each start and has no setting against it, and the package
that asks unpickles a cache from the shared temporary folder when it is imported; so it is replaced before that.
`mf` reads the semantic manifest in the project's `target/`: the one that was published with the file is laid there.
"""

import os
import sys
import tempfile
from pathlib import Path
from types import ModuleType

from styring.publisering import SEMANTISK_MANIFEST, Versjoner
from styring.start import odelagt
from styring.stier import PROSJEKT, publiseringsmappe


class _Ingen:
    """update_checker.UpdateChecker, that knows of nothing newer."""

    def check(self, *_: object) -> None:
        return None


def _legg(fil: Path, til: Path) -> None:
    """A copy in one step: another `mf` may be reading it."""
    til.parent.mkdir(exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=til.parent, delete=False) as ny:
        ny.write(fil.read_bytes())
    Path(ny.name).replace(til)


def forbered() -> None:
    """Point MetricFlow at the published version, read only. Exits with a sentence when none is published."""
    versjoner = Versjoner(publiseringsmappe())
    publisert = versjoner.publisert.resolve()
    manifest = publisert.parent / SEMANTISK_MANIFEST
    if not manifest.is_file():
        sys.exit(f"Feil: Ingen versjon med metrikker er publisert i {versjoner.publisert.parent}. Kjør make først.")
    _legg(manifest, PROSJEKT / "target" / SEMANTISK_MANIFEST)
    os.environ |= {
        "DBT_PROJECT_DIR": str(PROSJEKT),
        "DBT_PROFILES_DIR": str(PROSJEKT),
        "DBT_TARGET": "publisert",
        "DBT_LOG_PATH": str(versjoner.mappe / ".dbt"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "STYRING_DUCKDB": str(publisert),
    }
    modul = ModuleType("update_checker")
    modul.UpdateChecker = _Ingen  # type: ignore[attr-defined]
    sys.modules["update_checker"] = modul


def hoved() -> None:
    """The entry point of `mf`."""
    forbered()
    try:
        from dbt_metricflow.cli.main import cli
    except Exception as feil:
        sys.exit(odelagt(feil))
    cli()
