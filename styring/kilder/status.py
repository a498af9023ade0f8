"""What is stored in the data folder: sources, periods, rows, when they were fetched, and what is missing."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import duckdb

from styring import norsk
from styring.feil import StyringFeil
from styring.kilder import kudos, lager, ssb
from styring.kilder.dfo import FORSTE_AAR, KILDER

_BREDDER = (18, 28, 14, 12)
_HODE = ("kilde", "perioder", "rader", "sist hentet")
# the order in which they are fetched; a folder with another name is shown after them
_KILDER = (*KILDER, "budsjett", "kudos", "ssb")


def tabell(mappe: Path) -> Iterator[str]:
    """The lines of the table, and a line for what is missing. Raises StyringFeil when a stored file is damaged."""
    andre = sorted(sti.name for sti in mappe.glob("[a-z]*") if sti.is_dir() and sti.name not in (*_KILDER, "karantene"))
    yield _linje(*_HODE)
    yield _linje(*("-" * (bredde - 2) for bredde in _BREDDER))
    for kilde in (*_KILDER, *andre):
        filer = sorted((mappe / kilde).rglob(lager.FILNAVN))
        if not filer:
            yield _linje(kilde, norsk.MANGLER, norsk.MANGLER, f"aldri; hent med: styring hent {kilde}")
            continue
        rader, hentet = _innhold(filer)
        deler = sorted(verdi for fil in filer if (verdi := fil.parent.name.partition("=")[2]))
        spenn = deler[0] if len(deler) == 1 else f"{deler[0]}–{deler[-1]}" if deler else norsk.MANGLER
        naar = f"{norsk.tid(hentet.replace(tzinfo=datetime.UTC)):%d.%m.%Y}" if hentet else norsk.MANGLER
        yield _linje(kilde, spenn, norsk.tall(rader), naar)
        if borte := _mangler(kilde, deler):
            yield f"  Mangler: {', '.join(borte)}."
    if satt := sorted((mappe / "karantene").rglob(lager.FILNAVN)):
        yield f"{norsk.tall(_innhold(satt)[0])} rader er satt til side, i {len(satt)} perioder."


def _linje(*celler: str) -> str:
    return "".join(f"{celle:<{bredde}}" for celle, bredde in zip(celler, _BREDDER, strict=True)).rstrip()


def _innhold(filer: list[Path]) -> tuple[int, datetime.datetime | None]:
    """Rows, and when the newest of the files was fetched (UTC)."""
    try:
        with duckdb.connect() as db:
            [svar] = db.execute(
                "select count(*), max(hentet) from read_parquet(?)", [[str(fil) for fil in filer]]
            ).fetchall()
    except duckdb.Error as feil:
        raise StyringFeil(
            f"Det som er lagret i {filer[0].parents[1]}, kan ikke leses ({str(feil).splitlines()[0]}). "
            "Slett filen, og hent på nytt."
        ) from feil
    return svar[0], svar[1]


def _mangler(kilde: str, deler: list[str]) -> list[str]:
    """What is published or asked for that is not there: years, and months in years; tables; agencies."""
    if kilde == "ssb":
        return sorted(set(ssb.tabeller()) - set(deler))
    if kilde == "kudos":
        return sorted(set(kudos.virksomheter()) - set(deler))
    if kilde not in KILDER:
        return []
    siste = norsk.i_dag().year
    if len(deler[0]) == 4:
        return [str(aar) for aar in range(FORSTE_AAR, siste + 1) if str(aar) not in deler]
    borte = []
    for aar in range(FORSTE_AAR, siste + 1):
        har = [del_ for del_ in deler if del_.startswith(str(aar))]
        # this year's months come one by one: only a gap among them is missing
        skal = 12 if aar < siste else max((int(del_[4:]) for del_ in har), default=0)
        mangler = [f"{aar}{maaned:02}" for maaned in range(1, skal + 1) if f"{aar}{maaned:02}" not in har]
        borte.extend([str(aar)] if len(mangler) == 12 else mangler)
    return borte
