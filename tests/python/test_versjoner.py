"""Versions: what readers meet while others come, the way back, and what changed."""

import datetime
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import pytest

from styring import endringer, publisering
from styring.feil import StyringFeil
from styring.publisering import BEHOLD_VERSJONER, FILNAVN, Versjoner
from styring.stier import PROSJEKT
from styring.visning import data
from tests.belastning import drap, lesere
from tests.python.conftest import Sql, kjor, merke, publiser_merke, skad


def test_leseren_beholder_sin_versjon_og_moter_den_nye(mappe_med_versjon: Path) -> None:
    fil = mappe_med_versjon / FILNAVN
    with duckdb.connect(str(fil.resolve()), read_only=True) as aapen:
        publiser_merke(Versjoner(mappe_med_versjon), "andre")
        assert aapen.execute("select merke from merke").fetchall() == [("første",)]
        assert merke(fil.resolve()) == "andre"


def test_gamle_versjoner_ryddes_men_aldri_den_publiserte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publisering, "BEHOLD_SEKUNDER", 0)
    versjoner = Versjoner(tmp_path)
    forste = publiser_merke(versjoner, "første")
    publisert = [publiser_merke(versjoner, str(nummer)) for nummer in range(BEHOLD_VERSJONER + 3)]
    assert versjoner.liste() == publisert[-BEHOLD_VERSJONER:]
    assert versjoner.gjeldende() == publisert[-1]
    assert not (versjoner.mappe / forste).exists()


def test_en_versjon_som_nettopp_er_erstattet_ryddes_ikke(tmp_path: Path) -> None:
    """A reader that asked for the published file just before, opens it just after."""
    versjoner = Versjoner(tmp_path)
    publiser_merke(versjoner, "første")
    spurt = (tmp_path / FILNAVN).resolve()
    for nummer in range(BEHOLD_VERSJONER + 3):
        publiser_merke(versjoner, str(nummer))
    assert merke(spurt) == "første"
    # a while later nobody is about to open it
    for en in versjoner.liste():
        for_lenge_siden = time.time() - publisering.BEHOLD_SEKUNDER - 1
        os.utime(versjoner.mappe / en, (for_lenge_siden, for_lenge_siden))
    publiser_merke(versjoner, "siste")
    assert not spurt.exists()
    assert len(versjoner.liste()) == BEHOLD_VERSJONER


def test_en_gammel_versjon_som_ble_vist_igjen_er_ogsa_nettopp_erstattet(tmp_path: Path) -> None:
    versjoner = Versjoner(tmp_path)
    forste = publiser_merke(versjoner, "første")
    for nummer in range(BEHOLD_VERSJONER + 1):
        publiser_merke(versjoner, str(nummer))
    for en in versjoner.liste():
        for_lenge_siden = time.time() - publisering.BEHOLD_SEKUNDER - 1
        os.utime(versjoner.mappe / en, (for_lenge_siden, for_lenge_siden))
    assert kjor("tilbake", forste, mappe=tmp_path).returncode == 0
    publiser_merke(versjoner, "siste")
    assert merke(versjoner.mappe / forste / FILNAVN) == "første"


def test_den_som_er_publisert_ryddes_ikke_om_den_er_aldri_saa_gammel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    versjoner = Versjoner(tmp_path)
    forste = publiser_merke(versjoner, "første")
    for nummer in range(BEHOLD_VERSJONER + 1):
        publiser_merke(versjoner, str(nummer))
    versjoner.gaa_tilbake(forste)
    monkeypatch.setattr(publisering, "BEHOLD_SEKUNDER", -1)
    versjoner._rydd()
    assert merke(versjoner.publisert) == "første"


def test_det_som_ikke_er_versjoner_er_ingens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy that someone keeps beside the versions is not listed, not published and not removed."""
    monkeypatch.setattr(publisering, "BEHOLD_SEKUNDER", -1)
    versjoner = Versjoner(tmp_path)
    forste = publiser_merke(versjoner, "første")
    for navn in ("2024 arkiv", "kopi\nto", ".skjult"):
        shutil.copytree(versjoner.mappe / forste, versjoner.mappe / navn)
    for nummer in range(BEHOLD_VERSJONER + 1):
        publiser_merke(versjoner, str(nummer))
    assert len(versjoner.liste()) == BEHOLD_VERSJONER
    assert {"2024 arkiv", "kopi\nto", ".skjult"} <= {en.name for en in versjoner.mappe.iterdir()}
    svar = kjor("tilbake", "2024 arkiv", mappe=tmp_path)
    assert "Versjonen «2024 arkiv» finnes ikke" in svar.stderr


def test_en_klokke_som_er_stilt_tilbake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Klokke(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> "Klokke":
            return cls(2001, 1, 1, tzinfo=tz)

    versjoner = Versjoner(tmp_path)
    forste = publiser_merke(versjoner, "første")
    monkeypatch.setattr(datetime, "datetime", Klokke)
    andre, tredje = publiser_merke(versjoner, "andre"), publiser_merke(versjoner, "tredje")
    assert versjoner.liste() == [forste, andre, tredje]
    assert merke(versjoner.publisert) == "tredje"


def test_et_navn_som_peker_et_annet_sted_blir_rettet(mappe_med_versjon: Path) -> None:
    """Someone has let the published name point to a copy of their own: a build, or the way back, takes it back."""
    versjoner = Versjoner(mappe_med_versjon)
    (mappe_med_versjon / "utenfor").mkdir()
    shutil.copyfile(versjoner.publisert, mappe_med_versjon / "utenfor" / FILNAVN)
    for gjor in (lambda: publiser_merke(versjoner, "andre"), lambda: kjor("tilbake", mappe=mappe_med_versjon)):
        for maal in (f"utenfor/{FILNAVN}", "utenfor", "ingensteds", FILNAVN):
            versjoner.publisert.unlink()
            versjoner.publisert.symlink_to(maal)
            assert versjoner.gjeldende() is None
            gjor()
            assert versjoner.gjeldende() == versjoner.liste()[-1], maal
    assert merke(versjoner.publisert) == "andre"


def test_mappen_kan_flyttes(mappe_med_versjon: Path) -> None:
    flyttet = mappe_med_versjon.rename(mappe_med_versjon.with_name("flyttet"))
    assert merke(flyttet / FILNAVN) == "første"


def test_det_publiserte_kan_ikke_aapnes_for_skriving(mappe_med_versjon: Path) -> None:
    """Who does, shuts all readers out for as long as it is open."""
    fil = (mappe_med_versjon / FILNAVN).resolve()
    assert fil.stat().st_mode & 0o222 == 0
    publiser_merke(Versjoner(mappe_med_versjon), "andre")


def test_en_eneste_endret_byte_blir_sett(mappe_med_versjon: Path) -> None:
    versjoner = Versjoner(mappe_med_versjon)
    [forste] = versjoner.liste()
    andre = publiser_merke(versjoner, "andre")
    for plass in (0, 5000, (versjoner.mappe / andre / FILNAVN).stat().st_size - 1):
        skad(versjoner.mappe / andre / FILNAVN, plass)
        assert not versjoner.er_hel(andre)
        skad(versjoner.mappe / andre / FILNAVN, plass)
        assert versjoner.er_hel(andre)
    # a sum that cannot be read is no sum, and a file without one is whole when it opens
    sumfil = versjoner.mappe / andre / f"{FILNAVN}.sha256"
    sumfil.write_bytes(b"\xff\xfe")
    assert not versjoner.er_hel(andre)
    svar = kjor("sql", "select 1", mappe=mappe_med_versjon)
    assert (
        "Feil: Det som er publisert, er skadet. Gå tilbake til den siste hele versjonen med: styring tilbake"
        in svar.stderr
    )
    sumfil.unlink()
    assert versjoner.er_hel(andre)
    skad(versjoner.mappe / andre / FILNAVN)
    assert not versjoner.er_hel(andre)
    shutil.rmtree(versjoner.mappe / andre)
    assert "Det som er publisert, er borte." in kjor("sql", "select 1", mappe=mappe_med_versjon).stderr
    assert kjor("tilbake", mappe=mappe_med_versjon).returncode == 0
    assert versjoner.gjeldende() == forste


def test_bare_en_om_gangen_bytter_hva_som_er_publisert(mappe_med_versjon: Path) -> None:
    versjoner = Versjoner(mappe_med_versjon)
    forste, _ = versjoner.liste()[0], publiser_merke(versjoner, "andre")
    with versjoner.byggelaas():
        svar = kjor("tilbake", forste, mappe=mappe_med_versjon)
    assert svar.returncode == 1
    assert f"Feil: Et annet bygg pågår (prosess {os.getpid()}, startet " in svar.stderr
    assert merke(versjoner.publisert) == "andre"


def test_rapporten_av_et_stanset_bygg_gjelder_til_neste_er_publisert(mappe_med_versjon: Path) -> None:
    versjoner = Versjoner(mappe_med_versjon)
    with versjoner.byggelaas():
        ny = versjoner.ny()
        versjoner.rapport(ny)
        stanset = versjoner.legg_bort(ny)
    assert stanset.is_dir()
    publiser_merke(versjoner, "andre")
    assert not stanset.exists()


def test_en_fil_som_ikke_kan_leses_naa_er_ikke_skadet_for_alltid(
    mappe_med_versjon: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STYRING_MAPPE", str(mappe_med_versjon))
    fil = str((mappe_med_versjon / FILNAVN).resolve())
    with monkeypatch.context() as en_gang:
        en_gang.setattr(publisering, "_sum", lambda _: open("/finnes/ikke"))  # noqa: PTH123, SIM115
        assert data.lesbar_fil(fil) is None
    assert data.lesbar_fil(fil) == fil


def test_en_fil_i_veien_for_lenken_blir_ikke_overskrevet(tmp_path: Path) -> None:
    (tmp_path / FILNAVN).write_text("en annen fil", encoding="utf-8")
    with pytest.raises(StyringFeil, match="er ikke en lenke"):
        publiser_merke(Versjoner(tmp_path), "ny")
    assert (tmp_path / FILNAVN).read_text(encoding="utf-8") == "en annen fil"


def test_veien_tilbake_er_en_kommando(mappe_med_versjon: Path) -> None:
    versjoner = Versjoner(mappe_med_versjon)
    ider = [*versjoner.liste(), publiser_merke(versjoner, "andre"), publiser_merke(versjoner, "tredje")]
    fil = mappe_med_versjon / FILNAVN
    svar = kjor("tilbake", mappe=mappe_med_versjon)
    assert (svar.returncode, merke(fil)) == (0, "andre")
    assert f"(versjon {ider[1]})" in svar.stdout
    assert kjor("tilbake", mappe=mappe_med_versjon).returncode == 0
    assert merke(fil) == "første"
    # no further back; forward by name
    svar = kjor("tilbake", mappe=mappe_med_versjon)
    assert (svar.returncode, merke(fil)) == (1, "første")
    assert "Feil: Det finnes ingen eldre versjon å gå tilbake til." in svar.stderr
    assert kjor("tilbake", ider[2], mappe=mappe_med_versjon).returncode == 0
    assert merke(fil) == "tredje"
    svar = kjor("tilbake", "i-forgaars", mappe=mappe_med_versjon)
    assert (svar.returncode, merke(fil)) == (1, "tredje")
    assert f"Feil: Versjonen «i-forgaars» finnes ikke; ventet en av: {', '.join(ider)}." in svar.stderr
    # a build comes after all of them
    publiser_merke(versjoner, "fjerde")
    assert merke(fil) == "fjerde"


def test_veien_tilbake_gar_forbi_en_skadet_versjon(mappe_med_versjon: Path) -> None:
    versjoner = Versjoner(mappe_med_versjon)
    andre, tredje = publiser_merke(versjoner, "andre"), publiser_merke(versjoner, "tredje")
    for en in (andre, tredje):
        skad(versjoner.mappe / en / FILNAVN)
    utskrift = kjor("versjoner", mappe=mappe_med_versjon).stdout
    assert f"{andre}  (skadet)" in utskrift
    assert f"{tredje}  (publisert)  (skadet)" in utskrift
    svar = kjor("tilbake", andre, mappe=mappe_med_versjon)
    assert svar.returncode == 1
    assert f"Feil: Versjonen {andre} er skadet. Det som er publisert, står som det var." in svar.stderr
    assert kjor("tilbake", mappe=mappe_med_versjon).returncode == 0
    assert merke(mappe_med_versjon / FILNAVN) == "første"


def _publiser_kopi(versjoner: Versjoner, fra: Path, *endringer: str) -> str:
    """Publish a copy of a warehouse after some changes to it."""
    with versjoner.byggelaas():
        ny = versjoner.ny()
        shutil.copyfile(fra, ny / FILNAVN)
        with duckdb.connect(str(ny / FILNAVN)) as kobling:
            for endring in endringer:
                kobling.execute(endring).fetchall()
        return versjoner.publiser(ny)


def test_hvert_tall_som_sammenlignes_har_en_nokkel_for_seg_selv(sql: Sql) -> None:
    for mart, (nokler, _) in endringer.TALL.items():
        assert sql(f"select {', '.join(nokler)} from marts.{mart} group by all having count(*) > 1") == [], mart


def test_den_som_leser_utskriften_kan_slutte(publisert: Path) -> None:
    kommando = f"{sys.executable} -c 'from styring.start import hoved; hoved()' sql 'from range(9000)' | head -n 1"
    svar = subprocess.run(
        ["bash", "-c", kommando],
        cwd=PROSJEKT,
        env=os.environ | {"STYRING_MAPPE": str(publisert)},
        capture_output=True,
        text=True,
    )
    assert svar.stdout == "range\n"
    assert "Feil" not in svar.stderr


def test_endringene_mellom_to_versjoner_er_en_kommando(publisert: Path, tmp_path: Path) -> None:
    versjoner, fil = Versjoner(tmp_path), publisert / FILNAVN
    forste = _publiser_kopi(versjoner, fil)
    svar = kjor("endringer", mappe=tmp_path)
    assert svar.returncode == 1
    assert "Feil: Det finnes ikke to versjoner å sammenligne." in svar.stderr

    andre = _publiser_kopi(versjoner, fil)
    svar = kjor("endringer", mappe=tmp_path)
    assert svar.stdout == f"Fra {forste} til {andre}: 0 nye, 0 endret, 0 borte.\n"

    tredje = _publiser_kopi(
        versjoner,
        fil,
        "update marts.verdier set verdi = 26787 where verdi_id = 'ar2023-t312-busette-fraa-mottak-2023'",
        "update marts.verdier set verdi = null where verdi_id = 'ar2023-t311-busette-totalt-2023'",
        "delete from marts.tildelinger where hendelse_id = 'T4-2024-0671-60'",
        "insert into marts.avvik select * replace ('ny:kontroll' as kontroll_id, 'ny' as status) from marts.avvik "
        "where kontroll_id = 'andel:nokkeltal-utnyttelsesgrad'",
        "update marts.oppdrag set frist = date '2025-07-01' where oppdrag_nr = '2025-06'",
        # that the status of an oppdrag follows the day, is no change of a figure
        "update marts.oppdrag set status = 'frist passert' where oppdrag_nr = '2025-06'",
    )
    linjer = kjor("endringer", mappe=tmp_path).stdout.splitlines()
    assert linjer[:2] == [
        "endret verdier            ar2023-t311-busette-totalt-2023: verdi 33\u00a0701 → –",
        "endret verdier            ar2023-t312-busette-fraa-mottak-2023: verdi 28\u00a0787 → 26\u00a0787",
    ]
    assert linjer[2].startswith("borte  tildelinger        T4-2024-0671-60: beløp −500\u00a0671\u00a0000, ")
    assert "→ 01.07.2025" in linjer[3]
    assert linjer[3].startswith("endret oppdrag            imdi 2025-06 hele: frist ")
    assert linjer[4].startswith("ny     avvik              ny:kontroll 2023: oppgitt 92, ")
    assert linjer[5:] == [f"Fra {andre} til {tredje}: 1 nye, 3 endret, 1 borte."]
    # any two, either way
    linjer = kjor("endringer", tredje, forste, mappe=tmp_path).stdout.splitlines()
    assert linjer[-1] == f"Fra {tredje} til {forste}: 1 nye, 3 endret, 1 borte."
    skad(versjoner.mappe / forste / FILNAVN)
    svar = kjor("endringer", forste, mappe=tmp_path)
    assert svar.returncode == 1
    assert f"Feil: Versjonen {forste} er skadet og kan ikke sammenlignes." in svar.stderr
    assert "Traceback" not in svar.stderr
    svar = kjor("endringer", "ingen", mappe=tmp_path)
    assert svar.returncode == 1
    assert "Versjonen «ingen» finnes ikke" in svar.stderr


def test_leserne_merker_ikke_at_det_publiseres() -> None:
    """A short one of what `python -m tests.belastning.lesere` does at length."""
    antall, feil, _ = lesere.kjor(versjoner=4, lesere=4, lesninger=200)
    assert feil == []
    assert antall >= 200


def test_bygg_som_drepes_etterlater_det_som_var_publisert() -> None:
    """A short one, around dbt, of what `python -m tests.belastning.drap` does to whole builds."""
    naadd, feil = drap.kjor(10, [sys.executable, "-m", "tests.belastning.raskt_bygg", "--på-nytt"])
    assert feil == []
    assert naadd.total() == 10
    assert len(naadd) > 1, "byggene ble drept på mer enn ett sted"


# Publishes a version in a process that is killed before the n-th thing that it asks of the file system.
_DREPT_VED = """
import os, signal, sys
from pathlib import Path
from styring import publisering
from styring.publisering import Versjoner
from tests.python.conftest import publiser_merke

publisering.BEHOLD_VERSJONER, publisering.BEHOLD_SEKUNDER = 2, -1
ved, antall = int(sys.argv[2]), 0

def tell(hendelse, argumenter):
    global antall
    if hendelse.startswith(("os.", "shutil.", "open")):
        antall += 1
        if antall == ved:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(tell)
publiser_merke(Versjoner(Path(sys.argv[1])), sys.argv[2])
"""


def test_et_drap_ved_hvert_skritt_i_publiseringen(mappe_med_versjon: Path) -> None:
    """Wherever it stops, what is published is the last or the new version, whole; and the next build goes through."""
    versjoner = Versjoner(mappe_med_versjon)
    forrige, skritt, byttet = "første", 0, 0
    while True:
        skritt += 1
        svar = subprocess.run([sys.executable, "-c", _DREPT_VED, str(mappe_med_versjon), str(skritt)], cwd=PROSJEKT)
        naa = versjoner.gjeldende()
        assert naa is not None and versjoner.er_hel(naa), skritt
        assert merke(versjoner.publisert) in (forrige, str(skritt)), skritt
        byttet += merke(versjoner.publisert) == str(skritt)
        if svar.returncode == 0:
            break
        forrige = f"etter {skritt}"
        publiser_merke(versjoner, forrige)
        assert {en.name for en in versjoner.mappe.iterdir()} == {".laas", *versjoner.liste()}
        assert {en.name for en in versjoner.publisert.parent.iterdir()} == {FILNAVN, "versjoner"}
    assert skritt > 20, "det er mange skritt, og publiseringen ble drept ved hvert av dem"
    assert byttet > 1, "noen av dem er etter at navnet er byttet"


def test_leserne_ville_merket_om_filen_ble_skrevet_over() -> None:
    """What publishing is not: the new version written over the old one."""

    def skriv_over(versjoner: Versjoner, nummer: int) -> float:
        if nummer == 0:
            return lesere.publiser(versjoner, 0)
        with tempfile.TemporaryDirectory() as navn:
            annet = Versjoner(Path(navn))
            lesere.publiser(annet, nummer)
            versjoner.publisert.chmod(0o644)
            # for as long as a reader needs to meet it, on a machine that does much else
            frist = time.monotonic() + 3
            while time.monotonic() < frist:
                shutil.copyfile(annet.publisert, versjoner.publisert)
        return time.monotonic()

    _, feil, _ = lesere.kjor(versjoner=2, lesere=4, lesninger=2_000, publiser=skriv_over)
    assert feil
