"""The promises of the structure: one direction between layers, every mart described, nothing tied to one machine."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from styring.publisering import LEST_FRA
from styring.stier import PROSJEKT
from tests.python.conftest import Sql

MARTER = {
    "kilder",
    "kildebidrag",
    "virksomheter",
    "verdier",
    "indikatorer",
    "tildelinger",
    "budsjettutnyttelse",
    "budsjettbindinger",
    "indikatorkatalog",
    "indikatorserier",
    "maaloppnaaelse",
    "sp_sammendrag",
    "maal_sammendrag",
    "maalpenger",
    "maaloversikt",
    "oppdrag",
    "oppdragshendelser",
    "oppdragstilstander",
    "kontroller",
    "kontrollgrunnlag",
    "kontrolledd",
    "kontrollkatalog",
    "avvik",
    "tilskuddsordninger",
    "risikoer",
    "styringskalender",
    "budsjettutnyttelse_per_maaned",
    "okonomirapportering",
    "prognosetreff",
    "statsbudsjettet",
    "bevilgningsendringer",
    "virksomhetshistorikk",
    "posthistorikk",
    "regnskapsperioder",
    "karantene",
    "dokumentregister",
    "statistikk",
}
# A layer may read these and no others.
LESER_FRA = {
    "staging": {"seeds", "sources"},
    "intermediate": {"staging", "intermediate"},
    "marts": {"staging", "intermediate", "marts"},
}


@pytest.fixture(scope="module")
def manifest(publisert: Path) -> dict[str, Any]:
    innhold: dict[str, Any] = json.loads((publisert / "versjoner/.dbt/manifest.json").read_text(encoding="utf-8"))
    return innhold


def prosjektfiler() -> list[Path]:
    """The project's own files: what git tracks or would track; in a copy without git, all of them."""
    svar = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=PROSJEKT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [PROSJEKT / navn for navn in svar.stdout.splitlines() if (PROSJEKT / navn).is_file()]


def _modeller(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    return [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]


def test_pilene_gar_en_vei(manifest: dict[str, Any]) -> None:
    for modell in _modeller(manifest):
        lag = modell["fqn"][1]
        for forelder in modell["depends_on"]["nodes"]:
            fra = manifest["nodes"].get(forelder) or manifest["sources"][forelder]
            fra_lag = f"{fra['resource_type']}s" if fra["resource_type"] in ("seed", "source") else fra["fqn"][1]
            assert fra_lag in LESER_FRA[lag], f"{modell['name']} ({lag}) leser {fra['name']} ({fra_lag})"


def test_de_offentlige_martene_er_der_med_kontrakt(manifest: dict[str, Any]) -> None:
    marter = {modell["name"]: modell for modell in _modeller(manifest) if modell["fqn"][1] == "marts"}
    assert set(marter) == MARTER
    for navn, modell in marter.items():
        assert modell["contract"]["enforced"], navn
        assert modell["access"] == "public", navn
        assert modell["description"].startswith("Én rad per"), f"{navn} sier ikke hva en rad er"


def test_ingen_inkrementell_modell_sletter_rad_for_rad(manifest: dict[str, Any]) -> None:
    """`delete+insert` with a key that is not unique took 132 s on DuckDB, where all of it anew took 10."""
    inkrementelle = [modell for modell in _modeller(manifest) if modell["config"]["materialized"] == "incremental"]
    assert inkrementelle
    for modell in inkrementelle:
        assert _er_trygg(modell["config"]), modell["name"]
    assert not _er_trygg({"incremental_strategy": "delete+insert", "unique_key": "periode"})
    assert not _er_trygg({"incremental_strategy": None, "unique_key": "periode"})


def _er_trygg(valg: dict[str, Any]) -> bool:
    """Whether an incremental model only appends; what is to leave, leaves by whole months in a hook."""
    return valg["incremental_strategy"] in ("append", "insert_overwrite") and not valg["unique_key"]


def test_det_som_sies_om_hva_som_leses_er_en_target_i_profilen() -> None:
    utganger = yaml.safe_load((PROSJEKT / "profiles.yml").read_text(encoding="utf-8"))["styring"]["outputs"]
    motor, target = re.fullmatch(r"lest fra (\w+) \(target (\w+)\)", LEST_FRA).groups()  # type: ignore[union-attr]
    assert utganger[target]["type"] == motor.lower()


def test_det_som_er_endret_er_kjent_for_dbt(manifest: dict[str, Any]) -> None:
    """A build of what follows from a source or a day finds the source by its folder, and the models by their tag."""
    for kilde in manifest["sources"].values():
        assert f"/{kilde['name']}/" in kilde["meta"]["filer"], kilde["name"]
    dagen = {en["name"] for en in _modeller(manifest) if "macro.styring.statusdato" in en["depends_on"]["macros"]}
    assert dagen
    assert dagen == {en["name"] for en in _modeller(manifest) if "statusdato" in en["tags"]}


def test_hver_mart_er_testet_pa_nokkelen(manifest: dict[str, Any]) -> None:
    testet = {
        node["attached_node"].split(".")[-1]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "test"
        and node.get("attached_node")
        and node.get("test_metadata", {})
        and node["test_metadata"]["name"] in ("unique", "unik_kombinasjon")
    }
    assert testet >= MARTER


def test_beskrivelsene_star_i_filen(sql: Sql) -> None:
    assert (
        sql(
            """
        select table_name, column_name from duckdb_columns()
        where schema_name = 'marts' and coalesce(comment, '') = ''
        """
        )
        == []
    )
    assert (
        sql("select table_name from duckdb_tables() where schema_name = 'marts' and coalesce(comment, '') = ''") == []
    )


def test_penger_er_desimaltall_og_koder_er_tekst(sql: Sql) -> None:
    assert (
        sql(
            """
        select table_name, column_name, data_type from duckdb_columns()
        where schema_name in ('marts', 'intermediate', 'staging')
            and (data_type in ('DOUBLE', 'FLOAT')
                or (column_name like '%\\_kr' escape '\\' and data_type <> 'DECIMAL(18,0)')
                or (column_name in ('kapittel', 'post', 'oppdrag_nr') and data_type <> 'VARCHAR'))
        """
        )
        == []
    )
    assert sql("select distinct length(kapittel), length(post) from marts.tildelinger") == [(4, 2)]


def test_hver_mart_har_virksomhet_og_hvert_faktum_kilde(sql: Sql) -> None:
    kolonner = sql("select table_name, column_name from duckdb_columns() where schema_name = 'marts'")
    for mart in MARTER:
        assert (mart, "virksomhet_id") in kolonner
        # a definition and the register of agencies are the project's own words; a table of SSB's is its own place
        if mart not in ("kilder", "indikatorkatalog", "virksomheter", "dokumentregister", "statistikk"):
            assert (mart, "dokument_id") in kolonner
            assert (mart, "sted") in kolonner


@pytest.mark.parametrize("ord_", ["group by all", "qualify", "union by name", "try_cast", "pivot ", " exclude "])
def test_sql_som_bare_en_motor_forstar_er_ikke_brukt(ord_: str) -> None:
    for fil in (PROSJEKT / "models").rglob("*.sql"):
        assert ord_ not in fil.read_text(encoding="utf-8").lower(), fil


def test_ingen_pakkeregistre_eller_stier_pa_en_maskin() -> None:
    monstre = {
        "pakkeregister": r"https?://[a-z0-9.-]+/(simple|packages)/",
        "sti på en maskin": r"/(home|work|Users)/\w+",
    }
    for fil in prosjektfiler():
        tekst = fil.read_text(encoding="utf-8", errors="replace")
        for hva, monster in monstre.items():
            treff = re.search(monster, tekst)
            assert treff is None, f"{fil.relative_to(PROSJEKT)}: {hva}: {treff.group()}"


@pytest.mark.parametrize("navn", ["requirements.lock", "requirements-motorer.lock"])
def test_laasen_har_hasher_for_alt(navn: str) -> None:
    laas = (PROSJEKT / navn).read_text(encoding="utf-8")
    pakker = re.findall(r"^[\w.-]+(?:\[[^]]+\])?==\S+(?: ; .*)? \\$", laas, re.MULTILINE)
    assert len(pakker) > 80
    assert len(re.findall(r"^[a-z][^\n]*==", laas, re.MULTILINE)) == len(pakker)


def test_de_andre_motorene_har_de_samme_versjonene() -> None:
    def versjoner(navn: str) -> set[str]:
        return set(
            re.findall(r"^[\w.-]+(?:\[[^]]+\])?==\S+", (PROSJEKT / navn).read_text(encoding="utf-8"), re.MULTILINE)
        )

    assert versjoner("requirements.lock") <= versjoner("requirements-motorer.lock")


def test_yml_ene_har_samme_kolonner_som_filene() -> None:
    for yml in (PROSJEKT / "seeds").rglob("_*__seeds.yml"):
        for seed in yaml.safe_load(yml.read_text(encoding="utf-8"))["seeds"]:
            hode = (yml.parent / f"{seed['name']}.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
            assert hode == [kolonne["name"] for kolonne in seed["columns"]], seed["name"]
