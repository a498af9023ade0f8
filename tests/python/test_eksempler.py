"""What the README and the pages of queries and metrics show is what the built file answers."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from styring.stier import PROSJEKT
from tests.python.conftest import Sql

_SQL = re.compile(r"```sql\n(.*?)```\n```\n(.*?)```", re.DOTALL)
_MF = re.compile(r"```sh\n(?:\.venv/bin/)?mf (query .*?)```\n```\n(.*?)```", re.DOTALL)
_README = (PROSJEKT / "README.md").read_text(encoding="utf-8")
_SPORRINGER = (PROSJEKT / "docs/sporringer.md").read_text(encoding="utf-8")
_SQL_EKSEMPLER = _SQL.findall(_README) + _SQL.findall(_SPORRINGER)
_MF_EKSEMPLER = _MF.findall((PROSJEKT / "docs/metrikker.md").read_text(encoding="utf-8"))


def test_eksemplene_er_funnet() -> None:
    assert len(_SQL.findall(_README)) == 3
    assert len(_SQL.findall(_SPORRINGER)) == len(re.findall(r"^## \d+\. ", _SPORRINGER, re.MULTILINE)) == 10
    assert len(_MF_EKSEMPLER) == 3


@pytest.mark.parametrize(("sporring", "svar"), _SQL_EKSEMPLER)
def test_svarene_paa_sporringene_er_basens_egne(sql: Sql, sporring: str, svar: str) -> None:
    vist = [re.split(r"\s{2,}", linje.strip()) for linje in svar.splitlines()]
    assert [["NULL" if verdi is None else str(verdi).strip() for verdi in rad] for rad in sql(sporring)] == vist


@pytest.mark.parametrize(("argumenter", "svar"), _MF_EKSEMPLER)
def test_svarene_fra_mf_er_mf_sine_egne(publisert: Path, argumenter: str, svar: str) -> None:
    prosess = subprocess.run(
        [str(Path(sys.executable).parent / "mf"), *shlex.split(argumenter.replace("\\\n", " "))],
        env=os.environ | {"STYRING_MAPPE": str(publisert)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert prosess.returncode == 0, prosess.stdout + prosess.stderr
    assert [linje.rstrip() for linje in prosess.stdout.rstrip().splitlines()] == svar.rstrip().splitlines()
