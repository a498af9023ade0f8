"""The recipes of CONTRIBUTING, tried: a letter, an indicator and an agency are rows, and their controls follow."""

from pathlib import Path

import duckdb
import pytest

from tests.python.conftest import kjor, kopi, kopi_av_lageret
from tests.python.sider import SIDER
from tests.python.test_dashboard import aapne, celler, tabeller


def legg_til(prosjekt: Path, seed: str, *rader: str) -> None:
    """Append rows to a seed of a copied project."""
    with (prosjekt / f"seeds/{seed}.csv").open("a", encoding="utf-8") as fil:
        fil.write("".join(f"{rad}\n" for rad in rader))


def et_brev(prosjekt: Path, dokument: str, virksomhet: str, tittel: str, aar: int, nummer: int) -> None:
    legg_til(
        prosjekt,
        "dokumenter/dokumenter",
        f"{dokument},{virksomhet},{tittel},tillegg,Departementet,Virksomheten,{aar}-06-01,,{aar},{nummer},,",
    )
    legg_til(prosjekt, "dokumenter/dokumentfiler", f"{dokument},{dokument}.txt,{'0' * 64}")
    legg_til(prosjekt, "dokumenter/steder", f"{dokument},kap. 1,løpende tekst,{dokument}.txt,1,10,,")


@pytest.fixture(scope="module")
def med_nye_rader(publisert: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published folder with a second agency, a letter with a wrong balance, and a new indicator with a relation."""
    prosjektkopi = kopi(tmp_path_factory.mktemp("oppskrift") / "prosjekt")
    mappe = kopi_av_lageret(publisert, tmp_path_factory.mktemp("oppskrift") / "lager")
    # a second agency with the same oppdrag and SP numbers, and a share of the same post
    legg_til(prosjektkopi, "dokumenter/virksomhetsregister", "nabo,Nabodirektoratet,Nabo,999999999,aid")
    et_brev(prosjektkopi, "N1-2025", "nabo", "Tillegg til naboen", 2025, 1)
    legg_til(
        prosjektkopi,
        "budsjett/poster",
        "nabo,2025,0671,62,Bosetting av flyktninger,Kommunale integreringstiltak,ingen,N1-2025,kap. 1",
    )
    legg_til(
        prosjektkopi,
        "budsjett/tildelingshendelser",
        "N1-2025-0671-62,2025,0671,62,N1-2025,kap. 1,opprinnelig tildeling,29700000,kr,,,,",
    )
    legg_til(prosjektkopi, "maal/maal", "nabo,2025,1,Et annet mål,N1-2025,kap. 1")
    legg_til(prosjektkopi, "maal/styringsparametere", "nabo,2025,1,1,En annen styringsparameter,N1-2025,kap. 1")
    legg_til(prosjektkopi, "oppdrag/oppdragsregister", "nabo,2025-01,oppdrag,N1-2025")
    legg_til(prosjektkopi, "oppdrag/oppdragsomtaler", "nabo,2025-01,N1-2025,kap. 1,gitt,2025-01,Et annet oppdrag,1")
    legg_til(prosjektkopi, "oppdrag/oppdragsfrister", "nabo,2025-01,hele,N1-2025,kap. 1,endelig,2025-09-01,01.09.2025,")
    # a letter to IMDi that gives a million and states a balance a thousand too high
    et_brev(prosjektkopi, "T1-2025", "imdi", "Tillegg nr. 1 for 2025", 2025, 3)
    legg_til(
        prosjektkopi,
        "budsjett/tildelingshendelser",
        "T1-2025-0670-01,2025,0670,01,T1-2025,kap. 1,bevilgningsendring,1000000,kr,,,,",
    )
    legg_til(prosjektkopi, "budsjett/oppgitte_belop", "T1-2025,kap. 1,2025,0670,01,disponibelt,,395105000,kr,")
    # an indicator with two series that do not agree, and a sum that does not hold
    legg_til(
        prosjektkopi,
        "maal/indikatordefinisjoner",
        "besokende,Besøkende,Antall besøkende,personer,høyere,Alle,i løpet av året,Naboen,false,",
    )
    legg_til(prosjektkopi, "maal/sp_indikatorer", "nabo,2025,1,1,besokende,alle,false")
    for navn, prioritet in (("a", 1), ("b", 2)):
        legg_til(
            prosjektkopi,
            "tall/tolk_serier",
            f"ny-{navn},nabo,N1-2025,kap. 1,,Besøkende {navn},,personer,besokende,alle,,,{prioritet},",
        )
    legg_til(prosjektkopi, "tall/tolk_serier", "ny-i-alt,nabo,N1-2025,kap. 1,,I alt,,personer,,,,,,")
    legg_til(
        prosjektkopi,
        "tall/tolk_verdier",
        "ny-a,2024,90,,endelig,,",
        "ny-a,2025,100,,endelig,,",
        "ny-b,2025,101,,endelig,,",
        "ny-i-alt,2025,200,,endelig,,",
    )
    legg_til(prosjektkopi, "kontroll/relasjoner", "ny-sum,sum,ny-i-alt,,,I alt er a og b")
    legg_til(prosjektkopi, "kontroll/relasjonsledd", "ny-sum,1,ny-a,ledd,1,0", "ny-sum,2,ny-b,ledd,1,0")

    svar = kjor("bygg", "--tillat-nye-avvik", "--statusdato", "2025-10-01", mappe=mappe, prosjekt=prosjektkopi)
    assert svar.returncode == 0, svar.stdout + svar.stderr
    assert "3 av dem nye" in svar.stdout
    return mappe


def test_brev_indikator_og_virksomhet_er_rader(med_nye_rader: Path) -> None:
    with duckdb.connect(str(med_nye_rader / "warehouse.duckdb"), read_only=True) as kobling:

        def sql(uttrykk: str) -> list[tuple[object, ...]]:
            return kobling.execute(uttrykk).fetchall()

        # the agency: its own ledger on a shared post, its own oppdrag and SP of the same number
        assert sql(
            "select virksomhet_id, belop_kr from marts.tildelinger "
            "where budsjettaar = 2025 and kapittel = '0671' and post = '62' order by 1"
        ) == [("imdi", 307_887_000), ("nabo", 29_700_000)]
        assert sql(
            "select virksomhet_id, hovedansvarlig, status from marts.oppdrag where oppdrag_nr = '2025-01' order by 1"
        ) == [("imdi", "HK-dir", "ikke forfalt"), ("nabo", "Nabo", "frist passert")]
        assert sql("select virksomhet_id, count(distinct sp_nr) from marts.maaloppnaaelse group by 1 order by 1") == [
            ("imdi", 15),
            ("nabo", 1),
        ]
        assert sql("select vurdering, siste_verdi from marts.maaloppnaaelse where virksomhet_id = 'nabo'") == [
            ("bedre", 100)
        ]
        # the letter moved the ledger, and its balance was held against it
        assert sql("select disponibelt_etter_kr from marts.tildelinger where hendelse_id = 'T1-2025-0670-01'") == [
            (395_104_000,)
        ]
        # what does not hold: the balance, the two series of one indicator, the sum
        assert sql("select kontroll_id, differanse from marts.avvik where status = 'ny' order by 1") == [
            ("saldo:T1-2025-0670-01-kap-1", 1000),
            ("samsvar:ny-b", 1),
            ("sum:ny-sum", -1),
        ]


def test_en_ny_virksomhet_er_i_dashbordet_av_dataene_alene(
    med_nye_rader: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for side in SIDER:
        vist = aapne(med_nye_rader, monkeypatch, side.fil, virksomhet="Nabodirektoratet")
        assert vist.selectbox(key="virksomhet").value == "nabo", side.fil
        assert "Nabodirektoratet" in vist.markdown[0].value, side.fil
        # nothing of the other agency's is on the page
        assert "IMDi" not in str(tabeller(vist)), side.fil
    vist = aapne(med_nye_rader, monkeypatch, "budsjett", virksomhet="Nabodirektoratet")
    assert celler(tabeller(vist)["utnyttelse"], "Samlet tildeling") == ["29\u00a0700\u00a0000"]
    vist = aapne(med_nye_rader, monkeypatch, "oversikt", virksomhet="Nabodirektoratet", dato="2025-10-01")
    assert celler(tabeller(vist)["sp"], "Vurdering") == ["bedre"]
    assert celler(tabeller(vist)["oppdrag"], "Status") == ["frist passert"]
    # the letter that was added moves the first agency's post, and its avvik are announced as new
    vist = aapne(med_nye_rader, monkeypatch, "avvik", virksomhet="Integrerings- og mangfoldsdirektoratet")
    assert "ny" in celler(tabeller(vist)["avvikstabell"], "Vurdering")
