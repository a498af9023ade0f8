"""The command line. Every failure ends in one Norwegian sentence and an exit code that is not 0."""

import csv
import datetime
import re
import sys
from collections import Counter
from pathlib import Path

import click

from styring import sqlboks
from styring.bygg import bygg as bygg_lager
from styring.endringer import endringer as finn_endringer
from styring.endringer import ikke_sammenlignet
from styring.feil import URORT, StyringFeil, aarsak
from styring.fremdrift import Fremdrift
from styring.kilder.kommandoer import hent
from styring.publisering import FILNAVN, Versjoner
from styring.sporbarhet import spor as spor_tall
from styring.stier import publiseringsmappe
from styring.uttak import kommandoer
from styring.validering import valider as valider_filer

_VIS_FUNN = 200


class _Kommandoer(click.Group):
    """Shows a StyringFeil as its sentence and details, and what else may happen as one, never as a traceback."""

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


@hoved.command(help="Bygg, test og publiser datavarehuset.")
@click.option("--uten-publisering", is_flag=True, help="Bygg og test, men la det som er publisert, stå.")
@click.option("--tillat-nye-avvik", is_flag=True, help="Publiser selv om et avvik ikke er vurdert; det vises som nytt.")
@click.option(
    "--statusdato",
    metavar="ÅÅÅÅ-MM-DD",
    callback=kommandoer.dato,
    help="Datoen oppdrag vurderes på; ellers i dag.",
)
def bygg(uten_publisering: bool, tillat_nye_avvik: bool, statusdato: datetime.date | None) -> None:
    bygg_lager(
        publiser=not uten_publisering,
        tillat_nye_avvik=tillat_nye_avvik,
        statusdato=statusdato.isoformat() if statusdato else "",
        si=click.echo,
        fremdrift=Fremdrift(),
    )


@hoved.command(help="Kontroller CSV-filene i seeds/ uten å bygge.")
def valider() -> None:
    if funn := valider_filer():
        for ett in funn[:_VIS_FUNN]:
            click.echo(str(ett))
        if len(funn) > _VIS_FUNN:
            click.echo(f"… og {len(funn) - _VIS_FUNN} til.")
        raise StyringFeil(f"{len(funn)} feil i CSV-filene.")
    click.echo("Ingen feil i CSV-filene.")


@hoved.command(help="Finn igjen hvert trykt tall i dokumentene under MAPPE.")
@click.argument(
    "mapper",
    nargs=-1,
    required=True,
    metavar="MAPPE",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
def spor(mapper: tuple[Path, ...]) -> None:
    sporing = spor_tall(mapper)
    for mangel in sporing.mangler:
        click.echo(str(mangel))
    for dokument, antall in sorted(sporing.funnet.items()):
        click.echo(f"{dokument:<16}{antall:>6} funnet")
    for dokument, antall in sorted(sporing.ikke_undersokt.items()):
        click.echo(f"{dokument:<16}{antall:>6} ikke undersøkt: dokumentet er ikke i mappen")
    if sporing.mangler:
        raise StyringFeil(f"{len(sporing.mangler)} trykte verdier er ikke funnet.")
    click.echo(f"Alle {sporing.funnet.total()} trykte verdier som ble lett etter, er funnet.")


@hoved.command(
    help="Kjør én spørring (select) på det som er publisert, med grensene fra SQL-siden: SPORRING, eller det som "
    "kommer inn når den er «-»."
)
@click.argument("sporring")
@click.option("--csv", "som_csv", is_flag=True, help="Skriv CSV med komma.")
def sql(sporring: str, som_csv: bool) -> None:
    alle = Versjoner(publiseringsmappe())
    fil = alle.mappe / alle.publisert_versjon() / FILNAVN
    svar = sqlboks.kjor(fil, sys.stdin.read() if sporring == "-" else sporring)
    rader = [["" if celle is None else str(celle) for celle in rad] for rad in svar.rader]
    if som_csv:
        skriver = csv.writer(sys.stdout, lineterminator="\n")
        skriver.writerows([svar.kolonner, *rader])
    else:
        bredder = [max(map(len, kolonne)) for kolonne in zip(svar.kolonner, *rader, strict=True)]
        for rad in (svar.kolonner, ["-" * bredde for bredde in bredder], *rader):
            linje = "  ".join(celle.ljust(bredde) for celle, bredde in zip(rad, bredder, strict=True)).rstrip()
            # a terminal does as some characters say
            click.echo("".join(tegn if tegn.isprintable() else "�" for tegn in linje))
    if svar.kuttet:
        click.echo(f"De {len(svar.rader)} første radene er vist; det er flere.", err=True)


@hoved.command(help="List versjonene som er bygget, og hvilken som er publisert.")
def versjoner() -> None:
    alle = Versjoner(publiseringsmappe())
    for versjon in alle.liste():
        publisert = "  (publisert)" if versjon == alle.gjeldende() else ""
        skadet = "" if alle.er_hel(versjon) else "  (skadet)"
        click.echo(f"{versjon}{publisert}{skadet}")


@hoved.command(help="Vis en eldre versjon igjen: VERSJON, eller den siste hele før den som er publisert.")
@click.argument("versjon", required=False)
def tilbake(versjon: str | None) -> None:
    alle = Versjoner(publiseringsmappe())
    with alle.byggelaas():
        click.echo(f"Publisert: {alle.publisert} (versjon {alle.gaa_tilbake(versjon)})")


@hoved.command(
    help="List tallene som er nye, endret eller borte fra versjonen FRA til versjonen TIL; ellers fra den forrige til "
    "den som er publisert."
)
@click.argument("fra", required=False)
@click.argument("til", required=False)
def endringer(fra: str | None, til: str | None) -> None:
    alle = Versjoner(publiseringsmappe())
    filer = alle.par(fra, til)
    if uten := ikke_sammenlignet(*filer):
        click.echo(f"Ikke sammenlignet, for en av versjonene har dem ikke slik de er nå: {', '.join(uten)}.")
    antall = Counter[str]()
    for en in finn_endringer(*filer):
        click.echo(str(en))
        antall[en.hva] += 1
    click.echo(
        f"Fra {filer[0].parent.name} til {filer[1].parent.name}: "
        f"{antall['ny']} nye, {antall['endret']} endret, {antall['borte']} borte."
    )


hoved.add_command(hent)
for navn, kommando in kommandoer.KOMMANDOER.items():
    hoved.add_command(kommando, navn)
