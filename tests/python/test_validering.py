"""A tired person's CSV files: each fault gives one sentence with file, row, column, value and what was expected.

The broken files stand in tests/data/daarlig_inndata.toml. Hypothesis makes more of them.
"""

import csv
import datetime
import io
import re
import shutil
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from styring.deklarasjon import Seed, les
from styring.feil import StyringFeil
from styring.stier import PROSJEKT, SEEDS
from styring.validering import Funn, valider
from tests.python.conftest import erstatt

Sak = dict[str, Any]

DATA = Path(__file__).parents[1] / "data" / "daarlig_inndata.toml"
SAKER: list[Sak] = tomllib.loads(DATA.read_text(encoding="utf-8"))["sak"]
# how macros/load_csv_rows.sql has DuckDB read a seed
[LESEMAATE] = re.findall(r"\((format csv, .*)\)", (PROSJEKT / "macros/load_csv_rows.sql").read_text(encoding="utf-8"))
EKSEMPLER = settings(max_examples=50, deadline=None)


def _erstatt_med(fil: Path, hva: str) -> None:
    tekst = fil.read_bytes()
    fil.unlink()
    if hva == "mappe":
        fil.mkdir()
    elif hva == "lenke":
        ekte = fil.with_suffix(".txt")
        ekte.write_bytes(tekst)
        fil.symlink_to(ekte)
    else:
        assert hva == "ingenting"


def _tekst(fil: Path) -> str:
    return fil.read_bytes().decode()


ODELEGG: dict[str, Callable[[Path, Any], object]] = {
    "bytt": lambda fil, hva: erstatt(fil, *hva),
    "bytt_alle": lambda fil, hva: fil.write_bytes(_tekst(fil).replace(*hva).encode()),
    "gjenta": lambda fil, hva: erstatt(fil, hva[0], hva[1] * hva[2]),
    "bak": lambda fil, hva: fil.write_bytes((_tekst(fil) + hva).encode()),
    "linjer": lambda fil, hva: fil.write_bytes("".join(_tekst(fil).splitlines(keepends=True)[:hva]).encode()),
    "skriv": lambda fil, hva: fil.write_bytes(hva.encode()),
    "koding": lambda fil, hva: fil.write_bytes(_tekst(fil).encode(hva)),
    "nytt_navn": lambda fil, hva: fil.rename(fil.with_name(hva)),
    "erstatt_med": _erstatt_med,
}


def _slag(sak: Sak) -> str:
    """How a case breaks its file: the one key that says so."""
    [slag] = sak.keys() - {"navn", "fil", "setning", "kontroll"}
    return slag


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the seeds that every test leaves as it was. What its yml files declare is read once."""
    return Path(shutil.copytree(SEEDS, tmp_path_factory.mktemp("felles") / "seeds"))


@contextmanager
def endret(mappe: Path) -> Iterator[None]:
    """Put back what is changed in a folder of CSV files."""
    for_ = {fil: fil.read_bytes() for fil in mappe.iterdir()}
    try:
        yield
    finally:
        for fil in mappe.iterdir():
            if fil not in for_ or fil.is_symlink() or fil.is_dir():
                fil.rmdir() if fil.is_dir() else fil.unlink()
        for fil, innhold in for_.items():
            if not fil.exists() or fil.read_bytes() != innhold:
                fil.write_bytes(innhold)


def test_seedene_i_prosjektet_er_gyldige() -> None:
    assert [str(funn) for funn in valider()] == []


def test_hver_sak_er_for_seg() -> None:
    assert len(SAKER) >= 190
    assert len({sak["navn"] for sak in SAKER}) == len(SAKER)
    assert len({(sak["fil"], repr(sak[_slag(sak)])) for sak in SAKER}) == len(SAKER)
    assert all(("setning" in sak) != ("kontroll" in sak) for sak in SAKER)


@pytest.mark.parametrize("sak", [pytest.param(sak, id=sak["navn"]) for sak in SAKER if "setning" in sak])
def test_feil_gir_en_setning_som_sier_hvor_og_hva(sak: Sak, seeds: Path) -> None:
    fil = seeds / sak["fil"]
    with endret(fil.parent):
        ODELEGG[_slag(sak)](fil, sak[_slag(sak)])
        # what else is said of it comes after, where other files point to what is gone
        assert sak["setning"] in [str(funn) for funn in valider(seeds)][:3]


@pytest.mark.parametrize("sak", [pytest.param(sak, id=sak["navn"]) for sak in SAKER if "kontroll" in sak])
def test_det_bare_innholdet_roper_er_en_gyldig_fil(sak: Sak, seeds: Path) -> None:
    """What is in it stops the build all the same: test_kontroller."""
    fil = seeds / sak["fil"]
    with endret(fil.parent):
        ODELEGG[_slag(sak)](fil, sak[_slag(sak)])
        assert valider(seeds) == []


@pytest.mark.parametrize(
    ("fil", "gammelt", "nytt", "setning"),
    [
        ("maal", "version: 2\n", "version: 2\n\tx: 1\n", "linje 2: filen kan ikke leses som yml; ventet UTF-8"),
        ("maal", "version: 2\n", "version: 3\n", "_maal__seeds.yml, version: fant 3, ventet 2."),
        ("maal", "seeds:\n", "seed:\n", "ventet nøklene version og seeds."),
        # dbt passes over these, and with them the tests that stand under them
        ("kontroll", "    data_tests:\n      - alltid_sant:", "    data_test:\n      - alltid_sant:",
         "ventet en fil med name, description, config (column_types, meta), columns og eventuelt data_tests."),
        ("kontroll", "description: Vurderingen.", "decription: Vurderingen.",
         "ventet en kolonne med name, description"),
        ("styring", "          - unique\n", "          - unque\n",
         '_styring__seeds.yml, risikovurderinger, risiko_id: fant "unque", ventet en av testene not_null, '),
        ("oppdrag", "        belop: string\n", "        belop: strng\n",
         'oppdragsfinansiering, config, column_types, belop: fant "strng", ventet en av typene string, '),
        ("kontroll", "        faktor: decimal(13,3)\n", "        faktor: decimal(13,0)\n", "med minst én desimal."),
        ("kontroll", "        kan_vaere_tom: true\n      column_types:\n        kontroll_id",
         '        kan_vaere_tom: "false"\n      column_types:\n        kontroll_id', "ventet true eller false."),
        ("kontroll", "monster: 'K[0-9]{2}'", "monster: 'K[0-9'", "ventet en av testene"),
        ("kontroll", "monster: 'K[0-9]{2}'", "mønster: 'K[0-9]{2}'", "ventet en av testene"),
        ("kontroll", "values: [kjent, forklart, rettet]", "values: kjent", "ventet en av testene"),
        ("kontroll", "values: [kjent, forklart, rettet]", "values: [1, 2]", "ventet en av testene"),
        # what does not hang together
        ("kontroll", "        slingring: decimal(13,6)\n", "", "enheter: columns og column_types har ikke de samme"),
        ("budsjett", "til: ref('bindinger')", "til: ref('bindingr')",
         "bindinger: refererer_til viser til ref('bindingr'), som ikke er deklarert."),
        ("styring", "dato_i: frist_trykt", "dato_i: frist_trykkt",
         "dato_i for dato nevner kolonnen frist_trykkt, som ikke er deklarert i moter_og_frister."),
        ("budsjett", "post, overordnet_binding]", "post, overordnet]",
         "refererer_til nevner kolonnen overordnet, som ikke er deklarert i bindinger."),
        ("maal", "  - name: krav\n", "  - name: maal\n", "maal: navnet er deklarert to ganger."),
    ],
)  # fmt: skip
def test_en_feil_i_en_deklarasjon_gir_en_setning(
    seedkopi: Path, fil: str, gammelt: str, nytt: str, setning: str
) -> None:
    yml = seedkopi / fil / f"_{fil}__seeds.yml"
    tekst = yml.read_text(encoding="utf-8")
    assert gammelt in tekst
    yml.write_text(tekst.replace(gammelt, nytt, 1), encoding="utf-8")
    with pytest.raises(StyringFeil) as feil:
        valider(seedkopi)
    assert feil.value.melding.startswith(f"seeds/{fil}/_{fil}__seeds.yml")
    assert setning in feil.value.melding


def test_et_uttrykk_som_ikke_kan_regnes_ut(seedkopi: Path) -> None:
    erstatt(seedkopi / "kontroll/_kontroll__seeds.yml", "coalesce(minst <= hoyst, true)", "minst <= hoeyst")
    with pytest.raises(StyringFeil, match="Uttrykket «minst <= hoeyst» for enheter kan ikke regnes ut: Binder Error"):
        valider(seedkopi)


def test_uten_deklarasjoner_er_ikke_alt_i_orden(tmp_path: Path, seedkopi: Path) -> None:
    (tmp_path / "tom").mkdir()
    with pytest.raises(StyringFeil, match="Ingen CSV-filer er deklarert"):
        valider(tmp_path / "tom")
    (seedkopi / "maal").rename(tmp_path / "maal")
    (seedkopi / "maal").symlink_to(tmp_path / "maal")
    assert "seeds/maal: mappen er en lenke til en annen mappe; legg mappen selv her." in map(str, valider(seedkopi))


def test_en_fil_full_av_feil_gir_ikke_flere_enn_en_leser_orker(seedkopi: Path) -> None:
    for fil, rad in (
        ("maal/maal.csv", "x;y\n"),
        ("maal/krav.csv", ",,,,,,,\n"),
        ("tall/tolk_verdier.csv", "a,1,x,,y,,\n"),
    ):
        innhold = (seedkopi / fil).read_text(encoding="utf-8")
        (seedkopi / fil).write_text(innhold + rad * 5000, encoding="utf-8")
    assert 3 * 100 <= len(valider(seedkopi)) < 3 * 210


def test_en_fil_som_ikke_kan_leses_gir_ikke_feil_i_de_andre(seedkopi: Path) -> None:
    (seedkopi / "dokumenter/dokumenter.csv").write_text("", encoding="utf-8")
    assert [str(funn) for funn in valider(seedkopi)] == [
        "seeds/dokumenter/dokumenter.csv: filen er tom; den skal ha en overskriftsrad og rader."
    ]


def test_en_fil_der_en_rad_ikke_kan_leses_gir_ikke_feil_i_de_andre(seedkopi: Path) -> None:
    erstatt(seedkopi / "dokumenter/dokumenter.csv", "AR2023,imdi,", "AR2023,imdi,,")
    assert [str(funn) for funn in valider(seedkopi)] == [
        "seeds/dokumenter/dokumenter.csv, rad 2: raden har 13 felt; overskriften har 12."
    ]


def test_en_fil_uten_lesetilgang(seedkopi: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refused in Python, for the tests may run as a user who can read everything."""
    les_bytes = Path.read_bytes

    def nekt(fil: Path) -> bytes:
        if fil.name == "krav.csv":
            raise PermissionError(13, "Permission denied", str(fil))
        return les_bytes(fil)

    monkeypatch.setattr(Path, "read_bytes", nekt)
    assert [str(funn) for funn in valider(seedkopi)] == [
        "seeds/maal/krav.csv: filen kan ikke leses (kanskje mangler du lesetilgang)."
    ]


def test_den_umulige_fristen_er_beholdt_som_trykt() -> None:
    fil = SEEDS / "oppdrag/oppdragsfrister.csv"
    assert "TB2024-FoU4,hele,TB2025,Vedlegg 2,endelig,,31.09.2026," in fil.read_text(encoding="utf-8")


def _rader(fil: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(_tekst(fil), newline="")))


def _verdi(type_: str, tekst: str) -> object:
    """What a field must become in a column of a type, told without DuckDB."""
    if tekst == "":
        return None
    if type_ == "integer":
        return int(tekst)
    if type_ == "date":
        return datetime.date.fromisoformat(tekst)
    if type_ == "boolean":
        return {"true": True, "false": False}[tekst]
    return Decimal(tekst) if type_.startswith("decimal") else tekst


def _lastes_som_den_staar(seed: Seed, fil: Path) -> bool:
    """Whether DuckDB reads from a file just what stands in it, with the statement that loads the seeds."""
    typer = [kolonne.type for kolonne in seed.kolonner]
    kolonner = ", ".join(f'"{k.navn}" {"varchar" if k.type == "string" else k.type}' for k in seed.kolonner)
    with duckdb.connect() as kobling:
        kobling.execute(f"create table seed ({kolonner})").fetchall()
        kobling.execute(f"copy seed from '{fil}' ({LESEMAATE})").fetchall()
        lastet = kobling.execute("select * from seed").fetchall()
    ventet = [tuple(map(_verdi, typer, rad)) for rad in _rader(fil)[1:]]
    return lastet == ventet


NAVN = sorted(les())
RADER = {navn: _rader(seed.fil) for navn, seed in les().items()}
# every value there is, so that values are also drawn that fit elsewhere
VERDIER = sorted({verdi for rader in RADER.values() for rad in rader for verdi in rad})
SLEMME = st.one_of(
    st.sampled_from(VERDIER),
    st.text(max_size=30),
    st.text("0123456789-+.,eE ()−%٣１", max_size=12),
    st.text("aå'\"=+-@#;|\\\t\r\n\u00a0\u200b\u00ad\ufeff\u0301\u0430\u03bf＝ﬁ«–", max_size=12),
    st.from_regex(r"-?(0|[1-9][0-9]{0,20})([.][0-9]{0,5})?", fullmatch=True),
    st.from_regex(r"[0-9]{4}-[01][0-9]-[0-3][0-9]", fullmatch=True),
    st.sampled_from(["NaN", "inf", "1e6", "null", "NULL", "\\N", "True", "'a", "'a, b'", "# a", '"', '""', "\\", "’"]),
)


@EKSEMPLER
@given(navn=st.sampled_from(NAVN), innhold=st.binary(max_size=200))
def test_vilkaarlige_bytes_blir_avvist(seeds: Path, navn: str, innhold: bytes) -> None:
    fil = les(seeds)[navn].fil
    with endret(fil.parent):
        fil.write_bytes(innhold)
        assert any(str(fil.relative_to(seeds.parent)) in str(funn) for funn in valider(seeds))


@EKSEMPLER
@given(
    navn=st.sampled_from(NAVN),
    sted=st.floats(0, 1),
    bort=st.integers(0, 3),
    inn=st.one_of(st.binary(max_size=4), st.sampled_from([b"\r", b"\n", b",", b'"', b"'", b"-", b"0", b"\\", b"#"])),
)
def test_et_hakk_i_en_fil_blir_avvist_eller_lest_som_det_staar(
    seeds: Path, navn: str, sted: float, bort: int, inn: bytes
) -> None:
    """A few bytes lost, or put in, anywhere in a real file."""
    seed = les(seeds)[navn]
    with endret(seed.fil.parent):
        innhold = seed.fil.read_bytes()
        plass = int(sted * len(innhold))
        seed.fil.write_bytes(innhold[:plass] + inn + innhold[plass + bort :])
        assert valider(seeds) or _lastes_som_den_staar(seed, seed.fil)


def _gjelder(funn: Funn, fil: str, rad: int, navn: str, kolonne: str) -> bool:
    """Whether a finding is about a cell: its own, one that is read from it, or one that must point to it."""
    if f" {navn}.csv" in funn.ventet or "_serier.csv" in funn.ventet:
        return True
    lest_av_denne = {k.navn for k in les()[navn].kolonner if k.dato_i == kolonne}
    if kolonne.startswith("fra_") or "_fra" in kolonne:
        lest_av_denne.add(re.sub("fra", "til", kolonne))
    nevnt = set((funn.kolonne or "").split(", "))
    if funn.fil == fil and kolonne in nevnt and "bare står én gang" in funn.ventet:
        return True  # of two equal keys, the last is named
    return (funn.fil, funn.rad) == (fil, rad) and not nevnt.isdisjoint({kolonne, *lest_av_denne})


@EKSEMPLER
@given(navn=st.sampled_from(NAVN), rad=st.integers(0), kolonne=st.integers(0), verdi=SLEMME)
def test_en_celle_blir_avvist_der_den_staar_eller_lest_som_den_staar(
    seeds: Path, navn: str, rad: int, kolonne: int, verdi: str
) -> None:
    """Any text in any cell is refused at that cell, or is plain text that DuckDB reads as it stands."""
    seed = les(seeds)[navn]
    rader = [list(en) for en in RADER[navn]]
    rad, kolonne = 1 + rad % (len(rader) - 1), kolonne % len(seed.kolonner)
    rader[rad][kolonne] = verdi
    ut = io.StringIO()
    csv.writer(ut, lineterminator="\n").writerows(rader)
    with endret(seed.fil.parent):
        seed.fil.write_bytes(ut.getvalue().encode())
        funn = valider(seeds)
        if funn:
            fil = str(seed.fil.relative_to(seeds.parent))
            if "\r" in verdi or "\0" in verdi:
                assert [ett.fil for ett in funn] == [fil]
            else:
                assert any(_gjelder(ett, fil, rad + 1, navn, seed.kolonner[kolonne].navn) for ett in funn), funn
            return
        assert _lastes_som_den_staar(seed, seed.fil)
    assert verdi == verdi.strip() == unicodedata.normalize("NFC", verdi)
    assert verdi.isprintable()
    assert not verdi.startswith(("=", "+", "@", "＝", "＋", "＠", "'"))
    assert not re.match(r"-[^0-9]", verdi)
