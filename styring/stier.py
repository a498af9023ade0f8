"""Where things stand: the project's own folders, the folder in which the warehouse is published,
and the one with what is fetched."""

import os
from pathlib import Path

PROSJEKT = Path(__file__).resolve().parent.parent
SEEDS = PROSJEKT / "seeds"


def publiseringsmappe() -> Path:
    """Folder that holds the published file and its versions: STYRING_MAPPE, or the project's root."""
    return Path(os.environ.get("STYRING_MAPPE") or PROSJEKT).expanduser().resolve()


def datamappe() -> Path:
    """Folder that holds what is fetched from outside: STYRING_DATA, or `data` in the project."""
    return Path(os.environ.get("STYRING_DATA") or PROSJEKT / "data").expanduser().resolve()


def kort(sti: Path) -> str:
    """A path as a reader would write it: from the project's root, the working folder, or in full."""
    for rot in (PROSJEKT, Path.cwd()):
        if sti.is_relative_to(rot):
            return str(sti.relative_to(rot))
    return str(sti)
