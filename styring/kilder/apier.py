"""`styring hent kudos` and `styring hent ssb`: what is asked for agency by agency, or table by table.

What asks is imported when it is asked for: it takes a moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from styring import norsk
from styring.feil import StyringFeil
from styring.kilder import lager
from styring.kilder.lokalt import lokale
from styring.stier import datamappe

if TYPE_CHECKING:
    from styring.kilder.rader import Lagret

_fra = click.option(
    "--fra",
    metavar="STI",
    type=click.Path(path_type=Path),
    help="Les lagrede svar (JSON) fra en fil, eller fra alle i en mappe, i stedet for å spørre.",
)
_adresse = click.option("--adresse", metavar="URL", help="Et annet sted å spørre enn der det er publisert.")


@click.command(help="Hent registeret over dokumentene til virksomhetene (Kudos, DFØ).")
@click.option("--virksomhet", "valgte", multiple=True, metavar="KORTNAVN", help="Bare denne; kan gjentas. Ellers alle.")
@_fra
@_adresse
def kudos(valgte: tuple[str, ...], fra: Path | None, adresse: str | None) -> None:
    from styring.kilder import kudos as kilde

    alle = {kortnavn: orgnr for orgnr, kortnavn in kilde.virksomheter().items()}
    hva, filer = _velg(valgte, alle, "--virksomhet"), _svarfiler(fra, adresse)
    if filer and len(hva) > 1:
        raise StyringFeil("Svarene i --fra sier ikke hvem de gjelder; oppgi én --virksomhet.")
    rot = (adresse or kilde.ADRESSE).rstrip("/")

    def hent(kortnavn: str) -> Lagret:
        orgnr = alle[kortnavn]
        sider = kilde.fra_filer(filer) if filer else kilde.fra_nettet(orgnr, rot)
        return kilde.hent(orgnr, sider, _fremdrift("side"))

    _hent(hva, hent, ("virksomhet", "virksomheter"), "filer")


@click.command(help="Hent tabellene fra Statistikkbanken (SSB) som står i seeds/statistikk/statistikktabeller.csv.")
@click.option("--tabell", "valgte", multiple=True, metavar="NUMMER", help="Bare denne; kan gjentas. Ellers alle.")
@_fra
@_adresse
def ssb(valgte: tuple[str, ...], fra: Path | None, adresse: str | None) -> None:
    from styring.kilder import ssb as kilde

    alle = kilde.tabeller()
    lagrede = kilde.fra_filer(_svarfiler(fra, adresse))
    _velg(tuple(lagrede), alle, "Tabellen i --fra")
    bank = kilde.Statistikkbank((adresse or kilde.ADRESSE).rstrip("/"))
    _hent(
        _velg(valgte, lagrede or alle, "--tabell"),
        lambda nummer: kilde.hent(alle[nummer], lagrede.get(nummer, bank), _fremdrift("del")),
        ("tabell", "tabeller"),
        "tall",
    )


KOMMANDOER = {"kudos": kudos, "ssb": ssb}


def _svarfiler(fra: Path | None, adresse: str | None) -> list[Path]:
    """The files with answers; none when the network is to be asked."""
    if fra and adresse:
        raise StyringFeil("Oppgi enten --fra eller --adresse.")
    return lokale(fra, (".json",)) if fra else []


def _velg(valgte: tuple[str, ...], alle: Iterable[str], valg: str) -> list[str]:
    finnes = list(alle)
    for en in valgte:
        if en not in finnes:
            raise StyringFeil(f"{valg} er «{en}»; ventet en av {', '.join(finnes)}.")
    return list(dict.fromkeys(valgte)) or finnes


def _hent(hva: list[str], hent: Callable[[str], Lagret], ord_: tuple[str, str], rader: str) -> None:
    """Fetch one after the other; what fails keeps what it had, and the others are fetched all the same.

    Raises StyringFeil, with a sentence for each that failed, when all have been tried.
    """
    from styring.kilder.api import som_beskrevet

    feil: list[str] = []
    nye = 0
    with lager.laas(datamappe()):
        for nummer, en in enumerate(hva, 1):
            click.echo(f"Henter {en} ({nummer} av {len(hva)}) …")
            try:
                with som_beskrevet(en):
                    lagret = hent(en)
            except StyringFeil as denne:
                feil += [f"{en}: {denne.melding}", *(f"  {detalj}" for detalj in denne.detaljer)]
                click.echo("  ikke hentet")
            else:
                nye += lagret.ny
                click.echo(f"  {norsk.tall(lagret.rader)} {rader}{'' if lagret.ny else ', de samme som før'}")
    if feil:
        raise StyringFeil(f"Ikke alle {ord_[1]} ble hentet.", tuple(feil))
    click.echo(f"Hentet {len(hva)} {ord_[len(hva) > 1]}; {nye} har noe nytt.")


def _fremdrift(hva: str) -> Callable[[int, int, str], None]:
    """A line for each part of what comes in several."""

    def vis(ferdig: int, i_alt: int, _: str) -> None:
        if i_alt > 1:
            click.echo(f"  {hva} {ferdig} av {i_alt}")

    return vis
