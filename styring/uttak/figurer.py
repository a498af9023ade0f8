"""Charts drawn where there is no browser: as vectors for print, as pixels for Word."""

import vl_convert

from styring.visning.diagram import Spesifikasjon

# of a small chart, in the chart's own points
_BREDDE, _HOYDE = 250, 125
# pixels for each of them, enough for print
_SKALA = 3


def svg(spesifikasjon: Spesifikasjon) -> str:
    """A small chart as SVG, without its title, which is the document's own text."""
    uten_tittel = {navn: verdi for navn, verdi in spesifikasjon.items() if navn != "title"}
    tegnet: str = vl_convert.vegalite_to_svg(uten_tittel | {"width": _BREDDE, "height": _HOYDE})
    return tegnet


def png(tegnet: str) -> bytes:
    """An SVG as PNG."""
    bilde: bytes = vl_convert.svg_to_png(tegnet, scale=_SKALA)
    return bilde
