"""Where the command line begins: what is missing is said before anything else is tried."""

import os
import signal
import sys
from contextlib import suppress

from styring.feil import NY_INSTALLASJON, URORT


def _klargjor_strommer() -> None:
    """Let what is written go through: a stream may be closed, or in an encoding without arrows and dashes."""
    for navn, modus in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        strom = getattr(sys, navn)
        if strom is None:
            setattr(sys, navn, open(os.devnull, modus, encoding="utf-8"))  # noqa: PTH123, SIM115
        elif modus == "w":
            strom.reconfigure(errors="replace")


def _avbryt(*_: object) -> None:
    raise KeyboardInterrupt


def odelagt(feil: Exception) -> str:
    """What is said of an install that lacks something, or has something broken."""
    hva = (
        f"Python-pakken «{feil.name}» mangler"
        if isinstance(feil, ModuleNotFoundError)
        else f"En pakke svikter ({feil})"
    )
    return f"Feil: {hva} i {sys.prefix}. {NY_INSTALLASJON}"


def hoved() -> None:
    """Run the command line. An install that lacks a package, or has a broken one, ends in one sentence."""
    _klargjor_strommer()
    # told to stop, as when a machine goes down: what is begun is tidied up as after Ctrl-C
    with suppress(ValueError):  # only a program's main thread may say so
        signal.signal(signal.SIGTERM, _avbryt)
    try:
        from styring.cli import hoved as kommandoer
    except KeyboardInterrupt:
        sys.exit(f"Avbrutt. {URORT}")
    except Exception as feil:
        sys.exit(odelagt(feil))
    try:
        kommandoer()
    except ImportError as feil:
        sys.exit(odelagt(feil))
