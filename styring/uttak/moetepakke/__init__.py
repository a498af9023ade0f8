"""The brief for a meeting between ministry and agency: essentials on one page, then a chapter for each part.

What it says of money, goals, oppdrag and avvik is what the dashboard says, of the same rows and in the same words.
A chapter is a module with a function `lag`, from `grunnlag.Grunnlag` to blocks of `innhold`; it is in the brief when it
is in the list of KAPITLER.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from styring.uttak import pdf, skriving, word
from styring.uttak.innhold import Blokk, Dokument, Sideskift
from styring.uttak.moete import Moete
from styring.uttak.moetepakke import avvik, budsjett, endringer, forside, kilder, maal, oppdrag, risiko
from styring.uttak.moetepakke.grunnlag import Grunnlag
from styring.uttak.utgave import Utgave
from styring.visning import tekst
from styring.visning.data import Rad

KAPITLER: tuple[Callable[[Grunnlag], list[Blokk]], ...] = (
    budsjett.lag, maal.lag, oppdrag.lag, risiko.lag, avvik.lag, endringer.lag, kilder.lag,
)  # fmt: skip
FORMATER: dict[str, Callable[[Dokument], bytes]] = {"pdf": pdf.lag, "docx": word.lag}
Melding = Callable[[str], None]


def lag(utgave: Utgave, virksomhet: Rad, moete: Moete) -> Dokument:
    """The brief as a document, of one version. `virksomhet` is a row of marts.virksomheter."""
    grunnlag = Grunnlag(utgave, virksomhet, moete)
    return Dokument(
        tittel=f"Møtepakke: {moete.navn[0].lower()}{moete.navn[1:]}",
        undertittel=f"{virksomhet.virksomhet} ({virksomhet.kortnavn}), status per {tekst.dato(moete.dato)}",
        avsender=virksomhet.departement,
        laget=utgave.bygget,
        bunntekst=utgave.opphav,
        blokker=[
            *forside.lag(grunnlag),
            Sideskift(),
            *(blokk for kapittel in KAPITLER for blokk in kapittel(grunnlag)),
        ],
    )


def filnavn(virksomhet: Rad, moete: Moete, format_: str) -> str:
    """What the file of a brief is called."""
    return f"{moete.filnavn}-{virksomhet.virksomhet_id}.{format_}"


def skriv(
    utgave: Utgave, virksomhet: Rad, moete: Moete, formater: Iterable[str], mappe: Path, si: Melding
) -> list[Path]:
    """Write the brief in some of FORMATER. Returns the files' paths."""
    si(f"Møtepakke: {moete.navn}, status per {tekst.dato(moete.dato)}, endringer siden {moete.siden}")
    dokument, innhold = lag(utgave, virksomhet, moete), {}
    for format_ in formater:
        si(f"Lager {format_.upper()} …")
        innhold[mappe / filnavn(virksomhet, moete, format_)] = FORMATER[format_](dokument)
    # all are made before any is written: they are of the same version
    return [skriving.fil(sti, det) for sti, det in innhold.items()]
