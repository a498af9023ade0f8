"""What the README shows is what the built file answers."""

import re

import pytest

from styring.stier import PROSJEKT
from tests.python.conftest import Sql

_EKSEMPEL = re.compile(r"```sql\n(.*?)```\n```\n(.*?)```", re.DOTALL)
_EKSEMPLER = _EKSEMPEL.findall((PROSJEKT / "README.md").read_text(encoding="utf-8"))


def test_readme_har_eksempler() -> None:
    assert len(_EKSEMPLER) == 3


@pytest.mark.parametrize(("sporring", "svar"), _EKSEMPLER)
def test_svarene_i_readme_er_basens_egne(sql: Sql, sporring: str, svar: str) -> None:
    vist = [re.split(r"\s{2,}", linje.strip()) for linje in svar.splitlines()]
    assert [["NULL" if verdi is None else str(verdi) for verdi in rad] for rad in sql(sporring)] == vist
