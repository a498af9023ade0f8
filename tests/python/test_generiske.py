"""The four generic dbt tests are themselves tested: each fails on its fault, and only on it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from styring.stier import PROSJEKT

_YML = """\
  - name: {navn}
    config:
      column_types: {{id: string, over: string, kode: string, belop: integer}}
    data_tests:
      - unik_kombinasjon:
          arguments:
            kolonner: [id, over]
      - refererer_til:
          arguments:
            kolonner: [over, kode]
            til: ref('{navn}')
            til_kolonner: [id, kode]
      - alltid_sant:
          arguments:
            uttrykk: belop >= 0
            der: id <> 'unntak'
    columns:
      - name: kode
        data_tests:
          - samsvarer_med:
              arguments:
                monster: '[0-9]{{4}}'
                forventet: fire sifre
"""
_GOD = "id,over,kode,belop\na,,0670,1\nb,a,0670,0\nunntak,,0671,-1\n"
_TESTER = ("unik_kombinasjon", "refererer_til", "alltid_sant", "samsvarer_med")
# a seed with one row too many, and the test that must fail on it
_TILFELLER = {
    "ingen_feil": ("", None),
    "tom_del_av_nokkelen_skjuler_ikke_gjentakelsen": ("a,,0671,1\n", "unik_kombinasjon"),
    "begge_delene_finnes_men_ikke_sammen": ("c,a,0671,1\n", "refererer_til"),
    "usann": ("c,,0670,-1\n", "alltid_sant"),
    "verken_sann_eller_usann": ("c,,0670,\n", "alltid_sant"),
    "uten_ledende_null": ("c,,670,1\n", "samsvarer_med"),
    "for_langt": ("c,,06700,1\n", "samsvarer_med"),
}


@pytest.fixture(scope="module")
def feilet(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The tests that failed in one build of a project with the generic tests and these seeds, and nothing else."""
    prosjekt = tmp_path_factory.mktemp("generiske")
    for fil in ("dbt_project.yml", "profiles.yml"):
        shutil.copy(PROSJEKT / fil, prosjekt)
    shutil.copytree(PROSJEKT / "macros", prosjekt / "macros")
    shutil.copytree(PROSJEKT / "tests/generic", prosjekt / "tests/generic")
    seeds = prosjekt / "seeds"
    seeds.mkdir()
    (seeds / "_seeds.yml").write_text(
        "version: 2\n\nseeds:\n" + "".join(_YML.format(navn=navn) for navn in _TILFELLER), encoding="utf-8"
    )
    for navn, (rad, _) in _TILFELLER.items():
        (seeds / f"{navn}.csv").write_text(_GOD + rad, encoding="utf-8")
    svar = subprocess.run(
        [str(Path(sys.executable).parent / "dbt"), "--no-use-colors", "build"],
        cwd=prosjekt,
        env=os.environ | {"STYRING_DUCKDB": str(prosjekt / "warehouse.duckdb")},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert f"PASS={5 * len(_TILFELLER) - 6} WARN=0 ERROR=6" in svar.stdout, svar.stdout
    return [linje for linje in svar.stdout.splitlines() if " FAIL " in linje]


@pytest.mark.parametrize("navn", _TILFELLER)
def test_hver_generiske_test_feiler_paa_sin_feil(feilet: list[str], navn: str) -> None:
    _, ventet = _TILFELLER[navn]
    # dbt shortens long names of tests, and keeps their beginning
    egne = [test for test in _TESTER for linje in feilet if f" {test}_{navn[:12]}" in linje]
    assert egne == ([ventet] if ventet else [])
