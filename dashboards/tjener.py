"""The server: the dashboard with the headers that keep strangers out, and faults told in one sentence."""

import sys
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from dashboards.felles import tilgang
from styring.feil import StyringFeil

_TILLATTE = "server.corsAllowedOrigins"
# What Streamlit answers to anyone and no page here asks for: files sent in, which it keeps in memory, its own figures.
_STENGT = ("/_stcore/upload_file", "/_stcore/metrics", "/_stcore/agent")

# Streamlit's own scripts, and charts, make code as they go; nothing is fetched from, sent to or shown on another site.
_HODER = {
    "Content-Security-Policy": "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def _fra_et_annet_sted(hoder: Headers) -> bool:
    """Whether a page of another site asks: neither the one that it is asked for by, nor one that is allowed."""
    fra = hoder.get("origin")
    return fra is not None and urlsplit(fra).netloc != hoder.get("host") and fra not in config.get_option(_TILLATTE)


def _bare_https(navn: bytes, verdi: bytes) -> bytes:
    """A header's value; a cookie is never sent in the clear, which Streamlit leaves open."""
    return verdi + b"; Secure" if navn == b"set-cookie" and b"; secure" not in verdi.lower() else verdi


class _Vern:
    """Adds the headers to every answer, turns away pages of other sites, and closes what no page here asks for.

    Streamlit turns them away too, but first asks a service on the internet which address this machine has.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def med_hoder(melding: Message) -> None:
            if melding["type"] == "http.response.start":
                MutableHeaders(scope=melding).update(_HODER)
                if _BAK_TLS:
                    melding["headers"] = [(navn, _bare_https(navn, verdi)) for navn, verdi in melding["headers"]]
            await send(melding)

        if scope["type"] == "http" and any(sti in scope["path"] for sti in _STENGT):
            await PlainTextResponse("Finnes ikke.", 404)(scope, receive, med_hoder)
            return

        if scope["type"] in ("http", "websocket") and _fra_et_annet_sted(Headers(scope=scope)):
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
                return
            # answered as to anyone, without leave for the other site to read the answer
            scope["headers"] = [hode for hode in scope["headers"] if hode[0] != b"origin"]
        await self._app(scope, receive, med_hoder)


def _si_fra(feil: Exception) -> bool:
    """Tell the reader of a fault in one sentence; the details are in the server's log."""
    if isinstance(feil, ModuleNotFoundError):
        st.error(f"Python-pakken «{feil.name}» mangler. Kjør `make` i prosjektmappen, og start dashbordet på nytt.")
    else:
        st.error("Siden kan ikke vises. Last den på nytt, eller velg noe annet. Tjenerens logg sier hva som er galt.")
    return True


try:
    _BAK_TLS = tilgang.bak_tls()
except StyringFeil as feil:
    sys.exit(f"Feil: {feil}")
app = st.App(Path(__file__).parent / "app.py", middleware=[Middleware(_Vern)], on_script_error=_si_fra)
