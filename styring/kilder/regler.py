"""What published rows must be. A row that breaks a rule is set aside; a month (or year) or a file, refused.

Each rule is an SQL condition that must be true, and the sentence for what breaks it. A row's condition sees its
columns as they are stored. A part's (a month's or a year's) sees one row of `deler`, a file's the one row of `filer`,
a whole year's one row of `hele_aar`: they are made in `innlesing`, and their columns may stand in the sentences.
"""

from dataclasses import dataclass

# What DFØ publishes begins then.
FORSTE_AAR = 2014
# Rows set aside, of a month's. Single errors are single rows; more is a file that is not understood.
SATT_TIL_SIDE_HOYST = 0.01
# Rows stored, of those stored before. Corrections move amounts; a tenth of the rows gone is a file that is cut.
BEHOLDT_MINST = 0.9
# Rows of a new month, of the median month at hand; and months at hand, this one among them, before that says anything.
VANLIG_MINST, MAANEDER_MINST = 0.5, 3
# A whole year's debit and credit are equal but for rounding (kroner): DFØ's totals of 2014–2025 are, as far as they are
# printed, in tenths of millions.
AARSSUM_HOYST = 1000
# The code that stands for the state's own accounts (2800, 5800 and 5999), which are no agency's.
STATSREGNSKAPET = "50"


@dataclass(frozen=True)
class Regel:
    """A name, what must be true (SQL), and the sentence for what is not; `godtas` when --godta lets it through."""

    navn: str
    krav: str
    setning: str
    godtas: bool = False


FEIL_AAR = Regel(
    "feil år",
    "aar = left(periode, 4) and regexp_full_match(periode, '[0-9]{4}(0[1-9]|1[0-2])')",
    "Periode er ikke en måned i året som står i År.",
)
FEIL_BEVILGNINGSAAR = Regel("feil år", "aar = left(periode, 4)", "Periode er ikke i året som står i År.")
UKJENT_POST = Regel(
    "ukjent post",
    "regexp_full_match(post_id, '[0-9]{6}') and left(post_id, 4) = kapittel_id",
    "Post_id er ikke seks siffer som begynner med Kapittel_id.",
)
UKJENT_KAPITTEL = Regel(
    "ukjent kapittel",
    "regexp_full_match(kapittel_id, '[0-9]{4}') and kapittel_id between '0001' and '5999'",
    "Kapittel_id er ikke fire siffer fra 0001 til 5999.",
)
UGYLDIG_VIRKSOMHET = Regel(
    "ugyldig kode",
    f"regexp_full_match(virksomhet_id, '[0-9]{{9}}|{STATSREGNSKAPET}')",
    f"Virksomhet_id er ikke et organisasjonsnummer (ni siffer; {STATSREGNSKAPET} er statsregnskapet selv).",
)
# the models read the date and the kind of a decision from this field; all that is known of what it holds is these forms
UKJENT_VEDTAK = Regel(
    "ukjent vedtak",
    "regexp_full_match(bevilgning, 'Overfor(t fra|es til) [0-9]{4}') or ("
    "regexp_full_match(bevilgning, '[0-9]{4}[.][0-9]{2}[.][0-9]{2} .+') and left(bevilgning, 4) = aar "
    "and try_strptime(left(bevilgning, 10), '%Y.%m.%d') is not null)",
    "Bevilgning er ikke «Overfort fra ÅÅÅÅ», «Overfores til ÅÅÅÅ» eller en dato i året (ÅÅÅÅ.MM.DD) og et vedtak.",
)
# found by comparing rows, not in one row: the first of equal rows stays
DUPLIKAT = Regel("duplikat", "true", "Raden er lik en tidligere rad i alle kolonner.")

ULESELIG_BELOP = Regel(
    "uleselig beløp",
    "uleselige = 0",
    "{del_}: {uleselige} rader har et beløp som ikke kan leses, først «{uleselig}» på linje {uleselig_linje}; "
    "ventet siffer med desimalkomma, høyst 15 foran det og tre etter, uten skille mellom tusener.",
)
FEIL_FORTEGN = Regel(
    "feil fortegn",
    "coalesce(utgift, 0) >= 0 and coalesce(inntekt, 0) <= 0",
    "{del_}: fortegnet er feil: utgiftskapitlene (0001–2999) er i alt {utgift} og inntektskapitlene (3000–5999) "
    "{inntekt}; ventet debet (pluss) for utgifter og kredit (minus) for inntekter.",
)
INGEN_RADER = Regel(
    "ingen rader",
    "rader > satt_til_side or not er_del",
    "{del_}: ingen av de {rader} radene kan brukes ({grunner}).",
)
FOR_MANGE_SATT_TIL_SIDE = Regel(
    "for mange satt til side",
    f"satt_til_side <= {SATT_TIL_SIDE_HOYST} * av_rader",
    f"{{del_}}: {{satt_til_side}} av {{av_rader}} rader må settes til side ({{grunner}}); "
    f"høyst {SATT_TIL_SIDE_HOYST:.0%} godtas.",
    godtas=True,
)
MISTET_RADER = Regel(
    "mistet rader",
    f"foer_rader is null or rader - satt_til_side >= {BEHOLDT_MINST} * foer_rader",
    "{del_}: bare {rader} rader mot {foer_rader} som er lagret; filen ser ut til å være kuttet.",
    godtas=True,
)
FOER_DET_FORSTE_AARET = Regel(
    "før det første året",
    f"left(del, 4) >= '{FORSTE_AAR}'",
    f"{{del_}} er før {FORSTE_AAR}, som er det første året som er publisert; året i År og Periode må være feil.",
)
AAR_FRAM_I_TID = Regel(
    "fram i tid",
    "cast(left(del, 4) as integer) <= cast(left(denne_maaneden, 4) as integer) + 1",
    "{del_} er mer enn ett år fram i tid; året i År og Periode må være feil.",
)
# income may be credited or not
UTGIFT_UNDER_NULL = Regel(
    "feil fortegn",
    "coalesce(utgift, 0) >= 0",
    "{del_}: fortegnet er feil: utgiftskapitlene (0001–2999) er i alt {utgift}; ventet pluss.",
)
FRAM_I_TID = Regel(
    "fram i tid",
    "left(del, 6) <= denne_maaneden",
    "{del_} er etter {denne_maaneden}, som er denne måneden; året i År og Periode må være feil.",
)
LITEN_MAANED = Regel(
    "liten måned",
    f"foer_rader is not null or not er_del or maaneder < {MAANEDER_MINST} or rader >= {VANLIG_MINST} * vanlig_rader",
    "{del_}: bare {rader} rader; halvparten av månedene har minst {vanlig_rader}. Filen ser ut til å være kuttet.",
    godtas=True,
)
DELREGLER = (ULESELIG_BELOP, FOER_DET_FORSTE_AARET, INGEN_RADER, FOR_MANGE_SATT_TIL_SIDE, MISTET_RADER)

UTEN_AAR = Regel("uten år", "uten_aar = 0", "{uten_aar} rader har ikke noe år i År, først på linje {uten_aar_linje}.")
UTEN_MAANED = Regel(
    "uten måned",
    "uten_maaned = 0 or slag in ('aar', 'hittil_i_aar', 'full_historikk')",
    "{uten_maaned} rader er ikke i noen måned i året som står i År, først på linje {uten_maaned_linje}. Bare en fil "
    "som etter navnet er et helt år, året hittil eller hele historikken, kan ha slike rader: de følger året.",
)
ANNET_AAR = Regel(
    "utenfor navnet",
    "aar_i_navn is null or deler_i_alt = deler_i_aaret",
    "Etter navnet gjelder filen {aar_i_navn}, men den har rader for {utenfor}.",
)
ETT_AAR = Regel(
    "utenfor navnet",
    "slag <> 'hittil_i_aar' or aar_i_alt = 1",
    "Etter navnet gjelder filen ett år, men den har rader for {alle_aar}.",
)
EN_MAANED = Regel(
    "utenfor navnet",
    "slag <> 'siste_maaned' or deler_i_alt = 1",
    "Etter navnet gjelder filen én måned, men den har rader for {alle_deler}.",
)
FORELDET = Regel(
    "eldre enn det lagrede",
    "not endret or slag not in ('siste_maaned', 'hittil_i_aar') or coalesce(nyeste >= nyeste_lagret, true)",
    "Etter navnet er filen den nyeste, men den gjelder {nyeste}, og {nyeste_lagret} er lagret; "
    "den er gammel, eller året er feil.",
    godtas=True,
)
BORTE = Regel(
    "borte",
    "borte is null",
    "{borte} er lagret, men er ikke i filen; den ser ut til å være kuttet.",
    godtas=True,
)
IKKE_NULL = Regel(
    "ikke null i sum",
    f"not endret or abs(i_sum) <= {AARSSUM_HOYST}",
    "{del_} er {i_sum} kr i sum; ventet null, som et helt år er: debet og kredit er like store.",
    godtas=True,
)
TOM = Regel("tom", "rader > 0", "Filen har ingen rader.")
FILREGLER = (TOM, UTEN_AAR, UTEN_MAANED, ANNET_AAR, ETT_AAR, EN_MAANED, FORELDET, BORTE)
AARSREGLER = (IKKE_NULL,)
