"""The contracts that people read: few and wide, each with the sentence that is shown when it is broken.

They repeat none of dbt's tests (keys, types, relations), but say what a controller takes for granted.
"""

from dataclasses import dataclass

import great_expectations.expectations as gxe
from great_expectations.expectations.row_conditions import Column

from expectations import ALLE_AVVIK_ER_VURDERT


@dataclass(frozen=True)
class Avtale:
    """The expectations on one mart. Each carries its Norwegian sentence in `notes`."""

    mart: str
    forventninger: tuple[gxe.Expectation, ...]


AVTALER = (
    Avtale(
        "maaloppnaaelse",
        (
            gxe.ExpectColumnUniqueValueCountToBeBetween(
                column="sp_nr", min_value=15, notes="Alle 15 styringsparametere har minst én rad."
            ),
            gxe.ExpectColumnUniqueValueCountToBeBetween(column="maal_nr", min_value=6, notes="Alle seks mål er med."),
        ),
    ),
    Avtale(
        "tildelinger",
        (
            gxe.ExpectColumnValuesToBeBetween(
                column="disponibelt_etter_kr", min_value=0, notes="Ingen post er fratatt mer enn den hadde."
            ),
            gxe.ExpectColumnValuesToMatchRegex(
                column="kapittel", regex=r"^\d{4}$", notes="Kapittel er fire sifre, med ledende null."
            ),
        ),
    ),
    Avtale(
        "budsjettutnyttelse",
        (
            gxe.ExpectColumnValuesToBeBetween(
                column="utnyttelsesgrad",
                min_value=0,
                max_value=2,
                notes="Ingen post er utnyttet mer enn dobbelt.",
            ),
            gxe.ExpectColumnDistinctValuesToContainSet(
                column="budsjettaar", value_set=[2022, 2023, 2024, 2025], notes="Årene 2022–2025 er med."
            ),
        ),
    ),
    Avtale(
        "oppdrag",
        (
            gxe.ExpectColumnValuesToNotBeNull(
                column="frist_trykt", notes="Hvert oppdrag har fristen slik den er trykt."
            ),
            gxe.ExpectColumnValuesToMatchRegex(
                column="oppdrag_nr",
                regex=r"^(20\d\d-\d\d|TB20\d\d-FoU\d+)$",
                notes="Oppdragsnumrene har formen år-nummer.",
            ),
        ),
    ),
    Avtale(
        "verdier",
        (
            gxe.ExpectColumnValuesToBeBetween(
                column="antall_kontroller",
                min_value=1,
                mostly=0.8,
                row_condition=(Column("dokument_id") == "AR2023")
                & (Column("plassering") == "tabell")
                & Column("verdi").is_not_null(),
                notes="Minst 80 prosent av tallene i årsrapportens tabeller er dekket av en kontroll.",
            ),
        ),
    ),
    Avtale(
        "kontrollkatalog",
        (
            gxe.ExpectColumnValuesToBeBetween(
                column="antall_evaluert", min_value=1, notes="Hver kontroll i katalogen er evaluert."
            ),
        ),
    ),
    Avtale(
        "avvik",
        (
            gxe.ExpectColumnValuesToBeInSet(
                column="status",
                value_set=["kjent", "forklart", "rettet"],
                notes=ALLE_AVVIK_ER_VURDERT,
            ),
            gxe.ExpectColumnValuesToNotBeNull(
                column="beregnet_fra", notes="Hvert avvik navngir stedet det trykte tallet er holdt mot."
            ),
        ),
    ),
)
