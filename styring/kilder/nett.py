"""The one place that asks the network for something: a session that tries again, and downloads that go on."""

import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from importlib.metadata import version
from pathlib import Path
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from styring.feil import StyringFeil

# what a person who is told of a failure asks next
STAAR = "Det som er lagret, står som det var."

Fremdrift = Callable[[int, int, str], None]

# a name that does not answer is known soon; a server may think for a while before it sends
TIDSGRENSER = (10.0, 60.0)
# with the pause below: about a minute of a server that is down
FORSOK = 6
# seconds before the second attempt; twice as long for each after it
PAUSE = 1.0
# a server that asks for more than this is closed today: the next run is soon enough
VENT_HOYST = 300
# bodies that are cut off, one after the other, without a single byte between them
GJENOPPTAK = 5
BLOKK = 1 << 20
_MB = 1_000_000
_STATUSER = (
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
)


class _Adapter(HTTPAdapter):
    """Gives each request its time limits: requests itself waits for ever."""

    def send(self, request: requests.PreparedRequest, *argumenter: Any, **valg: Any) -> requests.Response:
        valg["timeout"] = valg.get("timeout") or TIDSGRENSER
        return super().send(request, *argumenter, **valg)


def sesjon() -> requests.Session:
    """A session that says who asks, and asks again: after 429, 5xx and lost connections, when the server wants it to.

    A request with it raises `requests.RequestException`; `som_setning` makes that a StyringFeil.
    """
    igjen = Retry(
        total=FORSOK - 1,
        backoff_factor=PAUSE,
        backoff_jitter=PAUSE / 2,
        status_forcelist=_STATUSER,
        retry_after_max=VENT_HOYST,
    )
    okt = requests.Session()
    okt.headers["User-Agent"] = f"styring/{version('styring')} (Styringsdialogens datavarehus)"
    for skjema in ("https://", "http://"):
        okt.mount(skjema, _Adapter(max_retries=igjen))
    return okt


@contextmanager
def som_setning(url: str) -> Iterator[None]:
    """What goes wrong with a request inside, as one sentence with the address. Raises StyringFeil."""
    try:
        yield
    except requests.RequestException as feil:
        raise StyringFeil(f"Fikk ikke hentet {url}: {_hvorfor(feil)}. {STAAR}") from feil


def _hvorfor(feil: requests.RequestException) -> str:
    """Why a request failed, in Norwegian. requests tells some of it only in the text of what it wraps."""
    tekst = str(feil)
    if isinstance(feil, requests.HTTPError) and feil.response is not None:
        return f"den svarte {feil.response.status_code} ({feil.response.reason})"
    if treff := re.search(r"too many (\d+) error responses", tekst):
        return f"den svarte {treff[1]} {FORSOK} ganger"
    if isinstance(feil, requests.exceptions.SSLError):
        return "sertifikatet er ikke til å stole på"
    if isinstance(feil, requests.Timeout) or "timed out" in tekst:
        return "den svarer ikke i tide"
    if "Failed to resolve" in tekst or "NameResolutionError" in tekst:
        return "navnet finnes ikke på nettet"
    if isinstance(feil, requests.exceptions.ChunkedEncodingError):
        return "svaret ble avbrutt"
    if isinstance(feil, requests.ConnectionError):
        return "den svarer ikke"
    if isinstance(feil, requests.exceptions.InvalidURL | requests.exceptions.MissingSchema):
        return "det er ingen nettadresse"
    return tekst


def last_ned(url: str, fil: Path, fremdrift: Fremdrift | None = None, okt: requests.Session | None = None) -> Path:
    """Fetch a file. It is written beside its place, as `<fil>.del`, and moved there when all of it has come.

    A body that is cut off is taken up where it stopped, in this run or the next: with Range, and If-Range so that a
    file that has changed meanwhile starts over. `fremdrift` gets megabytes so far, in all, and the file's name. Raises
    StyringFeil when it does not come; what had come stays beside for the next run.
    """
    fil.parent.mkdir(parents=True, exist_ok=True)
    del_, okt = fil.with_name(f"{fil.name}.del"), okt or sesjon()
    with som_setning(url):
        for igjen in range(GJENOPPTAK, -1, -1):
            # where no answer comes, urllib3 has asked again already; a body that stops is ours to go on with
            with _be_om(okt, url, del_) as svar:
                try:
                    _ta_imot(svar, del_, fil.name, fremdrift)
                    break
                except (requests.exceptions.ChunkedEncodingError, requests.ConnectionError):
                    if not igjen:
                        raise
            time.sleep(PAUSE)
    with del_.open("rb") as skrevet:
        os.fsync(skrevet.fileno())
    del_.replace(fil)
    _merke(del_).unlink(missing_ok=True)
    return fil


def _merke(del_: Path) -> Path:
    """The file that says which edition the part is of, as If-Range wants it."""
    return del_.with_name(f"{del_.name}.merke")


def _kast(del_: Path) -> None:
    for sti in (_merke(del_), del_):
        sti.unlink(missing_ok=True)


def _be_om(okt: requests.Session, url: str, del_: Path) -> requests.Response:
    """Ask for what is not here yet; the part is thrown away where the answer does not go on from it."""
    # parts are counted in bytes as they are stored, so that nothing may be packed on the way
    hoder = {"Accept-Encoding": "identity"}
    har = del_.stat().st_size if del_.exists() and _merke(del_).exists() else 0
    if har:
        hoder |= {"Range": f"bytes={har}-", "If-Range": _merke(del_).read_text(encoding="latin-1")}
    svar = okt.get(url, headers=hoder, stream=True)
    if har and svar.status_code != HTTPStatus.OK and _begynner(svar) != har:
        svar.close()
        if svar.status_code not in (HTTPStatus.PARTIAL_CONTENT, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE):
            svar.raise_for_status()
        _kast(del_)
        return _be_om(okt, url, del_)
    svar.raise_for_status()
    if svar.status_code != (HTTPStatus.PARTIAL_CONTENT if _begynner(svar) else HTTPStatus.OK):
        raise requests.HTTPError(response=svar)
    return svar


def _begynner(svar: requests.Response) -> int:
    """The first byte of a part (206); 0 for a whole file."""
    treff = re.match(r"bytes (\d+)-", svar.headers.get("Content-Range", ""))
    return int(treff[1]) if treff and svar.status_code == HTTPStatus.PARTIAL_CONTENT else 0


def _ta_imot(svar: requests.Response, del_: Path, navn: str, fremdrift: Fremdrift | None) -> None:
    """Write the body to the part. urllib3 raises when it is shorter than the server said."""
    fra, lengde = _begynner(svar), svar.headers.get("Content-Length")
    i_alt = fra + int(lengde) if lengde and "Content-Encoding" not in svar.headers else 0
    if not fra:
        _kast(del_)
        merke = svar.headers.get("ETag", "")
        # a weak tag (W/) says that two editions mean the same, not that their bytes are
        if not merke or merke.startswith("W/"):
            merke = svar.headers.get("Last-Modified", "")
        if merke and i_alt:
            _merke(del_).write_text(merke, encoding="latin-1")
    ferdig = fra
    with del_.open("ab" if fra else "wb") as ut:
        for blokk in svar.iter_content(BLOKK):
            ut.write(blokk)
            ferdig += len(blokk)
            if fremdrift and i_alt > _MB:
                fremdrift(ferdig // _MB, i_alt // _MB, navn)
