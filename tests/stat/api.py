"""An API on this machine that answers as Kudos and SSB do, with the faults that a test asks for."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from time import sleep
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.stat.tjener import Svar, lokal_tjener


@dataclass(frozen=True)
class Kall:
    """A request: the path, each choice in the address, and what it sent."""

    metode: str
    sti: str
    valg: dict[str, str]
    sendt: Any


@dataclass
class Api:
    """`svar` gives what a request is answered with (None: 404), after the faults that the next requests get."""

    svar: Callable[[Kall], Any]
    adresse: str = ""
    feil: list[Svar | bytes] = field(default_factory=list)
    kall: list[Kall] = field(default_factory=list)

    def behandle(self, ber: BaseHTTPRequestHandler) -> None:
        """Answer one request; a fault of bytes is a whole answer of its own."""
        adresse = urlsplit(ber.path)
        sendt = ber.rfile.read(int(ber.headers.get("Content-Length", 0)))
        valg = {navn: verdier[0] for navn, verdier in parse_qs(adresse.query).items()}
        kall = Kall(ber.command, adresse.path, valg, json.loads(sendt) if sendt else None)
        self.kall.append(kall)
        neste = self.feil.pop(0) if self.feil else Svar()
        feil = Svar() if isinstance(neste, bytes) else neste
        sleep(feil.vent)
        innhold = neste if isinstance(neste, bytes) else json.dumps(self.svar(kall), ensure_ascii=False).encode()
        status = 404 if innhold == b"null" else feil.status
        if status != 200:
            innhold = b'{"title": "Non-existent value"}'
        ber.send_response(status)
        for navn, verdi in ({"Content-Length": str(len(innhold))} | feil.hoder).items():
            ber.send_header(navn, verdi)
        ber.end_headers()
        ber.wfile.write(innhold[: feil.kutt])
        ber.close_connection = feil.kutt is not None


@contextmanager
def api(svar: Callable[[Kall], Any]) -> Iterator[Api]:
    """The API, on a free port of this machine, until the block ends."""
    denne = Api(svar)
    with lokal_tjener(denne.behandle) as adresse:
        denne.adresse = adresse
        yield denne
