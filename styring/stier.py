"""Where things stand: the project's own folders, the folder in which the warehouse is published,
and the one with what is fetched."""

import os
from pathlib import Path

from styring.feil import StyringFeil

PROSJEKT = Path(__file__).resolve().parent.parent
SEEDS = PROSJEKT / "seeds"
_JOKERTEGN = "*?[]'"


def publiseringsmappe() -> Path:
    """Folder that holds the published file and its versions: STYRING_MAPPE, or the project's root."""
    return Path(os.environ.get("STYRING_MAPPE") or PROSJEKT).expanduser().resolve()


def datamappe() -> Path:
    """Folder that holds what is fetched from outside: STYRING_DATA, or `data` in the project.

    Raises StyringFeil when its path has characters that dbt's sources would take for something else.
    """
    mappe = Path(os.environ.get("STYRING_DATA") or PROSJEKT / "data").expanduser().resolve()
    if os.environ.get("STYRING_DATA") and (tegn := sorted(set(_JOKERTEGN) & set(str(mappe)))):
        raise StyringFeil(f"Datamappen {mappe} kan ikke ha {' '.join(tegn)} i stien. Sett STYRING_DATA til en annen.")
    return mappe


def kort(sti: Path) -> str:
    """A path as a reader would write it: from the project's root, the working folder, or in full."""
    for rot in (PROSJEKT, Path.cwd()):
        if sti.is_relative_to(rot):
            return str(sti.relative_to(rot))
    return str(sti)
