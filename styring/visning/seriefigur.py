"""Charts of printed series: only the years that have figures, groups told apart by shape and label as well as colour,
no line over a break, and what is preliminary hollow and dashed. Rows are of marts.indikatorer."""

import textwrap
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple

import altair as alt

from styring import norsk
from styring.visning import data, diagram, tekst
from styring.visning.data import Rad

_FORMER = ["circle", "square", "triangle-up", "diamond", "triangle-down"]
# kroner
_STORT = 10_000_000
_TITTELBREDDE = 40

_SERIE = """
    select * from marts.indikatorer
    where virksomhet_id = ? and indikator_id = ? and gruppe = ? and verdi is not null
    order by aar
"""


class Serie(NamedTuple):
    """A group's name and its figures in order of year, at least one."""

    navn: str
    rader: Sequence[Rad]


def tallene(fil: str, virksomhet_id: str, indikator_id: str, gruppe: str) -> Sequence[Rad]:
    """An indicator's figures for a group, in order of year."""
    return data.hent(fil, _SERIE, virksomhet_id, indikator_id, gruppe)


def merknader(rad: Rad) -> list[str]:
    """What is special about a figure, in words."""
    return [
        ord_
        for ord_, gjelder in (
            ("foreløpig", rad.status == "foreløpig"),
            ("brudd", rad.brudd),
            ("rettet", rad.korrigert),
        )
        if gjelder
    ]


def i_ord(serie: Serie) -> str:
    """A group's figures as a sentence, for those who hear the chart."""
    return f"{serie.navn}: " + ", ".join(
        f"{rad.aar} {tekst.med_forbehold(rad.verdi, rad.enhet, rad.tilnaermet)}"
        + (f" ({', '.join(merknader(rad))})" if merknader(rad) else "")
        for rad in serie.rader
    )


def tittellinjer(titler: Sequence[str]) -> int:
    """How many lines the longest title of some small charts takes, so that all can have the same."""
    return max((len(textwrap.wrap(tittel, _TITTELBREDDE)) for tittel in titler), default=1)


def liten(
    tittel: str, undertittel: list[str], serie: Serie, linjer: int, krav: Decimal | None = None
) -> diagram.Spesifikasjon:
    """A small chart of one series: the first and the last figure written, a requirement as a line across.

    `linjer` is how many lines the title is given, of `tittellinjer`.
    """
    aar, skala = _akser([serie], 1.25, krav)
    spenn = max(aar[-1] - aar[0], 1)
    x = alt.X(
        "aar:Q",
        scale=alt.Scale(domain=[aar[0] - 0.1 * spenn, aar[-1] + 0.1 * spenn], nice=False),
        axis=alt.Axis(values=aar, format="d", title=None, grid=False, labelOverlap="greedy", domain=True),
    )
    y = alt.Y("verdi:Q", scale=alt.Scale(domain=skala, nice=False), axis=None)
    lag, prikker = _lag([serie], x, y)
    if krav is not None:
        grense = alt.Chart(diagram.rader([{"verdi": diagram.tall(krav)}]))
        lag.insert(0, grense.mark_rule(color=diagram.ORANSJE, strokeWidth=1.5, opacity=0.8).encode(y=y))
    tittelrader = textwrap.wrap(tittel, _TITTELBREDDE)
    figur = alt.layer(*lag, *_tallord(prikker.transform_filter("datum.ende"))).properties(
        height=133 + 17 * (linjer + len(undertittel)),
        title=alt.TitleParams(
            [*tittelrader, *[""] * (linjer - len(tittelrader))],
            subtitle=undertittel,
            anchor="start",
            frame="group",
            fontSize=13,
            fontWeight=600,
            subtitleFontSize=12,
            offset=6,
        ),
    )
    return diagram.ferdig(figur)


def linjer(serier: Sequence[Serie], enhet: str, er_kohort: bool) -> diagram.Spesifikasjon:
    """A line for each group, with its name and last figure where it ends."""
    hoyde = 340
    aar, skala = _akser(serier, 1.12)
    x = alt.X(
        "aar:Q",
        scale=alt.Scale(domain=[aar[0], aar[-1]], nice=False, padding=16),
        axis=alt.Axis(values=aar, format="d", title="Kohort" if er_kohort else None, grid=False, labelOverlap="greedy"),
    )
    y = alt.Y(
        "verdi:Q",
        scale=alt.Scale(domain=skala, nice=False),
        axis=alt.Axis(
            title=tekst.stor(enhet),
            tickCount=5,
            # large amounts in millions
            labelExpr=f"abs(datum.value) < {_STORT} ? datum.label : format(datum.value / 1e6, ',~f') + ' mill.'",
        ),
    )
    lag, prikker = _lag(serier, x, y)
    if len(serier) == 1:
        return diagram.ferdig(alt.layer(*lag, *_tallord(prikker)).properties(height=hoyde))
    siste = [serie.rader[-1] for serie in serier]
    navn = [
        [
            *textwrap.wrap(serie.navn, 23, break_long_words=False, max_lines=3, placeholder=" …"),
            _kort(rad) + (f" ({rad.aar})" if rad.aar < aar[-1] else ""),
        ]
        for serie, rad in zip(serier, siste, strict=True)
    ]
    hoyde = max(hoyde, 75 + sum(_etiketthoyde(len(rader)) for rader in navn))
    plasser = _plasser(
        [(float(rad.verdi), len(rader)) for rad, rader in zip(siste, navn, strict=True)], skala, hoyde - 75
    )
    etiketter = alt.Chart(
        diagram.rader(
            {"aar": aar[-1], "verdi": plass, "vist": "\n".join(rader), **_utseende(nummer)}
            for nummer, (rader, plass) in enumerate(zip(navn, plasser, strict=True))
        )
    ).encode(x=x, y=y)
    lag += [
        etiketter.mark_point(size=50, filled=True, opacity=1, xOffset=18).encode(
            color=alt.Color("farge:N", scale=None), shape=alt.Shape("form:N", scale=None)
        ),
        etiketter.mark_text(align="left", dx=27, fontSize=12, lineBreak="\n", lineHeight=15, baseline="middle").encode(
            text="vist:N"
        ),
    ]
    return diagram.ferdig(alt.layer(*lag).properties(height=hoyde))


def stolper(serier: Sequence[Serie]) -> diagram.Spesifikasjon:
    """A bar for each group in the only year, the largest first, with its name above it."""
    rekke = sorted(serier, key=lambda serie: -serie.rader[-1].verdi)
    grunnlag = alt.Chart(
        diagram.rader(
            {"gruppe": f"{nummer:03}", "verdi": diagram.tall(rad.verdi), "hul": rad.status == "foreløpig"}
            | {
                "navn": f"{serie.navn}: {tekst.med_forbehold(rad.verdi, rad.enhet, rad.tilnaermet)}"
                + (f" ({', '.join(merknader(rad))})" if merknader(rad) else "")
            }
            for nummer, serie in enumerate(rekke)
            for rad in serie.rader[-1:]
        )
    ).encode(y=alt.Y("gruppe:N", axis=None))
    figur = alt.layer(
        grunnlag.mark_bar(size=14, yOffset=9, stroke=diagram.BLAA, strokeWidth=1.5).encode(
            x=alt.X("verdi:Q", axis=None),
            fill=alt.condition("datum.hul", alt.value("transparent"), alt.value(diagram.BLAA)),
        ),
        grunnlag.mark_text(align="left", dy=-9, fontSize=12, limit=alt.expr("width")).encode(
            x=alt.value(0), text="navn:N"
        ),
    ).properties(height=alt.Step(42))
    return diagram.ferdig(figur)


def _kort(rad: Rad) -> str:
    """A figure as it stands in a chart, where the unit stands beside it; large amounts in millions."""
    if rad.enhet == "kr" and abs(rad.verdi) >= _STORT:
        return f"{norsk.tall(rad.verdi / 1_000_000, 0)}{tekst.HARDT}mill."
    enhet = rad.enhet if rad.enhet in ("prosent", "promille") else "antall"
    return tekst.med_forbehold(rad.verdi, enhet, rad.tilnaermet)


def _utseende(nummer: int) -> dict[str, object]:
    """A group's colour and shape."""
    return {"farge": diagram.GRUPPER[nummer % len(diagram.GRUPPER)], "form": _FORMER[nummer % len(_FORMER)]}


def _dal(rader: Sequence[Rad], nummer: int) -> bool:
    """Whether the lines at a point go up from it, and it is not at the bottom: its label then has room below."""
    naboer = [rader[nabo].verdi for nabo in (nummer - 1, nummer + 1) if 0 <= nabo < len(rader)]
    hoyest = max(rad.verdi for rad in rader)
    return bool(naboer) and all(rader[nummer].verdi < nabo for nabo in naboer) and 4 * rader[nummer].verdi > hoyest


def _punkter(serie: Serie, nummer: int) -> list[dict[str, Any]]:
    return [
        {
            **_utseende(nummer),
            "aar": rad.aar,
            "verdi": diagram.tall(rad.verdi),
            "vist": _kort(rad),
            "hul": rad.status == "foreløpig",
            "ende": plass in (0, len(serie.rader) - 1),
            "dal": _dal(serie.rader, plass),
            "Gruppe": serie.navn,
            "År": str(rad.aar),
            "Tall": ", ".join([tekst.med_forbehold(rad.verdi, rad.enhet, rad.tilnaermet), *merknader(rad)]),
        }
        for plass, rad in enumerate(serie.rader)
    ]


def _streker(serie: Serie, nummer: int) -> list[dict[str, Any]]:
    """From figure to figure; over a break none, or a thin one to the figure without those who came in with it."""
    return [
        {
            **_utseende(nummer),
            "aar": en.aar,
            "verdi": diagram.tall(en.verdi),
            "til_aar": neste.aar,
            "til_verdi": diagram.tall(neste.verdi_uten_tilkommet if neste.brudd else neste.verdi),
            "stiplet": neste.status == "foreløpig",
            "bredde": 0.75 if neste.brudd else 2,
        }
        for en, neste in pairwise(serie.rader)
        if not neste.brudd or neste.verdi_uten_tilkommet is not None
    ]


def _grenser(serier: Sequence[Serie]) -> list[dict[str, Any]]:
    """Where a series is counted in a different way: midway to the year that it begins."""
    steder = {(en.aar + neste.aar) / 2 for serie in serier for en, neste in pairwise(serie.rader) if neste.brudd}
    return [{"aar": sted, "vist": "brudd"} for sted in sorted(steder)]


def _lag(serier: Sequence[Serie], x: alt.X, y: alt.Y) -> tuple[list[alt.Chart], alt.Chart]:
    """Breaks, lines and points; and the points, to be labelled."""
    lag = []
    if grenser := _grenser(serier):
        brudd = alt.Chart(diagram.rader(grenser)).encode(x=x)
        lag += [
            brudd.mark_rule(color=diagram.LILLA, strokeDash=[4, 3]),
            brudd.mark_text(align="right", baseline="top", dx=-4, fontSize=11).encode(y=alt.value(0), text="vist:N"),
        ]
    streker = [strek for nummer, serie in enumerate(serier) for strek in _streker(serie, nummer)]
    lag.append(
        alt.Chart(diagram.rader(streker))
        .mark_rule(strokeCap="round")
        .encode(
            x=x,
            x2="til_aar:Q",
            y=y,
            y2="til_verdi:Q",
            color=alt.Color("farge:N", scale=None),
            strokeWidth=alt.StrokeWidth("bredde:Q", scale=None),
            strokeDash=alt.condition("datum.stiplet", alt.value([5, 4]), alt.value([1, 0])),
        )
    )
    punkter = [punkt for nummer, serie in enumerate(serier) for punkt in _punkter(serie, nummer)]
    prikker = alt.Chart(diagram.rader(punkter)).encode(x=x, y=y)
    lag.append(
        prikker.mark_point(size=50, strokeWidth=2, opacity=1).encode(
            stroke=alt.Stroke("farge:N", scale=None),
            fill=alt.condition("datum.hul", alt.value("transparent"), alt.Fill("farge:N", scale=None)),
            shape=alt.Shape("form:N", scale=None),
            tooltip=["Gruppe:N", "År:N", "Tall:N"],
        )
    )
    return lag, prikker


def _tallord(prikker: alt.Chart) -> list[alt.Chart]:
    """The points' figures, where the line is not."""
    return [
        prikker.transform_filter(hvilke).mark_text(dy=dy, fontSize=12).encode(text="vist:N")
        for hvilke, dy in (("!datum.dal", -13), ("datum.dal", 15))
    ]


def _akser(serier: Sequence[Serie], luft: float, krav: Decimal | None = None) -> tuple[list[int], list[float]]:
    """The years that have figures, and the scale of the figures, which always has 0 in it."""
    aar = sorted({rad.aar for serie in serier for rad in serie.rader})
    verdier = [float(rad.verdi) for serie in serier for rad in serie.rader] + [float(krav or 0)]
    lavest, hoyest = min(0.0, *verdier), max(0.0, *verdier)
    return aar, [lavest * 1.1, hoyest * luft or 1]


def _etiketthoyde(antall_linjer: int) -> int:
    return 15 * antall_linjer + 3


def _plasser(ender: Sequence[tuple[float, int]], skala: Sequence[float], hoyde: int) -> list[float]:
    """Where labels stand so that they do not cover each other: (wanted figure, lines) to figures, near the wanted."""
    per_punkt = (skala[1] - skala[0]) / hoyde
    rekke = sorted(range(len(ender)), key=lambda nummer: -ender[nummer][0])
    plass = [(skala[1] - verdi) / per_punkt for verdi, _ in ender]
    hoyder = [_etiketthoyde(antall_linjer) for _, antall_linjer in ender]
    for over, under in pairwise(rekke):
        plass[under] = max(plass[under], plass[over] + (hoyder[over] + hoyder[under]) / 2)
    bunn = float(hoyde)
    for nummer in reversed(rekke):
        plass[nummer] = min(plass[nummer], bunn - hoyder[nummer] / 2)
        bunn = plass[nummer] - hoyder[nummer] / 2
    # a text stands by its first line
    return [
        skala[1] - (punkt - 7.5 * (antall_linjer - 1)) * per_punkt
        for punkt, (_, antall_linjer) in zip(plass, ender, strict=True)
    ]
