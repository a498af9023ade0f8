"""Errors that a person can act on: each says in one Norwegian sentence what is wrong and what to do."""

import errno
import os
from collections.abc import Iterable

# what a person who is told of a failure asks next
URORT = "Det som er publisert, står som det var."
NY_INSTALLASJON = f"Slett mappen .venv og kjør make, som installerer det som trengs. {URORT}"

# what the operating system says, in Norwegian
_AARSAKER = {
    errno.ENOSPC: "disken er full",
    errno.EDQUOT: "kvoten på disken er brukt opp",
    errno.EFBIG: "filen blir større enn det er lov til her",
    errno.EROFS: "disken kan bare leses",
    errno.EACCES: "tilgangen mangler",
    errno.EPERM: "tilgangen mangler",
    errno.ENOENT: "den finnes ikke",
    errno.EIO: "disken svarer med feil",
    errno.EEXIST: "den finnes fra før",
    errno.ENOTEMPTY: "mappen er ikke tom",
    errno.ENOTDIR: "en del av stien er ikke en mappe",
    errno.EISDIR: "det er en mappe",
    errno.ELOOP: "lenkene går i ring",
    errno.EXDEV: "den ligger på en annen disk",
    errno.EMFILE: "for mange filer er åpne",
    errno.ENFILE: "for mange filer er åpne",
    errno.ENAMETOOLONG: "navnet er for langt",
}
# a model can meet the others without a fault in the disk
_DISKENS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO)


class StyringFeil(Exception):
    """The command cannot go on. The message is shown as it is, without a traceback; the exit code is 1."""

    def __init__(self, melding: str, detaljer: tuple[str, ...] = ()) -> None:
        super().__init__(melding)
        self.melding = melding
        self.detaljer = detaljer


def aarsak(feil: OSError) -> str:
    """Why a file or folder could not be used."""
    return _AARSAKER.get(feil.errno or 0, feil.strerror or str(feil))


def diskfeil_i(meldinger: Iterable[str], *andre: int) -> str | None:
    """What is wrong with the disk, or of `andre` (errno), when that is what other programs' messages say."""
    alt = "\n".join(meldinger)
    return next((_AARSAKER[nummer] for nummer in (*_DISKENS, *andre) if os.strerror(nummer) in alt), None)
