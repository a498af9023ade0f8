"""Traceability, checked: find each printed figure, in its printed form, at the named place of the named document.

The columns to look for are those that the seeds' yml marks with `sporing`. The documents are not part
of the project; a folder that holds them is given. A document is recognised by the SHA-256 in the register.
"""

import csv
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from styring.deklarasjon import Kolonne, Seed, les
from styring.feil import StyringFeil
from styring.stier import SEEDS
from styring.validering import Rad, les_seed, valider

# Text in a table can be broken by the cells beside it: its words must follow each other within this many
# times its length.
_STREKK = 6
# A letter prints a change without its sign, but with the verb: "reduseres med 500 671 000 kroner".
_ENDRING = re.compile(r"\b(?P<ned>reduser\w*)|\b(?P<opp>øk\w*)")


@dataclass(frozen=True)
class Mangel:
    """A printed value that was not found."""

    fil: str
    rad: int
    kolonne: str
    trykt: str
    dokument_id: str
    sted: str
    grunn: str

    def __str__(self) -> str:
        return (
            f"{self.fil}, rad {self.rad}, kolonne {self.kolonne}: «{self.trykt}» {self.grunn} "
            f"{self.dokument_id}, {self.sted}."
        )


@dataclass
class Sporing:
    """What a walk through the seeds found: counts per document, what is missing, what could not be looked into."""

    funnet: Counter[str] = field(default_factory=Counter)
    mangler: list[Mangel] = field(default_factory=list)
    ikke_undersokt: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class _Krav:
    """One value to find: the forms it may be printed in, and where."""

    fil: str
    rad: int
    kolonne: str
    former: tuple[str, ...]
    sporing: str
    er_negativ: bool
    hver_for_seg: bool
    dokument_id: str
    sted: str
    oppslag: tuple[str, ...]


def trykte_former(verdi: str, *, uten_fortegn: bool = False) -> tuple[str, ...]:
    """How a number kept as text is printed in Norwegian: "14144000" as "14 144 000", "-2.5" as "-2,5" and "−2,5".

    `uten_fortegn` is for changes: a letter reduces a post "med 500 671 000 kroner", without a minus.
    """
    fortegn = "-" if verdi.startswith("-") else ""
    heltall, _, desimaler = verdi.removeprefix("-").partition(".")
    gruppert = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", " ", heltall) + (f",{desimaler}" if desimaler else "")
    if not fortegn or uten_fortegn:
        return (gruppert,)
    return (f"-{gruppert}", f"−{gruppert}", f"- {gruppert}")


def _normalisert(tekst: str) -> str:
    return re.sub(r"\s+", " ", tekst.replace("\xa0", " ")).strip()


def _treff(form: str, tekst: str, naboer: frozenset[str]) -> Iterator[re.Match[str]]:
    """Where a number stands in a text, whole: not inside a longer one, nor as the end or start of its thousands.

    "144 000" does not stand in "14 144 000". In a row of a table, where the cells of one line follow each other,
    the groups beside it may be another cell: one of `naboer`, the figures registered at the same place.
    """
    for treff in re.finditer(rf"(?<![\d,.−-]){re.escape(form)}(?!\d|[.,]\d)", tekst):
        for_, etter = tekst[: treff.start()], tekst[treff.end() :]
        fortsetter = re.match(r"\d{3}(?!\d)", form) and re.search(r"(?:^|\s)\d{1,3}\s$", for_)
        fortsettes = "," not in form and re.match(r"\s\d{3}(?!\d)", etter)
        if fortsetter and not any(re.search(rf"(?<![\d,.]){re.escape(nabo)}\s$", for_) for nabo in naboer):
            continue
        if fortsettes and not any(re.match(rf"\s{re.escape(nabo)}(?!\d|[.,]\d)", etter) for nabo in naboer):
            continue
        yield treff


def _strider_mot_verbet(er_negativ: bool, for_: str) -> bool:
    """Whether a change is printed with the opposite verb: "økes med" for a reduction."""
    setning = re.split(r"[.:;] ", for_)[-1]
    verb = list(_ENDRING.finditer(setning))
    if not verb or not setning.endswith(" med "):
        return False
    return (verb[-1].lastgroup == "ned") != er_negativ


def _ordmonster(ord_: str) -> str:
    """A pattern for a text, whole: the extraction breaks words at line ends, with or without a hyphen."""
    return r"(?<!\w)" + r"[\s-]*".join(re.escape(tegn) for tegn in re.sub(r"[\s-]", "", ord_)) + r"(?!\w)"


def _tekst_finnes(form: str, tekst: str) -> bool:
    """Whether a printed text stands in the place, whole or word by word where table cells break it."""
    if re.search(_ordmonster(form), tekst):
        return True
    ordene = [re.compile(_ordmonster(ord_)) for ord_ in form.split() if ord_.strip("-")]
    for start in ordene[0].finditer(tekst):
        slutt = start.start() + _STREKK * len(form) + 100
        plass = start.start()
        for ord_ in ordene:
            treff = ord_.search(tekst, plass, slutt)
            if treff is None:
                break
            plass = treff.end()
        else:
            return True
    return False


def _antall_treff(krav: _Krav, tekst: str, naboer: frozenset[str]) -> int:
    """How many times a value stands in a text; for text, whether it does."""
    if krav.sporing == "tekst":
        return int(_tekst_finnes(krav.former[0], tekst))
    return max(
        sum(
            not (krav.sporing == "endring" and _strider_mot_verbet(krav.er_negativ, tekst[: treff.start()]))
            for treff in _treff(form, tekst, naboer)
        )
        for form in krav.former
    )


def _former(rad: Rad, kolonne: Kolonne) -> tuple[str, ...]:
    """The forms that a row's value may be printed in."""
    verdi = rad[kolonne.navn]
    if kolonne.sporing == "tekst":
        return (verdi,)
    if rad.get("trykt"):
        return (rad["trykt"],)
    former = trykte_former(verdi, uten_fortegn=kolonne.sporing == "endring")
    # in running text the unit follows the figure; a table has it in its heading
    return tuple(f"{form} mill" for form in former) if rad.get("enhet") == "mill. kr" else former


def _krav(seed: Seed, serier: dict[str, Rad], mappe: Path) -> Iterator[_Krav]:
    sporet = [kolonne for kolonne in seed.kolonner if kolonne.sporing]
    for nummer, rad in les_seed(seed.navn, mappe) if sporet else []:
        kilde = serier[rad["serie_id"]] if "serie_id" in rad else rad
        for kolonne in sporet:
            verdi = rad[kolonne.navn]
            if not verdi:
                continue
            yield _Krav(
                fil=f"seeds/{seed.fil.parent.name}/{seed.fil.name}",
                rad=nummer,
                kolonne=kolonne.navn,
                former=_former(rad, kolonne),
                sporing=str(kolonne.sporing),
                er_negativ=verdi.startswith("-"),
                # each cell of a table is printed once; a letter's figure may serve several rows
                hver_for_seg="serie_id" in rad,
                dokument_id=kilde["dokument_id"],
                sted=kilde["sted"],
                oppslag=(kilde.get("kapittel", ""), kilde.get("post", ""), rad.get("aar", ""), verdi),
            )


class _Kilder:
    """The documents under the given folders, by file name; a file must be the one that is registered."""

    def __init__(self, mapper: Iterable[Path], seedmappe: Path) -> None:
        self._filer = {fil.name: fil for mappe in mapper for fil in sorted(mappe.rglob("*")) if fil.is_file()}
        for _, rad in les_seed("dokumentfiler", seedmappe):
            fil = self._filer.get(rad["fil"])
            if fil and hashlib.sha256(fil.read_bytes()).hexdigest() != rad["sha256"]:
                raise StyringFeil(
                    f"Filen {fil} er en annen enn den som er registrert for {rad['dokument_id']} i "
                    "seeds/dokumenter/dokumentfiler.csv. Registrer den nye filen, eller bruk den gamle."
                )

    def har(self, fil: str) -> bool:
        return fil in self._filer

    @cache  # noqa: B019 - one instance a run
    def tekst(self, fil: str, fra: int, til: int) -> str:
        linjer = self._filer[fil].read_text(encoding="utf-8").split("\n")
        return _normalisert(" ".join(linjer[fra - 1 : til]))

    @cache  # noqa: B019 - one instance a run
    def rader(self, fil: str) -> set[tuple[str, str, str, str]]:
        """Open data: every (kapittel, post, year, value) that the file holds."""
        with self._filer[fil].open(encoding="utf-8", newline="") as aapen:
            return {
                (rad["kapittel"], rad["post"], rad["aar"], verdi)
                for rad in csv.DictReader(aapen)
                for kolonne, verdi in rad.items()
                if kolonne.endswith("_kr")
            }


def spor(mapper: Iterable[Path], seedmappe: Path = SEEDS) -> Sporing:
    """Walk all seeds and look for each printed value under the folders.

    Raises StyringFeil when the seeds are faulty, no document of the register is there, or a file is another
    than the registered one.
    """
    if funn := valider(seedmappe):
        raise StyringFeil(f"{len(funn)} feil i CSV-filene; rett dem før tallene blir sporet.", tuple(map(str, funn)))
    kilder = _Kilder(mapper, seedmappe)
    seeds = les(seedmappe)
    serier = {
        rad["serie_id"]: rad for navn in seeds if navn.endswith("_serier") for _, rad in les_seed(navn, seedmappe)
    }
    steder: dict[tuple[str, str], list[Rad]] = defaultdict(list)
    for _, rad in les_seed("steder", seedmappe):
        steder[rad["dokument_id"], rad["sted"]].append(rad)

    alle = [krav for seed in seeds.values() for krav in _krav(seed, serier, seedmappe)]
    naboer: dict[tuple[str, str], frozenset[str]] = defaultdict(frozenset)
    for krav in alle:
        if krav.sporing != "tekst":
            # a line of a table begins with the chapter, which is printed without its leading zero, and the post
            kapittel, post, *_ = krav.oppslag
            naboer[krav.dokument_id, krav.sted] |= {*krav.former, kapittel.lstrip("0"), post} - {""}

    resultat = Sporing()
    brukt: Counter[tuple[str, str, str, str]] = Counter()
    for krav in alle:
        sted = krav.dokument_id, krav.sted
        aapne = [rad for rad in steder[sted] if kilder.har(rad["fil"])]
        if not aapne:
            resultat.ikke_undersokt[krav.dokument_id] += 1
            continue
        grunn = next((grunn for rad in aapne if (grunn := _mangler(krav, rad, kilder, naboer[sted], brukt))), None)
        if grunn is None:
            resultat.funnet[krav.dokument_id] += 1
        else:
            resultat.mangler.append(
                Mangel(krav.fil, krav.rad, krav.kolonne, krav.former[0], krav.dokument_id, krav.sted, grunn)
            )
    if not resultat.funnet and not resultat.mangler:
        raise StyringFeil("Ingen av dokumentene i seeds/dokumenter/dokumentfiler.csv finnes i mappen som er oppgitt.")
    return resultat


def _mangler(
    krav: _Krav, sted: Rad, kilder: _Kilder, naboer: frozenset[str], brukt: Counter[tuple[str, str, str, str]]
) -> str | None:
    """Why a value is missing from one file's copy of its place, or None when it is there."""
    if not sted["fra_linje"]:
        return None if krav.oppslag in kilder.rader(sted["fil"]) else "står ikke på kapittelet, posten og året i"
    tekst = kilder.tekst(sted["fil"], int(sted["fra_linje"]), int(sted["til_linje"]))
    antall = _antall_treff(krav, tekst, naboer)
    if antall == 0:
        return "er ikke funnet i"
    if krav.hver_for_seg:
        nokkel = (sted["fil"], krav.dokument_id, krav.sted, krav.former[0])
        brukt[nokkel] += 1
        if brukt[nokkel] > antall:
            return f"står bare {antall} ganger, færre enn radene som viser til det, i"
    return None
