"""Signing in, with a real OpenID Connect provider on this machine: who is let in, and what the others are shown."""

import json
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from dashboards import tjener as tjener_modul
from dashboards.felles import tilgang
from styring.stier import PROSJEKT
from tests.python.nettleser.conftest import ledig_port, tjener, vent
from tests.python.sider import SIDER

PERSONER = [
    {"sub": "adresse", "email": "Kari@dep.example", "email_verified": True},
    {"sub": "gruppe", "email": "ola@dep.example", "groups": ["styring"]},
    {"sub": "utenfor", "email": "per@annet.example", "groups": ["andre"]},
    {"sub": "ubekreftet", "email": "kari@dep.example", "email_verified": False},
    {"sub": "ubekreftet i ord", "email": "kari@dep.example", "email_verified": "false"},
]
TILGANG = 'adresser = ["kari@dep.example"]\ngrupper = ["styring"]\n'


@pytest.fixture(scope="module")
def utsteder() -> Iterator[str]:
    """The provider's address."""
    port = ledig_port()
    personer = [del_ for en in PERSONER for del_ in ("--user-claims", json.dumps(en))]
    prosess = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *personer],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    adresse = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{adresse}/.well-known/openid-configuration", timeout=2).close()
                break
            except OSError:
                time.sleep(0.1)
        yield adresse
    finally:
        prosess.terminate()
        prosess.wait(10)


AUTH = """[auth]
redirect_uri = "http://127.0.0.1/oauth2callback"
cookie_secret = "hemmelighemmelighemmelighemmelig"
client_id = "styring"
client_secret = "en annen"
server_metadata_url = "http://127.0.0.1/.well-known/openid-configuration"
"""


@contextmanager
def _med_palogging(publisert: Path, utsteder: str, mappe: Path, tilgang: str) -> Iterator[str]:
    """The dashboard with signing in, and some rules of who is let in, from `mappe`/secrets.toml; gives its address."""
    port, hemmelig = ledig_port(), [secrets.token_hex(32), secrets.token_hex(16)]
    fil = mappe / "secrets.toml"
    fil.write_text(
        f'[auth]\nredirect_uri = "http://127.0.0.1:{port}/oauth2callback"\n'
        f'cookie_secret = "{hemmelig[0]}"\nclient_id = "styring"\nclient_secret = "{hemmelig[1]}"\n'
        f'server_metadata_url = "{utsteder}/.well-known/openid-configuration"\n'
        f'client_kwargs = {{ scope = "openid profile email groups" }}\n[tilgang]\n{tilgang}',
        encoding="utf-8",
    )
    with tjener(publisert, port, f"--secrets.files={fil}") as adresse:
        yield adresse
    skrevet = (publisert / f"tjener-{port}.log").read_text(encoding="utf-8")
    # an encoded token begins so
    assert not any(ord_ in skrevet for ord_ in (*hemmelig, "eyJ")), skrevet


@pytest.fixture(scope="module")
def med_liste(publisert: Path, utsteder: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The dashboard that lets the two on the list in."""
    with _med_palogging(publisert, utsteder, tmp_path_factory.mktemp("med_liste"), TILGANG) as adresse:
        yield adresse


@pytest.fixture
def side(nettleser: Browser) -> Iterator[Page]:
    with nettleser.new_context(locale="nb-NO") as kontekst:
        fane = kontekst.new_page()
        # the provider's pages are styled from elsewhere
        fane.route(lambda adresse: not adresse.startswith("http://127.0.0.1:"), lambda rute: rute.abort())
        yield fane


def _logg_inn(side: Page, hvem: str) -> None:
    side.get_by_role("button", name="Logg inn").click()
    side.get_by_role("button", name=hvem, exact=True).click()


def _stengt(side: Page) -> None:
    """The page has a title, a sentence and a button, and nothing of the warehouse."""
    expect(side.get_by_role("heading", level=1)).to_have_text("Styringsdialogens datavarehus")
    vent(side)
    expect(side.get_by_role("table")).to_have_count(0)
    assert side.get_by_role("link").all_inner_texts() == ["Skip to main content"]
    expect(side.get_by_test_id("stVegaLiteChart")).to_have_count(0)
    assert "IMDi" not in side.content()


def test_en_fremmed_ser_ingen_side(med_liste: str, side: Page) -> None:
    for en in SIDER:
        side.goto(f"{med_liste}{en.sti}?sql=select+1&kilde=post/2024/0671/60")
        _stengt(side)
        expect(side.get_by_role("button", name="Logg inn")).to_be_visible()
    assert _uten_nettleser(med_liste, "sql") == []


def _uten_nettleser(adresse: str, sti: str) -> list[str | None]:
    """What the server sends to a stranger who speaks its protocol, besides words and buttons."""
    sendt: list[str | None] = []
    with connect(
        f"{adresse.replace('http', 'ws')}/_stcore/stream", subprotocols=[Subprotocol("streamlit")], max_size=None
    ) as kobling:
        melding = BackMsg()
        melding.rerun_script.page_name = sti
        kobling.send(melding.SerializeToString())
        while True:
            svar = ForwardMsg.FromString(kobling.recv(decode=False))
            if svar.WhichOneof("type") == "script_finished":
                return [en for en in sendt if en not in ("heading", "markdown", "button", "html", "empty", None)]
            if svar.WhichOneof("type") == "delta":
                sendt.append(svar.delta.new_element.WhichOneof("type"))


@pytest.mark.parametrize("hvem", ["adresse", "gruppe"])
def test_en_pa_listen_slipper_inn_og_ut(med_liste: str, side: Page, hvem: str) -> None:
    side.goto(f"{med_liste}/sql")
    _logg_inn(side, hvem)
    expect(side.get_by_role("heading", level=1)).to_have_text("Oversikt")
    side.goto(f"{med_liste}/sql")
    expect(side.get_by_role("heading", level=1)).to_have_text("SQL")
    vent(side)
    expect(side.get_by_role("table").first).to_be_visible()
    side.get_by_role("button", name="Logg ut").click()
    # the provider asks too
    side.get_by_role("button", name="End session").click()
    expect(side.get_by_role("button", name="Logg inn")).to_be_visible()
    _stengt(side)


@pytest.mark.parametrize("hvem", ["utenfor", "ubekreftet", "ubekreftet i ord"])
def test_en_utenfor_listen_far_vite_det_og_ser_ingenting(med_liste: str, side: Page, hvem: str) -> None:
    side.goto(med_liste)
    _logg_inn(side, hvem)
    expect(side.get_by_text("Du er logget inn, men har ikke tilgang.")).to_be_visible()
    _stengt(side)


def test_uten_liste_slipper_ingen_inn(publisert: Path, utsteder: str, side: Page, tmp_path: Path) -> None:
    with _med_palogging(publisert, utsteder, tmp_path, "") as adresse:
        side.goto(adresse)
        _logg_inn(side, "adresse")
        expect(side.get_by_text("har ikke tilgang")).to_be_visible()
        _stengt(side)


@pytest.mark.parametrize(
    ("innhold", "setning"),
    [
        ("", "mangler redirect_uri, cookie_secret, client_id, client_secret, server_metadata_url under [auth]"),
        ('[tilgang]\nadresser = ["kari@dep.example"]\n', "mangler redirect_uri, "),
        (AUTH.replace("[auth]", "[Auth]"), "mangler redirect_uri, "),
        (AUTH.replace("[auth]", "[auth.entra]"), "mangler redirect_uri, "),
        (AUTH.replace('"', "", 1), "mangler redirect_uri, "),
        (AUTH.replace("client_id", "klient"), "mangler client_id under [auth]"),
        (AUTH.replace("hemmelig" * 4, "minst 32 tilfeldige tegn"), "er kortere enn 32 tegn"),
    ],
    ids=["tom", "uten auth", "feil navn", "bare en navngitt", "kan ikke leses", "feltet mangler", "eksemplets egen"],
)
def test_en_fil_uten_gyldig_palogging_apner_ikke_dashbordet(tmp_path: Path, innhold: str, setning: str) -> None:
    """It does not start; without the file it is open, on its own machine."""
    fil = tmp_path / "secrets.toml"
    fil.write_text(innhold, encoding="utf-8")
    svar = subprocess.run(
        [sys.executable, "-m", "streamlit", "run", "dashboards/tjener.py", f"--server.port={ledig_port()}",
         f"--secrets.files={fil}"],
        cwd=PROSJEKT, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert svar.returncode == 1
    [linje] = [linje for linje in svar.stderr.splitlines() if linje.startswith("Feil: ")]
    assert setning in linje
    assert linje.endswith("ingen slipper inn.")


def test_en_fil_som_tommes_eller_forsvinner_mens_dashbordet_gaar_apner_ikke(
    publisert: Path, utsteder: str, side: Page, tmp_path: Path
) -> None:
    """Streamlit reads the file anew when it changes."""
    with _med_palogging(publisert, utsteder, tmp_path, TILGANG) as adresse:
        side.goto(adresse)
        expect(side.get_by_role("button", name="Logg inn")).to_be_visible()
        (tmp_path / "secrets.toml").write_text("", encoding="utf-8")
        frist = time.monotonic() + 30
        while side.get_by_role("button", name="Logg inn").count():
            assert time.monotonic() < frist
            time.sleep(1)
            side.reload()
            expect(side.get_by_role("button", name="Logg inn").or_(side.get_by_test_id("stAlert"))).to_be_visible()
        expect(side.get_by_text("Siden kan ikke vises.")).to_be_visible()
        (tmp_path / "secrets.toml").unlink()
        time.sleep(7)
        side.reload()
        expect(side.get_by_role("button", name="Logg inn").or_(side.get_by_test_id("stAlert"))).to_be_visible()
        expect(side.get_by_role("table")).to_have_count(0)
        assert "Integrerings" not in side.content()


NAA = 1_800_000_000.0
KARI = {"is_logged_in": True, "email": "kari@dep.example", "iat": NAA - 60}
REGLER = {"adresser": ["Kari@Dep.example"], "grupper": ["styring"], "timer": 1}


@pytest.mark.parametrize(
    ("person", "inne"),
    [
        ({}, True),
        ({"email_verified": True}, True),
        ({"email_verified": "TRUE"}, True),
        ({"email": "per@dep.example"}, False),
        ({"email": "per@dep.example", "groups": ["Styring"]}, True),
        ({"email": "per@dep.example", "groups": "styring"}, True),
        ({"email": "per@dep.example", "groups": [["styring"]]}, False),
        ({"email": ""}, False),
        ({"email": None}, False),
        ({"is_logged_in": False}, False),
        ({"email_verified": False}, False),
        ({"email_verified": 0}, False),
        ({"email_verified": "no"}, False),
        ({"email_verified": None}, False),
        # the signs for kelvin and for a long s are k and s in Unicode
        ({"email": "\u212aari@dep.example"}, False),
        ({"email": "x", "groups": ["\u017ftyring"]}, False),
        ({"iat": NAA - 3601}, False),
        ({"iat": NAA + 60}, True),
        ({"iat": NAA + 3600}, False),
        ({"iat": None}, False),
        ({"iat": "nå"}, False),
    ],
)
def test_hvem_som_slipper_inn(monkeypatch: pytest.MonkeyPatch, person: dict[str, object], inne: bool) -> None:
    monkeypatch.setattr(time, "time", lambda: NAA)
    assert tilgang._slipper_inn(KARI | person, REGLER) == inne


@pytest.mark.parametrize("regler", [{}, {"adresser": [""]}, {"adresser": ""}, {"grupper": [None]}])
def test_en_tom_liste_slipper_ingen_inn(regler: dict[str, object]) -> None:
    assert not tilgang._paa_listen({"email": "", "groups": ["", None]}, regler)


def _en_lenke(side: Page) -> Locator:
    return side.get_by_test_id("stSidebar").get_by_role("link", name="SQL", exact=True)


def _et_tall_i_vinduet(side: Page) -> Locator:
    return side.get_by_role("dialog").get_by_role("cell").get_by_role("button").first


def test_en_okt_som_er_utlopt_stenges_ved_neste_klikk(
    publisert: Path, utsteder: str, side: Page, tmp_path: Path
) -> None:
    # a figure in the window runs its own part of the page alone
    apnet = [(side, "/", _en_lenke), (side.context.new_page(), "/budsjett?kilde=post/2023/0671/60", _et_tall_i_vinduet)]
    with _med_palogging(publisert, utsteder, tmp_path, f"{TILGANG}timer = {20 / 3600}\n") as adresse:
        side.goto(adresse)
        _logg_inn(side, "adresse")
        expect(side.get_by_role("heading", level=1)).to_have_text("Oversikt")
        for fane, sti, klikk in apnet:
            fane.goto(f"{adresse}{sti}")
            vent(fane)
            expect(klikk(fane)).to_be_visible()
        time.sleep(20)
        for fane, _, klikk in apnet:
            klikk(fane).click()
            expect(fane.get_by_text("Økten er utløpt.")).to_be_visible()
            expect(fane.get_by_role("dialog")).to_have_count(0)
            _stengt(fane)


def test_det_ingen_side_bruker_er_stengt(med_liste: str, side: Page) -> None:
    """What Streamlit keeps of files that are sent in fills its memory, and it asks nobody who they are."""
    for sti in ("/_stcore/upload_file/okt/fil", "/_stcore/metrics", "/sql/_stcore/upload_file/okt/fil"):
        for metode in ("GET", "PUT", "DELETE"):
            svar = side.request.fetch(f"{med_liste}{sti}", method=metode, data=b"x")
            assert (svar.status, svar.headers["x-frame-options"]) == (404, "DENY"), (metode, sti)


def test_informasjonskapslene_sendes_bare_kryptert_der_adressen_er_https() -> None:
    assert tjener_modul._bare_https(b"set-cookie", b"a=b; Path=/") == b"a=b; Path=/; Secure"
    assert tjener_modul._bare_https(b"set-cookie", b"a=b; SECURE; Path=/") == b"a=b; SECURE; Path=/"
    assert tjener_modul._bare_https(b"content-type", b"text/html") == b"text/html"


def test_hodene_er_pa_alle_svar_og_fremmede_navn_avvises(med_liste: str, side: Page) -> None:
    for sti in ("/", "/sql", "/_stcore/health", "/_stcore/host-config", "/finnes-ikke"):
        svar = side.request.get(f"{med_liste}{sti}")
        assert svar.headers["x-frame-options"] == "DENY", sti
        assert svar.headers["x-content-type-options"] == "nosniff", sti
        assert "frame-ancestors 'none'" in svar.headers["content-security-policy"], sti
        svar = side.request.get(f"{med_liste}{sti}", headers={"Origin": "http://ond.example"})
        assert "access-control-allow-origin" not in svar.headers, sti
    strom = f"{med_liste.replace('http', 'ws')}/_stcore/stream"
    # a page elsewhere that opens the connection by itself
    with pytest.raises(InvalidStatus), connect(strom, origin=Origin("http://ond.example")):
        pass
    # and one that has its own name point to this machine
    with (
        socket.create_connection(("127.0.0.1", int(med_liste.rpartition(":")[2]))) as sokkel,
        pytest.raises(InvalidStatus),
        connect("ws://ond.example/_stcore/stream", sock=sokkel, origin=Origin("http://ond.example")),
    ):
        pass
    with connect(strom, origin=Origin(med_liste)):
        pass
