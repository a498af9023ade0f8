"""The Ministry of Finance's open budget workbooks: one row per post (and sub-post), in kroner.

Which of them a workbook is, is known by the header of its sheet: Gul bok to 2025, Gul bok from 2026, or saldert
budsjett. None of them says its year but in the file's name.
"""

import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import openpyxl
from openpyxl.workbook import Workbook

from styring import norsk
from styring.feil import StyringFeil
from styring.kilder import lager
from styring.kilder.nett import STAAR
from styring.kilder.rader import lagret_leses, skrives
from styring.kilder.regler import BEHOLDT_MINST

KILDE = "budsjett"
_KOLONNER = {
    "slag": "varchar",
    "aar": "integer",
    "departement_id": "varchar",
    "departement": "varchar",
    "kapittel_id": "varchar",
    "kapittel": "varchar",
    "post_nr": "varchar",
    "underpost": "varchar",
    "post": "varchar",
    "stikkord": "varchar",
    "belop": "decimal(18, 0)",
}
# digits of each code as it is written elsewhere; sub-posts are numbered 1, 2 …
_SIFRE = {"departement_id": 2, "kapittel_id": 4, "post_nr": 2, "underpost": 1}
Celle = object


@dataclass(frozen=True)
class Oppsett:
    """A layout: its header, with commas between, and which of its columns is stored as what."""

    slag: str
    hodet: str
    kolonner: dict[str, str]

    @property
    def hode(self) -> tuple[str, ...]:
        """The names in the header."""
        return tuple(self.hodet.split(","))


_GUL_BOK = {
    "departement_id": "fdep_nr",
    "departement": "fdep_navn",
    "kapittel_id": "kap_nr",
    "kapittel": "kap_navn",
    "post_nr": "post_nr",
    "post": "post_navn",
    "stikkord": "stikkord",
}
OPPSETT = (
    Oppsett(
        "gul bok",
        "fdep_nr,fdep_navn,omr_nr,kat_nr,omr_navn,kat_navn,kap_nr,post_nr,upost_nr,kap_navn,post_navn,stikkord,GB",
        {**_GUL_BOK, "underpost": "upost_nr", "belop": "GB"},
    ),
    Oppsett(
        "gul bok",
        "gdep_nr,avs_nr,gdep_navn,avs_navn,fdep_nr,fdep_navn,omr_nr,kat_nr,omr_navn,kat_navn,kap_nr,post_nr,"
        "kap_navn,post_navn,stikkord,beløp",
        {**_GUL_BOK, "belop": "beløp"},
    ),
    Oppsett(
        "saldert",
        "Kap. nr,Postnr.,Underpostnr.,Posttekst,Stikkord,Postsum",
        {
            "kapittel_id": "Kap. nr",
            "post_nr": "Postnr.",
            "underpost": "Underpostnr.",
            "post": "Posttekst",
            "stikkord": "Stikkord",
            "belop": "Postsum",
        },
    ),
)


def les_inn(fil: Path, mappe: Path, *, godta: bool, si: Callable[[str], None]) -> None:
    """Store a workbook in the data folder, whose lock the caller holds. One that is unchanged is left untouched.

    Raises StyringFeil, with what is stored as it was, when it is not as described.
    """
    treff = re.findall(r"(?<!\d)20\d\d(?!\d)", fil.stem)
    if len(treff) != 1:
        raise StyringFeil(f"{fil.name}: navnet må ha året i seg, som i gul_bok_2025.xlsx; arbeidsboken sier det ikke.")
    aar = int(treff[0])
    slag, rader = _les(fil, aar)
    utgave = f"{slag.replace(' ', '_')}_{aar}"
    maal = mappe / KILDE / f"utgave={utgave}" / lager.FILNAVN
    with duckdb.connect() as db, skrives(maal), lager.utskifting() as skifte:
        db.execute(f"create table rader ({', '.join(f'{navn} {type_}' for navn, type_ in _KOLONNER.items())})")
        db.executemany(f"insert into rader values ({', '.join('?' for _ in _KOLONNER)})", rader)
        [(antall, sjekksum, utgift, inntekt)] = db.execute(
            f"""
            select
                count(*), count(*) || '-' || sum(hash({", ".join(_KOLONNER)})),
                sum(belop) filter (teller and kapittel_id < '3000'),
                sum(belop) filter (teller and kapittel_id >= '3000')
            from (
                -- what a state enterprise earns is printed as its parts, and then as the post itself
                select
                    *,
                    underpost is null
                    or count(*) filter (underpost is null) over (partition by kapittel_id, post_nr) = 0 as teller
                from rader
            )
            """
        ).fetchall()
        si(
            f"{fil.name}: {slag} {aar}, {norsk.tall(antall)} poster; utgifter {norsk.tall(utgift)} kr, "
            f"inntekter {norsk.tall(inntekt)} kr."
        )
        for kapittel, post, trykt, deler in db.execute(
            """
            select
                kapittel_id, post_nr, sum(belop) filter (underpost is null) as trykt,
                sum(belop) filter (underpost is not null) as deler
            from rader group by all having trykt <> deler order by all
            """
        ).fetchall():
            si(
                f"  Merk: kapittel {kapittel} post {post} er trykt som {norsk.tall(trykt)} kr, men underpostene er "
                f"{norsk.tall(deler)} kr."
            )
        if maal.exists():
            with lagret_leses(maal):
                [(foer, foer_sum)] = db.execute(
                    "select count(*), any_value(sjekksum) from read_parquet(?)", [lager.uten_jokertegn(maal)]
                ).fetchall()
            if foer_sum == sjekksum:
                si("  Uendret.")
                return
            if antall < BEHOLDT_MINST * foer and not godta:
                raise StyringFeil(
                    f"{fil.name} har bare {antall} poster mot {foer} som er lagret; filen ser ut til å være kuttet. "
                    f"Er det riktig likevel, bruk --godta. {STAAR}"
                )
        hentet = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
        ny = str(skifte.ny(maal)).replace("'", "''")
        db.execute(
            f"""
            copy (
                select *, '{sjekksum}' as sjekksum, timestamp '{hentet}' as hentet
                from rader order by kapittel_id, post_nr, underpost
            ) to '{ny}' (format parquet, compression zstd)
            """
        )


def _les(fil: Path, aar: int) -> tuple[str, list[tuple[Celle, ...]]]:
    """The kind, and the rows in the order of the stored columns."""
    try:
        bok = openpyxl.load_workbook(fil, read_only=True, data_only=True)
        try:
            ark, oppsett, celler = _finn_oppsett(fil, bok)
        finally:
            bok.close()
    except StyringFeil:
        raise
    # a damaged workbook fails wherever it is read, as whatever reads it fails
    except Exception as feil:
        raise StyringFeil(
            f"{fil.name} er ingen hel arbeidsbok (xlsx): den er kuttet eller noe annet. {STAAR}"
        ) from feil
    rader, sett = [], dict[tuple[Celle, ...], int]()
    for nummer, verdier in celler:
        felt = dict(zip(oppsett.hode, verdier, strict=False))
        rad = {
            navn: _verdi(navn, felt.get(oppsett.kolonner.get(navn, "")), f"{fil.name}, arket «{ark}», rad {nummer}")
            for navn in _KOLONNER
        } | {"slag": oppsett.slag, "aar": aar}
        post = (rad["kapittel_id"], rad["post_nr"], rad["underpost"])
        if (foerste := sett.setdefault(post, nummer)) != nummer:
            raise StyringFeil(f"{fil.name}, arket «{ark}», rad {nummer}: samme post som i rad {foerste}. {STAAR}")
        rader.append(tuple(rad.values()))
    if not rader:
        raise StyringFeil(f"{fil.name}, arket «{ark}», har ingen rader. {STAAR}")
    return oppsett.slag, rader


def _finn_oppsett(fil: Path, bok: Workbook) -> tuple[str, Oppsett, Iterable[tuple[int, Iterable[Celle]]]]:
    """The sheet whose header is one of the layouts, and its rows with their numbers, those without any value left out.

    Raises StyringFeil with the nearest layout's columns when there is none.
    """
    alle: list[tuple[str, tuple[str, ...]]] = []
    for ark in bok.worksheets:
        innhold = ark.iter_rows(values_only=True)
        hode = tuple(str(celle).strip() for celle in next(innhold, ()) if celle is not None)
        alle.append((ark.title, hode))
        for oppsett in OPPSETT:
            if hode == oppsett.hode:
                rader = [(nr, rad) for nr, rad in enumerate(innhold, 2) if any(celle is not None for celle in rad)]
                return ark.title, oppsett, rader
    (ark_navn, hode), oppsett = max(
        ((ett, oppsett) for ett in alle for oppsett in OPPSETT),
        key=lambda par: len(set(par[0][1]) & set(par[1].hode)),
    )
    mangler = [navn for navn in oppsett.hode if navn not in hode]
    ukjente = [navn for navn in hode if navn not in oppsett.hode]
    raise StyringFeil(
        f"{fil.name} har ikke et kjent oppsett. Arket «{ark_navn}»: mangler {', '.join(mangler) or 'ingen'}, "
        f"ukjente {', '.join(ukjente) or 'ingen'}. {STAAR}",
        (f"Ventet: {', '.join(oppsett.hode)}", f"Er:     {', '.join(hode)}"),
    )


def _verdi(navn: str, celle: Celle, sted: str) -> Celle:
    """A cell as it is stored: codes with their zeros, kroner as an integer, text without the spaces around it.

    Raises StyringFeil for a code or an amount that is no integer.
    """
    tekst = "" if celle is None else str(celle).strip()
    if navn != "belop" and navn not in _SIFRE:
        return tekst or None
    if not tekst and navn in ("departement_id", "underpost"):
        return None
    # a workbook may hold 1 as 1.0
    if not re.fullmatch(r"-?\d+(\.0)?" if navn == "belop" else r"\d+(\.0)?", tekst):
        raise StyringFeil(f"{sted}: {navn} er «{tekst}»; ventet et helt tall. {STAAR}")
    tall = int(tekst.removesuffix(".0"))
    if navn == "belop":
        return tall
    # the sub-post 0 is the post itself
    return None if navn == "underpost" and tall == 0 else f"{tall:0{_SIFRE[navn]}}"
