"""The four generic dbt tests are themselves tested: each fails on its fault, and only on it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

YML = """\
version: 2

seeds:
  - name: prove
    config:
      column_types: {id: string, over: string, kode: string, belop: integer}
    data_tests:
      - unik_kombinasjon:
          arguments:
            kolonner: [id, over]
      - refererer_til:
          arguments:
            kolonner: [over, kode]
            til: ref('prove')
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
                monster: '[0-9]{4}'
                forventet: fire sifre
"""
GOD = "id,over,kode,belop\na,,0670,1\nb,a,0670,0\nunntak,,0671,-1\n"


@pytest.mark.parametrize(
    ("rad", "feiler"),
    [
        pytest.param("", set(), id="ingen feil"),
        pytest.param("a,,0671,1\n", {"unik_kombinasjon"}, id="tom del av nøkkelen skjuler ikke gjentakelsen"),
        pytest.param("c,a,0671,1\n", {"refererer_til"}, id="begge delene finnes, men ikke sammen"),
        pytest.param("c,,0670,-1\n", {"alltid_sant"}, id="usann"),
        pytest.param("c,,0670,\n", {"alltid_sant"}, id="verken sann eller usann"),
        pytest.param("c,,670,1\n", {"samsvarer_med"}, id="uten ledende null"),
        pytest.param("c,,06700,1\n", {"samsvarer_med"}, id="for langt"),
    ],
)
def test_hver_generiske_test_feiler_paa_sin_feil(
    prosjektkopi: Path, tmp_path: Path, rad: str, feiler: set[str]
) -> None:
    mappe = prosjektkopi / "seeds" / "prove"
    mappe.mkdir()
    (mappe / "_prove__seeds.yml").write_text(YML, encoding="utf-8")
    (mappe / "prove.csv").write_text(GOD + rad, encoding="utf-8")
    svar = subprocess.run(
        [str(Path(sys.executable).parent / "dbt"), "--no-use-colors", "build", "--select", "prove"],
        cwd=prosjektkopi,
        env=os.environ | {"STYRING_DUCKDB": str(tmp_path / "warehouse.duckdb")},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    feilet = {
        navn
        for navn in ("unik_kombinasjon", "refererer_til", "alltid_sant", "samsvarer_med")
        for linje in svar.stdout.splitlines()
        if " FAIL " in linje and f" {navn}_prove" in linje
    }
    assert feilet == feiler, svar.stdout
    assert (svar.returncode == 0) == (not feiler), svar.stdout
