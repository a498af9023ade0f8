"""Nothing leaves the machine, and nobody who wrote or signed a letter is named."""

import itertools
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from styring.stier import PROSJEKT
from tests.python.conftest import NETTVAKT, Sql, har_strace, nettvakt, utenfor, vaktet
from tests.python.test_struktur import prosjektfiler

# those who sign a letter, and those who wrote it
_STILLINGER = ("avdelingsdirektør", "seniorrådgiver", "rådgiver", "ekspedisjonssjef", "departementsråd", "direktør")
_NAVN = re.compile(r"[A-ZÆØÅ][a-zæøåéü-]+(?: [A-ZÆØÅ][a-zæøåéü-]+)+")
_EPOST = re.compile(r"[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,}")
# a telephone number in a text that says so, and the ministries' own
_TELEFON = re.compile(r"(?i)\b(?:tlf|telefon|mobil)\w*[.:]? ?\+?(?:\d ?){8}|\b22 ?24 ?\d\d ?\d\d\b")


def _tekster(sql: Sql) -> Iterator[tuple[str, str]]:
    """All text that the project's files and the warehouse hold, with where it stands."""
    for fil in prosjektfiler():
        innhold = fil.read_bytes()
        if b"\x00" not in innhold:
            yield str(fil.relative_to(PROSJEKT)), innhold.decode("utf-8")
    for skjema, tabell, kolonne in sql(
        "select schema_name, table_name, column_name from duckdb_columns() "
        "where data_type = 'VARCHAR' and not internal order by all"
    ):
        rader = sql(f'select distinct "{kolonne}" from {skjema}."{tabell}" where "{kolonne}" is not null')
        yield f"{skjema}.{tabell}.{kolonne}", "\n".join(str(verdi) for (verdi,) in rader)


def _navngitte(tekst: str) -> set[str]:
    """The names that stand before a title or after a heading for it, in a letter."""
    linjer = [linje.strip() for linje in tekst.splitlines() if linje.strip()]
    naboer = [
        *(foer for foer, linje in itertools.pairwise(linjer) if linje.casefold() in _STILLINGER),
        *(etter for linje, etter in itertools.pairwise(linjer) if linje == "Saksbehandler"),
    ]
    return {treff.group() for nabo in naboer if (treff := _NAVN.match(nabo))}


def test_ingen_som_skrev_eller_signerte_er_nevnt(kilder: Path, sql: Sql) -> None:
    navn: set[str] = set()
    for fil in sorted((kilder / "kilder").glob("*.txt")):
        navn |= _navngitte(fil.read_text(encoding="utf-8"))
    assert len(navn) >= 4, "dokumentene har navn på dem som signerte"
    etternavn = {en.rpartition(" ")[2] for en in navn}
    for hvor, tekst in _tekster(sql):
        nevnt = {en for en in navn | etternavn if re.search(rf"\b{re.escape(en)}\b", tekst)}
        assert not nevnt, hvor


def test_ingen_kontaktopplysninger(sql: Sql) -> None:
    for hvor, tekst in _tekster(sql):
        adresser = {en for en in _EPOST.findall(tekst) if not en.endswith((".example", "@users.noreply.github.com"))}
        assert not adresser, (hvor, adresser)
        assert not _TELEFON.search(tekst), hvor


def test_bygget_spor_ingen_utenfor_maskinen(publisert: Path) -> None:
    """Validation, dbt with its tests, Great Expectations and the reports, in all their processes."""
    assert (publisert / NETTVAKT).read_text(encoding="utf-8").count("vakt\n") > 1
    assert utenfor(publisert / NETTVAKT) == []


def test_heller_ikke_annet_enn_python_spor_noen(publisert: Path) -> None:
    if not har_strace():
        pytest.skip("strace er ikke installert: kjør make test-tools")
    assert (publisert / NETTVAKT).with_suffix(".strace").exists()
    assert utenfor(publisert / NETTVAKT) == []


@pytest.mark.parametrize(
    "kode",
    [
        # with no audit hook in the way: as native code does it
        "import ctypes, socket; s = socket.socket(); ctypes.CDLL(None).connect("
        "s.fileno(), bytes([2, 0, 0, 9, 192, 0, 2, 1] + [0] * 8), 16)",
        "import socket; socket.socket(type=socket.SOCK_DGRAM).connect(('127.0.0.53', 53))",
        "import socket; socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).connect(('2001:db8::1', 9))",
    ],
)
def test_strace_ser_den_som_spor(tmp_path: Path, kode: str) -> None:
    if not har_strace():
        pytest.skip("strace er ikke installert: kjør make test-tools")
    logg = tmp_path / NETTVAKT
    logg.touch()
    subprocess.run(vaktet(logg, sys.executable, "-c", kode), capture_output=True)
    assert len(utenfor(logg)) == 1


def test_vakten_ser_den_som_spor(tmp_path: Path) -> None:
    logg = tmp_path / NETTVAKT
    kode = "import socket\ntry: socket.create_connection(('192.0.2.1', 9), timeout=0.01)\nexcept OSError: pass"
    subprocess.run([sys.executable, "-c", kode], env=nettvakt(logg), check=True)
    assert "socket.connect 192.0.2.1" in utenfor(logg)


@pytest.mark.parametrize("ord_", ["gatherUsageStats = false", "enableXsrfProtection = true", 'address = "127.0.0.1"'])
def test_dashbordet_er_stille_og_for_denne_maskinen(ord_: str) -> None:
    assert ord_ in (PROSJEKT / ".streamlit/config.toml").read_text(encoding="utf-8")
