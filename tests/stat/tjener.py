"""A server on this machine that hands out files as the published addresses do, with the faults that a test asks for."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import sleep


@dataclass
class Svar:
    """What one request is answered with in place of the file: a status, a part of the file, or a wait first (s)."""

    status: int = 200
    hoder: dict[str, str] = field(default_factory=dict)
    kutt: int | None = None
    vent: float = 0
    for_svar: Callable[[], None] = lambda: None
    uten_range: bool = False


@dataclass
class Tjener:
    """Files by path, the answers that the next requests get (then the file itself), and the requests that came."""

    adresse: str = ""
    filer: dict[str, bytes] = field(default_factory=dict)
    feil: list[Svar] = field(default_factory=list)
    kall: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    etag: bool = True

    def svar_paa(self, ber: BaseHTTPRequestHandler) -> None:
        """Answer one request."""
        self.kall.append((ber.path, dict(ber.headers.items())))
        svar = self.feil.pop(0) if self.feil else Svar()
        svar.for_svar()
        sleep(svar.vent)
        innhold = self.filer.get(ber.path.lstrip("/"))
        status = svar.status if innhold is not None else 404
        if status != 200 or innhold is None:
            ber.send_response(status)
            for navn, verdi in (svar.hoder | {"Content-Length": "0"}).items():
                ber.send_header(navn, verdi)
            ber.end_headers()
            return
        merke, fra = f'"{hashlib.md5(innhold).hexdigest()}"', 0
        bedt_om = ber.headers.get("Range", "")
        if bedt_om and not svar.uten_range and ber.headers.get("If-Range", merke) == merke:
            fra = int(bedt_om.removeprefix("bytes=").rstrip("-"))
        ber.send_response(206 if fra else 200)
        hoder = {"Content-Length": str(len(innhold) - fra), "Content-Type": "application/zip"}
        if self.etag:
            hoder |= {"ETag": merke, "Last-Modified": formatdate(0, usegmt=True)}
        if fra:
            hoder["Content-Range"] = f"bytes {fra}-{len(innhold) - 1}/{len(innhold)}"
        for navn, verdi in (hoder | svar.hoder).items():
            ber.send_header(navn, verdi)
        ber.end_headers()
        if svar.kutt is not None:
            ber.wfile.write(innhold[fra : svar.kutt])
            ber.close_connection = True
        else:
            ber.wfile.write(innhold[fra:])


@contextmanager
def lokal_tjener(behandle: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[str]:
    """The address of a server on a free port of this machine, until the block ends. `behandle` gives each answer."""

    class Behandler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            with suppress(BrokenPipeError, ConnectionResetError):
                behandle(self)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Behandler) as server:
        traad = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        traad.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        traad.join()


@contextmanager
def tjener() -> Iterator[Tjener]:
    """The server, until the block ends."""
    denne = Tjener()
    with lokal_tjener(denne.svar_paa) as adresse:
        denne.adresse = f"{adresse}/"
        yield denne
