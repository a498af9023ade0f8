"""The commands of what people take away. What each is made with is imported when it is asked for: it takes a moment."""

from collections.abc import Callable
from pathlib import Path

import click

from styring.publisering import Versjoner
from styring.stier import kort, publiseringsmappe
from styring.uttak import utgave as utgaver
from styring.uttak.utgave import Utgave

Kommando = Callable[..., None]


def _felles(kommando: Kommando) -> Kommando:
    """The choices that every command has."""
    for valg in (
        click.option("--versjon", metavar="VERSJON", help="En eldre publisert versjon i stedet for den gjeldende."),
        click.option(
            "--siden",
            metavar="VERSJON|ÅÅÅÅ-MM-DD",
            help="Ta med hva som er endret siden en eldre versjon, eller siden versjonen som gjaldt en dag.",
        ),
        click.option(
            "--ut",
            type=click.Path(file_okay=False, path_type=Path),
            help="Mappen det skrives i; ellers uttak/ der datavarehuset er publisert.",
        ),
    ):
        kommando = valg(kommando)
    return kommando


_virksomhet = click.option("--virksomhet", metavar="ID", help="Virksomheten, når det er flere, for eksempel imdi.")


def _utgave(versjon: str | None, siden: str | None) -> Utgave:
    utgave = utgaver.velg(versjon, siden)
    click.echo(utgave.opphav)
    if utgave.siden:
        click.echo(f"Endringer telles fra versjon {utgave.siden}.")
    stanset = Versjoner(publiseringsmappe()).stanset
    if versjon is None and stanset.is_dir():
        click.echo(f"Merk: Det siste bygget ble stanset og er ikke med. Hvorfor står i {kort(stanset)}.")
    return utgave


def _mappe(ut: Path | None) -> Path:
    return ut.expanduser() if ut else publiseringsmappe() / "uttak"


def _skrevet(sti: Path) -> None:
    click.echo(f"Skrevet: {kort(sti.resolve())}")


@click.command(help="Skriv møtepakken til et etatsstyringsmøte, som PDF og DOCX.")
@_virksomhet
@_felles
def moetepakke(virksomhet: str | None, versjon: str | None, siden: str | None, ut: Path | None) -> None:
    _moetepakke(_utgave(versjon, siden), virksomhet, _mappe(ut))


@click.command(help="Skriv arbeidsboken (XLSX) med alle tallene for en virksomhet.")
@_virksomhet
@_felles
def arbeidsbok(virksomhet: str | None, versjon: str | None, siden: str | None, ut: Path | None) -> None:
    _arbeidsbok(_utgave(versjon, siden), virksomhet, _mappe(ut))


@click.command(help="Skriv martene som åpne data: CSV, Parquet, datapackage.json og DCAT-AP-NO.")
@_felles
def datapakke(versjon: str | None, siden: str | None, ut: Path | None) -> None:
    _datapakke(_utgave(versjon, siden), _mappe(ut))


@click.command(help="Skriv dokumentasjonen som et nettsted som leses uten nett.")
@_felles
def dokumentasjon(versjon: str | None, siden: str | None, ut: Path | None) -> None:
    _dokumentasjon(_utgave(versjon, siden), _mappe(ut))


@click.command(help="Skriv alt: møtepakke, arbeidsbok, åpne data og dokumentasjon.")
@_virksomhet
@_felles
def uttak(virksomhet: str | None, versjon: str | None, siden: str | None, ut: Path | None) -> None:
    utgave, mappe = _utgave(versjon, siden), _mappe(ut)
    _moetepakke(utgave, virksomhet, mappe)
    _arbeidsbok(utgave, virksomhet, mappe)
    _datapakke(utgave, mappe)
    _dokumentasjon(utgave, mappe)


def _moetepakke(utgave: Utgave, virksomhet: str | None, mappe: Path) -> None:
    raise NotImplementedError


def _arbeidsbok(utgave: Utgave, virksomhet: str | None, mappe: Path) -> None:
    from styring.uttak import arbeidsbok

    _skrevet(arbeidsbok.skriv(utgave, utgave.virksomhet(virksomhet), mappe, click.echo))


def _datapakke(utgave: Utgave, mappe: Path) -> None:
    from styring.uttak import datapakke

    _skrevet(datapakke.skriv(utgave, mappe / "datapakke", click.echo))


def _dokumentasjon(utgave: Utgave, mappe: Path) -> None:
    from styring.uttak import dokumentasjon

    _skrevet(dokumentasjon.skriv(utgave, mappe / "dokumentasjon", click.echo))


KOMMANDOER = {
    "møtepakke": moetepakke,
    "arbeidsbok": arbeidsbok,
    "datapakke": datapakke,
    "dokumentasjon": dokumentasjon,
    "uttak": uttak,
}
