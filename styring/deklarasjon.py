"""What the yml files declare of each CSV file: its columns, their types and dbt's own tests on them.

This is the one declaration. dbt tests it on the loaded tables; `validering` reads it to refuse a bad
file before dbt sees it; `sporbarhet` reads from it which columns are printed in a document. Seeds that one
staging model unions (`bosetting_serier` and the others in `stg_serier`) have their tests on that model.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from styring.feil import StyringFeil
from styring.stier import PROSJEKT, SEEDS

# what is shown of what was found
_SITAT = 80
_REF = re.compile(r"ref\('(\w+)'\)")


@dataclass(frozen=True)
class Referanse:
    """A foreign key: these columns must stand together in `til_kolonner` of one of the `til` seeds."""

    kolonner: tuple[str, ...]
    til: tuple[str, ...]
    til_kolonner: tuple[str, ...]


@dataclass(frozen=True)
class Sannhet:
    """What holds for every row where `der` holds: SQL on the row's columns, and what was expected when it does not."""

    uttrykk: str
    der: str
    forventet: str


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
    """One CSV file: where it stands, its columns, the keys it must keep, the rows it must point to, what holds in each.

    Seeds with the same `samling` are put together by one staging model, and share their keys.
    """

    navn: str
    samling: str
    fil: Path
    kan_vaere_tom: bool
    kolonner: tuple[Kolonne, ...]
    unike_kombinasjoner: tuple[tuple[str, ...], ...]
    referanser: tuple[Referanse, ...]
    sannheter: tuple[Sannhet, ...]


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
        samling=samlet.get("name", node["name"]),
        fil=mappe / f"{node['name']}.csv",
        kan_vaere_tom=node["config"].get("meta", {}).get("kan_vaere_tom", False),
        kolonner=tuple(
            _kolonne(kolonne, typer[kolonne["name"]], felles.get(kolonne["name"], {})) for kolonne in kolonner
        ),
        unike_kombinasjoner=tuple(unike),
        referanser=tuple(referanser),
        sannheter=tuple(
            Sannhet(argumenter["uttrykk"], argumenter.get("der", "true"), argumenter["forventet"])
            for test, argumenter in _tester(node)
            if test == "alltid_sant"
        ),
    )


def _sted(noder: dict[str, Any], sti: Iterable[str | int]) -> str:
    """Where in a yml file something stands, by the names that a reader sees there."""
    navn: list[str] = []
    her: Any = noder
    for ledd in sti:
        her = her[ledd]
        if isinstance(ledd, str) and ledd not in ("seeds", "columns", "data_tests"):
            navn.append(ledd)
        elif isinstance(her, dict) and "name" in her:
            navn.append(str(her["name"]))
    return ", ".join(navn)


def _les_yml(fil: Path, navn: str) -> list[dict[str, Any]]:
    """The seeds that a yml file declares. Raises StyringFeil with where, what was found and what was expected."""
    try:
        innhold = yaml.safe_load(fil.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as feil:
        linje = getattr(getattr(feil, "problem_mark", None), "line", None)
        hvor = "" if linje is None else f", linje {linje + 1}"
        raise StyringFeil(
            f"{navn}{hvor}: filen kan ikke leses som yml; ventet UTF-8 og innrykk med mellomrom."
        ) from feil
    skjema = json.loads((SEEDS / "_skjema.json").read_text(encoding="utf-8"))
    validator = Draft202012Validator(skjema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    if feil_ := min(validator.iter_errors(innhold), key=lambda en: list(map(str, en.path)), default=None):
        hvor = "".join(f", {ledd}" for ledd in [_sted(innhold, feil_.path)] if ledd)
        funnet = json.dumps(feil_.instance, ensure_ascii=False, default=str)
        kort = funnet if len(funnet) <= _SITAT else f"{funnet[:_SITAT]}…"
        raise StyringFeil(f"{navn}{hvor}: fant {kort}, ventet {feil_.schema['description']}.")
    seeds: list[dict[str, Any]] = innhold["seeds"]
    return seeds


def _henger_sammen(seed: dict[str, Any], alle: dict[str, dict[str, Any]], fil: str) -> None:
    """Raises StyringFeil when a seed's declaration names a column or a file that is not declared."""
    kolonner = [kolonne["name"] for kolonne in seed["columns"]]
    typer = list(seed["config"]["column_types"])

    def krev(finnes: bool, hva: str) -> None:
        if not finnes:
            raise StyringFeil(f"{fil}, {seed['name']}: {hva}.")

    def er_kolonner(navn: Iterable[str], i: str, hvor: str) -> None:
        andre = [node["name"] for node in alle[i]["columns"]] if i in alle else []
        for en in navn:
            krev(en in andre, f"{hvor} nevner kolonnen {en}, som ikke er deklarert i {i}")

    krev(kolonner == typer, "columns og column_types har ikke de samme kolonnene i samme rekkefølge")
    for kolonne in seed["columns"]:
        if dato_i := kolonne.get("config", {}).get("meta", {}).get("dato_i"):
            er_kolonner([dato_i], seed["name"], f"dato_i for {kolonne['name']}")
    tester = [(test, arg) for node in (seed, *seed["columns"]) for test, arg in _tester(node)]
    for test, argumenter in tester:
        er_kolonner(argumenter.get("kolonner", ()), seed["name"], test)
        if ref := argumenter.get("to") or argumenter.get("til"):
            maal = _maal_for(ref, list(alle))
            krev(bool(maal), f"{test} viser til {ref}, som ikke er deklarert")
            felt = argumenter.get("til_kolonner") or [argumenter["field"]]
            krev(
                len(felt) == len(argumenter.get("kolonner", felt)), f"{test} har ikke like mange kolonner på hver side"
            )
            for en in maal:
                er_kolonner(felt, en, test)


@cache
def les(mappe: Path = SEEDS) -> dict[str, Seed]:
    """All declared seeds under a folder, by name, in the order in which the files declare them.

    Raises StyringFeil when there are none, or a declaration is not one that seeds/_skjema.json allows.
    """
    noder = [
        (node, fil)
        for fil in sorted(mappe.rglob("_*__seeds.yml"))
        for node in _les_yml(fil, str(fil.relative_to(mappe.parent)))
    ]
    if not noder:
        raise StyringFeil(f"Ingen CSV-filer er deklarert i {mappe}; ventet _…__seeds.yml i undermappene.")
    alle = {node["name"]: node for node, _ in noder}
    for node, fil in noder:
        navn = str(fil.relative_to(mappe.parent))
        if alle[node["name"]] is not node:
            raise StyringFeil(f"{navn}, {node['name']}: navnet er deklarert to ganger.")
        _henger_sammen(node, alle, navn)
    return {node["name"]: _seed(node, fil.parent, list(alle)) for node, fil in noder}
