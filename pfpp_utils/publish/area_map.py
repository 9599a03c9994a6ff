"""Maps of value by area: classes with written bounds, the largest areas numbered, and what no map shows."""

from __future__ import annotations

import math
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from afcharts.af_colours import get_af_colours
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.path import Path as Outline

from pfpp_utils.data.geography.boundaries import Boundaries, Ring, borders
from pfpp_utils.data.geography.totals import Totals
from pfpp_utils.errors import InputError
from pfpp_utils.publish.value_classes import breaks, grades, labels, money

#: How many areas are numbered and named.
NAMED = 5
_LEVELS = {"authority": "local authority", "upper tier": "upper-tier authority", "region": "region"}
_LINE = "#4d4d4d"
_DARKEST, _DARK, _MIDDLE, _LIGHT, _ = get_af_colours("sequential", number_of_colours=5)


def _look(ink: str, hatch: str = "", line: str = "white") -> dict[str, Any]:
    return {"facecolor": ink, "edgecolor": ink, "hatch": hatch, "hatchcolor": line}


#: Looks of the classes, least value first, and of areas without any. Two shades side by side in the palette
#: differ by 2:1 only, so that every other one is hatched; the lightest would not stand off from the page.
SHADES = [_look(_LIGHT, "...", _DARKEST), _look(_MIDDLE), _look(_DARK, "//"), _look(_DARKEST)]
NONE = _look("white", "xxxx", _LINE)


def draw(totals: Totals, boundaries: Boundaries) -> Figure:
    """Draw value by area as a map in at most four shades, the more value the darker, every other one hatched.

    Shades say no more than the legend: it writes each class's bounds and how many areas it has, and names
    the areas of most value, which are numbered on the map.

    Parameters
    ----------
    totals
        Value by area (GBP).
    boundaries
        Outlines of authorities of lowest tier, in degrees.

    Returns
    -------
    matplotlib.figure.Figure
        A map without a title.

    Raises
    ------
    InputError
        If an authority has no boundary, or no area has any value.
    """
    lacking = sorted(set(totals.authority_of) - set(boundaries))
    if lacking:
        raise InputError(
            "no boundary", where="boundaries", found=lacking[:5], allowed=f"{len(boundaries)} codes"
        )
    bounds = breaks(totals.table["value_gbp"])
    shade = dict(zip(totals.table["code"], grades(totals.table["value_gbp"], bounds), strict=True))
    looks = [NONE, *SHADES[1 - len(bounds) :]]
    chart, (axes, key) = plt.subplots(nrows=2, height_ratios=[5, 2], figsize=(4.6, 7.6))
    for grade, look in enumerate(looks):
        own = [code for code, area in totals.authority_of.items() if shade[area] == grade]
        shapes = [_outline(polygon) for code in own for polygon in boundaries[code]]
        axes.add_collection(PathCollection(shapes, linewidth=0.6, **look))
    axes.add_collection(
        LineCollection(borders(boundaries, totals.authority_of), color="white", linewidth=0.6)
    )
    _number(axes, totals, boundaries)
    _legend(key, totals, bounds, looks)
    axes.autoscale_view()
    axes.set_aspect(1 / math.cos(math.radians(float(np.mean(axes.get_ylim())))))
    axes.axis("off")
    key.axis("off")
    return chart


def subtitle(
    totals: Totals, *, measure: str, geography: str, period: str, several_gbp: float | None = None
) -> str:
    """Write what a map measures, how much of the value it cannot show, and how much may be spent elsewhere.

    Parameters
    ----------
    totals
        As for :func:`draw`.
    measure, geography, period
        Such as ``"Value of awards"``, ``"England"`` and ``"2016-17"``.
    several_gbp
        Value (GBP) shown at the address of bodies that serve several authorities, if it is known.

    Returns
    -------
    str
        One line.
    """
    elsewhere = sum(totals.elsewhere_gbp.values())
    whole = float(totals.table["value_gbp"].sum()) + totals.too_wide_gbp + totals.unplaced_gbp + elsewhere
    missing = [f"{_percent(totals.unplaced_gbp, whole)} of value could not be placed"]
    if totals.too_wide_gbp:
        missing.append(f"{_percent(totals.too_wide_gbp, whole)} belongs to wider areas")
    missing += [f"{_percent(value, whole)} lies in {name}" for name, value in totals.elsewhere_gbp.items()]
    said = f"{measure} by {_LEVELS[totals.level]}, {geography}, {period}; not shown: {', '.join(missing)}"
    if several_gbp is None:
        return said
    shared = (
        f"{_percent(several_gbp, whole)} is shown at the address of bodies that serve several authorities"
    )
    return f"{said}; {shared}"


def describe(totals: Totals) -> str:
    """Write what a map shows, for its text alternative: classes with their areas' number, and the largest."""
    values = totals.table["value_gbp"]
    bounds = breaks(values)
    counts = pd.Series(grades(values, bounds)).value_counts()
    told = [f"{label}: {counts.get(grade, 0)} areas" for grade, label in enumerate(labels(bounds))]
    most = ", ".join(f"{row['name']} {money(row['value_gbp'])}" for row in _largest(totals))
    return f"Map of {len(values)} areas in classes of value. {'; '.join(told)}. Most value: {most}."


def _largest(totals: Totals) -> list[dict[str, Any]]:
    found = totals.table[totals.table["value_gbp"] > 0].head(NAMED)
    return [{str(key): value for key, value in row.items()} for row in found.to_dict("records")]


def _outline(polygon: list[Ring]) -> Outline:
    """Make one shape of a polygon's outline and holes."""
    return Outline.make_compound_path(*(Outline(ring, closed=True) for ring in polygon))


def _number(axes: Axes, totals: Totals, boundaries: Boundaries) -> None:
    """Write numbers on the areas of most value."""
    for rank, row in enumerate(_largest(totals), start=1):
        own = [code for code, area in totals.authority_of.items() if area == row["code"]]
        centres = np.array(
            [max((rings[0] for rings in boundaries[code]), key=_size).mean(axis=0) for code in own]
        )
        middle = centres[np.argmin(((centres - centres.mean(axis=0)) ** 2).sum(axis=1))]
        text = axes.annotate(str(rank), middle, ha="center", va="center", fontsize=9)
        text.set_bbox({"facecolor": "white", "edgecolor": _LINE, "pad": 1, "linewidth": 0.5})


def _size(ring: Ring) -> float:
    """Area of a ring in square degrees: enough to tell which is larger."""
    x, y = ring.T
    return abs(float(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))) / 2


def _legend(key: Axes, totals: Totals, bounds: list[float], looks: list[dict[str, Any]]) -> None:
    """Write the classes below the map, most value first, and the names of the numbered areas."""
    counts = pd.Series(grades(totals.table["value_gbp"], bounds)).value_counts()
    entries = zip(looks, labels(bounds), range(len(looks)), strict=True)
    keys = [
        Patch(**look | {"edgecolor": _LINE}, linewidth=0.5, label=f"{label} ({counts.get(grade, 0)})")
        for look, label, grade in entries
    ]
    legend = key.legend(
        handles=keys[::-1],
        fontsize=10,
        borderpad=0,
        loc="upper left",
        bbox_to_anchor=(0, 1.12),
        borderaxespad=0,
    )
    legend.set(title="Value (number of areas)", frame_on=False, alignment="left")
    named = [
        f"{rank}  {row['name']}, {money(row['value_gbp'])}" for rank, row in enumerate(_largest(totals), 1)
    ]
    key.text(0, 0.22, "\n".join(["Most value", *named]), transform=key.transAxes, va="top", fontsize=10)


def _percent(part: float, whole: float) -> str:
    if not whole:
        return "no share"
    return "under 0.1%" if 0 < part / whole < 0.0005 else f"{part / whole:.1%}"
