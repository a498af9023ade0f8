"""Traceability is checked, not claimed: every printed figure is found, and a wrong one is not."""

from pathlib import Path

import pytest

from styring.feil import StyringFeil
from styring.sporbarhet import spor, trykte_former
from tests.python.conftest import erstatt


def test_hvert_trykt_tall_star_pa_sitt_sted(kilder: Path) -> None:
    sporing = spor([kilder])
    assert [str(mangel) for mangel in sporing.mangler] == []
    assert not sporing.ikke_undersokt
    assert sporing.funnet["AR2023"] > 500
    assert sporing.funnet["TB2025"] > 200
    assert sporing.funnet["DFO-REGNSKAP"] > 50


def test_dokumenter_utenfor_mappen_er_nevnt_men_ikke_feil(kilder: Path) -> None:
    sporing = spor([kilder / "kilder"])
    assert set(sporing.ikke_undersokt) == {"DFO-REGNSKAP", "DFO-BEVILGNING"}
    assert not sporing.mangler


@pytest.mark.parametrize(
    ("fil", "riktig", "feil", "melding"),
    [
        pytest.param(
            "tall/bosetting_verdier.csv",
            "ar2023-t311-busette-totalt,2023,33701,",
            "ar2023-t311-busette-totalt,2023,33702,",
            "seeds/tall/bosetting_verdier.csv, rad 49, kolonne verdi: «33 702» er ikke funnet i AR2023, Tabell 3-1-1.",
            id="tall i tabell",
        ),
        pytest.param(
            "tall/bosetting_verdier.csv",
            "ar2023-t311-busette-totalt,2022,31258,",
            "ar2023-t311-busette-totalt,2022,33701,",
            "seeds/tall/bosetting_verdier.csv, rad 49, kolonne verdi: «33 701» står bare 1 ganger, færre enn radene "
            "som viser til det, i AR2023, Tabell 3-1-1.",
            id="samme celle brukt to ganger",
        ),
        pytest.param(
            "tall/bosetting_verdier.csv",
            "ar2023-t311-ventetid-totalt,2023,2.5,",
            "ar2023-t311-ventetid-totalt,2023,2.50,",
            "seeds/tall/bosetting_verdier.csv, rad 89, kolonne verdi: «2,50» er ikke funnet i AR2023, Tabell 3-1-1.",
            id="flere desimaler enn trykt",
        ),
        pytest.param(
            "tall/statsregnskapet_verdier.csv",
            "dfo-regnskap-imdi-0670-01,2023,367.8,",
            "dfo-regnskap-imdi-0670-01,2023,343.5,",
            "seeds/tall/statsregnskapet_verdier.csv, rad 48, kolonne verdi: «343,5» står ikke på kapittelet, posten og "
            "året i DFO-REGNSKAP, Regnskap per post og virksomhet.",
            id="riktig tall på feil år i åpne data",
        ),
        pytest.param(
            "budsjett/tildelingshendelser.csv",
            "T7-2024,kap. 9,nysaldering,-1130490000",
            "T7-2024,kap. 9,nysaldering,-1130490001",
            "seeds/budsjett/tildelingshendelser.csv, rad 19, kolonne belop: «1 130 490 001» er ikke funnet i T7-2024, "
            "kap. 9.",
            id="beløp i brev",
        ),
        pytest.param(
            "budsjett/tildelingshendelser.csv",
            "T7-2024,kap. 9,nysaldering,-1130490000",
            "T7-2024,kap. 9,nysaldering,1130490000",
            "seeds/budsjett/tildelingshendelser.csv, rad 19, kolonne belop: «1 130 490 000» er ikke funnet i T7-2024, "
            "kap. 9.",
            id="økning der brevet reduserer",
        ),
        pytest.param(
            "budsjett/tildelingshendelser.csv",
            "T7-2024,kap. 9,nysaldering,-1130490000",
            "T7-2024,kap. 9,nysaldering,-130490000",
            "seeds/budsjett/tildelingshendelser.csv, rad 19, kolonne belop: «130 490 000» er ikke funnet i T7-2024, "
            "kap. 9.",
            id="slutten av et lengre beløp",
        ),
        pytest.param(
            "budsjett/tildelingshendelser.csv",
            "T7-2024,kap. 9,nysaldering,-1130490000",
            "T7-2024,kap. 9,nysaldering,-1130490",
            "seeds/budsjett/tildelingshendelser.csv, rad 19, kolonne belop: «1 130 490» er ikke funnet i T7-2024, "
            "kap. 9.",
            id="begynnelsen på et lengre beløp",
        ),
        pytest.param(
            "budsjett/tildelingshendelser.csv",
            "bevilgningsendring,20,mill. kr",
            "bevilgningsendring,2024,mill. kr",
            "seeds/budsjett/tildelingshendelser.csv, rad 9, kolonne belop: «2 024 mill» er ikke funnet i T4-2024, "
            "kap. 9.1.",
            id="årstall som beløp",
        ),
        pytest.param(
            "oppdrag/oppdragsfrister.csv",
            "2024-17,hele,T1-2024,kap. 3,endelig,2024-05-08,08.05.2024",
            "2024-17,hele,T1-2024,kap. 3,endelig,2024-05-08,8.05.2024",
            "seeds/oppdrag/oppdragsfrister.csv, rad 3, kolonne frist_trykt: «8.05.2024» er ikke funnet i T1-2024, "
            "kap. 3.",
            id="slutten av en dato",
        ),
        pytest.param(
            "oppdrag/oppdragsfrister.csv",
            "2024-17,hele,T1-2024,kap. 3,endelig,2024-05-08,08.05.2024",
            "2024-17,hele,T1-2024,kap. 3,endelig,2024-05-09,09.05.2024",
            "seeds/oppdrag/oppdragsfrister.csv, rad 3, kolonne frist_trykt: «09.05.2024» er ikke funnet i T1-2024, "
            "kap. 3.",
            id="frist",
        ),
        pytest.param(
            "oppdrag/oppdragsomtaler.csv",
            "2024-17,Beregningsutvalgets kartlegging",
            "2024-17,Beregningsutvalgets utredning",
            "seeds/oppdrag/oppdragsomtaler.csv, rad 2, kolonne tittel: «Beregningsutvalgets utredning av kommunenes "
            "utgifter til bosetting og integrering 2023 – Tilleggsoppdrag» er ikke funnet i T1-2024, kap. 3.",
            id="tittel",
        ),
    ],
)
def test_det_som_ikke_er_trykt_blir_funnet_ut(
    kilder: Path, seedkopi: Path, fil: str, riktig: str, feil: str, melding: str
) -> None:
    erstatt(seedkopi / fil, riktig, feil)
    assert [str(mangel) for mangel in spor([kilder], seedkopi).mangler] == [melding]


def test_et_annet_dokument_enn_det_registrerte_blir_avvist(kilder: Path, tmp_path: Path) -> None:
    original = next((kilder / "kilder").glob("000_*.txt"))
    (tmp_path / original.name).write_text(original.read_text(encoding="utf-8") + " ", encoding="utf-8")
    with pytest.raises(StyringFeil, match="en annen enn den som er registrert for T6R-2024"):
        spor([tmp_path])


def test_en_mappe_uten_dokumentene_er_en_feil(tmp_path: Path) -> None:
    with pytest.raises(StyringFeil, match="Ingen av dokumentene"):
        spor([tmp_path])


@pytest.mark.parametrize(
    ("verdi", "former"),
    [
        ("14144000", ("14 144 000",)),
        ("999", ("999",)),
        ("2.5", ("2,5",)),
        ("1234.50", ("1 234,50",)),
        ("-15200", ("-15 200", "−15 200", "- 15 200")),
    ],
)
def test_norsk_skrivemate(verdi: str, former: tuple[str, ...]) -> None:
    assert trykte_former(verdi) == former


def test_feil_i_csv_filene_stanser_for_det_spores(kilder: Path, seedkopi: Path) -> None:
    erstatt(seedkopi / "tall/bosetting_verdier.csv", "ar2023-t311-busette-totalt,2023,", "finnes-ikke,2023,")
    with pytest.raises(StyringFeil, match="feil i CSV-filene"):
        spor([kilder], seedkopi)


def test_reduksjoner_er_trykt_uten_minus_i_brev() -> None:
    assert trykte_former("-500671000", uten_fortegn=True) == ("500 671 000",)
