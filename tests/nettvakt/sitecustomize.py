"""Python runs this first when its folder is on the path: writes down each address that a process asks for.

The file is named by NETTVAKT. It gets a line for each process, and one for each address: how it was asked for, and
what it is; what is a file's name by nature is left out.
"""

import os
import sys
from typing import Any

_LOGG = os.environ.get("NETTVAKT")
_SPORSMAL = {"socket.connect": 1, "socket.sendto": 1, "socket.getaddrinfo": 0, "socket.gethostbyname": 0}

if _LOGG:
    with open(_LOGG, "a", encoding="utf-8") as logg:  # noqa: PTH123
        logg.write("vakt\n")

    def _skriv(hendelse: str, argumenter: tuple[Any, ...]) -> None:
        if hendelse not in _SPORSMAL:
            return
        adresse = argumenter[_SPORSMAL[hendelse]]
        vert = adresse[0] if isinstance(adresse, tuple) else adresse
        if isinstance(vert, bytes):
            vert = vert.decode(errors="replace")
        # None is this machine, and a path is a socket in its file system
        if isinstance(vert, str) and not vert.startswith("/"):
            with open(str(_LOGG), "a", encoding="utf-8") as logg:  # noqa: PTH123
                logg.write(f"{hendelse} {vert}\n")

    sys.addaudithook(_skriv)
