"""The page of the state's accounts: what it shows is what the marts hold, and its address opens the same again."""

import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from styring import norsk
from styring.publisering import FILNAVN
from styring.visning import tekst
from tests.python.conftest import Sql, publiser_med
from tests.python.regnskapsrader import RADER
from tests.python.test_dashboard import aapne, celler, tabeller

SIDE = "statsregnskapet"


@pytest.fixture(scope="module")
def regnskap(med_regnskap: Path) -> Iterator[Sql]:
    """Ask the published file with accounts a question in SQL."""
    with duckdb.connect(str(med_regnskap / FILNAVN), read_only=True) as kobling:

        def _sql(uttrykk: str, *parametere: object) -> list[tuple[object, ...]]:
            return kobling.execute(uttrykk, list(parametere)).fetchall()

        yield _sql


@pytest.fixture
def et_annet_sted(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine whose clock is not Norway's, and not UTC's."""
    with monkeypatch.context() as her:
        her.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        yield
    time.tzset()


def setninger(vist: AppTest) -> str:
    """All that the page says in sentences."""
    return "\n".join(en.value for en in vist.markdown)


def kolonne(tabell: dict[str, Any], navn: str, rader: str = "rader") -> list[tuple[str, str]]:
    """What a column's cells say, and the small words below."""
    plass = [en["navn"] for en in tabell["kolonner"]].index(navn)
    alle = (rad[plass] for rad in tabell[rader])
    return [(en["t"], en.get("n", "")) if isinstance(en, dict) else (en, "") for en in alle]


def kroner(verdi: object) -> str:
    assert verdi is None or isinstance(verdi, Decimal)
    return tekst.kroner(verdi)


def lenker(vist: AppTest) -> list[str]:
    return [en.proto.page for en in vist.get("page_link")]


def test_uten_hentet_regnskap_sier_siden_bare_hvordan_det_hentes(
    publisert: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vist = aapne(publisert, monkeypatch, SIDE)
    _, avsnitt = (en.value for en in vist.markdown)
    assert "`styring hent statsregnskapet`" in avsnitt
    assert "`styring hent bevilgninger`" in avsnitt
    assert not tabeller(vist) and not vist.get("arrow_vega_lite_chart") and not vist.header and not vist.button
    # what leads nowhere is not shown
    assert lenker(aapne(publisert, monkeypatch, "budsjett")) == []


def test_det_som_er_brukt_hittil_er_ikke_kjent_naar_en_maaned_mangler(
    publisert: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publiser_med(
        publisert,
        tmp_path,
        f"""
        {RADER}
        update marts.budsjettutnyttelse_per_maaned
        set hittil_i_aar_kr = null, forbruksgrad = null, prognose_kr = null, prognose_mindreutgift_kr = null
        where budsjettaar = 2025 and maaned > 3
        """,
    )
    vist = aapne(tmp_path, monkeypatch, SIDE, regnskapsaar="2025", maaned="4")
    assert "**Hva IMDi har brukt hittil i 2025, er ikke kjent: en av månedene er ikke hentet.**" in setninger(vist)
    poster = tabeller(vist)["poster"]
    assert set(kolonne(poster, "Hittil i år")) == {(norsk.MANGLER, "en måned mangler")}
    for navn in ("Hittil i år", "Endring", "Prognose", "Forventet mindreutgift"):
        assert {vist for vist, _ in kolonne(poster, navn, "bunn")} == {norsk.MANGLER}
    assert norsk.MANGLER not in {vist for vist, _ in kolonne(poster, "Regnskap i måneden")}
    # the months before are known
    vist = aapne(tmp_path, monkeypatch, SIDE, regnskapsaar="2025", maaned="3")
    assert "Til og med mars 2025 har IMDi brukt" in setninger(vist)


@pytest.mark.parametrize(("aar", "maaned"), [(2026, 9), (2026, 3), (2025, 12)])
def test_hver_post_er_martens_egne_tall(
    med_regnskap: Path, regnskap: Sql, monkeypatch: pytest.MonkeyPatch, aar: int, maaned: int
) -> None:
    vist = aapne(med_regnskap, monkeypatch, SIDE, regnskapsaar=str(aar), maaned=str(maaned))
    poster = tabeller(vist)["poster"]
    ventet = regnskap(
        """
        select regnskap_kr, hittil_i_aar_kr, hittil_i_fjor_kr, ramme_kr, prognose_kr, prognose_mindreutgift_kr,
            hittil_i_aar_kr - hittil_i_fjor_kr, forbruksgrad
        from marts.budsjettutnyttelse_per_maaned
        where virksomhet_id = 'imdi' and budsjettaar = ? and maaned = ?
        order by kapittel, post
        """,
        aar,
        maaned,
    )
    assert ventet
    for plass, navn in enumerate(
        ["Regnskap i måneden", "Hittil i år", "Hittil i fjor", "Ramme", "Prognose", "Forventet mindreutgift"]
    ):
        assert celler(poster, navn) == [kroner(rad[plass]) for rad in ventet], navn
    assert celler(poster, "Endring") == [tekst.med_fortegn(rad[6]) for rad in ventet]  # type: ignore[arg-type]
    assert celler(poster, "Forbruksgrad") == [norsk.prosent(rad[7]) for rad in ventet]  # type: ignore[arg-type]


def test_summen_av_fjoraret_har_med_poster_som_er_borte(
    med_regnskap: Path, regnskap: Sql, monkeypatch: pytest.MonkeyPatch
) -> None:
    poster = tabeller(aapne(med_regnskap, monkeypatch, SIDE))["poster"]
    bunn = [tekst_ for tekst_, _ in kolonne(poster, "Kapittel og post", "bunn")]
    assert bunn == ["Utgifter uten regnskap i 2026", "Sum utgifter", "Sum inntekter"]
    fjoraaret = regnskap(
        """
        select
            sum(hittil_i_aar_kr) filter (kapittel = '0490'),
            sum(hittil_i_aar_kr) filter (side = 'utgift'),
            sum(hittil_i_aar_kr) filter (side = 'inntekt')
        from marts.budsjettutnyttelse_per_maaned
        where virksomhet_id = 'imdi' and budsjettaar = 2025 and maaned = 9
        """
    )[0]
    assert [tekst_ for tekst_, _ in kolonne(poster, "Hittil i fjor", "bunn")] == [kroner(en) for en in fjoraaret]


def test_det_viktigste_er_regnet_av_marten(med_regnskap: Path, regnskap: Sql, monkeypatch: pytest.MonkeyPatch) -> None:
    sagt = setninger(aapne(med_regnskap, monkeypatch, SIDE))
    ((hittil, i_fjor, ramme, brukt, mindre),) = regnskap(
        """
        select
            sum(hittil_i_aar_kr) filter (budsjettaar = 2026),
            sum(hittil_i_aar_kr) filter (budsjettaar = 2025),
            sum(ramme_kr) filter (budsjettaar = 2026),
            sum(hittil_i_aar_kr) filter (budsjettaar = 2026 and ramme_kr is not null),
            sum(prognose_mindreutgift_kr) filter (budsjettaar = 2026)
        from marts.budsjettutnyttelse_per_maaned
        where virksomhet_id = 'imdi' and side = 'utgift' and maaned = 9
        """
    )
    # the posts that have a frame in 2026, in the two whole years before it
    foer = [
        andel
        for (andel,) in regnskap(
            """
            select sum(hittil_i_aar_kr) filter (maaned = 9) / sum(hittil_i_aar_kr) filter (maaned = 12)
            from marts.budsjettutnyttelse_per_maaned
            where virksomhet_id = 'imdi' and budsjettaar < 2026 and kapittel || post in ('067001', '067160', '067175')
            group by budsjettaar
            """
        )
    ]
    assert isinstance(hittil, Decimal) and isinstance(i_fjor, Decimal) and isinstance(ramme, Decimal)
    assert isinstance(brukt, Decimal) and isinstance(mindre, Decimal)
    assert f"Til og med september 2026 har IMDi brukt {tekst.millioner(hittil)}, " in sagt
    assert f"{norsk.prosent(hittil / i_fjor - 1)} mer enn på samme tid i fjor ({tekst.millioner(i_fjor)})" in sagt
    assert f"{norsk.prosent(brukt / ramme)} av den ({tekst.millioner(ramme)}) er brukt" in sagt
    snitt = norsk.prosent(sum(foer) / len(foer))  # type: ignore[arg-type]
    assert f"i de to årene før var i snitt {snitt} av årets regnskap brukt" in sagt
    slag = "merutgift" if mindre < 0 else "mindreutgift"
    assert f"Prognosen for året gir en {slag} på {tekst.millioner(abs(mindre))} (2 av 4 poster)" in sagt
    assert "fått inn" in sagt
    assert "bare tildelingsbrevet" not in sagt
    sagt = setninger(aapne(med_regnskap, monkeypatch, SIDE, regnskapsaar="2025"))
    assert "For 1\u00a0post er bare tildelingsbrevet registrert" in sagt
    ((ramme, brukt),) = regnskap(
        """
        select sum(ramme_kr), sum(hittil_i_aar_kr) from marts.budsjettutnyttelse_per_maaned
        where virksomhet_id = 'imdi' and side = 'utgift' and budsjettaar = 2025 and maaned = 12 and ramme_kr is not null
        """
    )
    assert isinstance(ramme, Decimal) and isinstance(brukt, Decimal)
    assert f"Det ga en merutgift på {tekst.millioner(brukt - ramme)} (2 av 4 poster)" in sagt


def test_det_som_mangler_har_en_grunn(med_regnskap: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    poster = tabeller(aapne(med_regnskap, monkeypatch, SIDE, regnskapsaar="2024"))["poster"]
    assert {grunn for vist, grunn in kolonne(poster, "Hittil i fjor") if vist == norsk.MANGLER} == {
        "2023 er ikke hentet"
    }
    poster = tabeller(aapne(med_regnskap, monkeypatch, SIDE))["poster"]
    assert {grunn for vist, grunn in kolonne(poster, "Ramme") if vist == norsk.MANGLER} == {
        "ingen bevilgning er hentet",
        "posten har ingen bevilgning",
    }
    assert [grunn for vist, grunn in kolonne(poster, "Prognose") if vist == norsk.MANGLER] == [
        "ikke regnskap på posten i noe helt år av de fem siste"
    ]
    # nobody's frame is known: it says so, and draws none
    vist = aapne(med_regnskap, monkeypatch, SIDE, etat="999000001")
    assert "Rammen er ikke kjent for noen av postene" in setninger(vist)
    assert set(celler(tabeller(vist)["maaneder"], "Ramme")) == {norsk.MANGLER}


def test_figuren_og_manedene_er_av_det_som_er_valgt(
    med_regnskap: Path, regnskap: Sql, monkeypatch: pytest.MonkeyPatch
) -> None:
    for valgt, vilkaar in {
        "ramme": "side = 'utgift' and kapittel || post in ('067001', '067160', '067175')",
        "utgifter": "side = 'utgift'",
        "inntekter": "side = 'inntekt'",
        "0671/60": "kapittel = '0671' and post = '60'",
    }.items():
        vist = aapne(med_regnskap, monkeypatch, SIDE, post=valgt)
        maaneder = tabeller(vist)["maaneder"]
        for navn, aar in (("Hittil i år", 2026), ("Hittil i fjor", 2025)):
            rader = regnskap(
                f"""
                select maaned, sum(hittil_i_aar_kr) from marts.budsjettutnyttelse_per_maaned
                where virksomhet_id = 'imdi' and budsjettaar = ? and {vilkaar} group by maaned order by maaned
                """,
                aar,
            )
            ventet = [kroner(belop) for _, belop in rader] + [norsk.MANGLER] * (12 - len(rader))
            assert celler(maaneder, navn) == ventet, (valgt, navn)
    # the frame is known for every post of the first choice only, and for the single one
    for valgt, kjent in {"ramme": True, "utgifter": False, "0671/60": True}.items():
        vist = aapne(med_regnskap, monkeypatch, SIDE, post=valgt)
        assert (celler(tabeller(vist)["maaneder"], "Ramme")[8] != norsk.MANGLER) == kjent, valgt


def test_hver_kilde_pa_siden_finnes(med_regnskap: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kilder = {
        celle["k"]
        for aar in ("2025", "2026")
        for tabell in tabeller(aapne(med_regnskap, monkeypatch, SIDE, regnskapsaar=aar)).values()
        for rad in [*tabell["rader"], *tabell["bunn"]]
        for celle in rad
        if isinstance(celle, dict) and celle.get("k")
    }
    assert {ref.partition("/")[0] for ref in kilder} == {"sted", "post"}
    for ref in kilder:
        vist = aapne(med_regnskap, monkeypatch, "sql", kilde=ref)
        assert not any("finnes ikke" in en.value for en in vist.info), ref


def test_adressen_apner_det_samme(med_regnskap: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vist = aapne(med_regnskap, monkeypatch, SIDE, etat="imdi", regnskapsaar="2025", maaned="5", post="0670/01")
    assert {navn: vist.selectbox(key=f"_{navn}").value for navn in ("etat", "regnskapsaar", "maaned", "post")} == {
        "etat": "imdi",
        "regnskapsaar": "2025",
        "maaned": "5",
        "post": "0670/01",
    }
    assert "til og med mai 2025" in vist.markdown[0].value
    assert tabeller(vist)["poster"]["tittel"] == "Regnskapet til og med mai 2025, i kroner"
    # the fixed link says all of it, also what was chosen by default and will be another when the data have grown
    vist = aapne(med_regnskap, monkeypatch, SIDE)
    lenke = dict(parse_qsl(vist.caption[-1].value.partition("](?")[2].partition(")")[0]))
    assert {navn: lenke[navn] for navn in ("etat", "regnskapsaar", "maaned", "post")} == {
        "etat": "imdi",
        "regnskapsaar": "2026",
        "maaned": "9",
        "post": "ramme",
    }
    assert tabeller(aapne(med_regnskap, monkeypatch, SIDE, **lenke)) == tabeller(vist)
    # a link in the table leads to its post, with the rest as it is
    lenke_i_tabellen = tabeller(vist)["poster"]["rader"][1][0]
    vist = aapne(med_regnskap, monkeypatch, lenke_i_tabellen["g"], **lenke_i_tabellen["q"])
    assert vist.selectbox(key="_post").value == "0670/01"


def test_en_virksomhet_som_bare_er_i_regnskapet_velges_som_de_andre(
    med_regnskap: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vist = aapne(med_regnskap, monkeypatch, SIDE)
    vist.selectbox(key="_departement").select("14").run()
    assert not vist.exception
    assert vist.selectbox(key="_etat").options == ["Direktoratet for prøver"]
    assert "Direktoratet for prøver · til og med september 2026" in vist.markdown[0].value
    historikk = tabeller(vist)["historikk"]
    assert list(zip(celler(historikk, "Navn"), celler(historikk, "Departement"), strict=True)) == [
        ("Direktoratet for prøver", "Prøvedepartementet"),
        ("Prøvetilsynet", "Næringsdepartementet"),
    ]
    assert celler(historikk, "Til") == ["gjelder fortsatt", "30.06.2025"]
    # an old link with another ministry opens it all the same; one to nobody says so
    vist = aapne(med_regnskap, monkeypatch, SIDE, departement="aid", etat="999000001")
    assert vist.selectbox(key="_etat").value == "999000001"
    vist = aapne(med_regnskap, monkeypatch, SIDE, etat="finnes-ikke", regnskapsaar="1814", maaned="13", post="x")
    assert len([en for en in vist.info if "finnes ikke her" in en.value]) == 4


def test_margens_ar_gjelder_nar_det_er_valgt(med_regnskap: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "til og med desember 2024" in aapne(med_regnskap, monkeypatch, SIDE, aar="2024").markdown[0].value
    # the documents end before the accounts: what nobody has asked for does not hide the year as it runs
    assert "til og med september 2026" in aapne(med_regnskap, monkeypatch, SIDE).markdown[0].value


def test_august_er_okonomirapporteringen(med_regnskap: Path, regnskap: Sql, monkeypatch: pytest.MonkeyPatch) -> None:
    vist = aapne(med_regnskap, monkeypatch, SIDE)
    (knapp,) = [en for en in vist.button if "økonomirapporteringen" in en.label]
    knapp.click().run()
    assert not vist.exception
    poster = tabeller(vist)["poster"]
    assert poster["tittel"] == "Økonomirapportering per 31. august 2026, i kroner"
    ventet = regnskap(
        """
        select hittil_i_aar_kr, hittil_i_fjor_kr, ramme_kr, prognose_kr, prognose_mindreutgift_kr
        from marts.okonomirapportering where virksomhet_id = 'imdi' and budsjettaar = 2026 order by kapittel, post
        """
    )
    for plass, navn in enumerate(["Hittil i år", "Hittil i fjor", "Ramme", "Prognose", "Forventet mindreutgift"]):
        assert celler(poster, navn) == [kroner(rad[plass]) for rad in ventet], navn


def test_en_prognose_som_ikke_var_bedre_sier_det(med_regnskap: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # 2024 and 2025: accounts of 4 and 5 million, and each year the same faults
    sagt = setninger(aapne(med_regnskap, monkeypatch, SIDE, maaned="8"))
    assert "bommet den med 1,3\u00a0% av regnskapet i 2024–2025" in sagt
    assert "bommet med 1,1\u00a0% og 4,4\u00a0%. **Prognosen var ikke bedre enn «resten av året som i fjor»" in sagt
    assert "nærmest i 0 av 2 år" in sagt
    vist = aapne(med_regnskap, monkeypatch, SIDE, maaned="9")
    assert "**Prognosen var bedre enn begge, og nærmest i 2 av 2 år.**" in setninger(vist)
    assert celler(tabeller(vist)["treff"], "Prognosen") == ["1,5\u00a0%", "1,2\u00a0%"]
    for maaned in ("3", "12"):
        vist = aapne(med_regnskap, monkeypatch, SIDE, maaned=maaned, regnskapsaar="2025")
        assert "treff" not in tabeller(vist)
        assert ("Ingen år kan prøves ennå" if maaned == "3" else "ingenting igjen å anslå") in setninger(vist)


def test_hver_endring_av_bevilgningen_og_restene_star_der(
    med_regnskap: Path, regnskap: Sql, monkeypatch: pytest.MonkeyPatch
) -> None:
    vist = aapne(med_regnskap, monkeypatch, SIDE, post="0671/60")
    endringer = tabeller(vist)["endringer"]
    assert celler(endringer, "Bevilgning etterpå") == [
        kroner(belop)
        for (belop,) in regnskap("select bevilgning_etter_kr from marts.bevilgningsendringer order by nummer")
    ]
    assert celler(endringer, "Beløp") == [
        "1\u00a0000\u00a0000",
        "85\u00a0000\u00a0000",
        "+4\u00a0000\u00a0000",
        "−250\u00a0000",
    ]
    assert [note for _, note in kolonne(endringer, "Dato")] == [
        "overføringer har ikke dato",
        "",
        "",
        "etter måneden som er valgt",
    ]
    vist = aapne(med_regnskap, monkeypatch, SIDE, regnskapsaar="2025")
    rester = tabeller(vist)["rester"]
    for navn, felt in {
        "Ikke tildelt i brev": "ikke_tildelt_i_brev_kr",
        "Mindreutgift": "mindreutgift_kr",
        "Avvik fra saldert bok": "avvik_fra_saldert_bok_kr",
    }.items():
        ventet = regnskap(f"select {felt} from marts.statsbudsjettet where budsjettaar = 2025")
        assert celler(rester, navn) == [kroner(belop) for (belop,) in ventet], navn
    # another post has neither, and it says how they are fetched
    vist = aapne(med_regnskap, monkeypatch, SIDE, post="0670/01")
    for nokkel in ("endringer", "rester"):
        assert tabeller(vist)[nokkel]["rader"] == []
        assert "styring hent bevilgninger" in tabeller(vist)[nokkel]["tomt"]


@pytest.mark.usefixtures("et_annet_sted")
def test_siden_sier_hva_som_er_hentet_og_hva_som_er_satt_til_side(
    med_regnskap: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vist = aapne(med_regnskap, monkeypatch, SIDE)
    sagt = setninger(vist)
    # late in the evening by UTC is the next day in Norway
    assert (
        "hentet fra og med januar 2024 til og med september 2026, den siste måneden 21.10.2026 kl. 00.30; "
        "mars 2025 mangler." in sagt
    )
    assert "3\u00a0rader i det som er hentet, er satt til side" in sagt
    assert "2\u00a0poster i den siste måneden har verken bevilgning det året eller regnskap året før" in sagt
    karantene = tabeller(vist)["karantene"]
    assert (celler(karantene, "Grunn"), celler(karantene, "Beløp (kr)")) == (["duplikat"], ["1\u00a0250"])


def test_budsjettet_lenker_hit_nar_det_er_noe_a_se(med_regnskap: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert lenker(aapne(med_regnskap, monkeypatch, "budsjett", aar="2025")) == ["statsregnskapet"]
    assert lenker(aapne(med_regnskap, monkeypatch, "budsjett", aar="2022")) == []
