"""What changed since an earlier version, a row for each value of a figure that is new, changed or gone."""

from collections.abc import Iterator
from typing import NamedTuple, cast

from styring.endringer import TALL, Endring
from styring.uttak.arbeidsbok.ark import BLANDET, ETTER_MART, KODE, TEKST, TILLIT, Ark, Kolonne, kolonne
from styring.uttak.utgave import Utgave
from styring.visning.celler import Celle

ARK = Ark(
    "Endringer", "Endringer", "endringer", TILLIT, 3,
    (
        Kolonne("hva", "Hva", KODE, 10),
        Kolonne("tabell", "Ark", KODE, 22),
        Kolonne("nokkel", "Nøkkel", TEKST, 56),
        Kolonne("felt", "Felt", KODE, 26),
        Kolonne("foer", "Før", BLANDET, 34),
        Kolonne("naa", "Nå", BLANDET, 34),
    ),
)  # fmt: skip


class Verdi(NamedTuple):
    """A value before and now; None where the figure was not, or is no longer."""

    hva: str
    tabell: str
    nokkel: str
    felt: str
    foer: Celle
    naa: Celle


def rader(utgave: Utgave, virksomhet_id: str) -> list[Verdi]:
    """The agency's changed values, in the order of `styring endringer`."""
    return [verdi for endring in utgave.endringer_for(virksomhet_id) for verdi in _verdier(endring)]


def _verdier(endring: Endring) -> Iterator[Verdi]:
    felt = TALL[endring.mart][0]
    nokkel = " ".join(
        str(en) for navn, en in zip(felt, endring.nokkel, strict=True) if navn != "virksomhet_id" and en is not None
    )
    ark = ETTER_MART.get(endring.mart)
    for navn, foer, naa in endring.verdier:
        if foer != naa:
            vist = kolonne(endring.mart, navn)
            yield Verdi(
                endring.hva,
                ark.navn if ark else "Trykte tall",
                nokkel,
                vist.tittel if vist else navn.replace("_", " "),
                cast("Celle", foer),
                cast("Celle", naa),
            )
