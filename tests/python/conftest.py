"""What the tests share: one real build for the whole run, copies to break, and the documents where they are at hand."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from types import MappingProxyType

import duckdb
import pytest
from filelock import FileLock

from styring.publisering import FILNAVN, Versjoner
from styring.stier import PROSJEKT, SEEDS
from tests.python.regnskapsrader import RADER

Sql = Callable[..., list[tuple[object, ...]]]

# what a developer has fetched is no part of a test
os.environ["STYRING_DATA"] = str(PROSJEKT / "tests/data/ingenting_hentet")

# where the addresses that a process asked for are written, beside what it published
NETTVAKT = "nettvakt.txt"
# what the kernel was asked to connect to, as strace writes it
_KOBLING = re.compile(r'sin6?_port=htons\((\d+)\).*?"([^"]+)"')
_DNS = "53"


@cache
def har_strace() -> bool:
    """Whether strace is installed, and may follow processes here."""
    try:
        return subprocess.run(["strace", "-qq", "-e", "trace=none", "true"], capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


@cache
def har_soffice() -> bool:
    """Whether LibreOffice is installed."""
    return shutil.which("soffice") is not None


def soffice(*argumenter: str, profil: Path) -> None:
    """Run LibreOffice without a screen, with a profile of its own, so that several can run at once."""
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={profil.as_uri()}", *argumenter],
        check=True,
        capture_output=True,
        timeout=300,
    )


def til_pdf(fil: Path) -> Path:
    """A document or workbook as LibreOffice prints it, beside it."""
    soffice("--convert-to", "pdf", "--outdir", str(fil.parent), str(fil), profil=fil.parent / "profil")
    return fil.with_suffix(".pdf")


def vaktet(logg: Path, *kommando: str) -> list[str]:
    """A command whose connections, also those of native code, strace writes down beside the log of `nettvakt`.

    strace follows from behind (-D), so that the process is one's own to stop. Without strace it is the command alone.
    """
    strace = ("strace", "-D", "-f", "-qq", "--seccomp-bpf", "-e", "trace=connect", "-e", "signal=none", "-A", "-o")
    return [*strace, str(logg.with_suffix(".strace")), *kommando] if har_strace() else list(kommando)


def nettvakt(logg: Path, *stier: Path) -> dict[str, str]:
    """The environment in which Python processes write down the addresses that they ask for."""
    return os.environ | {
        "NETTVAKT": str(logg),
        "PYTHONPATH": os.pathsep.join(map(str, [PROSJEKT / "tests/nettvakt", *stier])),
    }


def utenfor(logg: Path) -> list[str]:
    """The lines of `nettvakt` and of strace with an address that is not this machine, or that looks up a name."""
    koblinger = logg.with_suffix(".strace")
    return [
        linje
        for linje in logg.read_text(encoding="utf-8").splitlines()
        if linje.partition(" ")[2] not in ("127.0.0.1", "::1", "localhost", "")
    ] + [
        linje
        for linje in (koblinger.read_text(encoding="utf-8").splitlines() if koblinger.exists() else ())
        if (treff := _KOBLING.search(linje)) and (treff[1] == _DNS or not ip_address(treff[2]).is_loopback)
    ]


# the command line, as a process
STYRING = (sys.executable, "-c", "from styring.start import hoved; hoved()")


def kjor(
    *argumenter: str,
    mappe: Path,
    prosjekt: Path = PROSJEKT,
    strace: bool = False,
    miljo: Mapping[str, str] = MappingProxyType({}),
) -> "subprocess.CompletedProcess[str]":
    """Run the command line as a user does, publishing into `mappe`, from the project or a copy of it."""
    kommando = [*STYRING, *argumenter]
    return subprocess.run(
        vaktet(mappe / NETTVAKT, *kommando) if strace else kommando,
        cwd=prosjekt,
        env=nettvakt(mappe / NETTVAKT, prosjekt) | {"STYRING_MAPPE": str(mappe)} | dict(miljo),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One file waits for the build while those that need none are run: xdist shares out by file, in their order."""
    trenger = {en.path for en in items if "publisert" in getattr(en, "fixturenames", ())}
    forste = next((en.path for en in items if en.path in trenger), None)
    items.sort(key=lambda en: (en.path != forste, en.path in trenger))


@pytest.fixture(scope="session")
def publisert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a published build of the project as it stands. dbt's own tests run in this build.

    The processes that share the tests share it: the first builds, the others wait. None of them changes it.
    """
    with _felles(tmp_path_factory, "publisert") as mappe:
        if not (mappe / "bygg.txt").exists():
            svar = kjor("bygg", "--statusdato", "2025-06-01", mappe=mappe, strace=True)
            assert svar.returncode == 0, svar.stdout + svar.stderr
            (mappe / "bygg.txt").write_text(svar.stdout, encoding="utf-8")
    return mappe


@contextmanager
def _felles(fabrikk: pytest.TempPathFactory, navn: str) -> Iterator[Path]:
    """A folder that the processes which share the tests have in common, held by one of them."""
    felles = fabrikk.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        felles = felles.parent
    with FileLock(felles / f"{navn}.laas"):
        (felles / navn).mkdir(exist_ok=True)
        yield felles / navn


def kopi_av_lageret(publisert: Path, til: Path) -> Path:
    """Copy a publishing folder, with the times that its files have: a build goes on from what is published there."""
    subprocess.run(["cp", "-a", publisert, til], check=True)
    return til


@pytest.fixture(scope="session")
def sql(publisert: Path) -> Iterator[Sql]:
    """Ask the published file a question in SQL."""
    with duckdb.connect(str(publisert / "warehouse.duckdb"), read_only=True) as kobling:

        def _sql(uttrykk: str, *parametere: object) -> list[tuple[object, ...]]:
            return kobling.execute(uttrykk, list(parametere)).fetchall()

        yield _sql


@pytest.fixture(scope="session")
def med_regnskap(publisert: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the published build and some rows of the state's accounts, as if they had been fetched."""
    mappe = tmp_path_factory.mktemp("med_regnskap")
    publiser_med(publisert, mappe, RADER)
    return mappe


def publiser_med(publisert: Path, mappe: Path, endringer: str) -> None:
    """Publish a copy of the build in a folder, with its rows changed in SQL."""
    versjoner = Versjoner(mappe)
    with versjoner.byggelaas():
        ny = versjoner.ny()
        fil = Path(shutil.copyfile(publisert / FILNAVN, ny / FILNAVN))
        with duckdb.connect(str(fil)) as kobling:
            kobling.execute(endringer)
        versjoner.publiser(ny)


@pytest.fixture
def seedkopi(tmp_path: Path) -> Path:
    """A copy of the seeds that a test may break."""
    return Path(shutil.copytree(SEEDS, tmp_path / "seeds"))


def kopi(til: Path) -> Path:
    """Copy the whole project, without what is built or installed."""
    utelat = shutil.ignore_patterns(
        ".git", ".venv*", "node_modules", "versjoner", "target", "logs", "*.duckdb", ".*_cache", "__pycache__"
    )
    return Path(shutil.copytree(PROSJEKT, til, ignore=utelat))


@pytest.fixture
def prosjektkopi(tmp_path: Path) -> Path:
    """A copy of the whole project, without what is built or installed, that a test may break and build."""
    return kopi(tmp_path / "prosjekt")


def publiser_merke(versjoner: Versjoner, merke: str) -> str:
    """Publish a small version that holds one word, cheaper than a build."""
    with versjoner.byggelaas():
        ny = versjoner.ny()
        with duckdb.connect(str(ny / FILNAVN)) as kobling:
            kobling.execute("create table merke as select ? as merke", [merke]).fetchall()
        return versjoner.publiser(ny)


def merke(fil: Path) -> object:
    """The word in a version that `publiser_merke` made."""
    with duckdb.connect(str(fil), read_only=True) as kobling:
        return kobling.execute("select merke from merke").fetchall()[0][0]


@pytest.fixture
def mappe_med_versjon(tmp_path: Path) -> Path:
    """A publishing folder with one small published version, cheaper than a build."""
    mappe = tmp_path / "lager"
    mappe.mkdir()
    publiser_merke(Versjoner(mappe), "første")
    return mappe


@dataclass(frozen=True)
class StansetBygg:
    """A build that one new avvik stopped: the folder, with a version published before it, and what was said."""

    mappe: Path
    returkode: int
    feil: str


@pytest.fixture(scope="session")
def stanset(publisert: Path, tmp_path_factory: pytest.TempPathFactory) -> StansetBygg:
    """A total that no other figure repeats and nobody has judged: one changed digit is one new avvik.

    What dbt reads from the environment, and would leave tests or rows out for, does not let it through.
    """
    miljo = {"DBT_EXCLUDE_RESOURCE_TYPES": "test unit_test", "DBT_LOG_LEVEL": "none", "DBT_TARGET": "publisert"}
    with _felles(tmp_path_factory, "stanset") as mappe:
        if not (mappe / "svar.json").exists():
            prosjekt = kopi(mappe / "prosjekt")
            erstatt(
                prosjekt / "seeds/tall/norskopplaering_verdier.csv",
                "ar2023-t323-totalt,2018,40615,",
                "ar2023-t323-totalt,2018,40616,",
            )
            lager = kopi_av_lageret(publisert, mappe / "lager")
            svar = kjor("bygg", mappe=lager, prosjekt=prosjekt, miljo=miljo)
            (mappe / "svar.json").write_text(json.dumps([svar.returncode, svar.stderr]), encoding="utf-8")
    return StansetBygg(mappe / "lager", *json.loads((mappe / "svar.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def kilder() -> Path:
    """The folder with the source documents, which are not part of the project."""
    mappe = PROSJEKT.parent / "shared"
    if not (mappe / "kilder").is_dir():
        pytest.skip("kildedokumentene (../shared/kilder) er ikke på denne maskinen")
    return mappe


def skad(fil: Path, plass: int | None = None) -> None:
    """Damage a published file, which cannot be written to as it is: cut it short, or change one byte in it."""
    fil.chmod(0o644)
    if plass is None:
        os.truncate(fil, 4096)
        return
    with fil.open("r+b") as aapen:
        aapen.seek(plass)
        byte = aapen.read(1)
        aapen.seek(plass)
        aapen.write(bytes([byte[0] ^ 1]))


def erstatt(fil: Path, gammelt: str, nytt: str) -> None:
    """Change one place in a file; the place must be there once."""
    tekst = fil.read_text(encoding="utf-8")
    assert tekst.count(gammelt) == 1, f"{gammelt!r} står {tekst.count(gammelt)} ganger i {fil}"
    fil.write_text(tekst.replace(gammelt, nytt), encoding="utf-8")
