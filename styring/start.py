"""Where the command line begins: what is missing is said before anything else is tried."""

import sys

from styring.feil import URORT


def hoved() -> None:
    """Run the command line. An install that lacks a package ends in one sentence."""
    try:
        from styring.cli import hoved as kommandoer

        kommandoer()
    except ModuleNotFoundError as feil:
        sys.exit(
            f"Feil: Python-pakken «{feil.name}» mangler i {sys.prefix}. "
            f"Kjør make, som installerer det som trengs. {URORT}"
        )
