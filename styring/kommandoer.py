"""The commands on what is built, and those that fetch and export. Their packages take a moment to import."""

import csv
import sys
from collections import Counter
from pathlib import Path

import click

from styring import sqlboks
from styring.endringer import endringer as finn_endringer
from styring.endringer import ikke_sammenlignet
from styring.feil import StyringFeil
from styring.kilder.kommandoer import hent
from styring.publisering import FILNAVN, Versjoner
from styring.sporbarhet import spor as spor_tall
from styring.stier import publiseringsmappe
from styring.uttak import kommandoer as uttak
from styring.validering import valider as valider_filer

_VIS_FUNN = 200


@click.command(help="Kontroller CSV-filene i seeds/ uten å bygge.")
def valider() -> None:
    if funn := valider_filer():
        for ett in funn[:_VIS_FUNN]:
            click.echo(str(ett))
        if len(funn) > _VIS_FUNN:
            click.echo(f"… og {len(funn) - _VIS_FUNN} til.")
        raise StyringFeil(f"{len(funn)} feil i CSV-filene.")
    click.echo("Ingen feil i CSV-filene.")


@click.command(help="Finn igjen hvert trykt tall i dokumentene under MAPPE.")
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


@click.command(
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


@click.command(help="List versjonene som er bygget, og hvilken som er publisert.")
def versjoner() -> None:
    alle = Versjoner(publiseringsmappe())
    for versjon in alle.liste():
        publisert = "  (publisert)" if versjon == alle.gjeldende() else ""
        skadet = "" if alle.er_hel(versjon) else "  (skadet)"
        click.echo(f"{versjon}{publisert}{skadet}")


@click.command(help="Vis en eldre versjon igjen: VERSJON, eller den siste hele før den som er publisert.")
@click.argument("versjon", required=False)
def tilbake(versjon: str | None) -> None:
    alle = Versjoner(publiseringsmappe())
    with alle.byggelaas():
        click.echo(f"Publisert: {alle.publisert} (versjon {alle.gaa_tilbake(versjon)})")


@click.command(
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


KOMMANDOER: dict[str, click.Command] = {
    **uttak.KOMMANDOER,
    **{str(en.name): en for en in (valider, spor, sql, versjoner, tilbake, endringer, hent)},
}
