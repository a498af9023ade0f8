"""What the tests share: one real build for the whole run, copies to break, and the documents where they are at hand."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from styring.stier import PROSJEKT, SEEDS

Sql = Callable[..., list[tuple[object, ...]]]


def kjor(*argumenter: str, mappe: Path, prosjekt: Path = PROSJEKT) -> "subprocess.CompletedProcess[str]":
    """Run the command line as a user does, publishing into `mappe`, from the project or a copy of it."""
    return subprocess.run(
        [sys.executable, "-c", "from styring.cli import hoved; hoved()", *argumenter],
        cwd=prosjekt,
        env=os.environ | {"STYRING_MAPPE": str(mappe), "PYTHONPATH": str(prosjekt)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


@pytest.fixture(scope="session")
def publisert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a published build of the project as it stands. dbt's own tests run in this build."""
    mappe = tmp_path_factory.mktemp("publisert")
    svar = kjor("bygg", "--statusdato", "2025-06-01", mappe=mappe)
    assert svar.returncode == 0, svar.stdout + svar.stderr
    (mappe / "bygg.txt").write_text(svar.stdout, encoding="utf-8")
    return mappe


@pytest.fixture(scope="session")
def sql(publisert: Path) -> Iterator[Sql]:
    """Ask the published file a question in SQL."""
    with duckdb.connect(str(publisert / "warehouse.duckdb"), read_only=True) as kobling:

        def _sql(uttrykk: str, *parametere: object) -> list[tuple[object, ...]]:
            return kobling.execute(uttrykk, list(parametere)).fetchall()

        yield _sql


@pytest.fixture
def seedkopi(tmp_path: Path) -> Path:
    """A copy of the seeds that a test may break."""
    return Path(shutil.copytree(SEEDS, tmp_path / "seeds"))


@pytest.fixture
def prosjektkopi(tmp_path: Path) -> Path:
    """A copy of the whole project, without what is built or installed, that a test may break and build."""
    utelat = shutil.ignore_patterns(
        ".git", ".venv", "versjoner", "target", "logs", "*.duckdb", ".*_cache", "__pycache__"
    )
    return Path(shutil.copytree(PROSJEKT, tmp_path / "prosjekt", ignore=utelat))


@pytest.fixture(scope="session")
def kilder() -> Path:
    """The folder with the source documents, which are not part of the project."""
    mappe = PROSJEKT.parent / "shared"
    if not (mappe / "kilder").is_dir():
        pytest.skip("kildedokumentene (../shared/kilder) er ikke på denne maskinen")
    return mappe


def erstatt(fil: Path, gammelt: str, nytt: str) -> None:
    """Change one place in a file; the place must be there once."""
    tekst = fil.read_text(encoding="utf-8")
    assert tekst.count(gammelt) == 1, f"{gammelt!r} står {tekst.count(gammelt)} ganger i {fil}"
    fil.write_text(tekst.replace(gammelt, nytt), encoding="utf-8")
