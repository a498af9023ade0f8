"""What is on this machine in place of what is published: a file, or those in a folder."""

from pathlib import Path

from styring.feil import StyringFeil

_BESKRIVELSE = "beskrivelse_av_kolonner"


def lokale(fra: Path, endelser: tuple[str, ...], begynner: str = "") -> list[Path]:
    """The file, or those in the folder that are named as the source's are. Raises StyringFeil when there is none."""
    fra = fra.expanduser()
    if not fra.is_dir():
        if not fra.is_file():
            raise StyringFeil(f"{fra} finnes ikke.")
        return [fra]
    filer = sorted(
        fil
        for fil in fra.iterdir()
        if fil.suffix.lower() in endelser and fil.name.lower().startswith(begynner) and _BESKRIVELSE not in fil.name
    )
    if not filer:
        hvilke = f" som begynner på «{begynner}»" if begynner else ""
        raise StyringFeil(f"{fra} har ingen filer av slaget {' eller '.join(endelser)}{hvilke}.")
    return filer
