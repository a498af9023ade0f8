"""What the yml files declare of each CSV file: its columns, their types and dbt's own tests on them.

This is the one declaration. dbt tests it on the loaded tables; `validering` reads it to refuse a bad
file before dbt sees it; `sporbarhet` reads from it which columns are printed in a document. Seeds that one
staging model unions (`bosetting_serier` and the others in `stg_serier`) have their tests on that model.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from styring.stier import PROSJEKT, SEEDS

_REF = re.compile(r"ref\('(\w+)'\)")


@dataclass(frozen=True)
class Referanse:
    """A foreign key: these columns must stand together in `til_kolonner` of one of the `til` seeds."""

    kolonner: tuple[str, ...]
    til: tuple[str, ...]
    til_kolonner: tuple[str, ...]


@dataclass(frozen=True)
class Kolonne:
    """One column of a CSV file, with what a value in it must satisfy.

    `sporing` says how the value is printed in its document; `dato_i` names the column that holds the
    printed text which this date is read from.
    """

    navn: str
    type: str
    paakrevd: bool
    unik: bool
    verdier: tuple[str, ...]
    monster: str | None
    forventet: str | None
    sporing: str | None
    dato_i: str | None


@dataclass(frozen=True)
class Seed:
    """One CSV file: where it stands, its columns, the keys it must keep and the rows it must point to."""

    navn: str
    fil: Path
    kan_vaere_tom: bool
    kolonner: tuple[Kolonne, ...]
    unike_kombinasjoner: tuple[tuple[str, ...], ...]
    referanser: tuple[Referanse, ...]


def _tester(node: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """A node's data tests as (name, arguments)."""
    tester: list[tuple[str, dict[str, Any]]] = []
    for test in node.get("data_tests", []):
        if isinstance(test, str):
            tester.append((test, {}))
        else:
            [(navn, innhold)] = test.items()
            tester.append((navn, innhold["arguments"]))
    return tester


def _maal_for(uttrykk: str, alle: list[str]) -> tuple[str, ...]:
    """Seeds behind a `ref`: the seed itself, or all that a staging model such as stg_serier unions."""
    treff = _REF.fullmatch(uttrykk)
    if treff is None:
        raise ValueError(f"unexpected reference {uttrykk!r}")
    navn = treff.group(1)
    if navn in alle:
        return (navn,)
    return tuple(seed for seed in alle if seed.endswith("_" + navn.removeprefix("stg_")))


@cache
def _samlemodeller() -> dict[str, dict[str, Any]]:
    """Staging models by the ending of the seeds that they union ("serier" for stg_serier)."""
    return {
        node["name"].removeprefix("stg_"): node
        for fil in sorted((PROSJEKT / "models" / "staging").rglob("_*__models.yml"))
        for node in yaml.safe_load(fil.read_text(encoding="utf-8"))["models"]
    }


def _samlet_i(navn: str, alle: list[str]) -> dict[str, Any]:
    """The staging model that unions a seed with its like; empty when the seed has a model of its own."""
    endelse = navn.rpartition("_")[2]
    return _samlemodeller().get(endelse, {}) if endelse not in alle and endelse != navn else {}


def _kolonne(node: dict[str, Any], type_: str, felles: dict[str, Any]) -> Kolonne:
    tester = dict(_tester(node) + _tester(felles))
    monster = tester.get("samsvarer_med", {})
    meta = node.get("config", {}).get("meta", {})
    return Kolonne(
        navn=node["name"],
        type=type_,
        paakrevd="not_null" in tester,
        unik="unique" in tester,
        verdier=tuple(tester.get("accepted_values", {}).get("values", ())),
        monster=monster.get("monster"),
        forventet=monster.get("forventet"),
        sporing=meta.get("sporing"),
        dato_i=meta.get("dato_i"),
    )


def _seed(node: dict[str, Any], mappe: Path, alle: list[str]) -> Seed:
    typer = node["config"]["column_types"]
    kolonner = node["columns"]
    samlet = _samlet_i(node["name"], alle)
    felles = {kolonne["name"]: kolonne for kolonne in samlet.get("columns", [])}
    navn = [kolonne["name"] for kolonne in kolonner]
    if navn != list(typer):
        raise ValueError(f"{node['name']}: columns and column_types differ: {navn} / {list(typer)}")
    referanser = [
        Referanse((kolonne["name"],), _maal_for(argumenter["to"], alle), (argumenter["field"],))
        for kolonne in kolonner
        for test, argumenter in _tester(kolonne) + _tester(felles.get(kolonne["name"], {}))
        if test == "relationships"
    ]
    unike = []
    for test, argumenter in _tester(node) + _tester(samlet):
        if test == "refererer_til":
            referanser.append(
                Referanse(
                    tuple(argumenter["kolonner"]),
                    _maal_for(argumenter["til"], alle),
                    tuple(argumenter["til_kolonner"]),
                )
            )
        elif test == "unik_kombinasjon":
            unike.append(tuple(argumenter["kolonner"]))
    return Seed(
        navn=node["name"],
        fil=mappe / f"{node['name']}.csv",
        kan_vaere_tom=node["config"].get("meta", {}).get("kan_vaere_tom", False),
        kolonner=tuple(
            _kolonne(kolonne, typer[kolonne["name"]], felles.get(kolonne["name"], {})) for kolonne in kolonner
        ),
        unike_kombinasjoner=tuple(unike),
        referanser=tuple(referanser),
    )


@cache
def les(mappe: Path = SEEDS) -> dict[str, Seed]:
    """All declared seeds under a folder, by name, in the order in which the files declare them."""
    noder = [
        (node, fil.parent)
        for fil in sorted(mappe.rglob("_*__seeds.yml"))
        for node in yaml.safe_load(fil.read_text(encoding="utf-8"))["seeds"]
    ]
    alle = [node["name"] for node, _ in noder]
    return {node["name"]: _seed(node, fil_mappe, alle) for node, fil_mappe in noder}
