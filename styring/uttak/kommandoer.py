"""The commands of what people take away. What each is made with is imported when it is asked for: it takes a moment."""

from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any

import click
import duckdb

from styring.feil import StyringFeil
from styring.publisering import Versjoner
from styring.stier import kort, publiseringsmappe
from styring.uttak import moete
from styring.uttak import utgave as utgaver
from styring.uttak.moete import SLAG
from styring.uttak.utgave import Utgave
from styring.valg import DATO, dato

Kommando = Callable[..., None]


def _felles(kommando: Kommando) -> Kommando:
    """The choices that every command has, and one sentence where a version is not as they read it, or goes away."""
    kommando = _lesbar(kommando)
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


def _lesbar(kommando: Kommando) -> Kommando:
    @wraps(kommando)
    def kjor(*argumenter: Any, **valg: Any) -> None:
        try:
            kommando(*argumenter, **valg)
        except duckdb.Error as feil:
            raise StyringFeil(
                "Versjonen kan ikke leses slik denne utgaven av datavarehuset leser den "
                f"({str(feil).splitlines()[0]}). Bygg på nytt med: styring bygg"
            ) from feil

    return kjor


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
    try:
        return ut.expanduser() if ut else publiseringsmappe() / "uttak"
    except RuntimeError:
        raise StyringFeil(f"--ut er «{ut}»; ventet en mappe, og brukeren i den finnes ikke.") from None


def _skrevet(sti: Path) -> None:
    click.echo(f"Skrevet: {kort(sti.resolve())}")


def _moetevalg(kommando: Kommando) -> Kommando:
    """Which meeting; what is not said, the calendar of the letters says."""
    for valg in (
        click.option(
            "--møte",
            "--mote",
            "slag",
            type=click.Choice(SLAG),
            help="Vår: årsrapport; høst: halvårsrapport.",
        ),
        click.option("--år", "--aar", "aar", type=click.IntRange(2000, 2100), help="Året møtet er i."),
        click.option("--dato", metavar=DATO, callback=dato, help="Dagen alt vises per; ellers møtets."),
        click.option("--forrige", metavar=DATO, callback=dato, help="Dagen endringer telles fra; ellers forrige møte"),
    ):
        kommando = valg(kommando)
    return kommando


@click.command(help="Skriv møtepakken til et etatsstyringsmøte, som PDF og DOCX; ellers det neste i kalenderen.")
@_moetevalg
@click.option("--format", "formater", type=click.Choice(["pdf", "docx"]), multiple=True, help="Bare dette formatet.")
@_virksomhet
@_felles
def moetepakke(
    versjon: str | None,
    siden: str | None,
    ut: Path | None,
    virksomhet: str | None,
    formater: tuple[str, ...],
    **valg: Any,
) -> None:
    _moetepakke(_utgave(versjon, siden), virksomhet, _mappe(ut), formater, valg)


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
@_moetevalg
@_virksomhet
@_felles
def uttak(versjon: str | None, siden: str | None, ut: Path | None, virksomhet: str | None, **valg: Any) -> None:
    utgave, mappe = _utgave(versjon, siden), _mappe(ut)
    _moetepakke(utgave, virksomhet, mappe, (), valg)
    _arbeidsbok(utgave, virksomhet, mappe)
    _datapakke(utgave, mappe)
    _dokumentasjon(utgave, mappe)


def _moetepakke(
    utgave: Utgave, virksomhet: str | None, mappe: Path, formater: Iterable[str], valg: dict[str, Any]
) -> None:
    from styring.uttak import moetepakke

    hvem = utgave.virksomhet(virksomhet)
    moetet = moete.velg(utgave, hvem.virksomhet_id, **valg)
    for sti in moetepakke.skriv(utgave, hvem, moetet, tuple(formater) or moetepakke.FORMATER, mappe, click.echo):
        _skrevet(sti)


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
