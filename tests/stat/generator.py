"""Files of state accounts as DFØ publishes them, in any volume: python -m tests.stat.generator --help

Names of files and columns, encoding, quoting and decimals are DFØ's. The figures are made up, except IMDi's, which are
what the project's own files print, and except with a folder of condensed real files (`fasit`), whose yearly totals then
are met to the øre. Same plan, same bytes. What the figures are like is described in tests/stat/modell.py.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import click

from tests.stat import modell
from tests.stat.feil import FEIL
from tests.stat.modell import Plan

TEGNSETT = "latin-1"
KOLONNER = (
    "År",
    "Periode",
    "Konto_no",
    "Konto",
    "Programområde_id",
    "Programområde",
    "Programkategori_id",
    "Programkategori",
    "Fagdepartement_id",
    "Fagdepartement",
    "Kapittel_id",
    "Kapittel",
    "Post_id",
    "Post",
    "Post_type",
    "Kontoklasse_id",
    "Kontoklasse",
    "Kontogruppe_id",
    "Kontogruppe",
    "Artskonto_id",
    "Artskonto",
    "Fagdepartement_Virksomhet_id",
    "Fagdepartement_Virksomhet",
    "Virksomhet_id",
    "Virksomhet",
    "Regnskapsfører_id",
    "Regnskapsfører",
    "Beløp",
)
BEVILGNINGSKOLONNER = (
    "År",
    "Periode",
    "Tildelings_periode",
    *KOLONNER[4:15],
    "Bevilgning_beløp",
    "Bevilgning_overføres_beløp",
    "Bevilgning_overført_beløp",
    "Bevilgning",
)
# rows encoded at a time: some tens of megabytes
RADER_OM_GANGEN = 100_000
# a ZIP file holds the time of its members: always the same here
TIDSPUNKT = (2026, 1, 15, 12, 0, 0)


class Stat:
    """A generated state, from which files can be written. `forbindelse` holds the tables of tests/stat/modell.py."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.forbindelse = modell.bygg(plan)
        self._aar: int | None = None

    def __enter__(self) -> "Stat":
        return self

    def __exit__(self, *_: object) -> None:
        self.forbindelse.close()

    def maaned(self, periode: str) -> Iterator[bytes]:
        """The month's rows (ÅÅÅÅMM) as published, without the header, in portions."""
        aar, maaned = int(periode[:4]), int(periode[4:])
        if self._aar != aar:
            self.forbindelse.execute(_LINJER_I_AARET, {"aar": aar})
            self._aar = aar
        self.forbindelse.execute(f"set variable periode = {int(periode)}")
        self.forbindelse.execute(_TEKSTER)
        yield from self._tekst(_POSTERINGER, {"aar": aar, "maaned": maaned})

    def bevilgninger(self) -> Iterator[bytes]:
        """The appropriations of all years as published, without the header, in portions."""
        yield from self._tekst(_BEVILGNINGER, {"siste": self.plan.til * 100 + self.plan.siste_maaned})

    def _tekst(self, sql: str, verdier: dict[str, int]) -> Iterator[bytes]:
        for del_ in self.forbindelse.sql(sql, params=verdier).to_arrow_reader(RADER_OM_GANGEN):
            # the rows' text lies in one piece; each row ends with a line feed
            yield bytes(del_.column(0).buffers()[2]).decode().encode(TEGNSETT)


def skriv(
    plan: Plan, mappe: Path, *, pakket: bool = True, hittil: bool = False, bevilgninger: bool = True
) -> list[Path]:
    """Write a file for each year, one for the last month and, if asked, one for the last year so far; bevilgninger too.

    The year files include that of a year that is not over yet. ZIP files with a CSV of the same name inside, or plain
    CSV files.
    """
    etternavn = ".zip" if pakket else ".csv"
    with Stat(plan) as stat:
        mappe.mkdir(parents=True, exist_ok=True)
        filer = []

        def fil(navn: str, kolonner: tuple[str, ...], deler: Iterable[bytes]) -> None:
            filer.append(_skriv(mappe / (navn + etternavn), kolonner, deler))

        for aar in plan.aar:
            fil(f"statsregnskapet_aar_{aar}", KOLONNER, _maaneder(stat, plan.perioder(aar)))
        fil("statsregnskapet_siste_maaned", KOLONNER, stat.maaned(plan.perioder(plan.til)[-1]))
        if hittil:
            fil("statsregnskapet_hittil_i_aar", KOLONNER, _maaneder(stat, plan.perioder(plan.til)))
        if bevilgninger:
            fil("bevilgninger_full_historikk", BEVILGNINGSKOLONNER, stat.bevilgninger())
    return filer


def skriv_feil(plan: Plan, periode: str, feil: str, fil: Path) -> Path:
    """Write one month (ÅÅÅÅMM) with a fault of tests.stat.feil.FEIL planted in it, as ZIP or CSV by the file's name."""
    with Stat(plan) as stat:
        riktig = _hode(KOLONNER) + b"".join(stat.maaned(periode))
    if feil == "avkuttet_zip":
        hel = io.BytesIO()
        with _zip(hel, fil.stem) as aapen:
            aapen.write(riktig)
        fil.write_bytes(hel.getvalue()[: len(hel.getvalue()) // 2])
    else:
        with _aapne(fil) as aapen:
            aapen.write(FEIL[feil](riktig))
    return fil


def _maaneder(stat: Stat, perioder: Iterable[str]) -> Iterator[bytes]:
    for periode in perioder:
        yield from stat.maaned(periode)


def _hode(kolonner: tuple[str, ...]) -> bytes:
    return (";".join(f'"{kolonne}"' for kolonne in kolonner) + "\n").encode(TEGNSETT)


def _skriv(fil: Path, kolonner: tuple[str, ...], deler: Iterable[bytes]) -> Path:
    with _aapne(fil) as aapen:
        aapen.write(_hode(kolonner))
        aapen.writelines(deler)
    return fil


@contextmanager
def _aapne(fil: Path) -> Iterator[BinaryIO]:
    with fil.open("wb") as raa:
        if fil.suffix == ".zip":
            with _zip(raa, fil.stem) as aapen:
                yield aapen
        else:
            yield raa


@contextmanager
def _zip(raa: BinaryIO, navn: str) -> Iterator[BinaryIO]:
    medlem = zipfile.ZipInfo(f"{navn}.csv", TIDSPUNKT)
    medlem.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(raa, "w") as arkiv, arkiv.open(medlem, "w", force_zip64=True) as aapen:
        yield aapen  # type: ignore[misc]


# a pair whose year is 0 is there all the same, with one row in the last month of its payments
_LINJER_I_AARET = """
create or replace table linje_aar as
select
    linje.linje, linje.par, linje.art, linje.profil, linje.forer,
    andel(par_aar.ore, linje.etter) - andel(par_aar.ore, linje.foer) as ore
from linje inner join par_aar on par_aar.par = linje.par and par_aar.aar = $aar
where andel(par_aar.ore, linje.etter) <> andel(par_aar.ore, linje.foer) or (par_aar.ore = 0 and linje.foer = 0)
order by linje.linje
"""

# names of one month, quoted and joined in the order of the columns: before and after the three columns of artskonto
_TEKSTER = """
create or replace table virk_tekst as
select
    virk, felt(departement_id) || felt(departement) || felt(virksomhet_id) || felt(virksomhet) as virksomhet,
    felt(virksomhet_id) || felt(virksomhet) || '"' as forer
from virk_maaned where periode = getvariable('periode');
create or replace table par_tekst as
select
    par.par,
    felt((getvariable('periode') // 100)::varchar) || felt(getvariable('periode')::varchar)
    || felt(post_aar.post_id) || felt(post_aar.navn)
    || felt(programomraade_id) || felt(programomraade) || felt(programkategori_id) || felt(programkategori)
    || felt(departement_id) || felt(departement) || felt(kapittel_id) || felt(kapittel)
    || felt(post_id) || felt(post_aar.navn) || felt(post_type(post_id)) as post,
    virk_tekst.virksomhet
from par
inner join post_aar on post_aar.post = par.post and post_aar.aar = getvariable('periode') // 100
inner join virk_tekst using (virk);
create or replace table art_tekst as
select
    art, felt(kontoklasse_id) || felt(kontoklasse) || felt(kontogruppe_id) || felt(kontogruppe)
    || felt(artskonto_id) || felt(artskonto) as artskonto
from artskonto;
"""

# what is paid in a month is the difference between what was paid by its end and by the end of the payment before
_POSTERINGER = """
with belop as (
    select
        linje_aar.*,
        promille_andel(ore, profil.etter + profil.slingring_etter * stoy(linje, par, $aar, profil.nr) // 1000)
        - promille_andel(ore, profil.foer + profil.slingring_foer * stoy(linje, par, $aar, profil.nr - 1) // 1000)
        as i_maaneden,
        profil.etter = 1000000 as fullt
    from linje_aar inner join profil on profil.profil = linje_aar.profil and profil.mnd = $maaned
)
select
    par_tekst.post || art_tekst.artskonto || par_tekst.virksomhet || virk_tekst.forer
    || kroner(i_maaneden) || '"' || chr(10)
from belop
inner join par_tekst using (par)
inner join art_tekst using (art)
inner join virk_tekst on virk_tekst.virk = belop.forer
where i_maaneden <> 0 or (ore = 0 and fullt)
order by linje
"""

# one budget, up to four decisions that change it, and what is carried over where there is something left
_BEVILGNINGER = """
with bevilget as (
    select
        *, er_inntekt(post_id) as inntekt, revidert - coalesce(saldert, 0) as endring,
        1 + floor(4 * u('vedtak', post, aar))::integer as antall
    from post_aar
    where saldert is not null or revidert is not null
),
vedtak (nr, dato, forslag, innstilling, vaar) as (
    values (1, '06.16', 118, 490, 1), (2, '12.15', 32, 146, 0), (3, '03.23', 61, 212, 1), (4, '11.24', 14, 78, 0)
),
delt as (
    select
        bevilget.*, vedtak.*,
        case
            when vedtak.nr = antall then endring
            else hele_tusen((endring * (vedtak.nr + 0.4 * u('del', post * 8 + vedtak.nr, aar)) / antall)::bigint)
        end as hittil
    from bevilget inner join vedtak on vedtak.nr <= antall
    where endring <> 0
),
endringer as (
    select *, hittil - coalesce(lag(hittil) over (partition by post, aar order by nr), 0) as del from delt
),
rest as (
    select
        *,
        hele_tusen(case
            when post_id[5:6] < '30' then least(revidert - regnskap, saldert // 20)
            when post_id[5:6] < '50' or u('kan overføres', post, 0) < 0.3 then least(revidert - regnskap, revidert // 3)
            else 0
        end) as overfores
    from bevilget
    where not inntekt and aar * 100 + 12 <= $siste
),
rader as (
    select post, aar, 1 as rekkefolge, aar || '01' as periode, saldert as bevilget, 0 as overfores, 0 as overfort,
        aar || '.01.01 Saldert budsjett ' || aar as tekst
    from bevilget where saldert is not null
    union all
    select rest.post, rest.aar + 1, 2, rest.aar + 1 || '01', 0, 0, overfores, 'Overfort fra ' || rest.aar
    from rest inner join bevilget as neste on neste.post = rest.post and neste.aar = rest.aar + 1
    where overfores > 0
    union all
    select post, aar, 2 + nr, aar || dato[1:2], del, 0, 0,
        aar || '.' || dato || ' Prp: p' || forslag + aar % 7 || '/' || sesjon
        || ' i' || innstilling + aar % 11 || '/' || sesjon
    from endringer
    cross join lateral (
        select lpad(((aar - vaar) % 100)::varchar, 2, '0') || '-' || lpad(((aar - vaar + 1) % 100)::varchar, 2, '0')
    ) as sesjoner (sesjon)
    where del <> 0 and (aar > $siste // 100 or aar || dato[1:2] <= $siste::varchar)
    union all
    select post, aar, 9, aar || '12', 0, overfores, 0, 'Overfores til ' || aar + 1
    from rest where overfores > 0
)
select
    felt(rader.aar::varchar) || felt(periode) || felt(periode)
    || felt(programomraade_id) || felt(programomraade) || felt(programkategori_id) || felt(programkategori)
    || felt(departement_id) || felt(departement) || felt(kapittel_id) || felt(kapittel)
    || felt(post_id) || felt(navn) || felt(post_type(post_id))
    || felt(kroner(bevilget)) || felt(kroner(rader.overfores)) || felt(kroner(overfort))
    || '"' || tekst || '"' || chr(10)
from rader inner join post_aar using (post, aar)
order by rader.aar, post_id, rekkefolge
"""


@click.command(help=__doc__)
@click.argument("mappe", type=click.Path(path_type=Path))
@click.option("--fra", default=2014, show_default=True, help="First year.")
@click.option("--til", default=2025, show_default=True, help="Last year.")
@click.option("--siste-maaned", default=12, show_default=True, help="Last month of the last year.")
@click.option("--virksomheter", default=160, show_default=True, help="Agencies, IMDi among them.")
@click.option("--poster", default=1700, show_default=True, help="Posts (kapittel and post).")
@click.option("--rader", default=285_000, show_default=True, help="Rows a year, about.")
@click.option("--fro", default=1, show_default=True, help="Seed.")
@click.option("--fasit", type=click.Path(exists=True, path_type=Path), help="Folder with the condensed real files.")
@click.option("--csv", is_flag=True, help="Plain CSV files instead of ZIP files.")
@click.option("--hittil", is_flag=True, help="Also the last year so far.")
@click.option("--uten-bevilgninger", is_flag=True, help="No appropriations.")
@click.option(
    "--feil", type=click.Choice([*FEIL, "avkuttet_zip"]), help="Write one month with this fault, nothing else."
)
@click.option("--periode", help="The month of the fault, ÅÅÅÅMM; the last one if not given.")
def hoved(
    mappe: Path,
    csv: bool,
    hittil: bool,
    uten_bevilgninger: bool,
    feil: str | None,
    periode: str | None,
    **valg: Any,
) -> None:
    """Write the files, and print their names."""
    plan = Plan(**valg)
    if feil is None:
        filer = skriv(plan, mappe, pakket=not csv, hittil=hittil, bevilgninger=not uten_bevilgninger)
    else:
        mappe.mkdir(parents=True, exist_ok=True)
        fil = mappe / ("statsregnskapet_siste_maaned" + (".csv" if csv else ".zip"))
        filer = [skriv_feil(plan, periode or plan.perioder(plan.til)[-1], feil, fil)]
    for fil in filer:
        click.echo(fil)


if __name__ == "__main__":
    hoved()
