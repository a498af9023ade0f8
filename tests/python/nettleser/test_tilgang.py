"""Signing in, with a real OpenID Connect provider on this machine: who is let in, and what the others are shown."""

import json
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

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


Start = Callable[[str], str]


@pytest.fixture
def start(publisert: Path, utsteder: str, tmp_path: Path) -> Iterator[Start]:
    """Start the dashboard with signing in, and with some rules of who is let in; gives its address."""
    aapne, hemmelig, logger = [], [secrets.token_hex(32), secrets.token_hex(16)], []

    def _start(tilgang: str) -> str:
        port = ledig_port()
        logger.append(publisert / f"tjener-{port}.log")
        fil = tmp_path / "secrets.toml"
        fil.write_text(
            f'[auth]\nredirect_uri = "http://127.0.0.1:{port}/oauth2callback"\n'
            f'cookie_secret = "{hemmelig[0]}"\nclient_id = "styring"\nclient_secret = "{hemmelig[1]}"\n'
            f'server_metadata_url = "{utsteder}/.well-known/openid-configuration"\n'
            f'client_kwargs = {{ scope = "openid profile email groups" }}\n[tilgang]\n{tilgang}',
            encoding="utf-8",
        )
        en = tjener(publisert, port, f"--secrets.files={fil}")
        aapne.append(en)
        return en.__enter__()

    yield _start
    for en in aapne:
        en.__exit__(None, None, None)
    for logg in logger:
        skrevet = logg.read_text(encoding="utf-8")
        # an encoded token begins so
        assert not any(ord_ in skrevet for ord_ in (*hemmelig, "eyJ")), skrevet


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


def test_en_fremmed_ser_ingen_side(start: Start, side: Page) -> None:
    adresse = start(TILGANG)
    for en in SIDER:
        side.goto(f"{adresse}{en.sti}?sql=select+1&kilde=post/2024/0671/60")
        _stengt(side)
        expect(side.get_by_role("button", name="Logg inn")).to_be_visible()
    assert _uten_nettleser(adresse, "sql") == []


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
def test_en_pa_listen_slipper_inn_og_ut(start: Start, side: Page, hvem: str) -> None:
    adresse = start(TILGANG)
    side.goto(f"{adresse}/sql")
    _logg_inn(side, hvem)
    expect(side.get_by_role("heading", level=1)).to_have_text("Oversikt")
    side.goto(f"{adresse}/sql")
    expect(side.get_by_role("heading", level=1)).to_have_text("SQL")
    vent(side)
    expect(side.get_by_role("table").first).to_be_visible()
    side.get_by_role("button", name="Logg ut").click()
    # the provider asks too
    side.get_by_role("button", name="End session").click()
    expect(side.get_by_role("button", name="Logg inn")).to_be_visible()
    _stengt(side)


@pytest.mark.parametrize("hvem", ["utenfor", "ubekreftet", "ubekreftet i ord"])
def test_en_utenfor_listen_far_vite_det_og_ser_ingenting(start: Start, side: Page, hvem: str) -> None:
    side.goto(start(TILGANG))
    _logg_inn(side, hvem)
    expect(side.get_by_text("Du er logget inn, men har ikke tilgang.")).to_be_visible()
    _stengt(side)


def test_uten_liste_slipper_ingen_inn(start: Start, side: Page) -> None:
    side.goto(start(""))
    _logg_inn(side, "adresse")
    expect(side.get_by_text("har ikke tilgang")).to_be_visible()
    _stengt(side)


def test_en_feil_i_filen_med_hemmeligheter_stenger_for_alle(start: Start, side: Page) -> None:
    side.goto(start('adresser = ["kari@dep.example"'))
    expect(side.get_by_text("Siden kan ikke vises.")).to_be_visible()
    expect(side.get_by_role("table")).to_have_count(0)
    assert "Integrerings" not in side.content()


def test_en_okt_som_er_utlopt_stenges_ved_neste_klikk(start: Start, side: Page) -> None:
    adresse = start(f"{TILGANG}timer = {15 / 3600}\n")
    side.goto(adresse)
    _logg_inn(side, "adresse")
    expect(side.get_by_role("heading", level=1)).to_have_text("Oversikt")
    time.sleep(15)
    side.get_by_test_id("stSidebar").get_by_role("link", name="SQL", exact=True).click()
    expect(side.get_by_text("Økten er utløpt.")).to_be_visible()
    _stengt(side)


def test_hodene_er_pa_alle_svar_og_fremmede_navn_avvises(start: Start, side: Page) -> None:
    adresse = start(TILGANG)
    for sti in ("/", "/sql", "/_stcore/health", "/_stcore/host-config", "/finnes-ikke"):
        svar = side.request.get(f"{adresse}{sti}")
        assert svar.headers["x-frame-options"] == "DENY", sti
        assert svar.headers["x-content-type-options"] == "nosniff", sti
        assert "frame-ancestors 'none'" in svar.headers["content-security-policy"], sti
        svar = side.request.get(f"{adresse}{sti}", headers={"Origin": "http://ond.example"})
        assert "access-control-allow-origin" not in svar.headers, sti
    strom = f"{adresse.replace('http', 'ws')}/_stcore/stream"
    # a page elsewhere that opens the connection by itself
    with pytest.raises(InvalidStatus), connect(strom, origin=Origin("http://ond.example")):
        pass
    # and one that has its own name point to this machine
    with (
        socket.create_connection(("127.0.0.1", int(adresse.rpartition(":")[2]))) as sokkel,
        pytest.raises(InvalidStatus),
        connect("ws://ond.example/_stcore/stream", sock=sokkel, origin=Origin("http://ond.example")),
    ):
        pass
    with connect(strom, origin=Origin(adresse)):
        pass
