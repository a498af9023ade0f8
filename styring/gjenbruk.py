"""What the published version has, taken over into a new build, so that a month costs a month and a row in a seed a row.

Where nothing but rows and the day have changed since the version was made, all of it is taken, and dbt builds and tests
what follows from them. Otherwise the incremental models' tables are taken, and dbt reads and replaces only the
months that differ. They are taken only when they would be computed in the same way now: the model, the models it rests
on and their macros must stand in the project as they did then.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from styring.publisering import FILNAVN, MANIFEST
from styring.stier import PROSJEKT

Manifest = dict[str, Any]


def kopier(versjon: Path, fil: Path) -> None:
    """Copy all of a version into a DuckDB file that is not there yet. `versjon` is the version's folder."""
    shutil.copyfile(versjon / FILNAVN, fil)


def fyll_ut(manifest: Path, forrige: Path) -> None:
    """Give the manifest of a build of some of the project the SQL of the rest, as it was compiled before.

    The project must be the same but for rows, which have no SQL.
    """
    ny, gammel = (json.loads(fil.read_text(encoding="utf-8")) for fil in (manifest, forrige))
    ny["nodes"] = {
        navn: node if node["resource_type"] == "seed" or node.get("compiled") else gammel["nodes"].get(navn, node)
        for navn, node in ny["nodes"].items()
    }
    manifest.write_text(json.dumps(ny, ensure_ascii=False), encoding="utf-8")


def ta_over(versjon: Path, fil: Path) -> list[str]:
    """Copy a version's incremental tables into a DuckDB file that is not there yet. Returns their names.

    `versjon` is the version's folder. A version that cannot say what it was built from gives nothing.
    """
    try:
        manifest: Manifest = json.loads((versjon / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        # of an older edition, or damaged: everything is computed anew
        return []
    tabeller = [
        f"{modell['schema']}.{modell['alias']}"
        for modell in manifest.get("nodes", {}).values()
        if modell["resource_type"] == "model"
        and modell["config"]["materialized"] == "incremental"
        and _som_for(manifest, modell)
    ]
    if not tabeller:
        return []
    with duckdb.connect(str(fil)) as kobling:
        sti = str(versjon / FILNAVN).replace("'", "''")
        kobling.execute(f"attach '{sti}' as forrige (read_only)")
        for tabell in tabeller:
            kobling.execute(f"create schema if not exists {tabell.partition('.')[0]}")
            kobling.execute(f"create table {tabell} as from forrige.{tabell}")
        kobling.execute("detach forrige")
    return tabeller


def _som_for(manifest: Manifest, modell: Manifest) -> bool:
    """Whether a model, the models behind it and their macros stand in the project as they did."""
    return all(_uendret(node) for node in _bak(manifest, modell))


def _uendret(node: Manifest) -> bool:
    tekst = _tekst(node["original_file_path"])
    if node["resource_type"] == "macro":
        return str(node["macro_sql"]).strip() in tekst
    # a model's checksum is of its text without what is blank around it; a seed's may differ, and is then computed anew
    return bool(hashlib.sha256(tekst.strip().encode()).hexdigest() == node["checksum"]["checksum"])


def _bak(manifest: Manifest, modell: Manifest) -> Iterator[Manifest]:
    """A model, the models that it is made of, and the project's macros that they use."""
    igjen, sett = [modell["unique_id"]], set()
    while igjen:
        navn = igjen.pop()
        node = manifest["nodes"].get(navn) or manifest["macros"].get(navn)
        if node is None or navn in sett or node["package_name"] != modell["package_name"]:
            continue
        sett.add(navn)
        yield node
        igjen += node["depends_on"]["macros"] + node["depends_on"].get("nodes", [])


def _tekst(sti: str) -> str:
    fil = PROSJEKT / sti
    return fil.read_text(encoding="utf-8") if fil.is_file() else ""
