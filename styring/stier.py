"""Where things stand: the project's own folders, and the folder in which the warehouse is published."""

import os
from pathlib import Path

PROSJEKT = Path(__file__).resolve().parent.parent
SEEDS = PROSJEKT / "seeds"


def publiseringsmappe() -> Path:
    """Folder that holds the published file and its versions: STYRING_MAPPE, or the project's root."""
    return Path(os.environ.get("STYRING_MAPPE") or PROSJEKT).expanduser().resolve()


def kort(sti: Path) -> str:
    """A path as a reader would write it: from the project's root, the working folder, or in full."""
    for rot in (PROSJEKT, Path.cwd()):
        if sti.is_relative_to(rot):
            return str(sti.relative_to(rot))
    return str(sti)
