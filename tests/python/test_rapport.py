"""What a build leaves for people: complete, self-contained, and never ahead of what was built."""

import html
import re
from pathlib import Path

import pytest

from expectations.avtaler import AVTALER
from styring import norsk, rapport
from styring.publisering import Versjoner
from styring.stier import PROSJEKT
from tests.python.conftest import Sql, StansetBygg


@pytest.fixture(scope="module")
def forside(publisert: Path) -> str:
    return html.unescape((publisert / "rapport/index.html").read_text(encoding="utf-8"))


def test_hvert_avvik_star_med_begge_tall_begge_steder_og_forklaring(forside: str, sql: Sql) -> None:
    avvik = sql("select kontroll_id, oppgitt, beregnet, sted, aar, beregnet_fra, forklaring from marts.avvik")
    assert len(avvik) > 90
    artikler = {
        re.search(r'class="kontroll_id">(.*?)<', artikkel).group(1) + aar: artikkel  # type: ignore[union-attr]
        for artikkel in re.findall(r"<article.*?</article>", forside, re.DOTALL)
        for aar in re.findall(r", (20\d\d)</dd>", artikkel)[:1]
    }
    for kontroll, oppgitt, beregnet, sted, aar, beregnet_fra, forklaring in avvik:
        artikkel = artikler[f"{kontroll}{aar}"]
        for ventet in (norsk.tall(oppgitt, 3), norsk.tall(beregnet, 3), sted, beregnet_fra, forklaring):  # type: ignore[arg-type]
            assert str(ventet) in artikkel, kontroll


def test_nye_og_vurderte_avvik_er_skilt_og_sortert(forside: str) -> None:
    nye, vurderte = forside.split('<h2 id="vurderte">')
    assert "<article" not in nye.split('<h2 id="nye">')[1]
    trinn = re.findall(r"<h3>(\w+) alvorlighet", vurderte)
    assert trinn == ["Høy", "Middels", "Lav"]


@pytest.mark.parametrize("side", ["index.html", "kontrollkatalog.html"])
def test_sidene_henter_ingenting_og_er_pa_bokmal(publisert: Path, side: str) -> None:
    tekst = (publisert / "rapport" / side).read_text(encoding="utf-8")
    assert '<html lang="nb">' in tekst
    assert not re.search(r"""(?:src|href)=["']https?:|@import|url\(""", tekst)
    assert "<script" not in tekst


def test_data_docs_far_ikke_hente_noe_utenfra(publisert: Path) -> None:
    sider = list((publisert / "rapport/data_docs").rglob("*.html"))
    assert len(sider) > 10
    for side in sider:
        hode = side.read_text(encoding="utf-8").split("<link")[0].split("<script")[0]
        assert "Content-Security-Policy" in hode, side
    oversikt = (publisert / "rapport/data_docs/index.html").read_text(encoding="utf-8")
    lenker = re.findall(r'<a href="([^"]+)"', oversikt)
    assert len(lenker) == 1 + 2 * len(AVTALER)
    for lenke in lenker:
        assert (publisert / "rapport/data_docs" / lenke).resolve().is_file(), lenke


def test_katalogen_har_hver_kontroll_og_de_samme_tallene(publisert: Path, sql: Sql) -> None:
    katalog = html.unescape((publisert / "rapport/kontrollkatalog.html").read_text(encoding="utf-8"))
    assert sorted(re.findall(r'class="kontroll_id">(.*?)<', katalog)) == [
        str(rad[0]) for rad in sql("select distinct kontroll_id from marts.kontroller order by 1")
    ]
    assert sql("select sum(antall_evaluert), sum(antall_avvik) from marts.kontrollkatalog") == sql(
        "select count(*), count(case when resultat = 'avvik' then 1 end) from marts.kontroller"
    )
    assert re.search(r'<th scope="row">K01 Sum</th>', katalog)


def test_tallene_i_readme_er_skrevet_av_bygget(publisert: Path, tmp_path: Path) -> None:
    innhold = rapport.sammendrag(publisert / "warehouse.duckdb")
    assert rapport.readme_blokk(innhold) in (PROSJEKT / "README.md").read_text(encoding="utf-8"), (
        "kjør: styring bygg --på-nytt"
    )
    readme = tmp_path / "README.md"
    readme.write_text("a\n<!-- written by the build -->\ngammelt\n<!-- end -->\nb\n", encoding="utf-8")
    assert rapport.oppdater_readme(readme, innhold) == "Tallene fra bygget er skrevet i README.md."
    assert rapport.oppdater_readme(readme, innhold) == "Tallene i README.md er de samme."
    assert readme.read_text(encoding="utf-8").startswith("a\n<!-- written by the build -->\n| | |")
    assert readme.read_text(encoding="utf-8").endswith("<!-- end -->\nb\n")
    assert rapport.oppdater_readme(tmp_path / "finnes_ikke.md", innhold).startswith("Tallene er ikke skrevet")


def test_et_stanset_bygg_etterlater_rapporten_med_det_nye(stanset: StansetBygg) -> None:
    forside = stanset.mappe / "versjoner/stanset/index.html"
    assert str(forside) in stanset.feil
    tekst = html.unescape(forside.read_text(encoding="utf-8"))
    assert "Ikke publisert." in tekst
    nye = tekst.split('<h2 id="nye">')[1].split('<h2 id="vurderte">')[0]
    assert "sum:t323-totalt" in nye
    assert nye.count("<article") == 1
    versjon = Versjoner(stanset.mappe).gjeldende()
    assert (stanset.mappe / "rapport").resolve() == stanset.mappe / f"versjoner/{versjon}/rapport"
