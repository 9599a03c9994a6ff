"""Chart of correlations with their intervals: one panel a funder, told apart by shape and line."""

from __future__ import annotations

import math
import textwrap
from typing import Literal, NamedTuple

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.lines import Line2D

from pfpp_utils.errors import InputError
from pfpp_utils.publish import show

#: Height in inches of one row of a panel, and of what stands around the rows; letters in a panel's name.
ROW, FRAME, NAME = 0.5, 1.1, 26
#: Panels side by side.
ACROSS = 3
#: Measures of an authority as they are named on a page.
LABELS = {
    "population": "Population",
    "young_people": "Young people",
    "area_km2": "Area",
    "deprivation": "Deprivation",
    "business_births": "Business births",
    "crime_severity": "Crime severity",
}


class Series(NamedTuple):
    """How one kind of correlation is drawn: columns of the estimate and its interval, and the mark."""

    label: str
    estimate: str
    low: str
    high: str
    marker: Literal["o", "D"]
    line: Literal["-", "--"]
    colour: str
    shift: float


PLAIN = Series("as it is", "r", "low", "high", "o", "-", show.CATEGORICAL[0], -0.17)


def partial(given: str) -> Series:
    """Describe the partial correlation given a measure: hollow diamonds and dashed lines.

    Parameters
    ----------
    given
        What is held fixed, in words.
    """
    low, high = "partial_low", "partial_high"
    return Series(f"given {given}", "partial_r", low, high, "D", "--", show.CATEGORICAL[3], 0.17)


def dots(table: pd.DataFrame, *, panel: str, label: str, given: str) -> Figure:
    """Draw rank correlations as dots with their intervals, a row a measure and a panel a funder.

    Parameters
    ----------
    table
        `panel`, `label`, and the columns of :func:`pfpp_utils.methods.drivers.correlate`: `r`, `low`, `high`,
        `partial_r`, `partial_low`, `partial_high` (-1 to 1; a missing one is not drawn).
    panel, label
        Columns that name the panels and the rows, both in the order in which they come.
    given
        Measure held fixed for the partial correlation, in words.

    Returns
    -------
    matplotlib.figure.Figure
        Panels side by side, without a title, and one legend.

    Raises
    ------
    InputError
        If there is no row.
    """
    names, rows = list(dict.fromkeys(table[panel])), list(dict.fromkeys(table[label]))
    if not names:
        raise InputError("nothing to draw", where="table", found="no row", allowed="one row or more")
    across = min(ACROSS, len(names))
    down = math.ceil(len(names) / across)
    size = (8, down * (ROW * len(rows) + FRAME))
    layout = ConstrainedLayoutEngine(wspace=0.06)
    chart = plt.figure(figsize=size, layout=layout)
    grid = chart.subplots(down, across, sharex=True, sharey=True, squeeze=False)
    series = [PLAIN, partial(given)]
    for axes, name in zip(grid.flat, names, strict=False):
        _panel(axes, table[table[panel] == name].set_index(label).reindex(rows), series)
        axes.set_title(textwrap.fill(str(name), NAME), fontsize=11, loc="left")
    for axes in list(grid.flat)[len(names) :]:
        axes.set_visible(False)
    chart.supxlabel("Rank correlation with the value of awards (-1 to 1)", fontsize=12)
    chart.legend(handles=[_key(each) for each in series], loc="outside upper left", ncols=2, frameon=False)
    return chart


def _panel(axes: Axes, table: pd.DataFrame, series: list[Series]) -> None:
    places = np.arange(len(table))
    axes.axvline(0, color="black", linewidth=1)
    for each in series:
        y = places + each.shift
        axes.hlines(
            y, table[each.low], table[each.high], color=each.colour, linestyle=each.line, linewidth=1.8
        )
        face = each.colour if each.marker == "o" else "white"
        axes.plot(table[each.estimate], y, each.marker, color=each.colour, markerfacecolor=face, markersize=6)
    axes.set(xlim=(-1, 1), ylim=(len(table) - 0.5, -0.5), xticks=[-1, -0.5, 0, 0.5, 1])
    axes.set_xticklabels(["-1", "", "0", "", "1"])
    axes.set_yticks(places, [str(name) for name in table.index])
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")


def _key(each: Series) -> Line2D:
    face = each.colour if each.marker == "o" else "white"
    return Line2D(
        [],
        [],
        color=each.colour,
        label=each.label,
        marker=each.marker,
        linestyle=each.line,
        markerfacecolor=face,
    )
