"""A relation in one text form whatever engine it was read from, its hash, and how two of them differ.

A row is a JSON array in the contract's column order: text as it is, integers as numbers, a decimal as text with the
contract's number of decimals, a date or time in ISO form, true, false, null. A list is an array in its own order, a
struct an array of [name, value] in the order of the names. Rows are sorted by their UTF-8 bytes, since a table has no
order.
"""

import datetime
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

# how many differing rows are named
_VIST = 5
_DESIMAL = re.compile(r"decimal\(\d+, ?(\d+)\)")

Rad = tuple[str, ...]


@dataclass(frozen=True)
class Mart:
    """A mart as its contract has it: the columns with their types, and those that tell one row from another."""

    skjema: str
    navn: str
    kolonner: Mapping[str, str]
    nokkel: tuple[str, ...]


@dataclass(frozen=True)
class Innhold:
    """The rows of a mart on one engine in canonical form, each cell as JSON text; sorted by bytes."""

    rader: tuple[Rad, ...]

    @property
    def sum(self) -> str:
        """SHA-256 of the rows, as 64 hexadecimal digits."""
        return hashlib.sha256("\n".join(f"[{','.join(rad)}]" for rad in self.rader).encode()).hexdigest()


def _celle(verdi: object, type_: str) -> object:
    match verdi:
        case None | bool() | int() | str():
            return verdi
        case Decimal():
            skala = int(treff[1]) if (treff := _DESIMAL.fullmatch(type_)) else 0
            # more decimals than the contract has are a difference, not something to round away
            return f"{verdi:.{skala}f}" if verdi == round(verdi, skala) else str(verdi)
        case datetime.date():
            return verdi.isoformat()
        case Mapping():
            return [[navn, _celle(verdi[navn], "")] for navn in sorted(verdi)]
        case list() | tuple():
            return [_celle(ledd, "") for ledd in verdi]
    raise TypeError(f"no canonical form of {type(verdi).__name__} ({type_})")


def kanonisk(mart: Mart, kolonner: Sequence[str], rader: Iterable[Sequence[object]]) -> Innhold:
    """What an engine gave, in canonical form. Raises AssertionError when the columns are not those of the contract."""
    assert list(kolonner) == list(mart.kolonner), f"{mart.navn}: fant kolonnene {list(kolonner)}"
    typer = list(mart.kolonner.values())
    return Innhold(
        tuple(
            sorted(
                (
                    tuple(
                        json.dumps(_celle(verdi, type_), ensure_ascii=False)
                        for verdi, type_ in zip(rad, typer, strict=True)
                    )
                    for rad in rader
                ),
                key=lambda rad: [celle.encode() for celle in rad],
            )
        )
    )


def _per_nokkel(mart: Mart, innhold: Innhold) -> dict[Rad, Rad]:
    plass = [list(mart.kolonner).index(kolonne) for kolonne in mart.nokkel]
    return {tuple(rad[en] for en in plass): rad for rad in innhold.rader}


def forskjeller(mart: Mart, fasit: Innhold, funnet: Innhold, motor: str) -> str:
    """What differs, empty when nothing: the mart, then for the first rows the key and the columns with both values."""
    if fasit.sum == funnet.sum:
        return ""
    linjer = [f"{mart.navn}: {len(fasit.rader)} rader på duckdb, {len(funnet.rader)} på {motor}"]
    ventet, her = _per_nokkel(mart, fasit), _per_nokkel(mart, funnet)
    ulike = [nokkel for nokkel in {**ventet, **her} if ventet.get(nokkel) != her.get(nokkel)]
    for nokkel in ulike[:_VIST]:
        hvem = ", ".join(f"{kolonne}={verdi}" for kolonne, verdi in zip(mart.nokkel, nokkel, strict=True))
        match ventet.get(nokkel), her.get(nokkel):
            case None, _:
                hva = f"bare på {motor}"
            case _, None:
                hva = "bare på duckdb"
            case venstre, hoyre:
                hva = "; ".join(
                    f"{kolonne}: {en} på duckdb, {to} på {motor}"
                    for kolonne, en, to in zip(mart.kolonner, venstre or (), hoyre or (), strict=True)
                    if en != to
                )
        linjer.append(f"  {hvem}: {hva}")
    if len(ulike) > _VIST:
        linjer.append(f"  … og {len(ulike) - _VIST} rader til")
    return "\n".join(linjer)
