"""What options of several commands are read by."""

import datetime

import click

from styring.feil import StyringFeil

DATO = "ÅÅÅÅ-MM-DD"


def dato(ctx: click.Context, param: click.Parameter, verdi: str | None) -> datetime.date | None:
    """A date (ISO) that an option is given. Raises StyringFeil when it is none."""
    try:
        return datetime.date.fromisoformat(verdi) if verdi else None
    except ValueError:
        raise StyringFeil(f"{param.opts[0]} er «{verdi}»; ventet en dato som finnes, på formen {DATO}.") from None
