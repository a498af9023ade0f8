"""What dbt says that the pages and takeaways read is what their source reads: lineage runs from seed to page."""

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from expectations.avtaler import AVTALER
from styring.endringer import TALL
from styring.stier import PROSJEKT
from styring.uttak.arbeidsbok.ark import ARK
from styring.uttak.dokumentasjon.avstamning import seeds_bak
from tests.python.sider import SIDER

EXPOSURES = PROSJEKT / "models/exposures"
MARTER = {sti.stem for sti in (PROSJEKT / "models/marts").rglob("*.sql")}
# what DFØ and SSB publish themselves is not in the data package
AAPNE = MARTER - {
    "dokumentregister",
    *(sti.stem for emne in ("statistikk", "statsregnskap") for sti in (PROSJEKT / "models/marts" / emne).glob("*.sql")),
}
_MART = re.compile(r"\bmarts\.([a-z_]+)")
# Modules that put the schema before a name that stands elsewhere, and the marts that they do it for.
_SETTER_SAMMEN = {
    "dashboards/sider/sql.py": MARTER,
    "styring/endringer.py": set(TALL),
    "styring/forventninger.py": {avtale.mart for avtale in AVTALER},
    "styring/uttak/arbeidsbok/ark.py": {ark.mart for ark in ARK},
    "styring/uttak/arbeidsbok/skriver.py": {ark.mart for ark in ARK},
    "styring/uttak/datapakke.py": AAPNE,
    "styring/uttak/dokumentasjon/sider.py": MARTER,
    "styring/uttak/utgave.py": set(TALL),
}


def deklarert() -> dict[str, dict[str, Any]]:
    """The exposures as the yml files have them, by name. `fil` is the source file that reads."""
    return {
        en["name"]: {**en, "fil": en["config"]["meta"]["fil"]}
        for fil in sorted(EXPOSURES.glob("*.yml"))
        for en in yaml.safe_load(fil.read_text(encoding="utf-8"))["exposures"]
    }


def leser(fil: str) -> set[str]:
    """The marts that a source file reads.

    They are those named as `marts.<name>` in the text constants of the file and of the project's modules that it
    imports, at any remove; docstrings and comments do not count. A module that puts such names together says for which
    marts, above. What the dashboard's entry file opens over every page, the source window, is an exposure of its own.
    """
    return set().union(*(_nevnt(modul) | _SETTER_SAMMEN.get(modul, set()) for modul in _moduler(fil)))


def _moduler(fil: str) -> set[str]:
    """A file and the project's modules that it imports, also through others."""
    funnet: set[str] = set()
    igjen = {fil}
    while igjen:
        denne = igjen.pop()
        funnet.add(denne)
        igjen |= set(_importert(denne)) - funnet
    return funnet


@cache
def _kilde(fil: str) -> str:
    return (PROSJEKT / fil).read_text(encoding="utf-8")


def _importert(fil: str) -> Iterator[str]:
    """The project's own modules that a file imports, as paths."""
    for node in ast.walk(ast.parse(_kilde(fil))):
        if isinstance(node, ast.ImportFrom) and node.module:
            navn = [node.module, *(f"{node.module}.{en.name}" for en in node.names)]
        elif isinstance(node, ast.Import):
            navn = [en.name for en in node.names]
        else:
            continue
        for en in navn:
            sti = Path(*en.split("."))
            yield from (
                str(kandidat) for kandidat in (sti.with_suffix(".py"), sti / "__init__.py") if _finnes(kandidat)
            )


def _finnes(sti: Path) -> bool:
    return (PROSJEKT / sti).is_file()


@cache
def _tekster(fil: str) -> tuple[str, ...]:
    """A file's text constants, which SQL stands in, without its docstrings."""
    tre = ast.parse(_kilde(fil))
    doc = {
        id(node.body[0].value)
        for node in ast.walk(tre)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return tuple(
        node.value
        for node in ast.walk(tre)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in doc
    )


def _nevnt(fil: str) -> set[str]:
    """The marts that a file's text names."""
    return {navn for tekst in _tekster(fil) for navn in _MART.findall(tekst)} & MARTER


def _ref(navn: str) -> str:
    return f"ref('{navn}')"


@pytest.mark.parametrize("navn", sorted(deklarert()))
def test_det_som_er_deklarert_er_det_kilden_leser(navn: str) -> None:
    exposure = deklarert()[navn]
    assert (PROSJEKT / exposure["fil"]).is_file(), exposure["fil"]
    assert set(exposure["depends_on"]) == {_ref(mart) for mart in leser(exposure["fil"])}, navn
    assert len(exposure["depends_on"]) == len(set(exposure["depends_on"])), navn


@pytest.mark.parametrize("navn", sorted(deklarert()))
def test_en_modul_som_setter_sammen_navnet_sier_hvilke_marter(navn: str) -> None:
    for modul in _moduler(deklarert()[navn]["fil"]):
        setter_sammen = any(tekst.endswith("marts.") for tekst in _tekster(modul))
        assert setter_sammen == (modul in _SETTER_SAMMEN), modul


def test_hver_side_i_dashbordet_er_deklarert_med_sporsmalet_sitt() -> None:
    paa_sider = {en["fil"]: en for en in deklarert().values() if en["fil"].startswith("dashboards/sider/")}
    assert set(paa_sider) == {f"dashboards/sider/{side.fil}.py" for side in SIDER}
    for side in SIDER:
        exposure = paa_sider[f"dashboards/sider/{side.fil}.py"]
        assert exposure["type"] == "dashboard"
        assert exposure["label"] == side.tittel
        sporsmal = exposure["description"].partition("?")[0] + "?"
        assert sporsmal in _kilde(exposure["fil"]), sporsmal


def test_alt_som_tas_med_ut_er_deklarert() -> None:
    filer = {en["fil"] for en in deklarert().values()}
    laget_av = {
        node.func.value.id
        for node in ast.walk(ast.parse(_kilde("styring/uttak/kommandoer.py")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "skriv"
        and isinstance(node.func.value, ast.Name)
    }
    assert laget_av >= {"arbeidsbok", "datapakke", "dokumentasjon", "moetepakke"}
    for navn in laget_av:
        assert filer & {f"styring/uttak/{navn}.py", f"styring/uttak/{navn}/__init__.py"}, navn
    assert "styring/rapport.py" in filer


def test_hver_exposure_er_beskrevet_og_naar_en_seed(publisert: Path) -> None:
    (fil,) = publisert.glob("versjoner/*T*/manifest.json")
    manifest = json.loads(fil.read_text(encoding="utf-8"))
    assert {en["name"] for en in manifest["exposures"].values()} == set(deklarert())
    for nokkel, en in manifest["exposures"].items():
        assert en["label"] and en["description"] and en["owner"]["name"], nokkel
        assert seeds_bak(manifest, nokkel), nokkel
