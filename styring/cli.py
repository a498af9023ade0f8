"""The command line. Every failure ends in one Norwegian sentence and an exit code that is not 0."""

import datetime
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import click

from styring import avtrykk, norsk
from styring.feil import URORT, StyringFeil, aarsak
from styring.fremdrift import Fremdrift
from styring.publisering import Versjoner, bygget
from styring.stier import publiseringsmappe
from styring.valg import DATO, dato


@contextmanager
def _innlasting() -> Iterator[None]:
    """What goes wrong while packages are imported is the install's. Raises ImportError."""
    try:
        yield
    except ImportError:
        raise
    except Exception as feil:
        raise ImportError(str(feil)) from feil


class _Kommandoer(click.Group):
    """Shows a StyringFeil as its sentence and details, and what else may happen as one, never as a traceback.

    The other commands than `bygg` are imported when one of them is asked for.
    """

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return super().get_command(ctx, cmd_name) or self._andre().get(cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *self._andre()})

    @staticmethod
    def _andre() -> Mapping[str, click.Command]:
        with _innlasting():
            from styring.kommandoer import KOMMANDOER
        return KOMMANDOER

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except StyringFeil as feil:
            click.echo("", err=True)
            click.echo(f"Feil: {feil.melding}", err=True)
            for detalj in feil.detaljer:
                click.echo(f"  {detalj}", err=True)
            sys.exit(1)
        except click.UsageError as feil:
            click.echo(f"Feil: {_i_bokmaal(feil)}", err=True)
            sys.exit(feil.exit_code)
        except BrokenPipeError:
            # who reads what is written has had enough, as in `styring endringer | head`
            raise
        except OSError as feil:
            hva = f" {feil.filename}" if feil.filename else ""
            click.echo("", err=True)
            click.echo(
                f"Feil: Kan ikke lese eller skrive{hva}: {aarsak(feil)}. {URORT}",
                err=True,
            )
            sys.exit(1)
        except KeyboardInterrupt:
            click.echo("", err=True)
            click.echo(f"Avbrutt. {URORT}", err=True)
            sys.exit(130)


def _i_bokmaal(feil: click.UsageError) -> str:
    """What is wrong with how a command is called. Click says it in English."""
    hjelp = f" Se {feil.ctx.command_path} --help." if feil.ctx else ""
    if isinstance(feil, click.NoSuchOption):
        return f"Valget «{feil.option_name}» finnes ikke.{hjelp}"
    if isinstance(feil, click.MissingParameter) and feil.param:
        return f"{feil.param.make_metavar(feil.ctx) if feil.ctx else feil.param.name} mangler.{hjelp}"
    if isinstance(feil, click.BadParameter) and feil.param:
        hva, fikk = feil.param.opts[0], re.search(r"'([^']*)'|(\d+) is not", feil.message)
        slag = feil.param.type
        ventet = (
            f"en av {', '.join(map(str, slag.choices))}"
            if isinstance(slag, click.Choice)
            else f"et helt tall fra {slag.min} til {slag.max}"
            if isinstance(slag, click.IntRange)
            else "en mappe som finnes"
            if isinstance(slag, click.Path) and slag.exists
            else "en mappe"
            if isinstance(slag, click.Path)
            else "noe annet"
        )
        return f"{hva} er «{(fikk[1] or fikk[2]) if fikk else ''}»; ventet {ventet}.{hjelp}"
    fikk = re.search(r"'([^']*)'", feil.message)
    hva = "Kommandoen" if feil.message.startswith("No such command") else "Valget"
    return f"{hva} «{fikk[1]}» finnes ikke, eller er brukt feil.{hjelp}" if fikk else f"Kallet er ufullstendig.{hjelp}"


@click.group(cls=_Kommandoer, help="Styringsdialogens datavarehus.")
def hoved() -> None:
    pass


@hoved.command(help="Bygg, test og publiser datavarehuset, når noe er endret siden sist.")
@click.option("--på-nytt", "--paa-nytt", "paa_nytt", is_flag=True, help="Bygg alt, også når ingenting er endret.")
@click.option("--uten-publisering", is_flag=True, help="Bygg og test, men la det som er publisert, stå.")
@click.option("--tillat-nye-avvik", is_flag=True, help="Publiser selv om et avvik ikke er vurdert; det vises som nytt.")
@click.option(
    "--statusdato",
    metavar=DATO,
    callback=dato,
    help="Datoen oppdrag vurderes på; ellers i dag.",
)
def bygg(paa_nytt: bool, uten_publisering: bool, tillat_nye_avvik: bool, statusdato: datetime.date | None) -> None:
    per = statusdato.isoformat() if statusdato else ""
    fra = avtrykk.inndata(statusdato=per, tillat_nye_avvik=tillat_nye_avvik)
    # who asks for a build and a test without publishing, asks for no more than that
    if not (paa_nytt or uten_publisering) and (versjon := avtrykk.oppdatert(Versjoner(publiseringsmappe()), fra)):
        click.echo(
            f"Ingenting er endret siden versjon {versjon} ble bygget {norsk.tidspunkt(bygget(versjon))}, og den er "
            "publisert; bygg den likevel med: styring bygg --på-nytt"
        )
        return
    with _innlasting():
        from styring.bygg import bygg as bygg_lager
    bygg_lager(
        publiser=not uten_publisering,
        paa_nytt=paa_nytt,
        tillat_nye_avvik=tillat_nye_avvik,
        statusdato=per,
        si=click.echo,
        fremdrift=Fremdrift(),
    )
