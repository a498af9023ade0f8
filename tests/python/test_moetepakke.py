"""The meeting brief: which meeting, what it says, and that PDF and DOCX are what they promise to be."""

import datetime
import io
import re
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import duckdb
import pikepdf
import pypdfium2
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from styring import norsk
from styring.feil import StyringFeil
from styring.publisering import FILNAVN, Versjoner
from styring.uttak import moete, moetepakke, pdf, word
from styring.uttak.innhold import (
    Avsnitt,
    Celle,
    Dokument,
    Figurer,
    Hovedtall,
    Kolonne,
    Overskrift,
    Punkter,
    Sideskift,
    Tabell,
)
from styring.uttak.moete import HOST, VAAR, Moete
from styring.uttak.utgave import Utgave
from styring.visning import hovedtall, tekst
from tests.python.conftest import Sql, har_soffice, kjor, til_pdf

DAG = datetime.date


@pytest.fixture(scope="module")
def utgave(publisert: Path) -> Utgave:
    alle = Versjoner(publisert)
    return Utgave(alle.mappe / alle.publisert_versjon())


@pytest.fixture(scope="module")
def vaar(utgave: Utgave) -> Dokument:
    return moetepakke.lag(utgave, utgave.virksomhet(None), moete.velg(utgave, "imdi", VAAR, 2025))


@pytest.fixture(scope="module")
def som_pdf(vaar: Dokument) -> bytes:
    return pdf.lag(vaar)


@pytest.fixture(scope="module")
def som_word(vaar: Dokument) -> Document:
    return docx.Document(io.BytesIO(word.lag(vaar)))


def tabell(dokument: Dokument, begynner: str) -> Tabell:
    """The table of a document whose title begins so."""
    return next(en for en in dokument.blokker if isinstance(en, Tabell) and en.tittel.startswith(begynner))


def ord_i(dokument: Dokument) -> Iterator[str]:
    """Each piece of text of a document, in order."""
    for blokk in dokument.blokker:
        match blokk:
            case Overskrift() | Avsnitt():
                yield from filter(None, [getattr(blokk, "innledning", ""), blokk.tekst])
            case Punkter():
                for punkt in blokk.punkter:
                    yield from filter(None, [punkt.innledning, punkt.tekst])
            case Hovedtall():
                for tre in blokk.tall:
                    yield from filter(None, tre)
            case Tabell():
                yield from (blokk.tittel, *(kolonne.navn for kolonne in blokk.kolonner))
                for rad in [*blokk.rader, blokk.sum_]:
                    for celle in rad:
                        yield from filter(None, [celle.tekst, celle.note] if isinstance(celle, Celle) else [celle])
                yield from filter(None, [blokk.merknad])
            case Figurer():
                for figur in blokk.figurer:
                    yield from (figur.tittel, figur.undertittel)
            case Sideskift():
                pass


def uten_mellomrom(innhold: str) -> str:
    """Text without what only breaks lines: spaces, and hyphens where a line ends."""
    return re.sub(r"[\s\u00a0\u00ad\ufffe\x02-]", "", innhold)


def sidetekst(innhold: bytes) -> list[str]:
    """The text of a PDF, page by page."""
    return [side.get_textpage().get_text_range() for side in pypdfium2.PdfDocument(innhold)]


# which meeting


@pytest.mark.parametrize(
    ("valg", "ventet"),
    [
        # the last that the letters have, when none is to come
        ({}, (HOST, 2025, DAG(2025, 10, 1), "oktober 2025", DAG(2025, 4, 1))),
        ({"slag": VAAR}, (VAAR, 2025, DAG(2025, 4, 1), "april 2025", DAG(2024, 1, 1))),
        # a day alone says which meeting it is
        ({"dato": DAG(2025, 4, 24)}, (VAAR, 2025, DAG(2025, 4, 24), "", DAG(2024, 1, 1))),
        ({"slag": VAAR, "aar": 2025, "dato": DAG(2025, 4, 24)}, (VAAR, 2025, DAG(2025, 4, 24), "", DAG(2024, 1, 1))),
        (
            {"slag": VAAR, "aar": 2024, "dato": DAG(2024, 5, 2), "forrige": DAG(2023, 10, 12)},
            (VAAR, 2024, DAG(2024, 5, 2), "", DAG(2023, 10, 12)),
        ),
        # a meeting that the letters do not have, after one that they have
        ({"slag": VAAR, "aar": 2026, "dato": DAG(2026, 4, 9)}, (VAAR, 2026, DAG(2026, 4, 9), "", DAG(2025, 10, 1))),
    ],
)
def test_motet_er_det_det_spors_om_ellers_kalenderens(
    utgave: Utgave, valg: dict[str, Any], ventet: tuple[object, ...]
) -> None:
    valgt = moete.velg(utgave, "imdi", **valg)
    assert (valgt.slag, valgt.aar, valgt.dato, valgt.trykt, valgt.forrige) == ventet


@pytest.mark.parametrize(
    ("valg", "feil"),
    [
        (
            {"slag": HOST, "aar": 2027},
            "Dokumentene har ikke noe etatsstyringsmøte høst 2027; oppgi dagen",
        ),
        ({"aar": 2027}, "Dokumentene har ikke noe etatsstyringsmøte 2027; oppgi dagen, vår eller høst, og året."),
        ({"slag": VAAR, "aar": 2025, "dato": DAG(2024, 4, 1)}, "Dagen er 01.04.2024; ventet en i 2025"),
        (
            {"slag": VAAR, "aar": 2025, "forrige": DAG(2025, 4, 1)},
            "Endringer telles fra 01.04.2025; ventet en dag",
        ),
    ],
)
def test_et_mote_som_ikke_kan_finnes_er_en_setning(utgave: Utgave, valg: dict[str, Any], feil: str) -> None:
    with pytest.raises(StyringFeil, match=re.escape(feil)):
        moete.velg(utgave, "imdi", **valg)


# what it says


def test_hovedtallene_er_oversiktens(utgave: Utgave, vaar: Dokument) -> None:
    blokk = next(en for en in vaar.blokker if isinstance(en, Hovedtall))
    penger = hovedtall.penger(utgave.fil, "imdi", 2024)
    assert [(navn, verdi) for navn, verdi, _ in blokk.tall] == [
        (f"{navn} 2024", norsk.prosent(belop) if navn == "Utnyttelse" else tekst.millioner(belop))
        for navn, (belop, _) in penger.items()
    ]


def test_hver_post_har_martens_tall(vaar: Dokument, sql: Sql) -> None:
    rader: list[Any] = sql(
        "select samlet_tildeling_kr, regnskap_kr, mindreutgift_kr, mulig_overforing_kr, utnyttelsesgrad "
        "from marts.budsjettutnyttelse where budsjettaar = 2024 order by kapittel, post"
    )
    ventet = [(*map(tekst.kroner, rad[:3]), norsk.prosent(rad[4]), tekst.kroner(rad[3])) for rad in rader]
    assert [tuple(rad[1:]) for rad in tabell(vaar, "Tildelt og brukt 2024").rader] == ventet


@pytest.mark.parametrize(
    ("fra", "til"),
    # the day of an event is in the meeting that it is before, and not in the next
    [
        (DAG(2024, 6, 21), DAG(2024, 11, 25)),
        (DAG(2024, 11, 25), DAG(2024, 11, 28)),
        (DAG(2023, 10, 1), DAG(2024, 5, 21)),
    ],
)
def test_bare_endringer_mellom_motene_er_med(utgave: Utgave, sql: Sql, fra: DAG, til: DAG) -> None:
    dokument = moetepakke.lag(utgave, utgave.virksomhet(None), moete.velg(utgave, "imdi", HOST, 2024, til, fra))
    ventet: list[Any] = sql(
        "select kapittel, post, belop_kr from marts.tildelinger where gjelder_fra > ? and gjelder_fra <= ? "
        "and type not in ('implisitt åpning', 'opprinnelig tildeling') order by gjelder_fra, kapittel, post, nummer",
        fra,
        til,
    )
    assert ventet
    rader = tabell(dokument, "Endringer i tildelingen").rader
    assert [rad[3] for rad in rader] == [tekst.med_fortegn(belop) for *_, belop in ventet]
    per_post: dict[str, Decimal] = {}
    for kapittel, post, belop in ventet:
        navn = tekst.kap_post(kapittel, post).capitalize()
        per_post[navn] = per_post.get(navn, Decimal()) + belop
    disponibelt = tabell(dokument, f"Disponibelt i 2024 per {tekst.dato(til)}")
    endret = {
        " ".join(rad[0].tekst.split()[:4]): rad[3]
        for rad in disponibelt.rader
        if isinstance(rad[0], Celle) and rad[3] != norsk.MANGLER
    }
    assert endret == {navn: tekst.med_fortegn(belop) for navn, belop in per_post.items()}
    assert disponibelt.sum_[3] == tekst.med_fortegn(sum(per_post.values(), Decimal()))
    ((aapnet, senere, igjen),) = sql(
        """
        select sum(belop_kr) filter (aapning), sum(belop_kr) filter (not aapning), sum(belop_kr)
        from (
            select belop_kr, type in ('implisitt åpning', 'opprinnelig tildeling') as aapning
            from marts.tildelinger where budsjettaar = 2024 and gjelder_fra <= ?
        )
        """,
        til,
    )
    vist = [tekst.kroner(aapnet), tekst.med_fortegn(senere), tekst.kroner(igjen)]  # type: ignore[arg-type]
    assert [disponibelt.sum_[plass] for plass in (1, 2, 4)] == vist


def test_en_apning_er_ingen_endring(vaar: Dokument) -> None:
    # the openings of 2025 are after the meeting before
    assert not [rad for rad in tabell(vaar, "Endringer i tildelingen").rader if "2025:" in str(rad[1])]


def test_ingen_tall_fra_et_ar_som_ikke_er_over(utgave: Utgave) -> None:
    dokument = moetepakke.lag(utgave, utgave.virksomhet(None), moete.velg(utgave, "imdi", HOST, 2025))
    assert any(en.tittel.startswith("Tildelt og brukt 2024") for en in dokument.blokker if isinstance(en, Tabell))
    assert not any("Regnskap 2025" in ord_ for ord_ in ord_i(dokument))


def test_hver_styringsparameter_og_hver_vurdert_indikator_er_med(vaar: Dokument, sql: Sql) -> None:
    overskrifter = [en.tekst for en in vaar.blokker if isinstance(en, Overskrift) and en.niva == 3]
    assert overskrifter == [
        f"SP {nr} {sp}" for nr, sp in sql("select sp_nr, sp from marts.sp_sammendrag where aar = 2025 order by sp_nr")
    ]
    sagt = [punkt.tekst for en in vaar.blokker if isinstance(en, Punkter) for punkt in en.punkter]
    begrunnelser = [
        begrunnelse
        for (begrunnelse,) in sql(
            "select begrunnelse from marts.maaloppnaaelse where aar = 2025 and not er_fordeling "
            "and vurdering in ('nådd', 'delvis', 'ikke nådd', 'bedre', 'uendret', 'svakere') order by sp_nr, nummer"
        )
    ]
    assert len(begrunnelser) > 20
    assert [en for en in sagt if en in begrunnelser] == begrunnelser


def test_forsinkede_og_nare_oppdrag_er_de_pa_dagen(vaar: Dokument, sql: Sql) -> None:
    rader = tabell(vaar, "Forsinket, eller forfaller innen 90 dager").rader
    (ventet,) = sql(
        """
        select count(*) from marts.oppdragstilstander
        where date '2025-04-01' between gjelder_fra and gjelder_til
            and (status = 'frist passert' or (status = 'ikke forfalt' and frist <= date '2025-06-30'))
        """
    )
    assert (len(rader),) == ventet
    assert len(rader) > 10


def test_hvert_avvik_har_begge_tall_og_begge_steder(vaar: Dokument, sql: Sql) -> None:
    rader = tabell(vaar, "Avvik verd å ta opp").rader
    ventet = sql(
        """
        select avvik.beskrivelse, avvik.oppgitt, avvik.beregnet, avvik.enhet, avvik.sted
        from marts.avvik inner join marts.kilder using (dokument_id)
        where avvik.status = 'kjent' and avvik.alvorlighet = 'høy' and avvik.aar >= 2023
            and avvik.kontrolltype <> 'gyldighet' and coalesce(kilder.dato, kilder.tidligste_dato) <= date '2025-04-01'
        """
    )
    assert len(ventet) > 15
    ikke_tall = sql(
        """
        select count(*) from marts.avvik inner join marts.kilder using (dokument_id)
        where avvik.status = 'kjent' and avvik.alvorlighet = 'høy' and avvik.aar >= 2023
            and avvik.kontrolltype = 'gyldighet' and coalesce(kilder.dato, kilder.tidligste_dato) <= date '2025-04-01'
        """
    )
    assert ikke_tall == [(len(rader) - len(ventet),)]
    vist = {(str(rad[0].tekst), rad[2], rad[3]) for rad in rader if isinstance(rad[0], Celle)}
    for beskrivelse, oppgitt, beregnet, enhet, sted in ventet:
        assert isinstance(oppgitt, Decimal) and isinstance(beregnet, Decimal)
        treff = [
            (ett, annet)
            for hva, ett, annet in vist
            if hva == beskrivelse and isinstance(ett, Celle) and ett.tekst == tekst.verdi(oppgitt, str(enhet))
        ]
        assert treff, beskrivelse
        ett, annet = treff[0]
        assert str(sted) in ett.note
        assert isinstance(annet, Celle) and annet.tekst == tekst.verdi(beregnet, str(enhet)) and annet.note


def test_dokumenter_etter_motet_har_ingen_avvik_i_pakken(vaar: Dokument, utgave: Utgave) -> None:
    assert not any("valgdeltakelse (førstegenerasjon" in ord_ for ord_ in ord_i(vaar))
    host = moetepakke.lag(utgave, utgave.virksomhet(None), moete.velg(utgave, "imdi", HOST, 2025))
    assert any("valgdeltakelse (førstegenerasjon" in ord_ for ord_ in ord_i(host))


def test_endringer_siden_en_eldre_versjon_er_med_nar_det_bes_om(utgave: Utgave, tmp_path: Path) -> None:
    eldre = tmp_path / "20200101T000000000000Z"
    eldre.mkdir()
    shutil.copyfile(utgave.fil, eldre / FILNAVN)
    (eldre / FILNAVN).chmod(0o644)
    with duckdb.connect(str(eldre / FILNAVN)) as kobling:
        kobling.execute(
            "update marts.budsjettutnyttelse set regnskap_kr = 1 where budsjettaar = 2024 and post = '60' "
            "and kapittel = '0671'"
        ).fetchall()
    sammenlignet = Utgave(utgave.mappe, eldre)
    dokument = moetepakke.lag(sammenlignet, utgave.virksomhet(None), moete.velg(utgave, "imdi", VAAR, 2025))
    rader = tabell(dokument, "Endringene i budsjett").rader
    assert len(rader) == 1
    assert isinstance(rader[0][1], Celle) and rader[0][1].tekst == "2024: kap. 671 post 60"
    assert rader[0][2] == "regnskap 1 → 21\u00a0504\u00a0500\u00a0000"
    assert not any(
        "Endret i datavarehuset" in ord_
        for ord_ in ord_i(moetepakke.lag(utgave, utgave.virksomhet(None), moete.velg(utgave, "imdi", VAAR, 2025)))
    )


def test_opphavet_star_pa_hver_side(vaar: Dokument, som_pdf: bytes, utgave: Utgave) -> None:
    assert utgave.versjon in vaar.bunntekst
    for side in sidetekst(som_pdf):
        assert utgave.versjon in side


# the PDF


def test_pdf_en_er_pdf_ua_med_alle_skrifter_pa_a4(som_pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(som_pdf)) as fil:
        assert fil.Root.MarkInfo.Marked
        assert str(fil.Root.Lang).startswith("nb")
        assert bool(fil.Root.ViewerPreferences.DisplayDocTitle)
        with fil.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert "etatsstyringsmøte vår 2025" in str(metadata["dc:title"])
        for side in fil.pages:
            assert [round(float(kant)) for kant in side.MediaBox] == [0, 0, 595, 842]
            for skrift in side.Resources.get("/Font", {}).values():
                under = skrift.DescendantFonts[0] if "/DescendantFonts" in skrift else skrift
                beskrivelse = under.FontDescriptor
                assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(beskrivelse.keys()), skrift.BaseFont


def _merker(fil: pikepdf.Pdf) -> Iterator[Any]:
    """Every element of a PDF's structure."""
    ko: list[Any] = [fil.Root.StructTreeRoot]
    while ko:
        en = ko.pop()
        if not isinstance(en, pikepdf.Dictionary):
            continue
        if "/S" in en:
            yield en
        barn: Any = en.get("/K", [])
        ko.extend(barn if isinstance(barn, pikepdf.Array) else [barn])


def test_pdf_en_er_merket_slik_at_den_kan_hores(som_pdf: bytes, vaar: Dokument) -> None:
    with pikepdf.open(io.BytesIO(som_pdf)) as fil:
        merker = list(_merker(fil))
        slag = [str(en.S) for en in merker]
        overskrifter = [blokk for blokk in vaar.blokker if isinstance(blokk, Overskrift)]
        tabeller = [blokk for blokk in vaar.blokker if isinstance(blokk, Tabell)]
        figurer = [figur for blokk in vaar.blokker if isinstance(blokk, Figurer) for figur in blokk.figurer]
        assert sum(en in ("/H1", "/H2", "/H3") for en in slag) == len(overskrifter)
        assert slag.count("/Table") == len(tabeller)
        assert slag.count("/TH") >= sum(len(en.kolonner) for en in tabeller)
        beskrevet = {str(en.Alt) for en in merker if str(en.S) == "/Figure"}
        assert beskrevet == {figur.beskrivelse for figur in figurer}
        assert len(figurer) > 20


def test_det_viktigste_er_en_side(som_pdf: bytes) -> None:
    sider = sidetekst(som_pdf)
    assert "Det viktigste" in sider[0]
    assert sider[1].splitlines()[1].strip() == "Budsjett per post"


def test_alt_som_star_i_innholdet_star_i_begge_formatene(vaar: Dokument, som_pdf: bytes, som_word: Document) -> None:
    i_pdf = uten_mellomrom("".join(sidetekst(som_pdf)))
    i_word = uten_mellomrom("".join(en.text or "" for en in som_word.element.body.iter(qn("w:t"))))
    # what goes on over a page has the page's foot and head between
    lange = [ord_ for ord_ in ord_i(vaar) if len(ord_) > 3]
    mangler_i_word = [ord_ for ord_ in lange if uten_mellomrom(ord_) not in i_word]
    assert not mangler_i_word
    mangler_i_pdf = [ord_ for ord_ in lange if uten_mellomrom(ord_)[:40] not in i_pdf]
    assert not mangler_i_pdf


def test_samme_versjon_gir_samme_filer(vaar: Dokument, som_pdf: bytes) -> None:
    assert pdf.lag(vaar) == som_pdf
    assert word.lag(vaar) == word.lag(vaar)


def test_tekst_i_dataene_er_ikke_kommandoer(vaar: Dokument) -> None:
    farlig = "#panic() *fet* $x$ @kilde <a> \\ [b] `c` _d_ // e"
    dokument = Dokument("T", "U", "A", vaar.laget, "B", [Avsnitt(farlig), Tabell(farlig, [], [])])
    assert uten_mellomrom(farlig) in uten_mellomrom(sidetekst(pdf.lag(dokument))[0])


@pytest.mark.parametrize("tegn", ["✅", "中", "🎉", "Đ", "š"])
def test_et_tegn_skriften_ikke_har_stanser_ikke_pakken(vaar: Dokument, tegn: str) -> None:
    dokument = Dokument("T", "U", "A", vaar.laget, "B", [Avsnitt(f"Risiko {tegn} for noe")])
    vist = sidetekst(pdf.lag(dokument))[0]
    assert "Risiko" in vist and "for noe" in vist
    assert (tegn in vist) == (tegn in "Đš")


def test_en_lang_rad_gar_over_pa_neste_side(vaar: Dokument) -> None:
    lang = " ".join(f"ord{nummer}" for nummer in range(1500))
    dokument = Dokument("T", "U", "A", vaar.laget, "B", [Tabell("Lang", [Kolonne("A")], [[lang]])])
    sider = sidetekst(pdf.lag(dokument))
    assert "ord0 " in sider[0] and "ord1499" not in sider[0]
    assert "ord1499" in sider[-1]


def test_styretegn_fra_dataene_vises_som_ukjente(utgave: Utgave) -> None:
    (rad,) = utgave.rader("select 'a' || chr(1) || chr(27) || 'b' || chr(10) || 'c' || chr(160) || 'd' as tekst")
    assert rad.tekst == "a\ufffd\ufffdb\nc\u00a0d"


# the Word document


def test_word_filen_har_ordentlige_stiler(som_word: Document, vaar: Dokument) -> None:
    brukt = [avsnitt.style.name for avsnitt in som_word.paragraphs if avsnitt.style]
    overskrifter = [en.niva for en in vaar.blokker if isinstance(en, Overskrift)]
    assert [navn for navn in brukt if navn.startswith("Heading")] == [f"Heading {niva}" for niva in overskrifter]
    assert brukt[:2] == ["Title", "Subtitle"]
    assert brukt.count("Caption") == sum(isinstance(en, Tabell) for en in vaar.blokker)
    assert "List Bullet" in brukt
    assert {spraak.get(qn("w:val")) for spraak in som_word.styles.element.iter(qn("w:lang"))} == {"nb-NO"}
    laget = vaar.laget.astimezone(datetime.UTC).replace(microsecond=0)
    assert som_word.core_properties.created == laget
    # nothing of the template's own
    assert not [str(del_.partname) for del_ in som_word.part.package.iter_parts() if "thumb" in str(del_.partname)]
    side = som_word.sections[0]
    assert side.page_width and side.page_height
    assert (round(side.page_width.cm, 1), round(side.page_height.cm, 1)) == (21, 29.7)


def test_word_filens_tabeller_gjentar_hodet_og_figurene_er_beskrevet(som_word: Document, vaar: Dokument) -> None:
    tabeller = [en for en in som_word.tables if en.style is not None and en.style.name == "Table Grid"]
    assert len(tabeller) == sum(isinstance(en, Tabell | Hovedtall) for en in vaar.blokker)
    for en in tabeller:
        assert list(en.rows[0]._tr.iter(qn("w:tblHeader")))
        assert en._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
    figurer = [figur for blokk in vaar.blokker if isinstance(blokk, Figurer) for figur in blokk.figurer]
    beskrevet = [en.get("descr") for en in som_word.element.body.iter(qn("wp:docPr"))]
    assert beskrevet == [figur.beskrivelse for figur in figurer]
    felt = [
        (en.text or "").split()[1] for en in som_word.element.body.iter(qn("w:instrText")) if "SEQ" in (en.text or "")
    ]
    assert felt.count("Figur") == len(figurer)
    assert felt.count("Tabell") == sum(isinstance(en, Tabell) for en in vaar.blokker)


@pytest.mark.skipif(not har_soffice(), reason="LibreOffice er ikke installert (make test-tools)")
def test_word_filen_apnes_og_det_viktigste_er_en_side(vaar: Dokument, tmp_path: Path) -> None:
    fil = tmp_path / "pakke.docx"
    fil.write_bytes(word.lag(vaar))
    sider = sidetekst(til_pdf(fil).read_bytes())
    assert "Det viktigste" in sider[0]
    assert sider[1].lstrip().startswith("Budsjett per post")


# the command


def test_kommandoen_skriver_begge_filene(publisert: Path, tmp_path: Path) -> None:
    svar = kjor("møtepakke", "--møte", "vår", "--år", "2025", "--ut", str(tmp_path / "ut"), mappe=publisert)
    assert svar.returncode == 0, svar.stdout + svar.stderr
    assert sorted(en.name for en in (tmp_path / "ut").iterdir()) == [
        "moetepakke-2025-vaar-imdi.docx",
        "moetepakke-2025-vaar-imdi.pdf",
    ]
    assert "Lager PDF …" in svar.stdout and "Datavarehuset, versjon" in svar.stdout


def test_moetet_kan_vaere_en_annen_dag(utgave: Utgave) -> None:
    moetet = Moete(VAAR, 2025, DAG(2025, 4, 24), "", DAG(2025, 1, 1), "forrige møte 01.01.2025")
    dokument = moetepakke.lag(utgave, utgave.virksomhet(None), moetet)
    assert "24.04.2025" in dokument.undertittel
    assert any("Møtedato: 24.04.2025." in ord_ for ord_ in ord_i(dokument))
