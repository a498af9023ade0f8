"""The server: the dashboard with the headers that keep strangers out, and faults told in one sentence."""

from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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


class _Hoder:
    """Adds the headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def med_hoder(melding: Message) -> None:
            if melding["type"] == "http.response.start":
                MutableHeaders(scope=melding).update(_HODER)
            await send(melding)

        await self._app(scope, receive, med_hoder)


def _si_fra(feil: Exception) -> bool:
    """Tell the reader of a fault in one sentence; the details are in the server's log."""
    if isinstance(feil, ModuleNotFoundError):
        st.error(f"Python-pakken «{feil.name}» mangler. Kjør `make` i prosjektmappen, og start dashbordet på nytt.")
    else:
        st.error("Siden kan ikke vises. Last den på nytt, eller velg noe annet. Tjenerens logg sier hva som er galt.")
    return True


app = st.App(Path(__file__).parent / "app.py", middleware=[Middleware(_Hoder)], on_script_error=_si_fra)
