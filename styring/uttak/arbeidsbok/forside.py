"""The front sheet: what the workbook is, which version it is made from, what is where, and whether it adds up."""

from collections import Counter
from collections.abc import Mapping, Sequence

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from styring.uttak.arbeidsbok import endringsark
from styring.uttak.arbeidsbok.ark import ARK, PENGER
from styring.uttak.arbeidsbok.avstemming import (
    AVSTEMMING,
    AVVIKER,
    HVA,
    STEMMER,
    UTFALL,
    Linje,
    sammendrag,
)
from styring.uttak.arbeidsbok.skriver import FORSIDE, INNRYKK, LINJE, Bok, tekstlinjer
from styring.uttak.utgave import Utgave
from styring.visning import tekst
from styring.visning.data import Rad

_BREDDE = 110
_LES = (
    ("Tom celle", "Tallet foreligger ikke i dokumentene, eller følger ikke av dem. Det er aldri null."),
    ("Beløp", "Hele kroner, om ikke annet står i overskriften. Reduksjoner er negative."),
    ("Koder", "Kapittel, post og andre koder er tekst, med nuller foran."),
    (
        "Spor et tall",
        "Dokument og sted står i samme rad. En merknad på cellen, med rød trekant, sier hvor tallet er fra når det "
        "ikke er radens egen kilde. Stedet er navngitt som i dokumentet, og arket Kilder har filen.",
    ),
    ("Hva en kolonne er", "Merknaden på overskriften forklarer den og sier hvor i datavarehuset den er hentet fra."),
    (
        "Regn selv",
        "Hvert ark er en tabell med navn. Formler kan for eksempel skrive Tildelinger[Beløp] eller "
        "SUMMERHVIS.SETT(Tildelinger[Beløp];Tildelinger[Budsjettår];2024).",
    ),
    (
        "Avstemming",
        "Formlene der leser de andre arkene: endres et tall, endres statusen. De holder arkene mot hverandre. Om de "
        "trykte tallene stemmer med hverandre, står i Kontroller og Avvik.",
    ),
)


def skriv(
    bok: Bok,
    utgave: Utgave,
    virksomhet: Rad,
    rader: Mapping[str, Sequence[Rad]],
    linjer: Sequence[Linje],
    endret: Sequence[endringsark.Verdi] | None,
) -> None:
    """Write the sheet; it stands first. `endret` is None when the version is not held against an earlier one."""
    ark = bok.nytt_ark(FORSIDE, PENGER)
    ark.fit_to_pages(1, 1)
    ark.set_column(0, 0, 32)
    ark.set_column(1, 1, _BREDDE)
    ark.set_column(2, 4, 11)
    brytes, fet = bok.form(text_wrap=True, **INNRYKK), bok.form(bold=True, **INNRYKK)
    vanlig, tall = bok.form(**INNRYKK), bok.form(num_format="#,##0")
    bok.overskrift(ark, f"Arbeidsbok: {virksomhet.virksomhet}")
    ark.write_string(1, 0, f"{virksomhet.kortnavn} i styringsdialogen med {virksomhet.departement}", bok.dempet)
    ark.write_string(2, 0, utgave.opphav, vanlig)
    if endret is not None:
        siden = f"Endringer er telt fra versjon {utgave.siden}; de står i arket {endringsark.ARK.navn}."
        ark.write_string(3, 0, siden, vanlig)
    alt = sammendrag(linjer)
    ark.write_formula(4, 0, f"={AVSTEMMING.navn}!$A$2", fet, alt.verdi)
    bok.merk_status(ark, "A5", UTFALL)

    rad = _hode(bok, ark, 6, ["Ark", "Hva det har", "Rader"])
    for hva, beskrivelse, antall in (
        (AVSTEMMING, "Formler som holder summer og tellinger i arkene mot hverandre", len(linjer)),
        *([] if endret is None else [(endringsark.ARK, f"Verdier som er endret siden {utgave.siden}", len(endret))]),
        *((en, bok.beskrivelse(en), len(rader[en.mart])) for en in ARK),
    ):
        ark.write_url(rad, 0, f"internal:'{hva.navn}'!A1", bok.lenke, hva.navn)
        _brutt(ark, rad, beskrivelse, brytes)
        ark.write_number(rad, 2, antall, tall)
        rad += 1

    rad = _hode(bok, ark, rad + 1, ["Avstemming", "Hva som holdes mot hverandre", "Stemmer", "Avviker", "Uten tall"])
    telt = Counter((linje.hva, linje.status.verdi if linje.status else "") for linje in linjer)
    for navn, hvordan in HVA.items():
        ark.write_string(rad, 0, navn, vanlig)
        ark.write_string(rad, 1, hvordan, vanlig)
        for plass, status in enumerate((STEMMER, AVVIKER, ""), 2):
            formel = f'=COUNTIFS(Avstemming[Avstemming],A{rad + 1},Avstemming[Status],"{status}")'
            ark.write_formula(rad, plass, formel, tall, telt[navn, status])
        rad += 1

    for overskrift, linjene in (("Forbehold", _forbehold(rader)), ("Slik leser du boken", _LES)):
        if linjene:
            rad = _hode(bok, ark, rad + 1, [overskrift, ""])
        for navn, forklaring in linjene:
            ark.write_string(rad, 0, navn, fet)
            _brutt(ark, rad, forklaring, brytes)
            rad += 1


def _brutt(ark: Worksheet, rad: int, innhold: str, form: Format) -> None:
    ark.set_row(rad, LINJE * tekstlinjer(innhold, _BREDDE))
    ark.write_string(rad, 1, innhold, form)


def _hode(bok: Bok, ark: Worksheet, rad: int, titler: Sequence[str]) -> int:
    """Write headings on a row. Returns the row after it."""
    for plass, tittel in enumerate(titler):
        ark.write_string(rad, plass, tittel, bok.hode if plass < 2 else bok.hode_tall)
    return rad + 1


def _forbehold(rader: Mapping[str, Sequence[Rad]]) -> list[tuple[str, str]]:
    """What must be known of the figures of a year as a whole, and of the day that a status is of."""
    poster = rader["budsjettutnyttelse"]
    bare = sorted({rad.budsjettaar for rad in poster if rad.tildelingsgrunnlag == "bare tildelingsbrevet"})
    rundet = sorted({rad.budsjettaar for rad in poster if rad.regnskap_presisjon_kr and rad.regnskap_presisjon_kr > 1})
    dager = sorted({rad.statusdato for rad in rader["oppdrag"]})
    return [
        (navn, forklaring)
        for navn, forklaring, gjelder in (
            (
                f"Tildeling {_i_ord(bare)}",
                "Bare tildelingsbrevet foreligger; senere tillegg kan ha endret tildelingen.",
                bare,
            ),
            (
                f"Regnskap {_i_ord(rundet)}",
                "Noen regnskapstall er rundet, så mindreutgiften er ikke mer nøyaktig enn det. "
                "Hva de er rundet til, står i Budsjettutnyttelse.",
                rundet,
            ),
            ("Oppdrag", f"Status gjelder {' og '.join(map(tekst.dato, dager))}.", dager),
        )
        if gjelder
    ]


def _i_ord(aar: Sequence[int]) -> str:
    return ", ".join(map(str, aar))
