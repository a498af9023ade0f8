"""What each sheet of the workbook holds: its mart, its columns in a controller's words, and its order.

Headings have letters, digits and spaces only, so that a formula can name them: Tildelinger[Disponibelt etterpå].
"""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any, NamedTuple

from styring.uttak.arbeidsbok import noter
from styring.visning.data import Rad


class Slag(Enum):
    """What a column holds, which decides its format and its width."""

    AAR = "år"
    NUMMER = "nummer"
    KODE = "kode"
    KRONER = "kroner"
    TALL = "tall"
    ANDEL = "andel"
    DATO = "dato"
    # wrapped; what is repeated down the rows is on one line
    TEKST = "tekst"
    LINJE = "linje"
    # a word of the warehouse, with its sign
    MERKE = "merke"
    # the title of a document, from its identifier
    DOKUMENT = "dokument"
    BLANDET = "blandet"


AAR, NUMMER, KODE, KRONER, TALL, ANDEL, DATO, TEKST, LINJE, MERKE, DOKUMENT, BLANDET = Slag


class Kolonne(NamedTuple):
    """A column: the field that it shows, its heading, and its width in characters when that is not its kind's own."""

    felt: str
    tittel: str
    slag: Slag = TEKST
    bredde: int | None = None

    def av(self, rad: Rad) -> Any:
        """The column's value in a row, where Python's own word `del` is called `delen`."""
        return getattr(rad, "delen" if self.felt == "del" else self.felt)


class Ark(NamedTuple):
    """A sheet with one table: its mart, the table's name in formulas, and how many columns stay in sight."""

    navn: str
    tabell: str
    mart: str
    farge: str
    laast: int
    kolonner: Sequence[Kolonne]
    noter: Callable[[Rad, Mapping[str, str]], Mapping[str, str]] = noter.ingen
    orden: str = ""
    hvilke: str = "virksomhet_id = $1"

    def i_ord(self, beskrivelse: str) -> str:
        """A mart's description with the sheet's headings in place of the names of its columns."""
        for kolonne in self.kolonner:
            if kolonne.slag is not DOKUMENT:
                navn = rf"\b{kolonne.felt}\b" if "_" in kolonne.felt else f"`{kolonne.felt}`"
                beskrivelse = re.sub(navn, f"«{kolonne.tittel}»", beskrivelse)
        return beskrivelse

    @property
    def sporring(self) -> str:
        """The rows of an agency, in order."""
        # by name, so that a version without one of them is not taken for one that has it
        valgt = dict.fromkeys("del as delen" if en.felt == "del" else en.felt for en in self.kolonner)
        return f"select {', '.join(valgt)} from marts.{self.mart} where {self.hvilke} order by {self.orden}"


PENGER, MAAL, OPPDRAG, TILLIT = "#2b7a9b", "#2d8a6b", "#8a6bbf", "#c8641b"

_POST = (
    Kolonne("budsjettaar", "Budsjettår", AAR, 12),
    Kolonne("kapittel", "Kapittel", KODE),
    Kolonne("post", "Post", KODE),
)
_KILDE = (
    Kolonne("dokument_id", "Dokument", DOKUMENT),
    Kolonne("sted", "Sted", TEKST, 34),
    Kolonne("dokument_id", "Dokumentkode", KODE, 18),
)
_KONTROLL = (
    Kolonne("kontrolltype", "Slag kontroll", KODE, 13),
    Kolonne("oppgitt", "Oppgitt", TALL),
    Kolonne("beregnet", "Beregnet", TALL),
    Kolonne("differanse", "Differanse", TALL),
    Kolonne("enhet", "Enhet", KODE, 16),
)
_REGNESTYKKE = (
    Kolonne("toleranse", "Avrunding kan forklare", TALL),
    Kolonne("beregnet_fra", "Beregnet fra", TEKST, 70),
    *_KILDE,
    Kolonne("regel_id", "Regel", KODE, 18),
)

ARK = (
    Ark(
        "Budsjettutnyttelse", "Budsjettutnyttelse", "budsjettutnyttelse", PENGER, 4,
        (
            *_POST,
            Kolonne("postnavn", "Postnavn", TEKST, 42),
            Kolonne("overfort_fra_i_fjor_kr", "Overført fra i fjor", KRONER),
            Kolonne("aarets_tildeling_kr", "Årets tildeling", KRONER),
            Kolonne("samlet_tildeling_kr", "Samlet tildeling", KRONER),
            Kolonne("regnskap_kr", "Regnskap", KRONER),
            Kolonne("mindreutgift_kr", "Mindreutgift", KRONER),
            Kolonne("utnyttelsesgrad", "Utnyttelse", ANDEL),
            Kolonne("tildelingsgrunnlag", "Tildelingen bygger på", TEKST, 18),
            Kolonne("maks_overforbart_kr", "Høyst overførbart", KRONER),
            Kolonne("mulig_overforing_kr", "Mulig overføring", KRONER),
            Kolonne("overfort_til_neste_aar_kr", "Overført til neste år", KRONER),
            Kolonne("oppgitt_maks_overforbart_kr", "Høyst overførbart etter Note B", KRONER),
            Kolonne("oppgitt_mulig_overforing_kr", "Mulig overføring etter Note B", KRONER),
            Kolonne("saldert_bevilgning_kr", "Statens salderte bevilgning", KRONER),
            Kolonne("revidert_bevilgning_kr", "Statens reviderte bevilgning", KRONER),
            Kolonne("regnskap_presisjon_kr", "Regnskapet er rundet til", KRONER, 13),
            Kolonne("stikkord", "Stikkord", TEKST, 18),
            Kolonne("kapittelnavn", "Kapittelnavn", TEKST, 34),
            Kolonne("dokument_id", "Dokument for tildelingen", DOKUMENT),
            Kolonne("sted", "Sted for tildelingen"),
            Kolonne("dokument_id", "Dokumentkode for tildelingen", KODE, 16),
            Kolonne("regnskapskilde", "Dokument for regnskapet", DOKUMENT),
            Kolonne("regnskap_sted", "Sted for regnskapet"),
            Kolonne("regnskapskilde", "Dokumentkode for regnskapet", KODE, 16),
        ),
        noter.budsjettutnyttelse,
        orden="budsjettaar, kapittel, post",
    ),
    Ark(
        "Tildelinger", "Tildelinger", "tildelinger", PENGER, 4,
        (
            *_POST,
            Kolonne("nummer", "Hendelse", NUMMER),
            Kolonne("postnavn", "Postnavn", TEKST, 34),
            Kolonne("type", "Type", TEKST, 22),
            Kolonne("belop_kr", "Beløp", KRONER),
            Kolonne("disponibelt_etter_kr", "Disponibelt etterpå", KRONER),
            Kolonne("dato", "Brevets dato", DATO),
            Kolonne("gjelder_fra", "Gjelder fra", DATO),
            Kolonne("gjelder_til", "Gjelder til", DATO),
            *_KILDE,
            Kolonne("gitt_i_dokument_id", "Beløpet er gitt i", DOKUMENT),
            Kolonne("gitt_i_dokument_id", "Dokumentkode for beløpet", KODE, 16),
            Kolonne("oppdrag_nr", "Oppdrag", KODE, 12),
            Kolonne("implisitt", "Beløpet følger av en saldo", KODE, 12),
            Kolonne("korrigerer_hendelse_id", "Retter hendelse", KODE, 26),
            Kolonne("hendelse_id", "Hendelseskode", KODE, 26),
        ),
        noter.tildelinger,
        orden="budsjettaar, kapittel, post, nummer",
    ),
    Ark(
        "Bindinger", "Bindinger", "budsjettbindinger", PENGER, 4,
        (
            *_POST,
            Kolonne("binding", "Binding", TEKST, 46),
            Kolonne("overordnet_binding", "Del av", TEKST, 40),
            Kolonne("andelstype", "Fordeling eller hvorav", KODE, 13),
            Kolonne("belop_kr", "Beløp", KRONER),
            Kolonne("belop", "Beløp som trykt", TALL),
            Kolonne("enhet", "Trykt enhet", KODE, 11),
            Kolonne("mottaker", "Mottaker", TEKST, 40),
            *_KILDE,
        ),
        orden="budsjettaar, kapittel, post, dokument_id, coalesce(overordnet_binding, binding) collate nb, "
        "overordnet_binding is not null, binding collate nb",
    ),
    Ark(
        "Mål og SP", "MålOgSP", "sp_sammendrag", MAAL, 2,
        (
            Kolonne("aar", "Brevår", AAR),
            Kolonne("sp_nr", "SP", NUMMER),
            Kolonne("maal_nr", "Mål", NUMMER),
            Kolonne("maal", "Målet", TEKST, 34),
            Kolonne("sp", "Styringsparameteren", TEKST, 48),
            Kolonne("vurdering", "Vurdering", MERKE),
            Kolonne("antall_indikatorer", "Indikatorer", NUMMER, 12),
            Kolonne("antall_vurdert", "Vurdert", NUMMER),
            Kolonne("antall_naadd", "Nådd", NUMMER),
            Kolonne("antall_delvis", "Delvis", NUMMER),
            Kolonne("antall_ikke_naadd", "Ikke nådd", NUMMER),
            Kolonne("antall_bedre", "Bedre", NUMMER),
            Kolonne("antall_uendret", "Uendret", NUMMER),
            Kolonne("antall_svakere", "Svakere", NUMMER),
            Kolonne("antall_brudd", "Brudd", NUMMER),
            Kolonne("antall_uten_sammenligning", "Uten sammenligning", NUMMER, 15),
            Kolonne("antall_uten_retning", "Uten retning", NUMMER),
            Kolonne("antall_forelopige", "Foreløpige", NUMMER, 11),
            Kolonne("siste_aar", "Siste år med tall", AAR),
            Kolonne("sammendrag", "Sammendrag", TEKST, 70),
            Kolonne("forbehold", "Hva tallene ikke svarer på", TEKST, 60),
            Kolonne("forbehold_dokument_id", "Dokument for forbeholdet", DOKUMENT),
            Kolonne("forbehold_sted", "Sted for forbeholdet"),
            Kolonne("forbehold_dokument_id", "Dokumentkode for forbeholdet", KODE, 16),
            *_KILDE,
        ),
        orden="aar, sp_nr",
    ),
    Ark(
        "Indikatorer under SP", "IndikatorerUnderSP", "maaloppnaaelse", MAAL, 4,
        (
            Kolonne("aar", "Brevår", AAR),
            Kolonne("sp_nr", "SP", NUMMER),
            Kolonne("indikator", "Indikator", TEKST, 40),
            Kolonne("gruppe", "Gruppe", TEKST, 24),
            Kolonne("vurdering", "Vurdering", MERKE),
            Kolonne("siste_aar", "Siste år", AAR),
            Kolonne("siste_verdi", "Siste verdi", TALL),
            Kolonne("enhet", "Enhet", KODE, 16),
            Kolonne("forrige_aar", "Forrige år", AAR),
            Kolonne("forrige_verdi", "Forrige verdi", TALL),
            Kolonne("endring", "Endring", TALL),
            Kolonne("krav", "Krav", TALL, 9),
            Kolonne("retning", "Bedre når", KODE, 10),
            Kolonne("begrunnelse", "Begrunnelse", TEKST, 70),
            Kolonne("er_fordeling", "Utdyper en annen", KODE, 10),
            Kolonne("forelopig", "Foreløpig", KODE, 10),
            Kolonne("korrigert", "Rettet trykkfeil", KODE, 10),
            Kolonne("antall_uforklarte_avvik", "Avvik uten forklaring", NUMMER, 11),
            Kolonne("siste_status", "Status for siste verdi", KODE, 11),
            Kolonne("kohort_aar", "Kullets år", AAR),
            Kolonne("maalt_aar", "Målt år", AAR),
            Kolonne("verdi_uten_tilkommet", "Siste verdi uten tilkommet gruppe", TALL),
            Kolonne("bruddgrunn", "Hva som brøt serien", TEKST, 46),
            Kolonne("kravgrunnlag", "Hva som stiller kravet", TEKST, 46),
            Kolonne("krav_dokument_id", "Dokument for kravet", DOKUMENT),
            Kolonne("krav_sted", "Sted for kravet"),
            Kolonne("krav_dokument_id", "Dokumentkode for kravet", KODE, 18),
            Kolonne("definisjon", "Hva indikatoren måler", TEKST, 46),
            *_KILDE,
            Kolonne("nummer", "Rekkefølge", NUMMER, 11),
            Kolonne("indikator_id", "Indikatorkode", KODE, 42),
            Kolonne("maal_nr", "Mål", NUMMER),
            Kolonne("maal", "Målet", LINJE, 34),
            Kolonne("sp", "Styringsparameteren", LINJE, 34),
        ),
        noter.maaloppnaaelse,
        orden="aar, sp_nr, nummer, gruppe",
    ),
    Ark(
        "Tidsserier", "Tidsserier", "indikatorer", MAAL, 3,
        (
            Kolonne("indikator", "Indikator", TEKST, 40),
            Kolonne("gruppe", "Gruppe", TEKST, 24),
            Kolonne("aar", "År", AAR),
            Kolonne("tilnaermet", "Forbehold", KODE, 11),
            Kolonne("verdi", "Verdi", TALL, 18),
            Kolonne("enhet", "Enhet", KODE, 16),
            Kolonne("status", "Status", KODE, 11),
            Kolonne("brudd", "Brudd", KODE, 8),
            Kolonne("korrigert", "Rettet trykkfeil", KODE, 10),
            *_KILDE,
            Kolonne("bruddgrunn", "Hva som brøt serien", TEKST, 46),
            Kolonne("brudd_dokument_id", "Dokument for bruddet", DOKUMENT),
            Kolonne("brudd_sted", "Sted for bruddet"),
            Kolonne("brudd_dokument_id", "Dokumentkode for bruddet", KODE, 16),
            Kolonne("verdi_uten_tilkommet", "Verdi uten tilkommet gruppe", TALL),
            Kolonne("kohort_aar", "Kullets år", AAR),
            Kolonne("maalt_aar", "Målt år", AAR),
            Kolonne("kapittel", "Kapittel", KODE),
            Kolonne("post", "Post", KODE),
            Kolonne("indikator_id", "Indikatorkode", KODE, 42),
            Kolonne("serie_id", "Seriekode", KODE, 44),
        ),
        noter.indikatorer,
        orden="indikator collate nb, indikator_id, gruppe collate nb, aar",
    ),
    Ark(
        "Målpenger", "Målpenger", "maalpenger", MAAL, 5,
        (
            *_POST,
            Kolonne("art", "Art", KODE, 10),
            Kolonne("del", "Del av posten", TEKST, 40),
            Kolonne("belop_kr", "Beløp", KRONER),
            Kolonne("maal_nr", "Mål", NUMMER),
            Kolonne("sp_nr", "SP", NUMMER),
            Kolonne("aktuelle_maal", "Alle mål den er knyttet til", KODE, 13),
            Kolonne("grunnlag", "Hva som knytter den til målene", TEKST, 70),
            Kolonne("postnavn", "Postnavn", TEKST, 34),
            Kolonne("tildelingsgrunnlag", "Tildelingen bygger på", TEKST, 18),
            Kolonne("maal_fra_aar", "Målenes brevår", AAR),
            *_KILDE,
        ),
        orden="maal_fra_aar, budsjettaar, kapittel, post, art desc, maal_nr nulls last, del collate nb",
    ),
    Ark(
        "Tilskudd", "Tilskudd", "tilskuddsordninger", MAAL, 4,
        (
            Kolonne("aar", "År", AAR),
            Kolonne("kapittel", "Kapittel", KODE),
            Kolonne("post", "Post", KODE),
            Kolonne("kortnavn", "Ordning", TEKST, 36),
            Kolonne("soknader", "Søknader", NUMMER, 10),
            Kolonne("innvilget", "Innvilget", NUMMER, 10),
            Kolonne("omsokt_kr", "Omsøkt", KRONER),
            Kolonne("utbetalt_kr", "Utbetalt", KRONER),
            Kolonne("tilskuddsordning", "Ordningens navn som trykt", TEKST, 60),
            *_KILDE,
        ),
        orden="aar, kapittel, post, kortnavn collate nb",
    ),
    Ark(
        "Oppdrag", "Oppdrag", "oppdrag", OPPDRAG, 3,
        (
            Kolonne("oppdrag_nr", "Oppdrag", KODE, 12),
            Kolonne("del", "Del", KODE, 18),
            Kolonne("tittel", "Tittel", TEKST, 48),
            Kolonne("status", "Status", MERKE, 20),
            Kolonne("frist", "Frist", DATO),
            Kolonne("frist_trykt", "Frist som trykt", TEKST, 22),
            Kolonne("opprinnelig_frist", "Opprinnelig frist", DATO),
            Kolonne("levert_dato", "Levert", DATO),
            Kolonne("hovedansvarlig", "Leder oppdraget", KODE, 12),
            Kolonne("hovedansvarlig_navn", "Lederens navn", TEKST, 34),
            Kolonne("hovedansvarlig_oppgitt", "Leder er oppgitt", KODE, 10),
            Kolonne("maal_nr", "Mål", NUMMER),
            Kolonne("finansiering", "Finansiering", TEKST, 20),
            Kolonne("belop_kr", "Beløp", KRONER),
            Kolonne("kapittel", "Kapittel", KODE),
            Kolonne("post", "Post", KODE),
            Kolonne("type", "Type", KODE, 12),
            Kolonne("fristtype", "Fristtype", KODE, 13),
            Kolonne("gitt_dokument_id", "Gitt i", DOKUMENT),
            Kolonne("gitt_dato", "Gitt dato", DATO),
            Kolonne("gitt_dokument_id", "Dokumentkode for gitt", KODE, 16),
            *_KILDE,
            Kolonne("statusdato", "Status gjelder", DATO),
        ),
        orden="oppdrag_nr, del",
    ),
    Ark(
        "Oppdragshendelser", "Oppdragshendelser", "oppdragshendelser", OPPDRAG, 3,
        (
            Kolonne("oppdrag_nr", "Oppdrag", KODE, 12),
            Kolonne("del", "Del", KODE, 18),
            Kolonne("nummer", "Nummer", NUMMER),
            Kolonne("hendelse", "Hendelse", TEKST, 24),
            Kolonne("fra_verdi", "Fra", BLANDET, 40),
            Kolonne("til_verdi", "Til", BLANDET, 60),
            Kolonne("dato", "Dato", DATO),
            Kolonne("tidligste_dato", "Tidligst", DATO),
            *_KILDE,
        ),
        orden="oppdrag_nr, del, nummer",
    ),
    Ark(
        "Risikoer", "Risikoer", "risikoer", OPPDRAG, 2,
        (
            Kolonne("aar", "År", AAR),
            Kolonne("risiko", "Risiko", TEKST, 60),
            Kolonne("risikovurdering", "Vurdert risiko", KODE, 12),
            Kolonne("restrisiko", "Restrisiko", KODE, 12),
            Kolonne("maal_nr", "Mål", NUMMER),
            Kolonne("overordnet_maal", "Overordnet mål", TEKST, 46),
            *_KILDE,
            Kolonne("risiko_id", "Risikokode", KODE, 14),
        ),
        orden="aar, risiko_id",
    ),
    Ark(
        "Kalender", "Kalender", "styringskalender", OPPDRAG, 2,
        (
            Kolonne("dato", "Dato", DATO),
            Kolonne("tittel", "Hva", TEKST, 60),
            Kolonne("type", "Type", KODE, 14),
            Kolonne("frist_trykt", "Som trykt", TEKST, 30),
            Kolonne("periode_fra", "Periode fra", DATO),
            Kolonne("periode_til", "Periode til", DATO),
            Kolonne("telletidspunkt", "Telles per", DATO),
            Kolonne("gjelder_aar", "Gjelder år", AAR),
            *_KILDE,
            Kolonne("kalender_id", "Kalenderkode", KODE, 14),
        ),
        orden="coalesce(dato, periode_fra) nulls last, kalender_id",
    ),
    Ark(
        "Kontroller", "Kontroller", "kontroller", TILLIT, 2,
        (
            Kolonne("beskrivelse", "Hva som kontrolleres", TEKST, 60),
            Kolonne("aar", "År", AAR),
            Kolonne("resultat", "Resultat", MERKE),
            *_KONTROLL,
            *_REGNESTYKKE,
            Kolonne("kontroll_id", "Kontroll", KODE, 44),
        ),
        orden="kontrolltype, kontroll_id, aar",
    ),
    Ark(
        "Avvik", "Avvik", "avvik", TILLIT, 2,
        (
            Kolonne("beskrivelse", "Hva som kontrolleres", TEKST, 46),
            Kolonne("aar", "År", AAR),
            Kolonne("alvorlighet", "Alvorlighet", MERKE, 12),
            Kolonne("status", "Vurdering", MERKE, 12),
            *_KONTROLL,
            Kolonne("forklaring", "Forklaring", TEKST, 70),
            *_REGNESTYKKE,
            Kolonne("gjelder_sp", "En SP bygger på tallet", KODE, 12),
            Kolonne("rettet_serie_id", "Rettet serie", KODE, 34),
            Kolonne("rettet_verdi", "Verdien indikatorene bruker", TALL),
            Kolonne("resultat", "Resultat", MERKE),
            Kolonne("kontroll_id", "Kontroll", KODE, 44),
        ),
        noter.avvik,
        orden="case alvorlighet when 'høy' then 1 when 'middels' then 2 else 3 end, kontroll_id, aar",
    ),
    Ark(
        "Kilder", "Kilder", "kilder", TILLIT, 2,
        (
            Kolonne("dokument_id", "Dokumentkode", KODE, 21),
            Kolonne("tittel", "Dokument", TEKST, 50),
            Kolonne("type", "Type", KODE, 15),
            Kolonne("gjelder_aar", "Gjelder år", AAR),
            Kolonne("dato", "Dato", DATO),
            Kolonne("tidligste_dato", "Tidligst", DATO),
            Kolonne("avsender", "Avsender", TEKST, 40),
            Kolonne("mottaker", "Mottaker", TEKST, 40),
            Kolonne("rekkefolge", "Rekkefølge i året", NUMMER, 11),
            Kolonne("erstatter_dokument_id", "Erstatter", DOKUMENT),
            Kolonne("erstatter_dokument_id", "Dokumentkode for det erstattede", KODE, 16),
            Kolonne("antall_filer", "Filer", NUMMER),
            Kolonne("fil", "Fil", KODE, 34),
            Kolonne("sha256", "SHA256", KODE, 66),
            Kolonne("url", "Adresse", KODE, 40),
        ),
        orden="gjelder_aar, rekkefolge, dokument_id",
        # laws and the state's accounts are nobody's own
        hvilke="virksomhet_id = $1 or dokument_id in ("
        "select dokument_id from marts.kildebidrag where virksomhet_id = $1)",
    ),
)  # fmt: skip
ETTER_MART = {ark.mart: ark for ark in ARK}


def kolonne(mart: str, felt: str) -> Kolonne | None:
    """The column that shows a mart's field as it is, when the workbook has it."""
    kolonner = ETTER_MART[mart].kolonner if mart in ETTER_MART else ()
    return next((en for en in kolonner if en.felt == felt and en.slag is not DOKUMENT), None)


def omraade(mart: str, felt: str) -> str:
    """A column as formulas name it. Raises KeyError when the workbook does not have it."""
    en = kolonne(mart, felt)
    if en is None:
        raise KeyError(f"{mart}.{felt}")
    return f"{ETTER_MART[mart].tabell}[{en.tittel}]"
