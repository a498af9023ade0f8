"""A tired person's CSV files: each fault gives one sentence with file, row, column, value and what was expected."""

from collections.abc import Callable
from pathlib import Path

import pytest

from styring.validering import valider
from tests.python.conftest import erstatt

HENDELSER = "budsjett/tildelingshendelser.csv"
FRISTER = "oppdrag/oppdragsfrister.csv"
KALENDER = "styring/moter_og_frister.csv"
BOSETTING = "tall/bosetting_verdier.csv"


def bytt(fil: str, gammelt: str, nytt: str) -> Callable[[Path], None]:
    return lambda seeds: erstatt(seeds / fil, gammelt, nytt)


def skriv(fil: str, endre: Callable[[str], str | bytes]) -> Callable[[Path], None]:
    def _skriv(seeds: Path) -> None:
        innhold = endre((seeds / fil).read_text(encoding="utf-8"))
        (seeds / fil).write_bytes(innhold.encode() if isinstance(innhold, str) else innhold)

    return _skriv


def uten_kolonne(tekst: str) -> str:
    return "\n".join(linje.partition(",")[2] for linje in tekst.splitlines()) + "\n"


RAD_1 = "T3-2024-0670-01,2024,0670,01,T3-2024,kap. 4,overført fra i fjor,17002000,kr,,,,"

FEIL = {
    "semikolon": (
        skriv(HENDELSER, lambda tekst: tekst.replace(",", ";")),
        "seeds/budsjett/tildelingshendelser.csv, rad 1: kolonnene er skilt med semikolon; de skal skilles med komma.",
    ),
    "latin-1": (
        skriv(HENDELSER, lambda tekst: tekst.encode("latin-1")),
        "seeds/budsjett/tildelingshendelser.csv: linje 2 er ikke kodet som UTF-8 (kanskje Latin-1); "
        "lagre filen som UTF-8.",
    ),
    "utf-16": (
        skriv(HENDELSER, lambda tekst: tekst.encode("utf-16")),
        "seeds/budsjett/tildelingshendelser.csv: filen er kodet som UTF-16; lagre den som UTF-8.",
    ),
    "bom": (
        skriv(HENDELSER, lambda tekst: b"\xef\xbb\xbf" + tekst.encode()),
        "seeds/budsjett/tildelingshendelser.csv: filen begynner med et skjult merke (BOM); "
        "lagre den som UTF-8 uten BOM.",
    ),
    "nullbyte": (
        skriv(HENDELSER, lambda tekst: tekst.replace("kap. 4", "kap.\x00 4", 1)),
        "seeds/budsjett/tildelingshendelser.csv: filen har en nullbyte på linje 2; "
        "åpne den i et tekstredigeringsprogram og fjern den.",
    ),
    "tom fil": (
        skriv(HENDELSER, lambda _: ""),
        "seeds/budsjett/tildelingshendelser.csv: filen er tom; den skal ha en overskriftsrad og rader.",
    ),
    "bare overskrift": (
        skriv(HENDELSER, lambda tekst: tekst.splitlines()[0] + "\n"),
        "seeds/budsjett/tildelingshendelser.csv: filen har bare en overskriftsrad; den skal ha rader.",
    ),
    "manglende fil": (
        lambda seeds: (seeds / HENDELSER).unlink(),
        "seeds/budsjett/tildelingshendelser.csv: filen mangler.",
    ),
    "ukjent fil": (
        lambda seeds: (seeds / "budsjett/kopi.csv").write_text("a,b\n1,2\n", encoding="utf-8"),
        "seeds/budsjett/kopi.csv: filen er ikke deklarert i noen _…__seeds.yml.",
    ),
    "manglende kolonne": (
        skriv(HENDELSER, uten_kolonne),
        "seeds/budsjett/tildelingshendelser.csv, rad 1: kolonnen hendelse_id mangler i overskriftsraden.",
    ),
    "ekstra kolonne": (
        skriv(BOSETTING, lambda tekst: "\n".join(linje + ",x" for linje in tekst.splitlines()) + "\n"),
        "seeds/tall/bosetting_verdier.csv, rad 1: kolonnen «x» er ikke deklarert; "
        "ventet serie_id, aar, verdi, tilnaermet, status, trykt, fotnote.",
    ),
    "manglende felt": (
        bytt(HENDELSER, RAD_1, RAD_1.removesuffix(",")),
        "seeds/budsjett/tildelingshendelser.csv, rad 2: raden har 12 felt; overskriften har 13.",
    ),
    "åpent anførselstegn": (
        bytt(HENDELSER, "T3-2024-0670-01,2024", '"T3-2024-0670-01,2024'),
        "seeds/budsjett/tildelingshendelser.csv, rad 2: anførselstegnene i raden går ikke opp; "
        'et felt med komma skal stå i " ".',
    ),
    "dobbel nøkkel": (
        bytt(HENDELSER, RAD_1, f"{RAD_1}\n{RAD_1}"),
        "seeds/budsjett/tildelingshendelser.csv, rad 3, kolonne hendelse_id: fant «T3-2024-0670-01», "
        "ventet at nøkkelen bare står én gang; den står også i rad 2.",
    ),
    "dobbel kombinasjon": (
        bytt(BOSETTING, "ar2023-t311-busette-totalt,2020,2819", "ar2023-t311-busette-totalt,2019,2819"),
        "seeds/tall/bosetting_verdier.csv, rad 46, kolonne serie_id, aar: fant «ar2023-t311-busette-totalt, 2019», "
        "ventet at kombinasjonen bare står én gang; den står også i rad 45.",
    ),
    "beløp med mellomrom": (
        bytt(HENDELSER, "17002000", "17 002 000"),
        "seeds/budsjett/tildelingshendelser.csv, rad 2, kolonne belop: fant «17 002 000», ventet et tall uten "
        "mellomrom, med punktum som desimaltegn, for eksempel 14144000 eller 2.5.",
    ),
    "beløp med komma": (
        bytt(HENDELSER, "17002000", '"17002,5"'),
        "seeds/budsjett/tildelingshendelser.csv, rad 2, kolonne belop: fant «17002,5», ventet et tall uten "
        "mellomrom, med punktum som desimaltegn, for eksempel 14144000 eller 2.5.",
    ),
    "kapittel uten ledende null": (
        bytt(HENDELSER, "T3-2024-0670-01,2024,0670,", "T3-2024-0670-01,2024,670,"),
        "seeds/budsjett/tildelingshendelser.csv, rad 2, kolonne kapittel: fant «670», "
        "ventet fire sifre med ledende null, for eksempel 0671.",
    ),
    "post uten ledende null": (
        bytt(HENDELSER, "2024,0670,01,T3-2024", "2024,0670,1,T3-2024"),
        "seeds/budsjett/tildelingshendelser.csv, rad 2, kolonne post: fant «1», "
        "ventet to sifre med ledende null, for eksempel 01.",
    ),
    "tekst for heltall": (
        bytt(HENDELSER, "T3-2024-0670-01,2024,", "T3-2024-0670-01,i fjor,"),
        "seeds/budsjett/tildelingshendelser.csv, rad 2, kolonne budsjettaar: fant «i fjor», "
        "ventet et heltall uten mellomrom.",
    ),
    "ukjent dokument": (
        bytt(HENDELSER, "0670,01,T3-2024,", "0670,01,T8-2024,"),
        "seeds/budsjett/tildelingshendelser.csv, rad 2, kolonne dokument_id: fant «T8-2024», "
        "ventet en verdi som står i dokumenter.csv.",
    ),
    "ukjent sted": (
        bytt(HENDELSER, "0670,01,T3-2024,kap. 4,", "0670,01,T3-2024,kap. 44,"),
        "seeds/budsjett/tildelingshendelser.csv, rad 2, kolonne dokument_id, sted: fant «T3-2024, kap. 44», "
        "ventet verdier som står i steder.csv.",
    ),
    "ukjent post": (
        bytt(HENDELSER, "T3-2024-0670-01,2024,0670,01,", "T3-2024-0670-01,2024,0670,02,"),
        "seeds/budsjett/tildelingshendelser.csv, rad 2, kolonne budsjettaar, kapittel, post: fant «2024, 0670, 02», "
        "ventet verdier som står i poster.csv.",
    ),
    "ukjent type": (
        bytt(HENDELSER, "kap. 4,overført fra i fjor,17002000", "kap. 4,overføring,17002000"),
        "seeds/budsjett/tildelingshendelser.csv, rad 2, kolonne type: fant «overføring», ventet en av: "
        "opprinnelig tildeling, overført fra i fjor, bevilgningsendring, nysaldering, oppdragsmidler, korrigering, "
        "tilbaketrekking.",
    ),
    "dato som ikke finnes": (
        bytt(
            FRISTER, "2024-17,hele,T1-2024,kap. 3,endelig,2024-05-08", "2024-17,hele,T1-2024,kap. 3,endelig,2024-09-31"
        ),
        "seeds/oppdrag/oppdragsfrister.csv, rad 3, kolonne frist: fant «2024-09-31», "
        "ventet en dato som finnes, på formen ÅÅÅÅ-MM-DD.",
    ),
    "dato på norsk": (
        bytt(
            FRISTER, "2024-17,hele,T1-2024,kap. 3,endelig,2024-05-08", "2024-17,hele,T1-2024,kap. 3,endelig,08.05.2024"
        ),
        "seeds/oppdrag/oppdragsfrister.csv, rad 3, kolonne frist: fant «08.05.2024», "
        "ventet en dato som finnes, på formen ÅÅÅÅ-MM-DD.",
    ),
    "en annen dato enn den trykte": (
        bytt(FRISTER, "endelig,2024-05-08,08.05.2024", "endelig,2024-05-09,08.05.2024"),
        "seeds/oppdrag/oppdragsfrister.csv, rad 3, kolonne frist: fant «2024-05-09», "
        "ventet 2024-05-08, som er det «08.05.2024» sier.",
    ),
    "trykt dato uten frist": (
        bytt(FRISTER, "delleveranse,2024-05-31,31. mai 2024", "delleveranse,,31. mai 2024"),
        "seeds/oppdrag/oppdragsfrister.csv, rad 2, kolonne frist: fant «», "
        "ventet 2024-05-31, som er det «31. mai 2024» sier.",
    ),
    "frist uten trykt dato": (
        bytt(FRISTER, "delleveranse,,i løpet av april og mai", "delleveranse,2024-05-31,i løpet av april og mai"),
        "seeds/oppdrag/oppdragsfrister.csv, rad 5, kolonne frist: fant «2024-05-31», "
        "ventet ingen dato, for «i løpet av april og mai» er ingen.",
    ),
    "frist der den trykte datoen ikke finnes": (
        bytt(FRISTER, ",31.09.2026", "2026-09-30,31.09.2026"),
        "seeds/oppdrag/oppdragsfrister.csv, rad 78, kolonne frist: fant «2026-09-30», "
        "ventet ingen dato, for «31.09.2026» finnes ikke.",
    ),
    "møte på en annen dag enn den trykte": (
        bytt(KALENDER, 'kap. 671 post 62, 71 og 73",2024-06-01', 'kap. 671 post 62, 71 og 73",2024-07-01'),
        "seeds/styring/moter_og_frister.csv, rad 3, kolonne dato: fant «2024-07-01», "
        "ventet 2024-06-01, som er det «1. juni 2024» sier.",
    ),
    "tomt påkrevd felt": (
        bytt(FRISTER, "2024-05-08,08.05.2024,", "2024-05-08,,"),
        "seeds/oppdrag/oppdragsfrister.csv, rad 3, kolonne frist_trykt: fant «», ventet en verdi; feltet er påkrevd.",
    ),
    "mellomrom til slutt": (
        bytt(HENDELSER, "2024,0670,01,T3-2024,", "2024,0670 ,01,T3-2024,"),
        "seeds/budsjett/tildelingshendelser.csv, rad 2, kolonne kapittel: fant «0670 », "
        "ventet en verdi uten mellomrom først eller sist.",
    ),
    "formel": (
        bytt("styring/moter_og_frister.csv", ",Ledersamling,", ",=HYPERLINK(1),"),
        "seeds/styring/moter_og_frister.csv, rad 31, kolonne tittel: fant «=HYPERLINK(1)», "
        "ventet en verdi som ikke begynner som en regnearkformel.",
    ),
    "årstall med fem sifre": (
        bytt(BOSETTING, "ar2023-t311-busette-totalt,2020,", "ar2023-t311-busette-totalt,20200,"),
        "seeds/tall/bosetting_verdier.csv, rad 46, kolonne aar: fant «20200», ventet et årstall fra 2000 til 2099.",
    ),
    "serie uten deklarasjon": (
        bytt("kontroll/relasjoner.csv", "t341-totalt,sum,ar2023-t341-totalt,", "t341-totalt,sum,ar2023-t341-sum,"),
        "seeds/kontroll/relasjoner.csv, rad 8, kolonne resultat_serie_id: fant «ar2023-t341-sum», ventet en verdi som "
        "står i bosetting_serier.csv eller norskopplaering_serier.csv eller introduksjonsprogram_serier.csv ….",
    ),
}


def test_seedene_i_prosjektet_er_gyldige() -> None:
    assert [str(funn) for funn in valider()] == []


@pytest.mark.parametrize("navn", FEIL)
def test_feil_gir_en_setning_som_sier_hvor_og_hva(navn: str, seedkopi: Path) -> None:
    odelegg, ventet = FEIL[navn]
    odelegg(seedkopi)
    assert ventet in [str(funn) for funn in valider(seedkopi)]


def test_en_fil_som_ikke_kan_leses_gir_ikke_feil_i_de_andre(seedkopi: Path) -> None:
    (seedkopi / "dokumenter/dokumenter.csv").write_text("", encoding="utf-8")
    assert [str(funn) for funn in valider(seedkopi)] == [
        "seeds/dokumenter/dokumenter.csv: filen er tom; den skal ha en overskriftsrad og rader."
    ]


def test_den_umulige_fristen_er_beholdt_som_trykt() -> None:
    fil = Path(__file__).parents[2] / "seeds" / FRISTER
    assert "TB2024-FoU4,hele,TB2025,Vedlegg 2,endelig,,31.09.2026," in fil.read_text(encoding="utf-8")
