"""The server: the dashboard with the headers that keep strangers out, and faults told in one sentence."""

from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

_TILLATTE = "server.corsAllowedOrigins"

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


class _Vern:
    """Adds the headers to every answer, and turns away pages of other sites.

    Streamlit turns them away too, but first asks a service on the internet which address this machine has.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def med_hoder(melding: Message) -> None:
            if melding["type"] == "http.response.start":
                MutableHeaders(scope=melding).update(_HODER)
            await send(melding)

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


app = st.App(Path(__file__).parent / "app.py", middleware=[Middleware(_Vern)], on_script_error=_si_fra)
