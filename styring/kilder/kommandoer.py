"""The commands that fetch what others publish. What reads it is imported when it is asked for: it takes a moment."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

import click

from styring import norsk
from styring.feil import StyringFeil, aarsak
from styring.fremdrift import Fremdrift
from styring.kilder import apier, dfo, lager, nett
from styring.kilder.dfo import BEVILGNINGER, STATSREGNSKAPET, Kilde
from styring.kilder.lokalt import lokale
from styring.stier import datamappe, kort

_AAR = click.IntRange(dfo.FORSTE_AAR, 2100)
_GODTA = (
    "Ta imot det som ellers avvises for størrelsen, summen eller alderen: få rader, borte måneder, mange rader satt "
    "til side, et år som ikke er null i sum, noe eldre enn det som er lagret."
)


@click.group(invoke_without_command=True, help="Hent åpne data, og vis hva som er hentet.")
@click.pass_context
def hent(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        ctx.invoke(status)


for _navn, _kommando in apier.KOMMANDOER.items():
    hent.add_command(_kommando, _navn)


@hent.command(help="Vis hva som er hentet, og hva som mangler.")
def status() -> None:
    from styring.kilder import status as lagret

    for linje in lagret.tabell(datamappe()):
        click.echo(linje)


_fra = click.option(
    "--fra",
    metavar="STI",
    type=click.Path(path_type=Path),
    help="Les en lokal fil (ZIP eller CSV), eller alle i en mappe, i stedet for å laste ned.",
)
_adresse = click.option("--adresse", metavar="URL", default=dfo.ADRESSE, help="Adressen filene ligger under.")
_godta = click.option("--godta", is_flag=True, help=_GODTA)


@hent.command(
    help="Hent månedsregnskapet for staten. Uten valg hentes årene som ikke er lagret med tolv måneder, fjoråret (som "
    "kan være rettet) og det som er kommet hittil i år."
)
@click.option("--aar", "alle_aar", metavar="ÅÅÅÅ", type=_AAR, multiple=True, help="Et helt år; kan gjentas.")
@click.option("--siste-maaned", is_flag=True, help="Bare den siste måneden.")
@click.option("--hittil-i-aar", is_flag=True, help="Bare det som er kommet hittil i år.")
@_fra
@_adresse
@_godta
def statsregnskapet(
    alle_aar: tuple[int, ...], siste_maaned: bool, hittil_i_aar: bool, fra: Path | None, adresse: str, godta: bool
) -> None:
    filer = STATSREGNSKAPET.filer
    bedt_om = [
        *(filer["aar"].format(aar=aar) for aar in alle_aar),
        *([filer["siste_maaned"]] if siste_maaned else []),
        *([filer["hittil_i_aar"]] if hittil_i_aar else []),
    ]
    if fra and bedt_om:
        raise StyringFeil(
            "--fra leser det som er der; --aar, --siste-maaned og --hittil-i-aar gjelder det som lastes ned."
        )
    with lager.laas(datamappe()):
        _hent(STATSREGNSKAPET, fra, bedt_om or _mangler(), adresse, godta)


@hent.command(help="Hent bevilgningene: saldert budsjett, endringer i året og overføringer mellom år, fra 2014.")
@_fra
@_adresse
@_godta
def bevilgninger(fra: Path | None, adresse: str, godta: bool) -> None:
    with lager.laas(datamappe()):
        _hent(BEVILGNINGER, fra, list(BEVILGNINGER.filer.values()), adresse, godta)


@hent.command(
    help="Hent en av Finansdepartementets arbeidsbøker (xlsx): Gul bok eller saldert budsjett. Adressene er nye "
    "hvert år: oppgi --fra eller --adresse. Hvilken bok det er, står i arkets kolonner; året må stå i filens navn."
)
@click.option(
    "--fra",
    metavar="STI",
    type=click.Path(path_type=Path),
    help="Les en lokal arbeidsbok, eller alle i en mappe, i stedet for å laste ned.",
)
@click.option("--adresse", metavar="URL", help="Adressen til arbeidsboken, med filnavnet.")
@_godta
def budsjett(fra: Path | None, adresse: str | None, godta: bool) -> None:
    from styring.kilder import budsjett as boker

    if (fra is None) == (adresse is None):
        raise StyringFeil("Oppgi enten --fra eller --adresse: arbeidsbøkenes adresser er nye hvert år.")

    def les(fil: Path) -> None:
        boker.les_inn(fil, datamappe(), godta=godta, si=click.echo)

    with lager.laas(datamappe()):
        if adresse:
            _last_ned(adresse, les)
        elif fra:
            _alle([partial(les, fil) for fil in lokale(fra, (".xlsx",))])


def _mangler() -> list[str]:
    """The files with the years that are not stored with twelve months, last year, and the year so far.

    Last year is asked for whole: its December is confirmed in April, and what is unchanged is left as it is.
    """
    lagret = [mappe.parent.name for mappe in (datamappe() / STATSREGNSKAPET.navn).glob(f"*/{lager.FILNAVN}")]
    i_aar = norsk.i_dag().year
    hele = [aar for aar in range(dfo.FORSTE_AAR, i_aar - 1) if sum(f"periode={aar}" in navn for navn in lagret) == 12]
    aar = [aar for aar in range(dfo.FORSTE_AAR, i_aar) if aar not in hele]
    return [*(STATSREGNSKAPET.filer["aar"].format(aar=en) for en in aar), STATSREGNSKAPET.filer["hittil_i_aar"]]


def _hent(kilde: Kilde, fra: Path | None, navn: Iterable[str], adresse: str, godta: bool) -> None:
    """Read local files, or those that are published; each for itself. Raises StyringFeil for what was refused."""
    from styring.kilder.innlesing import les_inn

    def les(fil: Path) -> None:
        click.echo(f"Leser {kort(fil)} ({norsk.tall(fil.stat().st_size / 1_000_000, 1)} MB) …")
        les_inn(kilde, fil, datamappe(), godta=godta, si=click.echo, fremdrift=Fremdrift)

    if fra:
        filer = lokale(fra, (".zip", ".csv"), kilde.navn)
        _alle([partial(les, fil) for fil in filer])
    else:
        _alle([partial(_last_ned, f"{adresse.rstrip('/')}/{ett}", les) for ett in navn])


def _last_ned(url: str, les: Callable[[Path], None]) -> None:
    """Download a file, have it read, and let it go."""
    click.echo(f"Henter {url} …")
    navn = unquote(urlsplit(url).path).rpartition("/")[2] or "nedlastet"
    fil = nett.last_ned(url, lager.nedlastet(datamappe()) / navn, Fremdrift())
    try:
        les(fil)
    finally:
        fil.unlink(missing_ok=True)


def _alle(oppgaver: Iterable[Callable[[], None]]) -> None:
    """Do each, also when one before it fails. Raises StyringFeil with all that failed."""
    feilet: list[StyringFeil] = []
    for oppgave in oppgaver:
        try:
            oppgave()
        except StyringFeil as feil:
            feilet.append(feil)
        except OSError as feil:
            feilet.append(StyringFeil(f"{feil.filename or 'Filen'} kan ikke leses: {aarsak(feil)}. {nett.STAAR}"))
    if len(feilet) == 1:
        raise feilet[0]
    if feilet:
        raise StyringFeil(
            f"{len(feilet)} filer er ikke tatt inn, helt eller delvis.",
            tuple(linje for feil in feilet for linje in (feil.melding, *feil.detaljer)),
        )
