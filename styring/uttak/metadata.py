"""What dbt knows of the public marts: what they hold, the types, and the keys that its tests hold them to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_REF = re.compile(r"ref\('(\w+)'\)")


@dataclass(frozen=True)
class Kolonne:
    """A column: its type as the contract has it (`decimal(18, 0)`), and what the contract and the tests hold it to."""

    navn: str
    type: str
    beskrivelse: str
    ikke_tom: bool
    unik: bool
    tillatte: tuple[str, ...]


@dataclass(frozen=True)
class Fremmednokkel:
    """Columns that point to a key of a public mart; which may be the same mart."""

    kolonner: tuple[str, ...]
    mart: str
    til: tuple[str, ...]


@dataclass(frozen=True)
class Mart:
    """A public mart. `emne` is its folder; `nokler` is what no two rows share, and parts of a key may be empty.

    `aapne_data` says whether the data package has it: not what another publishes.
    """

    navn: str
    emne: str
    beskrivelse: str
    kolonner: tuple[Kolonne, ...]
    nokler: tuple[tuple[str, ...], ...]
    fremmednokler: tuple[Fremmednokkel, ...]
    aapne_data: bool = True

    @property
    def korn(self) -> str:
        """What one row is: the description's first sentence."""
        return re.split(r"(?<=\.)\s+(?=[A-ZÆØÅ])", self.beskrivelse, maxsplit=1)[0]

    @property
    def nokkel(self) -> tuple[str, ...]:
        """The key of fewest columns; empty when no test says what a row is."""
        return self.nokler[0] if self.nokler else ()

    @property
    def nokkel_uten_hull(self) -> bool:
        """Whether every part of the key always has a value."""
        return all(kolonne.ikke_tom for kolonne in self.kolonner if kolonne.navn in self.nokkel)


def marter(manifest: dict[str, Any]) -> list[Mart]:
    """The public marts of a version, by subject and name: dbt's own order follows the disk."""
    modeller = [
        node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["config"]["access"] == "public"
    ]
    tester = {modell["unique_id"]: sorted(_tester(manifest, modell["unique_id"]), key=str) for modell in modeller}
    nokler = {modell["name"]: _nokler(modell, tester[modell["unique_id"]]) for modell in modeller}
    return sorted(
        (_mart(modell, tester[modell["unique_id"]], nokler) for modell in modeller),
        key=lambda mart: (mart.emne, mart.navn),
    )


def _tester(manifest: dict[str, Any], modell_id: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The tests that all rows of a model are held to: each one's name and arguments."""
    for node in manifest["nodes"].values():
        if (
            node["resource_type"] == "test"
            and node.get("attached_node") == modell_id
            and node["config"]["where"] is None
            and node["config"]["severity"].lower() == "error"
        ):
            yield node["test_metadata"]["name"], node["test_metadata"]["kwargs"]


def _nokler(modell: dict[str, Any], tester: list[tuple[str, dict[str, Any]]]) -> list[tuple[str, ...]]:
    """What no two rows share, the key of fewest columns first, each with its columns in the mart's order."""
    rekkefolge = list(modell["columns"])
    funnet = [
        (valg["column_name"],) if test == "unique" else tuple(sorted(valg["kolonner"], key=rekkefolge.index))
        for test, valg in tester
        if test in ("unique", "unik_kombinasjon")
    ]
    return sorted(funnet, key=lambda nokkel: (len(nokkel), [rekkefolge.index(navn) for navn in nokkel]))


def _fremmednokler(
    tester: list[tuple[str, dict[str, Any]]], nokler: dict[str, list[tuple[str, ...]]]
) -> Iterator[Fremmednokkel]:
    for test, valg in tester:
        if test == "relationships":
            kolonner, til, til_kolonner = (valg["column_name"],), valg["to"], (valg["field"],)
        elif test == "refererer_til":
            kolonner, til, til_kolonner = tuple(valg["kolonner"]), valg["til"], tuple(valg["til_kolonner"])
        else:
            continue
        treff = _REF.fullmatch(til)
        if treff and any(set(til_kolonner) == set(nokkel) for nokkel in nokler.get(treff[1], [])):
            yield Fremmednokkel(kolonner, treff[1], til_kolonner)


def _mart(
    modell: dict[str, Any], tester: list[tuple[str, dict[str, Any]]], nokler: dict[str, list[tuple[str, ...]]]
) -> Mart:
    egne = nokler[modell["name"]]
    tillatte = {valg["column_name"]: tuple(map(str, valg["values"])) for t, valg in tester if t == "accepted_values"}
    return Mart(
        navn=modell["name"],
        emne=modell["fqn"][-2],
        beskrivelse=modell["description"].strip(),
        kolonner=tuple(
            Kolonne(
                navn=navn,
                type=kolonne["data_type"],
                beskrivelse=kolonne["description"].strip(),
                ikke_tom=any(krav["type"] == "not_null" for krav in kolonne["constraints"]),
                unik=(navn,) in egne,
                tillatte=tillatte.get(navn, ()),
            )
            for navn, kolonne in modell["columns"].items()
        ),
        nokler=tuple(egne),
        fremmednokler=tuple(_fremmednokler(tester, nokler)),
        aapne_data=modell["config"]["meta"].get("aapne_data", True),
    )
