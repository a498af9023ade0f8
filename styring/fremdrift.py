"""How far a command has come, on the screen."""

import sys

import click


class Fremdrift:
    """A line that counts on a terminal; one line for each tenth where output goes to a file."""

    def __init__(self) -> None:
        self._tidel = 0

    def __call__(self, ferdig: int, i_alt: int, navn: str) -> None:
        if sys.stdout.isatty():
            linje = f"  {ferdig} av {i_alt}  {navn}"
            click.echo(f"\r{linje[:78]:<78}", nl=ferdig == i_alt)
        elif ferdig * 10 // i_alt > self._tidel:
            self._tidel = ferdig * 10 // i_alt
            click.echo(f"  {ferdig} av {i_alt}")
