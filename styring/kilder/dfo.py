"""DFØ's open data: how Statsregnskapet and bevilgningene are published (statsregnskapet.dfo.no/last-ned)."""

from dataclasses import dataclass

from styring.kilder import regler
from styring.kilder.regler import Regel

ADRESSE = "https://statsregnskapet.dfo.no/nedlasting/"
FORSTE_AAR = regler.FORSTE_AAR

_FELLES = {
    "Programområde_id": "programomraade_id",
    "Programområde": "programomraade",
    "Programkategori_id": "programkategori_id",
    "Programkategori": "programkategori",
    "Fagdepartement_id": "fagdepartement_id",
    "Fagdepartement": "fagdepartement",
    "Kapittel_id": "kapittel_id",
    "Kapittel": "kapittel",
    "Post_id": "post_id",
    "Post": "post",
    "Post_type": "post_type",
}


@dataclass(frozen=True)
class Kilde:
    """One of the files: its columns as published and as stored, what it is divided by, and its rules.

    `del_` names the hive column, `del_sql` says which part a row is of: null where it says no year, and the year with
    00 where it is in no month.
    """

    navn: str
    tittel: str
    kolonner: dict[str, str]
    belop: tuple[str, ...]
    del_: str
    del_sql: str
    radregler: tuple[Regel, ...]
    delregler: tuple[Regel, ...]
    filer: dict[str, str]
    tomt_belop: bool = False

    @property
    def lagret(self) -> list[str]:
        """The columns in the files: what the path says is not in them."""
        return [navn for navn in self.kolonner.values() if navn != self.del_]


STATSREGNSKAPET = Kilde(
    navn="statsregnskapet",
    tittel="Statsregnskapet: månedsregnskapet for staten (DFØ)",
    kolonner={
        "År": "aar",
        "Periode": "periode",
        "Konto_no": "konto_no",
        "Konto": "konto",
        **_FELLES,
        "Kontoklasse_id": "kontoklasse_id",
        "Kontoklasse": "kontoklasse",
        "Kontogruppe_id": "kontogruppe_id",
        "Kontogruppe": "kontogruppe",
        "Artskonto_id": "artskonto_id",
        "Artskonto": "artskonto",
        "Fagdepartement_Virksomhet_id": "fagdepartement_virksomhet_id",
        "Fagdepartement_Virksomhet": "fagdepartement_virksomhet",
        "Virksomhet_id": "virksomhet_id",
        "Virksomhet": "virksomhet",
        "Regnskapsfører_id": "regnskapsforer_id",
        "Regnskapsfører": "regnskapsforer",
        "Beløp": "belop",
    },
    belop=("belop",),
    del_="periode",
    # a row with another year's month in a file that is named after its year is not that month's
    del_sql="""case
        when regexp_full_match(periode, '[0-9]{4}(0[1-9]|1[0-2])')
            and (aar = left(periode, 4) or coalesce(left(periode, 4) = $aar_i_navn, true))
            then periode
        when regexp_full_match(aar, '[0-9]{4}') then aar || '00'
    end""",
    radregler=(regler.UKJENT_KAPITTEL, regler.UGYLDIG_VIRKSOMHET, regler.UKJENT_POST, regler.FEIL_AAR),
    delregler=(*regler.DELREGLER, regler.FEIL_FORTEGN, regler.FRAM_I_TID, regler.LITEN_MAANED),
    filer={
        "aar": "statsregnskapet_aar_{aar}.zip",
        "siste_maaned": "statsregnskapet_siste_maaned.zip",
        "hittil_i_aar": "statsregnskapet_hittil_i_aar.zip",
        "full_historikk": "statsregnskapet_full_historikk.zip",
    },
)

BEVILGNINGER = Kilde(
    navn="bevilgninger",
    tittel="Bevilgninger: vedtatt budsjett og endringer i året (DFØ)",
    kolonner={
        "År": "aar",
        "Periode": "periode",
        "Tildelings_periode": "tildelings_periode",
        **_FELLES,
        "Bevilgning_beløp": "bevilgning_belop",
        "Bevilgning_overføres_beløp": "bevilgning_overfores_belop",
        "Bevilgning_overført_beløp": "bevilgning_overfort_belop",
        "Bevilgning": "bevilgning",
    },
    belop=("bevilgning_belop", "bevilgning_overfores_belop", "bevilgning_overfort_belop"),
    del_="aar",
    del_sql="case when regexp_full_match(aar, '[0-9]{4}') then aar end",
    radregler=(regler.UKJENT_KAPITTEL, regler.UKJENT_POST, regler.FEIL_BEVILGNINGSAAR, regler.UKJENT_VEDTAK),
    delregler=(*regler.DELREGLER, regler.UTGIFT_UNDER_NULL, regler.AAR_FRAM_I_TID),
    filer={"full_historikk": "bevilgninger_full_historikk.zip"},
    tomt_belop=True,
)

KILDER = {kilde.navn: kilde for kilde in (STATSREGNSKAPET, BEVILGNINGER)}
