"""Each page's logic, without a browser: what is chosen, what is shown, and that it is what the file holds."""

import datetime
import io
import json
import shutil
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.felles import nedlasting
from styring import norsk
from styring.publisering import FILNAVN, Versjoner
from styring.stier import PROSJEKT
from styring.visning import tekst
from tests.python.conftest import Sql, publiser_merke, skad
from tests.python.sider import SIDER

TITLER = {side.fil: side.tittel for side in SIDER}
Tabell = dict[str, Any]


def aapne(publisert: Path, monkeypatch: pytest.MonkeyPatch, side: str, **adresse: str) -> AppTest:
    """A page as its address opens it; it must not fail."""
    monkeypatch.setenv("STYRING_MAPPE", str(publisert))
    vist = AppTest.from_file(str(PROSJEKT / "dashboards/app.py"), default_timeout=60)
    for navn, verdi in adresse.items():
        vist.query_params[navn] = verdi
    vist.switch_page(f"sider/{side}.py").run()
    assert not vist.exception, (side, adresse, vist.exception)
    assert [tittel.value for tittel in vist.title] == [TITLER[side]]
    return vist


def komponenter(vist: AppTest, navn: str) -> dict[str, Any]:
    """What a page's components of one kind are drawn from, by their key."""
    return {
        en.proto.id.rpartition("-")[2]: json.loads(en.proto.bytes)
        for en in vist.get("bidi_component")
        if en.proto.component_name == navn
    }


def tabeller(vist: AppTest) -> dict[str, Tabell]:
    """The tables on a page by their key."""
    return komponenter(vist, "tabell")


def celler(tabell: Tabell, kolonne: str) -> list[str]:
    """What a column says, from top to bottom."""
    plass = [en["navn"] for en in tabell["kolonner"]].index(kolonne)
    return [rad[plass]["t"] if isinstance(rad[plass], dict) else rad[plass] for rad in tabell["rader"]]


def tall(vist: AppTest) -> dict[str, str]:
    """The page's headline figures by their names."""
    return {flis["navn"]: flis["verdi"] for fliser in komponenter(vist, "fliser").values() for flis in fliser}


@pytest.mark.parametrize("side", ["oversikt", "oppdrag", "avvik"])
def test_hver_flis_forer_til_det_som_den_teller(publisert: Path, monkeypatch: pytest.MonkeyPatch, side: str) -> None:
    dato = "2025-06-01"
    provd = 0
    for fliser in komponenter(aapne(publisert, monkeypatch, side, dato=dato), "fliser").values():
        for flis in fliser:
            vist = aapne(publisert, monkeypatch, flis["side"], dato=dato, **flis["sporring"])
            tabell = tabeller(vist).get({"oppdrag": "tabell", "avvik": "avvikstabell"}.get(flis["side"], ""))
            if tabell is not None:
                provd += 1
                assert len(tabell["rader"]) == int(flis["verdi"]), flis
    assert provd >= 5


def test_uten_datavarehus_sier_siden_hva_som_skal_kjores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STYRING_MAPPE", str(tmp_path))
    vist = AppTest.from_file(str(PROSJEKT / "dashboards/app.py"), default_timeout=60).run()
    assert not vist.exception
    assert "Kjør `make`" in vist.info[0].value


def test_en_eldre_utgaves_datavarehus_gir_beskjed_og_ingen_feil(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publiser_merke(Versjoner(tmp_path), "gammel")
    monkeypatch.setenv("STYRING_MAPPE", str(tmp_path))
    vist = AppTest.from_file(str(PROSJEKT / "dashboards/app.py"), default_timeout=60).run()
    assert not vist.exception
    assert "uten tabellen virksomheter" in vist.info[0].value


@pytest.mark.parametrize("skade", ["kuttet", "endret", "borte"])
def test_en_skadet_versjon_vises_ikke_men_den_forrige(
    publisert: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, skade: str
) -> None:
    hel = (publisert / FILNAVN).resolve().parent
    ny = "99990101T000000000000Z"
    for navn in (hel.name, ny):
        shutil.copytree(hel, tmp_path / "versjoner" / navn, ignore=shutil.ignore_patterns("rapport"))
    (tmp_path / FILNAVN).symlink_to(f"versjoner/{ny}/{FILNAVN}")
    aapne(tmp_path, monkeypatch, "budsjett")
    skadet = tmp_path / "versjoner" / ny / FILNAVN
    if skade == "kuttet":
        skad(skadet)
    elif skade == "endret":
        skad(skadet, 100_000)
    else:
        shutil.rmtree(skadet.parent)
    vist = aapne(tmp_path, monkeypatch, "budsjett")
    assert vist.error[0].value.startswith(f"Versjon {ny} er skadet. Versjon {hel.name} vises i stedet.")
    assert hel.name in vist.caption[-1].value
    # and when no other is whole, it says so and does not fail
    shutil.rmtree(tmp_path / "versjoner" / hel.name)
    vist = AppTest.from_file(str(PROSJEKT / "dashboards/app.py"), default_timeout=60).run()
    assert not vist.exception
    assert "er skadet, og ingen eldre versjon er hel" in vist.info[0].value


@pytest.mark.parametrize("side", TITLER)
def test_hver_side_taler_hvert_ar_og_hva_som_helst_i_adressen(
    publisert: Path, monkeypatch: pytest.MonkeyPatch, side: str
) -> None:
    for aar in ("2022", "2023", "2024", "2025"):
        vist = aapne(publisert, monkeypatch, side, aar=aar, dato=f"{aar}-06-01")
        assert vist.selectbox(key="aar").value == int(aar)
        assert f"· {aar} · per 01.06.{aar}" in vist.markdown[0].value
    aapne(
        publisert,
        monkeypatch,
        side,
        aar="99999",
        dato="i går",
        virksomhet="ingen",
        kilde="tall/finnes-ikke",
        post="x",
        sp="x",
        maal="x",
        oppdrag="x",
        status="x",
        avvik="x",
        dokument="x",
        omraade="x",
        indikator="x",
        sql="x",
    )


def test_oversikten_er_martenes_egne_tall(publisert: Path, sql: Sql, monkeypatch: pytest.MonkeyPatch) -> None:
    vist = aapne(publisert, monkeypatch, "oversikt", aar="2024", dato="2025-06-01")
    ((tildelt, brukt, mindre, utnyttelse),) = sql(
        """
        select sum(samlet_tildeling_kr), sum(regnskap_kr), sum(mindreutgift_kr),
            sum(regnskap_kr) filter (mindreutgift_kr is not null)
                / sum(samlet_tildeling_kr) filter (mindreutgift_kr is not null)
        from marts.budsjettutnyttelse where virksomhet_id = 'imdi' and budsjettaar = 2024
        """
    )
    assert isinstance(tildelt, Decimal) and isinstance(brukt, Decimal) and isinstance(mindre, Decimal)
    vises = tall(vist)
    assert vises["Samlet tildeling"] == tekst.millioner(tildelt)
    assert vises["Regnskap"] == tekst.millioner(brukt)
    assert vises["Mindreutgift"] == tekst.millioner(mindre)
    assert isinstance(utnyttelse, float)
    assert vises["Utnyttelse"] == norsk.prosent(utnyttelse)
    ((forsinket, innen_90),) = sql(
        """
        select count(*) filter (status = 'frist passert'),
            count(*) filter (status = 'ikke forfalt' and frist <= date '2025-06-01' + 90)
        from marts.oppdragstilstander where date '2025-06-01' between gjelder_fra and gjelder_til
        """
    )
    assert (vises["Frist passert"], vises["Forfaller innen 90 dager"]) == (str(forsinket), str(innen_90))
    assert vises["Avvik i alt"] == str(sql("select count(*) from marts.avvik")[0][0])
    assert celler(tabeller(vist)["sp"], "Vurdering") == [
        vurdering for (vurdering,) in sql("select vurdering from marts.sp_sammendrag order by maal_nr, sp_nr")
    ]
    # later letters are not at hand for 2025, so what was left is not known
    vises = tall(aapne(publisert, monkeypatch, "oversikt", aar="2025"))
    assert (vises["Mindreutgift"], vises["Utnyttelse"]) == (norsk.MANGLER, norsk.MANGLER)
    # no meeting after the last one in the documents: the page says so, and when that was
    vist = aapne(publisert, monkeypatch, "oversikt", dato="2026-11-21")
    kalender = tabeller(vist)["kalender"]
    assert kalender["rader"] == []
    assert "Det siste er 15.03.2026" in kalender["tomt"]


def test_budsjettet_viser_hvilket_brev_som_flyttet_posten(
    publisert: Path, sql: Sql, monkeypatch: pytest.MonkeyPatch
) -> None:
    vist = aapne(publisert, monkeypatch, "budsjett", aar="2024", post="0671/60", dato="2024-09-01")
    tabell = tabeller(vist)
    hendelser = tabell["hendelser"]
    assert list(zip(celler(hendelser, "Brev"), celler(hendelser, "Beløp (kr)"), strict=True)) == [
        ("Tillegg nr. 4 (2024)", "23\u00a0627\u00a0135\u00a0000"),
        ("Tillegg nr. 4 (2024)", "−500\u00a0671\u00a0000"),
        ("Tillegg nr. 7 (2024)", "−1\u00a0130\u00a0490\u00a0000"),
    ]
    # at disposal on the day, for every post
    assert [en for en in celler(tabell["utnyttelse"], "Disponibelt 01.09.2024") if en != norsk.MANGLER] == [
        tekst.kroner(belop)  # type: ignore[arg-type]
        for (belop,) in sql(
            "select disponibelt_etter_kr from marts.tildelinger where budsjettaar = 2024 "
            "and date '2024-09-01' between gjelder_fra and gjelder_til order by kapittel, post"
        )
    ]
    # what is moved between posts is shown for both, whichever is chosen
    for post in ("0601/21", "0671/21"):
        vist = aapne(publisert, monkeypatch, "budsjett", aar="2024", post=post)
        assert {"Kap. 601 post 21", "Kap. 671 post 21"} == set(celler(tabeller(vist)["hendelser"], "Kapittel og post"))
    # in the order that it applies, though the opening is known only through a later letter
    vist = aapne(publisert, monkeypatch, "budsjett", aar="2024", post="0671/45")
    assert celler(tabeller(vist)["hendelser"], "Disponibelt etterpå (kr)") == [
        tekst.kroner(belop)  # type: ignore[arg-type]
        for (belop,) in sql(
            "select disponibelt_etter_kr from marts.tildelinger where budsjettaar = 2024 and kapittel = '0671' "
            "and post = '45' order by nummer"
        )
    ]
    # no letters for 2022: it says so, and shows no zero
    vist = aapne(publisert, monkeypatch, "budsjett", aar="2022", post="0671/60")
    assert "foreligger ikke" in vist.info[0].value
    assert set(celler(tabeller(vist)["utnyttelse"], "Samlet tildeling")) == {norsk.MANGLER}
    # down to the single organisation
    vist = aapne(publisert, monkeypatch, "budsjett", aar="2025")
    mottakere = " ".join(celler(tabeller(vist)["bindinger"], "Formål eller mottaker"))
    for (mottaker,) in sql("select mottaker from marts.budsjettbindinger where mottaker is not null"):
        assert str(mottaker) in mottakere


def test_avvikene_kan_velges_og_regnestykket_vises(publisert: Path, sql: Sql, monkeypatch: pytest.MonkeyPatch) -> None:
    vist = aapne(publisert, monkeypatch, "avvik")
    assert len(tabeller(vist)["avvikstabell"]["rader"]) == sql("select count(*) from marts.avvik")[0][0]
    vist = aapne(publisert, monkeypatch, "avvik", alvorlighet="høy")
    assert (
        len(tabeller(vist)["avvikstabell"]["rader"])
        == sql("select count(*) from marts.avvik where alvorlighet = 'høy'")[0][0]
    )
    vist = aapne(publisert, monkeypatch, "avvik", avvik="andel:nokkeltal-utnyttelsesgrad/2023")
    assert tall(vist)["Oppgitt"] == "92\u00a0%"
    assert tall(vist)["Differanse"] == "−6,545\u00a0prosentpoeng"
    regnestykke = tabeller(vist)["regnestykke"]
    assert celler(regnestykke, "Tall") == [
        "367\u00a0764\u00a0135\u00a0kr",
        "33\u00a0067\u00a0594\u00a0kr",
        "373\u00a0849\u00a0000\u00a0kr",
        "32\u00a0900\u00a0000\u00a0kr",
    ]
    # every avvik opens
    for (nokkel,) in sql("select kontroll_id || '/' || aar from marts.avvik"):
        vist.query_params["avvik"] = str(nokkel)
        assert not vist.run().exception, nokkel
        assert "regnestykke" in tabeller(vist), nokkel


def test_kildene_sier_hva_hvert_dokument_har_gitt(publisert: Path, sql: Sql, monkeypatch: pytest.MonkeyPatch) -> None:
    dokumenter = tabeller(aapne(publisert, monkeypatch, "kilder"))["dokumenter"]
    steder = tabeller(aapne(publisert, monkeypatch, "kilder", dokument="AR2023"))["steder"]
    antall = dict(zip(celler(dokumenter, "Dokument"), celler(dokumenter, "Tall"), strict=True))
    assert antall["IMDis årsrapport 2023"] == norsk.tall(
        Decimal(str(sql("select count(verdi) from marts.verdier where dokument_id = 'AR2023'")[0][0]))
    )
    assert set(celler(steder, "Sted")) == {
        sted for (sted,) in sql("select sted from marts.kildebidrag where dokument_id = 'AR2023'")
    }


@pytest.mark.parametrize(
    ("ref", "ventet"),
    [
        ("tall/ar2023-tekst31-mottak-andel-fra-mottak-2022", ["55", "IMDis årsrapport 2023", "busette frå mottak"]),
        ("hendelse/T4-2024-0671-60", ["500", "Tillegg nr. 4", "kap. 9.1"]),
        (
            "kontroll/2023/andel:nokkeltal-utnyttelsesgrad",
            ["Nøkkeltallet er 92 prosent", "Nøkkeltal frå årsrekneskapen"],
        ),
        ("sted/AR2023/Tabell 4-2", ["Tabell 4-2", "IMDis årsrapport 2023"]),
        ("post/2023/0670/01", []),
        ("kontroll/2023/fordeling:tekst31-integreringshensyn-100", ["avrunding"]),
    ],
)
def test_kildevinduet_viser_dokument_sted_og_trykt_form(
    publisert: Path, monkeypatch: pytest.MonkeyPatch, ref: str, ventet: Sequence[str]
) -> None:
    vist = aapne(publisert, monkeypatch, "sql", kilde=ref)
    vindu = " ".join(en.proto.body for en in vist.get("html"))
    for ord_ in ventet:
        assert ord_ in vindu, ord_
    assert any(nokkel.startswith(("kontroller", "ledd", "sted", "post")) for nokkel in tabeller(vist))
    assert not any("finnes ikke" in en.value for en in vist.info)


def test_alle_kildelenker_i_tabellene_finnes(publisert: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One of each kind and page: a figure never opens an empty window."""
    provd: set[tuple[str, str]] = set()
    for side in TITLER:
        for tabell in tabeller(aapne(publisert, monkeypatch, side, aar="2024")).values():
            for rad in [*tabell["rader"], *tabell["bunn"]]:
                for celle in rad:
                    ref = celle.get("k") if isinstance(celle, dict) else None
                    if ref and (side, ref.partition("/")[0]) not in provd:
                        provd.add((side, ref.partition("/")[0]))
                        vist = aapne(publisert, monkeypatch, "sql", kilde=ref)
                        assert not any("finnes ikke" in en.value for en in vist.info), ref
    assert {slag for _, slag in provd} >= {"tall", "hendelse", "kontroll", "sted", "post"}


def test_leddene_sier_hvordan_de_regnes(publisert: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vist = aapne(publisert, monkeypatch, "avvik", avvik="snitt:t311-ventetid-andre-voksne-sakstyper/2020")
    assert "− gruppens vekt" in celler(tabeller(vist)["regnestykke"], "Regnes")
    vist = aapne(publisert, monkeypatch, "sql", kilde="kontroll/2023/fordeling:tekst31-integreringshensyn-100")
    (ledd,) = [en for nokkel, en in tabeller(vist).items() if nokkel == "ledd"]
    assert set(celler(ledd, "Regnes")) == {"trekkes fra 100 %"}


@pytest.mark.parametrize(
    "ref", ["kontroll/" + "9" * 60 + "/x", "post/" + "9" * 5000 + "/1/2", "sted/FINNES-IKKE/Tabell 1", "/"]
)
def test_en_kilde_som_ikke_finnes_sier_det(publisert: Path, monkeypatch: pytest.MonkeyPatch, ref: str) -> None:
    vist = aapne(publisert, monkeypatch, "sql", kilde=ref)
    assert any("finnes ikke" in en.value for en in vist.info)


def test_steder_uten_tall_apnes_ogsa(publisert: Path, sql: Sql, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a requirement, a reservation or a break rests on, and a letter that is known only through another."""
    steder = sql(
        """
        select any_value(krav_dokument_id), any_value(krav_sted) from marts.maaloppnaaelse where krav_sted is not null
        union all
        select any_value(forbehold_dokument_id), any_value(forbehold_sted)
        from marts.sp_sammendrag where forbehold_sted is not null
        union all
        select any_value(brudd_dokument_id), any_value(brudd_sted) from marts.indikatorer where brudd_sted is not null
        union all
        select 'T6-2024', ''
        """
    )
    for dokument_id, sted in steder:
        vist = aapne(publisert, monkeypatch, "sql", kilde=f"sted/{dokument_id}/{sted}")
        assert not any("finnes ikke" in en.value for en in vist.info), (dokument_id, sted)


def test_et_tall_finnes_igjen_der_det_er_trykt(publisert: Path, sql: Sql, monkeypatch: pytest.MonkeyPatch) -> None:
    for sok in ("33 701", "33701", "33\u00a0701"):
        funn = tabeller(aapne(publisert, monkeypatch, "kilder", sok=sok))["funn"]
        assert len(funn["rader"]) == sql("select count(*) from marts.verdier where verdi = 33701")[0][0]
        assert set(celler(funn, "Tall")) == {"33\u00a0701\u00a0personer"}
    # words are found in any order, in what the document prints and in what the figure is of
    funn = tabeller(aapne(publisert, monkeypatch, "kilder", sok="2024 601/21 tilbaketrekking"))["funn"]
    assert celler(funn, "Tall") == [
        f"{tekst.kroner(belop)}\u00a0kr"  # type: ignore[arg-type]
        for (belop,) in sql(
            "select belop_kr from marts.tildelinger where kapittel = '0601' and post = '21' and budsjettaar = 2024 "
            "and type = 'tilbaketrekking'"
        )
    ]
    assert celler(funn, "Tall")
    # text that SQL or a pattern would read otherwise is text
    for sok in ("%", "'; drop table x; --", "0,5 %", "ingenting slikt", "9" * 100):
        vist = aapne(publisert, monkeypatch, "kilder", sok=sok)
        assert f"«{sok}»" in tabeller(vist)["funn"]["tittel"]


def test_korte_navn_er_forklart(publisert: Path, sql: Sql, monkeypatch: pytest.MonkeyPatch) -> None:
    vist = tabeller(aapne(publisert, monkeypatch, "oppdrag", dato="2025-06-01"))["tabell"]
    for kort, navn in sql("select distinct hovedansvarlig, hovedansvarlig_navn from marts.oppdrag"):
        if kort in celler(vist, "Hovedansvarlig"):
            assert f"{kort} er {navn}" in vist["merknad"]
    assert "om forskning og utvikling i tildelingsbrevet for 2024" in vist["merknad"]


def test_csv_apnes_rett_i_norsk_excel_og_kjorer_ingen_formler() -> None:
    innhold = nedlasting.som_csv(
        ["Navn", "Beløp", "År"], [("=1+1", Decimal("1234.50"), 2024), ("æøå; «sitat»", None, None)]
    )
    assert innhold.startswith(b"\xef\xbb\xbf")
    assert innhold.decode("utf-8-sig").splitlines() == ["Navn;Beløp;År", "'=1+1;1234,5;2024", '"æøå; «sitat»";;']


@pytest.mark.parametrize(
    "tekst_",
    [
        *("=1", "+1", "-1", "@A1", "＝1", "＋1", "－1", "＠1", "﹦1", "﹢1", "﹣1"),
        # after what cannot be seen
        *(f"{tegn}=1" for tegn in "\t\r\n \0\x01\u00a0\u00ad\u034f\u180e\u200b\u200c\u200e\u2062\ufeff"),
    ],
)
def test_ingen_tekst_i_csv_er_en_formel(tekst_: str) -> None:
    assert nedlasting.ufarlig(tekst_) == f"'{tekst_}"
    assert nedlasting.ufarlig(f"kap. 671{tekst_}") == f"kap. 671{tekst_}"
    assert nedlasting.ufarlig("– ikke oppgitt") == "– ikke oppgitt"


def test_nedlastinger_endrer_ikke_tall() -> None:
    """Excel has fifteen digits: a share is a number all the same, a whole number with more is text with all of them."""
    mange, lang = Decimal("12345678901234567890123456789.123456789"), Decimal(1) / Decimal(3)
    rader: list[tuple[nedlasting.Celle, ...]] = [
        (mange, datetime.date(1814, 5, 17)),
        (lang, datetime.date(1900, 2, 28)),
        (10**30 + 1, None),
        (-5, None),
    ]
    assert nedlasting.som_csv(["a", "b"], rader).decode("utf-8-sig").splitlines()[1:] == [
        "12345678901234567890123456789,123456789;17.05.1814",
        f"{lang};28.02.1900".replace(".", ",", 1),
        "1000000000000000000000000000001;",
        "-5;",
    ]
    ark = openpyxl.load_workbook(io.BytesIO(nedlasting.som_xlsx("T", ["a", "b"], rader, "")))["Tall"]
    assert [[celle.value for celle in rad] for rad in ark.iter_rows(min_row=2)] == [
        ["12345678901234567890123456789,123456789", "17.05.1814"],
        [pytest.approx(1 / 3, abs=1e-15), "28.02.1900"],
        ["1000000000000000000000000000001", None],
        [-5, None],
    ]


def test_xlsx_har_ekte_tall_og_tomme_celler_for_det_som_mangler() -> None:
    innhold = nedlasting.som_xlsx("Tittel", ["Navn", "Beløp"], [("=1+1", Decimal("18310846000")), ("b", None)], "Kilde")
    bok = openpyxl.load_workbook(io.BytesIO(innhold))
    ark = bok["Tall"]
    assert [[celle.value for celle in rad] for rad in ark.iter_rows()] == [
        ["Navn", "Beløp"],
        ["=1+1", 18310846000],
        ["b", None],
    ]
    # text, not a formula
    assert ark["A2"].data_type == "s"
    assert bok["Om tallene"]["A2"].value == "Kilde"
