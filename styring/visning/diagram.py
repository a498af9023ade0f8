"""Charts with one style: built once for a published version, drawn by a browser or by `uttak.figurer`."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import altair as alt

from styring import norsk

# data stand in the layer that they are for, see ferdig
alt.data_transformers.enable("default", consolidate_datasets=False)

Spesifikasjon = dict[str, Any]
# what belongs to a layer and not to the chart as a whole
_LAGETS = ("data", "layer", "mark", "encoding", "transform")

# Colours that are told apart without colour vision, on paper and on a dark ground; each also has a sign or a place.
BLAA = "#2b7a9b"
LYS = "#8fb6c4"
ORANSJE = "#c8641b"
GRAA = "#7d8b8e"
GRONN = "#2d8a6b"
LILLA = "#8a6bbf"
# for groups, in the order that they are taken
GRUPPER = [BLAA, ORANSJE, GRONN, LILLA, "#b5892a", GRAA, "#b0487a", "#5a9e3a", "#4a5fb0", "#8c5a3c"]

# on an axis, from January
MAANEDER = ("jan.", "feb.", "mars", "april", "mai", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "des.")

_SPRAAK = {
    "number": {"decimal": ",", "thousands": "\u00a0", "grouping": [3], "currency": ["", "\u00a0kr"]},
    "time": {
        "dateTime": "%A %e. %B %Y %X",
        "date": "%d.%m.%Y",
        "time": "%H:%M:%S",
        "periods": ["", ""],
        "days": ["søndag", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag"],
        "shortDays": ["sø.", "ma.", "ti.", "on.", "to.", "fr.", "lø."],
        "months": list(norsk.MAANEDER),
        "shortMonths": list(MAANEDER),
    },
}


def tall(verdi: Decimal | None) -> float | None:
    """A figure's place in a chart; what people read is the text beside it."""
    return None if verdi is None else float(verdi)


def rader(data: Iterable[dict[str, Any]]) -> alt.InlineData:
    """Rows for a chart."""
    return alt.InlineData(values=list(data))


def ferdig(figur: alt.TopLevelMixin) -> Spesifikasjon:
    """A chart as the browser draws it, with the house style. Cache what calls this: it takes time."""
    spesifikasjon: Spesifikasjon = figur.to_dict()
    # Streamlit makes a data frame of the outermost data each time the chart is shown; those of a layer it leaves
    if "data" in spesifikasjon:
        felles = {navn: spesifikasjon.pop(navn) for navn in _LAGETS if navn in spesifikasjon}
        spesifikasjon["layer"] = [felles]
    spesifikasjon["config"] = {
        **spesifikasjon.get("config", {}),
        "locale": _SPRAAK,
        # the page's own ground shows through, on paper too
        "background": "transparent",
        "view": {"stroke": None},
        "axis": {
            "domain": False,
            "gridColor": GRAA,
            "gridOpacity": 0.3,
            "ticks": False,
            "labelFontSize": 12,
            "titleFontSize": 12,
            "labelLimit": 260,
        },
        "axisY": {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleY": -12, "titleX": 0},
        "header": {"labelFontSize": 12, "labelFontWeight": 600, "labelLimit": 320, "labelAnchor": "start"},
        "legend": {"labelFontSize": 12, "titleFontSize": 12, "orient": "top", "labelLimit": 300},
    }
    return spesifikasjon
