"""Build, audit, publish: what fails stops, says why in Norwegian, and leaves what was published as it was."""

import csv
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from styring.feil import URORT, StyringFeil, diskfeil_i
from styring.publisering import FILNAVN, Versjoner
from styring.stier import PROSJEKT
from tests.python.conftest import STYRING, StansetBygg, erstatt, kjor, kopi_av_lageret, merke, publiser_merke


def test_bygget_slutter_med_et_sammendrag_pa_norsk(publisert: Path) -> None:
    utskrift = (publisert / "bygg.txt").read_text(encoding="utf-8")
    for linje in ("Dokumenter", "Tall", "Pengehendelser", "Kontroller", "Avvik", "Publisert: ", "Åpne:"):
        assert linje in utskrift
    assert "alle vurdert" in utskrift
    assert "av" in utskrift.splitlines()[2], "bygget viser fremdrift"


def test_det_publiserte_navnet_er_en_lenke_til_en_hel_versjon(publisert: Path) -> None:
    versjoner = Versjoner(publisert)
    assert versjoner.publisert.is_symlink()
    assert [versjoner.gjeldende()] == versjoner.liste()


def test_nytt_avvik_stanser(stanset: StansetBygg, publisert: Path) -> None:
    """That it can be let through, test_oppskrifter shows."""
    assert stanset.returkode == 1
    for ledd in (
        "1 nytt avvik stanser publiseringen",
        "AR2023, Tabell 3-2-3, 2018",
        "Oppgitt 40\u00a0616 personer, beregnet 40\u00a0615 personer",
    ):
        assert ledd in stanset.feil
    assert "Traceback" not in stanset.feil
    assert Versjoner(stanset.mappe).gjeldende() == Versjoner(publisert).gjeldende()


def test_en_vurdering_som_ikke_lenger_gjelder_er_selv_en_feil(
    prosjektkopi: Path, publisert: Path, tmp_path: Path
) -> None:
    """Mend the misprint in the mirror, and the judgements made for it fail."""
    erstatt(
        prosjektkopi / "seeds/tall/bosetting_verdier.csv",
        "ar2023-t312-busette-fraa-mottak,2023,28787,",
        "ar2023-t312-busette-fraa-mottak,2023,26787,",
    )
    lager = kopi_av_lageret(publisert, tmp_path / "lager")
    svar = kjor("bygg", "--tillat-nye-avvik", mappe=lager, prosjekt=prosjektkopi)
    assert svar.returncode == 1
    assert "vurderinger som ikke gjelder lenger stanser publiseringen" in svar.stderr
    assert "tallene stemmer nå." in svar.stderr
    rapporten = (lager / "versjoner/stanset/index.html").read_text(encoding="utf-8")
    assert "Ikke publisert." in rapporten
    assert "tallene stemmer nå." in rapporten
    assert "Alle avvik er vurdert" not in rapporten
    assert Versjoner(lager).gjeldende() == Versjoner(publisert).gjeldende()


def test_en_dod_csv_fil_stanser_for_dbt(prosjektkopi: Path, mappe_med_versjon: Path) -> None:
    erstatt(prosjektkopi / "seeds/budsjett/tildelingshendelser.csv", "17002000", "17 002 000")
    svar = kjor("bygg", mappe=mappe_med_versjon, prosjekt=prosjektkopi)
    assert svar.returncode == 1
    assert "seeds/budsjett/tildelingshendelser.csv, rad 2, kolonne belop: fant «17 002 000»" in svar.stderr
    assert "dbt" not in svar.stdout
    assert merke(mappe_med_versjon / FILNAVN) == "første"
    assert kjor("valider", mappe=mappe_med_versjon, prosjekt=prosjektkopi).returncode == 1


def test_en_feil_i_en_modell_sier_hvilken(prosjektkopi: Path, mappe_med_versjon: Path) -> None:
    """One that most of the others rest on: they are left out, and the test is not a whole build."""
    (prosjektkopi / "models/staging/kontroll/stg_enheter.sql").write_text("select finnes_ikke\n", encoding="utf-8")
    svar = kjor("bygg", mappe=mappe_med_versjon, prosjekt=prosjektkopi)
    assert svar.returncode == 1
    assert "dbt fant feil i" in svar.stderr
    assert "stg_enheter" in svar.stderr
    assert merke(mappe_med_versjon / FILNAVN) == "første"


def test_en_fil_som_en_modell_savner_er_ikke_en_feil_paa_disken() -> None:
    assert diskfeil_i(["IO Error: No such file or directory", "Permission denied"]) is None
    assert diskfeil_i(["x", "IO Error: Could not write: No space left on device"]) == "disken er full"


def test_et_drept_bygg_blir_ryddet_og_sperrer_ikke(mappe_med_versjon: Path) -> None:
    prosess = subprocess.Popen(
        [sys.executable, "-c", "from styring.cli import hoved; hoved()", "bygg"],
        env=os.environ | {"STYRING_MAPPE": str(mappe_med_versjon)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    versjoner = Versjoner(mappe_med_versjon)
    for _ in range(300):
        if list(versjoner.mappe.glob(".bygger-*")):
            break
        time.sleep(0.1)
    with pytest.raises(StyringFeil, match="Et annet bygg pågår"), versjoner.byggelaas():
        pass
    os.killpg(prosess.pid, signal.SIGKILL)
    prosess.wait()

    assert merke(versjoner.publisert) == "første"
    publiser_merke(versjoner, "andre")
    assert merke(versjoner.publisert) == "andre"
    assert not list(versjoner.mappe.glob(".bygger-*"))


def _start_bygg(mappe: Path) -> "tuple[subprocess.Popen[str], int]":
    """Start a build; gives it, and the number of the dbt process that it has started."""
    prosess = subprocess.Popen(
        [*STYRING, "bygg"],
        cwd=PROSJEKT,
        env=os.environ | {"STYRING_MAPPE": str(mappe)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        # a job in a shell's background has Ctrl-C turned off, and so have its children
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    barn = Path(f"/proc/{prosess.pid}/task/{prosess.pid}/children")
    while not (numre := barn.read_text(encoding="ascii").split()):
        assert prosess.poll() is None
        time.sleep(0.1)
    return prosess, int(numre[0])


@pytest.mark.parametrize("signal_", [signal.SIGTERM, signal.SIGINT])
def test_et_bygg_som_blir_bedt_om_a_stanse_tar_dbt_med_seg(mappe_med_versjon: Path, signal_: signal.Signals) -> None:
    """The signal goes to the build alone, as from a service manager, and not to its processes."""
    prosess, dbt = _start_bygg(mappe_med_versjon)
    time.sleep(2)
    prosess.send_signal(signal_)
    _, feil = prosess.communicate(timeout=60)
    assert (prosess.returncode, feil.strip()) == (130, f"Avbrutt. {URORT}")
    assert not Path(f"/proc/{dbt}").exists()
    assert not list((mappe_med_versjon / "versjoner").glob(".bygger-*"))
    assert merke(mappe_med_versjon / FILNAVN) == "første"


def test_ingen_bygger_saa_lenge_dbt_skriver_etter_et_drept_bygg(mappe_med_versjon: Path) -> None:
    prosess, dbt = _start_bygg(mappe_med_versjon)
    time.sleep(2)
    prosess.kill()
    prosess.communicate()
    try:
        svar = kjor("tilbake", mappe=mappe_med_versjon)
        assert svar.returncode == 1
        assert svar.stderr.startswith(f"\nFeil: Et annet bygg pågår (prosess {prosess.pid}, startet ")
    finally:
        os.kill(dbt, signal.SIGKILL)
    frist = time.monotonic() + 30
    while (svar := kjor("tilbake", mappe=mappe_med_versjon)).stderr.startswith("\nFeil: Et annet bygg"):
        assert time.monotonic() < frist
    assert "ingen eldre versjon" in svar.stderr


def test_dbt_som_blir_drept_sier_hva_som_skjedde(mappe_med_versjon: Path) -> None:
    prosess, dbt = _start_bygg(mappe_med_versjon)
    time.sleep(2)
    os.kill(dbt, signal.SIGKILL)
    _, feil = prosess.communicate(timeout=60)
    assert feil.strip() == f"Feil: dbt ble stanset utenfra (SIGKILL). {URORT}"
    assert prosess.returncode == 1


def test_en_mappe_det_ikke_kan_skrives_i_stanser_for_bygget(mappe_med_versjon: Path) -> None:
    """The folder of versions can be written to, the one with the published name cannot."""
    mappe_med_versjon.chmod(0o555)
    try:
        if os.access(mappe_med_versjon, os.W_OK):
            pytest.skip("brukeren som kjører testen, kan skrive overalt")
        svar = kjor("bygg", mappe=mappe_med_versjon)
    finally:
        mappe_med_versjon.chmod(0o755)
    assert svar.returncode == 1
    assert f"Feil: Kan ikke skrive i mappen {mappe_med_versjon}" in svar.stderr
    assert "Leser CSV-filene" not in svar.stdout


def test_et_avbrutt_bygg_sier_det_med_en_setning(mappe_med_versjon: Path) -> None:
    prosess = subprocess.Popen(
        [sys.executable, "-c", "from styring.cli import hoved; hoved()", "bygg"],
        env=os.environ | {"STYRING_MAPPE": str(mappe_med_versjon)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # a job in a shell's background ignores SIGINT, and so do its children unless they say otherwise
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert prosess.stdout is not None
    while "dbt" not in prosess.stdout.readline():
        pass
    os.killpg(prosess.pid, signal.SIGINT)
    _, feil = prosess.communicate(timeout=60)
    assert prosess.returncode == 130
    assert feil.strip().splitlines()[-1] == "Avbrutt. Det som er publisert, står som det var."
    assert merke(mappe_med_versjon / FILNAVN) == "første"


def test_brutt_avtale_er_funnet(tmp_path: Path, publisert: Path) -> None:
    """Great Expectations sees what it promises to see: drop an SP and it says so."""
    from expectations.avtaler import AVTALER
    from styring.forventninger import hold_avtalene

    svar = hold_avtalene(publisert / FILNAVN, tmp_path / "hele")
    assert len(svar) == sum(len(avtale.forventninger) for avtale in AVTALER)
    assert all(ett.holdt for ett in svar)
    kopi = tmp_path / FILNAVN
    kopi.write_bytes((publisert / FILNAVN).read_bytes())
    with duckdb.connect(str(kopi)) as kobling:
        kobling.execute("delete from marts.maaloppnaaelse where sp_nr = 9").fetchall()
    assert [str(ett) for ett in hold_avtalene(kopi, tmp_path / "brutt") if not ett.holdt] == [
        "marts.maaloppnaaelse: Alle 15 styringsparametere har minst én rad. Funnet: 14"
    ]


def test_en_statusdato_som_ikke_finnes_stanser_for_bygget(mappe_med_versjon: Path) -> None:
    svar = kjor("bygg", "--statusdato", "2025-02-30", mappe=mappe_med_versjon)
    assert svar.returncode == 1
    assert "--statusdato er «2025-02-30»; ventet en dato som finnes, på formen ÅÅÅÅ-MM-DD." in svar.stderr
    assert "Leser CSV-filene" not in svar.stdout
    assert merke(mappe_med_versjon / FILNAVN) == "første"


def test_ogsaa_dbt_alene_leser_en_fil_bare_som_den_er_deklarert(prosjektkopi: Path, tmp_path: Path) -> None:
    """A plain `dbt seed` guesses nothing: columns that change places, another separator, an apostrophe first."""
    seeds = prosjektkopi / "seeds"
    erstatt(seeds / "kontroll/enheter.csv", "minst,hoyst", "hoyst,minst")
    maal = seeds / "maal/maal.csv"
    maal.write_text(maal.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")
    aktorer = seeds / "oppdrag/aktorer.csv"
    with aktorer.open(encoding="utf-8", newline="") as aapen:
        hode, *rader = csv.reader(aapen)
    for rad in rader[:2]:
        rad[hode.index("navn")] = "'" + rad[hode.index("navn")]
    with aktorer.open("w", encoding="utf-8", newline="") as aapen:
        csv.writer(aapen, lineterminator="\n").writerows([hode, *rader])
    fil = tmp_path / FILNAVN
    svar = subprocess.run(
        [Path(sys.executable).parent / "dbt", "--quiet", "seed", "--select", "enheter", "maal", "aktorer"],
        cwd=prosjektkopi,
        env=os.environ | {"STYRING_DUCKDB": str(fil)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert svar.returncode == 1
    for avvist, funnet in (
        ("kontroll/enheter", ",slingring,hoyst,minst»"),
        ("maal/maal", "virksomhet_id;gjelder_aar;"),
    ):
        assert any(f"seeds/{avvist}.csv, rad 1: fant " in en and funnet in en for en in svar.stdout.splitlines())
    with duckdb.connect(str(fil), read_only=True) as kobling:
        lastet = kobling.execute(f"select {', '.join(hode)} from seeds.aktorer").fetchall()
    assert [["" if celle is None else str(celle) for celle in rad] for rad in lastet] == rader
