"""`styring hent kudos` and `styring hent ssb`: what is asked for agency by agency, or table by table.

What asks is imported when it is asked for: it takes a moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from styring import norsk
from styring.feil import StyringFeil
from styring.kilder import lager
from styring.stier import datamappe

if TYPE_CHECKING:
    from styring.kilder.rader import Lagret

_adresse = click.option("--adresse", metavar="URL", help="Et annet sted å spørre enn der det er publisert.")


@click.command(help="Hent registeret over dokumentene til virksomhetene (Kudos, DFØ).")
@click.option("--virksomhet", "valgte", multiple=True, metavar="KORTNAVN", help="Bare denne; kan gjentas. Ellers alle.")
@_adresse
def kudos(valgte: tuple[str, ...], adresse: str | None) -> None:
    from styring.kilder import kudos as kilde

    alle = {kortnavn: orgnr for orgnr, kortnavn in kilde.virksomheter().items()}
    rot = (adresse or kilde.ADRESSE).rstrip("/")
    _hent(
        _velg(valgte, alle, "--virksomhet"),
        lambda kortnavn: kilde.hent(alle[kortnavn], rot, _fremdrift("side")),
        ("virksomhet", "virksomheter"),
        "filer",
    )


@click.command(help="Hent tabellene fra Statistikkbanken (SSB) som står i seeds/statistikk/statistikktabeller.csv.")
@click.option("--tabell", "valgte", multiple=True, metavar="NUMMER", help="Bare denne; kan gjentas. Ellers alle.")
@_adresse
def ssb(valgte: tuple[str, ...], adresse: str | None) -> None:
    from styring.kilder import ssb as kilde

    alle = kilde.tabeller()
    bank = kilde.Statistikkbank((adresse or kilde.ADRESSE).rstrip("/"))
    _hent(
        _velg(valgte, alle, "--tabell"),
        lambda nummer: kilde.hent(alle[nummer], bank, _fremdrift("del")),
        ("tabell", "tabeller"),
        "tall",
    )


KOMMANDOER = {"kudos": kudos, "ssb": ssb}


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
    feil: list[str] = []
    nye = 0
    with lager.laas(datamappe()):
        for nummer, en in enumerate(hva, 1):
            click.echo(f"Henter {en} ({nummer} av {len(hva)}) …")
            try:
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
