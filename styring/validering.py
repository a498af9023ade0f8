"""Refuse a bad CSV file before dbt sees it, with one Norwegian sentence for each fault.

dbt lets a wrong separator, an empty file and an extra column pass, and drops the table before it
reports a wrong type. What a file must be stands in its yml (`deklarasjon`), and only there.
"""

import csv
import datetime
import io
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import duckdb

from styring import norsk
from styring.deklarasjon import Kolonne, Sannhet, Seed, les
from styring.feil import StyringFeil
from styring.stier import SEEDS

# [0-9], for \d also takes digits of other scripts, which DuckDB does not
_HELTALL = re.compile(r"0|-?[1-9][0-9]*")
_HELTALL_SIFRE = 10
_DESIMAL = re.compile(r"decimal\((\d+),\s*(\d+)\)")
_ISO_DATO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TRYKT_DATO = re.compile(
    rf"(?i)\b([0-9]{{1,2}})[.] ?(?:([0-9]{{1,2}})[.]|({'|'.join(norsk.MAANEDER)})\b) ?([0-9]{{4}}|[0-9]{{2}})?(?![0-9])"
)
_TRYKT_AAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_STORSTE_FELT = 10_000
_STORSTE_SITAT = 60
# The largest file has 100 kB. A spreadsheet's export of all its empty rows has 7 MB, and a fault for each of them.
_STORSTE_FIL = 5_000_000
_HOYST = 100
# What a spreadsheet may run, in full width too. A minus alone or before a number is what the documents print.
_FORMEL = re.compile(r"[=+@＝＋＠－]|-(?!$|[0-9][0-9 ]*([.,][0-9]+)?$)")
# What a spreadsheet or a program writes where a value is missing or in error.
_REST = re.compile(r"(?i)#(N/A|REF!|NAME\?|VALUE!|VERDI!|DIV/0!|NUM!|NULL!|#+)|null|none|nan|n/a")
# Letters read as another encoding than the one they were written in: «Ã¸» and «Ã¥», or a sign for what was lost.
_FEILLEST = re.compile(r"[ÃÂ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œŸ]|\ufffd")
# Characters that nearly every value consists of: nothing to look closer at.
_VANLIG = re.compile(r"[ -~À-ÖØ-öø-ÿ«»§–]*")
# Fillers and variants that show nothing, although Python counts them as printable.
_USYNLIG = re.compile(
    r"[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)

Rad = dict[str, str]
# keys that have been met, with the file and row where each stands
Sett = dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[str, int]]


@dataclass(frozen=True)
class Funn:
    """One fault. `rad` counts as a spreadsheet does: the header is row 1."""

    fil: str
    rad: int | None
    kolonne: str | None
    verdi: str | None
    ventet: str

    def __str__(self) -> str:
        sted = self.fil
        if self.rad is not None:
            sted += f", rad {self.rad}"
        if self.kolonne is not None:
            sted += f", kolonne {self.kolonne}"
        if self.verdi is None:
            return f"{sted}: {self.ventet}."
        return f"{sted}: fant {_sitat(self.verdi)}, ventet {self.ventet}."


def _kode(tegn: str) -> str:
    return f"U+{ord(tegn):04X}"


def _skrift(tegn: str) -> str | None:
    """The alphabet of a letter or accent, such as LATIN; None for anything else."""
    return unicodedata.name(tegn, "UKJENT").split()[0] if unicodedata.category(tegn)[0] in "LM" else None


def _usynlig(tegn: str) -> bool:
    return not tegn.isprintable() or _USYNLIG.match(tegn) is not None


def _fremmed_siffer(tegn: str) -> bool:
    return tegn.isdecimal() and not tegn.isascii()


def _sitat(verdi: str) -> str:
    """The value as a reader must see it: what cannot be seen, or looks like another letter, is shown by its code."""
    vist = verdi if len(verdi) <= _STORSTE_SITAT else verdi[: _STORSTE_SITAT - 3] + "…"
    synlig = "".join(
        f"[{_kode(tegn)}]" if _usynlig(tegn) or _fremmed_siffer(tegn) or _skrift(tegn) not in (None, "LATIN") else tegn
        for tegn in vist
    )
    return f"«{synlig}»"


def _tekst(raa: bytes) -> tuple[str | None, str | None]:
    """The file's text, or what is wrong with its bytes."""
    if raa.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return None, "filen er kodet som UTF-32; lagre den som UTF-8"
    if raa.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, "filen er kodet som UTF-16; lagre den som UTF-8"
    if raa.startswith(b"\xef\xbb\xbf"):
        return None, "filen begynner med et skjult merke (BOM); lagre den som UTF-8 uten BOM"
    if b"\x00" in raa:
        linje = raa[: raa.index(b"\x00")].count(b"\n") + 1
        return (
            None,
            f"filen har en nullbyte på linje {linje}; åpne den i et tekstredigeringsprogram og fjern den",
        )
    try:
        tekst = raa.decode("utf-8")
    except UnicodeDecodeError as feil:
        linje = raa[: feil.start].count(b"\n") + 1
        return None, f"linje {linje} er ikke kodet som UTF-8 (kanskje Latin-1); lagre filen som UTF-8"
    if "\r" in tekst:
        # git would show every line as changed, and DuckDB stops at a file that has both kinds
        linje = tekst[: tekst.index("\r")].count("\n") + 1
        return None, f"linje {linje} har linjeskift med CR (fra Windows eller en gammel Mac); lagre filen med bare LF"
    if not tekst.strip():
        return None, "filen er tom; den skal ha en overskriftsrad og rader"
    return tekst, None


def _les_tekst(fil: Path) -> tuple[str | None, str | None]:
    """The file's text, or what is wrong with the file."""
    if fil.is_symlink():
        return None, "filen er en lenke til en annen fil; legg filen selv her"
    if not fil.exists():
        return None, "filen mangler"
    if not fil.is_file():
        return None, "det som har dette navnet, er ikke en fil (kanskje en mappe)"
    try:
        if (storrelse := fil.stat().st_size) > _STORSTE_FIL:
            return None, f"filen er på {storrelse:,} byte; ventet høyst {_STORSTE_FIL:,}".replace(",", " ")
        return _tekst(fil.read_bytes())
    except OSError:
        return None, "filen kan ikke leses (kanskje mangler du lesetilgang)"


def _hodefeil(seed: Seed, hode: list[str]) -> Iterator[str]:
    ventet = [kolonne.navn for kolonne in seed.kolonner]
    if len(hode) == 1 and len(ventet) > 1:
        for skilletegn, navn in ((";", "semikolon"), ("\t", "tabulator"), ("|", "loddrett strek")):
            if skilletegn in hode[0]:
                yield f"kolonnene er skilt med {navn}; de skal skilles med komma"
                return
    for navn in ventet:
        if navn not in hode:
            yield f"kolonnen {navn} mangler i overskriftsraden"
    for navn in ventet:
        if hode.count(navn) > 1:
            yield f"kolonnen {navn} står {hode.count(navn)} ganger i overskriftsraden"
    ukjente = [navn for navn in dict.fromkeys(hode) if navn not in ventet]
    if len(ukjente) == 1:
        yield f"kolonnen {_sitat(ukjente[0])} er ikke deklarert; ventet {', '.join(ventet)}"
    elif ukjente:
        yield f"{len(ukjente)} kolonner er ikke deklarert, først {_sitat(ukjente[0])}; ventet {', '.join(ventet)}"
    if hode != ventet and sorted(hode) == sorted(ventet):
        # dbt copies into a table that stands, and stg_serier and stg_verdier put files together, by place
        yield f"kolonnene står i en annen rekkefølge; ventet {', '.join(ventet)}"


def _tegnfeil(verdi: str) -> str | None:
    """What was expected of a text with a character that hides or looks like another."""
    if treff := _FEILLEST.search(verdi):
        return f"bokstaver lest med riktig koding; se tegn {treff.start() + 1}"
    if _VANLIG.fullmatch(verdi):
        return None
    sammensatt = unicodedata.normalize("NFC", verdi)
    if sammensatt != verdi:
        plass = next(n for n in range(1, len(verdi) + 2) if verdi[:n] != sammensatt[:n])
        return f"hver bokstav skrevet som ett tegn (Unicode NFC); se tegn {plass}"
    for plass, tegn in enumerate(verdi, 1):
        skrift = _skrift(tegn)
        if _usynlig(tegn):
            return f"en verdi uten linjeskift og usynlige tegn; tegn {plass} er {_kode(tegn)}"
        if _fremmed_siffer(tegn):
            return f"sifrene 0 til 9; tegn {plass} er {_kode(tegn)}"
        if skrift not in (None, "LATIN") or (skrift and unicodedata.normalize("NFKC", tegn) != tegn):
            return f"bokstaver fra det latinske alfabetet, i vanlig form; tegn {plass} er {_kode(tegn)}"
    return None


def _typefeil(kolonne: Kolonne, verdi: str) -> str | None:
    """What the column's type expects, when the value is something else."""
    if kolonne.type == "integer":
        if not _HELTALL.fullmatch(verdi):
            skrevet = re.fullmatch("[+-]?[0-9]+", verdi)
            return "et heltall uten pluss og ledende null" if skrevet else "et heltall uten mellomrom"
        # Python refuses to read thousands of digits
        if len(verdi.removeprefix("-")) > _HELTALL_SIFRE or abs(int(verdi)) > 2_147_483_647:
            return "et heltall på høyst ti sifre"
    elif kolonne.type == "date":
        try:
            if not _ISO_DATO.fullmatch(verdi):
                raise ValueError
            datetime.date.fromisoformat(verdi)
        except ValueError:
            return "en dato som finnes, på formen ÅÅÅÅ-MM-DD"
    elif kolonne.type == "boolean":
        if verdi not in ("true", "false"):
            return "true eller false"
    elif treff := _DESIMAL.fullmatch(kolonne.type):
        heltall, desimaler = int(treff[1]) - int(treff[2]), int(treff[2])
        if not re.fullmatch(rf"-?(0|[1-9][0-9]{{0,{heltall - 1}}})([.][0-9]{{1,{desimaler}}})?", verdi):
            return f"et tall uten mellomrom, med punktum og høyst {desimaler} desimaler"
    return None


def _cellefeil(kolonne: Kolonne, verdi: str) -> str | None:
    """What was expected of a value, or None when it is right."""
    if verdi == "":
        return "en verdi; feltet er påkrevd" if kolonne.paakrevd else None
    if len(verdi) > _STORSTE_FELT:
        return f"høyst {_STORSTE_FELT} tegn"
    if verdi != verdi.strip():
        return "en verdi uten mellomrom først eller sist"
    if feil := _tegnfeil(verdi):
        return feil
    if verdi.startswith("'"):
        # a spreadsheet's mark of text; and whoever reads the file with DuckDB's own guesses, reads on to the next one
        return "en verdi som ikke begynner med apostrof"
    if feil := _typefeil(kolonne, verdi):
        return feil
    if _REST.fullmatch(verdi):
        return "en verdi, eller et tomt felt når den mangler"
    if kolonne.verdier and verdi not in kolonne.verdier:
        return "en av: " + ", ".join(kolonne.verdier)
    if kolonne.monster and not re.fullmatch(kolonne.monster, verdi):
        return kolonne.forventet or kolonne.monster
    return "en verdi som ikke begynner som en regnearkformel" if _FORMEL.match(verdi) else None


def _datofeil(verdi: str, trykt: str) -> str | None:
    """What was expected of a date that is read from a printed text, or None when it is right.

    A text without a date, or with one that does not exist, gives no date; one without a year gives day and month.
    """
    treff = _TRYKT_DATO.search(trykt)
    if treff is None:
        return f"ingen dato, for {_sitat(trykt)} er ingen" if verdi else None
    dag, nummer, navn, aar = treff.groups()
    maaned = int(nummer) if nummer else norsk.MAANEDER.index(navn.lower()) + 1
    if aar is None:
        aar = next(iter(_TRYKT_AAR.findall(trykt, treff.end())), None)
    elif len(aar) == 2:
        aar = f"20{aar}"
    try:
        dato = datetime.date(int(aar or verdi[:4] or datetime.MINYEAR), maaned, int(dag)).isoformat()
    except ValueError:
        return f"ingen dato, for {_sitat(trykt)} finnes ikke" if verdi else None
    return f"{dato}, som er det {_sitat(trykt)} sier" if verdi != dato and (aar or verdi) else None


def _les_rader(seed: Seed, fil: str, tekst: str) -> tuple[list[tuple[int, Rad]] | None, list[Funn]]:
    """The file's rows by number, and the faults of its form; None for rows when the header is wrong."""
    funn: list[Funn] = []
    rader: list[tuple[int, Rad]] = []
    # the field's length is judged with its other faults
    csv.field_size_limit(sys.maxsize)
    leser = csv.reader(io.StringIO(tekst, newline=""), strict=True)
    nummer = 0
    try:
        hode = next(leser)
        if hodefeil := list(_hodefeil(seed, hode)):
            return None, [Funn(fil, 1, None, None, feil) for feil in hodefeil]
        nummer = 1
        for nummer, felt in enumerate(leser, start=2):
            if len(felt) != len(hode):
                ventet = f"raden har {len(felt)} felt; overskriften har {len(hode)}"
                funn.append(Funn(fil, nummer, None, None, ventet))
                if len(funn) > _HOYST:
                    break
            else:
                rader.append((nummer, dict(zip(hode, felt, strict=True))))
    except csv.Error:
        ventet = 'anførselstegnene i raden går ikke opp; et felt med komma skal stå i " "'
        funn.append(Funn(fil, nummer + 1, None, None, ventet))
    if not rader and not funn and not seed.kan_vaere_tom:
        funn.append(Funn(fil, None, None, None, "filen har bare en overskriftsrad; den skal ha rader"))
    return rader, funn


def _radfeil(seed: Seed, fil: str, rader: list[tuple[int, Rad]], sett: Sett) -> Iterator[Funn]:
    """Faults in the cells and keys of a file. `sett` has the keys of the files that it is put together with."""
    nokler: list[tuple[tuple[str, ...], str]]
    nokler = [((kolonne.navn,), "nøkkelen") for kolonne in seed.kolonner if kolonne.unik]
    nokler += [(kombinasjon, "kombinasjonen") for kombinasjon in seed.unike_kombinasjoner]
    for nummer, rad in rader:
        for kolonne in seed.kolonner:
            verdi = rad[kolonne.navn]
            trykt = rad[kolonne.dato_i] if kolonne.dato_i else ""
            if ventet := _cellefeil(kolonne, verdi) or (trykt and _datofeil(verdi, trykt)):
                yield Funn(fil, nummer, kolonne.navn, verdi, ventet)
        for kolonner, hva in nokler:
            nokkel = tuple(rad[kolonne] for kolonne in kolonner)
            forste = sett.setdefault((kolonner, nokkel), (fil, nummer))
            if forste != (fil, nummer):
                hvor = f"rad {forste[1]}" if forste[0] == fil else f"{forste[0]}, rad {forste[1]}"
                ventet = f"at {hva} bare står én gang; den står også i {hvor}"
                yield Funn(fil, nummer, ", ".join(kolonner), ", ".join(nokkel), ventet)


def _brudd(kobling: duckdb.DuckDBPyConnection, seed: str, sannhet: Sannhet) -> list[tuple[int]]:
    """The numbers of the rows in `rader` that break what is declared. Raises StyringFeil when it cannot be read."""
    try:
        return kobling.execute(
            f"select rad from rader where ({sannhet.der}) and not coalesce({sannhet.uttrykk}, false) order by rad"
        ).fetchall()
    except duckdb.Error as feil:
        hvorfor = str(feil).partition("\n")[0]
        raise StyringFeil(f"Uttrykket «{sannhet.uttrykk}» for {seed} kan ikke regnes ut: {hvorfor}") from feil


def _sannhetsfeil(
    kobling: duckdb.DuckDBPyConnection, seed: Seed, fil: str, rader: list[tuple[int, Rad]]
) -> Iterator[Funn]:
    """Rows for which what is declared to hold does not. Every value must have its column's type."""
    if not seed.sannheter:
        return
    typer = {kolonne.navn: "varchar" if kolonne.type == "string" else kolonne.type for kolonne in seed.kolonner}
    lest = kobling.from_csv_auto(
        str(seed.fil), header=True, sep=",", quotechar='"', escapechar='"', columns=typer, auto_detect=False
    )
    lest.project("row_number() over () + 1 as rad, *").create_view("rader", replace=True)
    for sannhet in seed.sannheter:
        brudd = _brudd(kobling, seed.navn, sannhet)
        nevnt = [navn for navn in typer if re.search(rf"\b{navn}\b", sannhet.uttrykk)]
        for (nummer,) in brudd:
            verdier = ", ".join(dict(rader)[nummer][navn] for navn in nevnt)
            yield Funn(fil, nummer, ", ".join(nevnt), verdier, sannhet.forventet)


def _referansefeil(seed: Seed, fil: str, alle: dict[str, list[tuple[int, Rad]]]) -> Iterator[Funn]:
    for referanse in seed.referanser:
        # references into a file that could not be read whole would only repeat its fault for every row
        if not all(navn in alle for navn in referanse.til):
            continue
        finnes = {
            tuple(rad[kolonne] for kolonne in referanse.til_kolonner) for navn in referanse.til for _, rad in alle[navn]
        }
        hvor = " eller ".join(f"{navn}.csv" for navn in referanse.til[:3]) + (" …" if len(referanse.til) > 3 else "")
        for nummer, rad in alle[seed.navn]:
            nokkel = tuple(rad[kolonne] for kolonne in referanse.kolonner)
            if all(nokkel) and nokkel not in finnes:
                ventet = f"{'en verdi' if len(nokkel) == 1 else 'verdier'} som står i {hvor}"
                yield Funn(fil, nummer, ", ".join(referanse.kolonner), ", ".join(nokkel), ventet)


def valider(mappe: Path = SEEDS) -> list[Funn]:
    """Every fault in the CSV files under a folder, in the order of files and rows; empty when all is well."""
    # one connection for all of the files: to open it takes longer than what it is asked
    with duckdb.connect() as kobling:
        return _valider(mappe, kobling)


def _valider(mappe: Path, kobling: duckdb.DuckDBPyConnection) -> list[Funn]:
    seeds = les(mappe)
    rot = mappe.parent
    sett: defaultdict[str, Sett] = defaultdict(dict)
    funn: list[Funn] = []
    rader: dict[str, list[tuple[int, Rad]]] = {}
    for seed in seeds.values():
        fil = str(seed.fil.relative_to(rot))
        tekst, feil = _les_tekst(seed.fil)
        if tekst is None:
            funn.append(Funn(fil, None, None, None, str(feil)))
            continue
        leste, formfeil = _les_rader(seed, fil, tekst)
        funn += formfeil
        if leste is not None:
            radfeil = list(islice(_radfeil(seed, fil, leste, sett[seed.samling]), _HOYST + 1))
            funn += radfeil
            if not formfeil and not radfeil:
                funn += islice(_sannhetsfeil(kobling, seed, fil, leste), _HOYST)
        if leste is not None and not formfeil:
            rader[seed.navn] = leste
    deklarerte = {seed.fil for seed in seeds.values()}
    for csvfil in sorted(mappe.rglob("*")):
        if csvfil.is_symlink() and csvfil.is_dir():
            ventet = "mappen er en lenke til en annen mappe; legg mappen selv her"
            funn.append(Funn(str(csvfil.relative_to(rot)), None, None, None, ventet))
        # dbt takes .CSV too
        if csvfil.suffix.lower() == ".csv" and csvfil not in deklarerte:
            funn.append(
                Funn(
                    str(csvfil.relative_to(rot)),
                    None,
                    None,
                    None,
                    "filen er ikke deklarert i noen _…__seeds.yml",
                )
            )
    for seed in seeds.values():
        if seed.navn in rader:
            funn += islice(_referansefeil(seed, str(seed.fil.relative_to(rot)), rader), _HOYST)
    return funn


def les_seed(navn: str, mappe: Path = SEEDS) -> list[tuple[int, Rad]]:
    """A valid seed's rows with their row numbers. Raises KeyError for an undeclared seed."""
    seed = les(mappe)[navn]
    with seed.fil.open(encoding="utf-8", newline="") as aapen:
        return list(enumerate(csv.DictReader(aapen), start=2))


def les_gyldig_seed(navn: str) -> list[tuple[int, Rad]]:
    """A seed's rows with their row numbers, where nothing has validated it. Raises StyringFeil with its faults."""
    fil = str(les(SEEDS)[navn].fil.relative_to(SEEDS.parent))
    if funn := [str(ett) for ett in valider() if ett.fil == fil]:
        raise StyringFeil(f"{len(funn)} feil i {fil}.", tuple(funn[:_HOYST]))
    return les_seed(navn)
