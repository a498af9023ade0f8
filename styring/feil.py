"""Errors that a person can act on: each says in one Norwegian sentence what is wrong and what to do."""


class StyringFeil(Exception):
    """The command cannot go on. The message is shown as it is, without a traceback; the exit code is 1."""

    def __init__(self, melding: str, detaljer: tuple[str, ...] = ()) -> None:
        super().__init__(melding)
        self.melding = melding
        self.detaljer = detaljer
