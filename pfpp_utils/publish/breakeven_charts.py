"""Charts of the breakeven pages: numbers in a grid, tornado, probability of breaking even, switching lines.

None says anything by colour alone: numbers, words and marks stand in the picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator, PercentFormatter

from pfpp_utils.publish import charts, show

#: Height in inches of one row of a horizontal chart, and of what stands around the rows.
ROW, FRAME = 0.55, 1.3
LOW, HIGH = show.DUO[0], show.DUO[1]
#: Probability below which a label stands above its dot, clear of the axis.
LOWEST = 0.12


def grid(table: pd.DataFrame, *, xlabel: str, ylabel: str, enough: float | None = None) -> Figure:
    """Draw whole numbers in a grid, the darker the higher; those that are enough in bold with a tick.

    Parameters
    ----------
    table
        Numbers, with the labels of rows and columns as they are to be drawn. Missing: no number is enough.
    xlabel, ylabel
        What columns and rows are.
    enough
        Up to which a number is marked; None for no marks.

    Returns
    -------
    matplotlib.figure.Figure
        One cell a number, without a title.
    """
    chart, axes = plt.subplots(figsize=(8, ROW * len(table) + FRAME))
    ranks = table.stack(future_stack=True).rank().unstack()
    sns.heatmap(ranks, cmap="Blues", vmin=0, vmax=2.3 * table.size, cbar=False, linewidths=1, ax=axes)
    for (row, column), number in np.ndenumerate(table.to_numpy(dtype=float)):
        met = enough is not None and number <= enough
        text = "none" if np.isnan(number) else f"{number:,.0f}{' ✓' if met else ''}"
        weight = "bold" if met else "normal"
        axes.text(column + 0.5, row + 0.5, text, ha="center", va="center", color="black", weight=weight)
    axes.set(xlabel=xlabel)
    charts.name_upright(axes, ylabel)
    axes.tick_params(axis="both", length=0, rotation=0)
    return chart


def tornado(frame: pd.DataFrame, *, xlabel: str, mark: float | None = None) -> Figure:
    """Draw how far each assumption moves a result by itself.

    Parameters
    ----------
    frame
        ``label``, ``at_low``, ``at_central`` and ``at_high`` (the result), ``low`` and ``high`` (texts: the
        assumption at its ends); the widest first.
    xlabel
        The result, with its unit.
    mark
        Where to draw a dotted line, such as at the people reached; say in `xlabel` what it means.

    Returns
    -------
    matplotlib.figure.Figure
        One row an assumption: a plain bar to the low end and a hatched one to the high end, each with the
        value of the assumption at its end.
    """
    chart, axes = plt.subplots(figsize=(8, ROW * len(frame) + FRAME + 0.4))
    for row, each in enumerate(frame.to_dict("records")):
        for end, colour, hatch in (("low", LOW, ""), ("high", HIGH, "///")):
            centre, there = each["at_central"], each[f"at_{end}"]
            axes.barh(
                row, there - centre, left=centre, color=colour, hatch=hatch, edgecolor="white", height=0.6
            )
            side = -1 if there < centre or (there == centre and end == "low") else 1
            align = "right" if side < 0 else "left"
            axes.annotate(
                each[end],
                (there, row),
                (5 * side, 0),
                textcoords="offset points",
                va="center",
                ha=align,
                size=10,
            )
    axes.axvline(frame["at_central"].iloc[0], color="black", linewidth=1)
    if mark is not None:
        axes.axvline(mark, color="black", linestyle=":", linewidth=1.5)
    axes.set_yticks(range(len(frame)), frame["label"])
    axes.invert_yaxis()
    axes.margins(x=0.15)
    axes.set_xlabel(xlabel)
    _plain(axes)
    ends = [
        Patch(facecolor=LOW, label="assumption low"),
        Patch(facecolor=HIGH, hatch="///", edgecolor="white", label="assumption high"),
    ]
    axes.legend(handles=ends, loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False)
    return chart


def probability(curve: pd.DataFrame, marks: Mapping[str, float], *, xlabel: str) -> Figure:
    """Draw the probability of breaking even as more people are reached.

    Parameters
    ----------
    curve
        ``people``, ``probability``, ``low`` and ``high``, as from `breakeven_curve.curve`.
    marks
        Numbers of people to mark with a dot and their name, such as those reached.
    xlabel
        What `people` are.

    Returns
    -------
    matplotlib.figure.Figure
        One line, without a title.
    """
    chart, axes = plt.subplots()
    axes.plot(curve["people"], curve["probability"], color=show.CATEGORICAL[0], linewidth=2.5)
    band: dict[str, Any] = {
        "facecolor": (show.CATEGORICAL[0], 0.25),
        "edgecolor": show.CATEGORICAL[0],
        "linewidth": 0.6,
    }
    axes.fill_between(curve["people"], curve["low"], curve["high"], **band)
    right = float(curve["people"].max())
    for name, people in marks.items():
        height = float(np.interp(people, curve["people"], curve["probability"]))
        axes.plot(people, height, "o", color="black", markersize=7, clip_on=False)  # whole at the edge too
        late = people > 0.6 * right
        place = (-9, 9) if late else (9, 9 if height < LOWEST else -13)
        text = axes.annotate(
            f"{name}: {people:,.0f} ({height:.0%})", (people, height), place,
            textcoords="offset points", ha="right" if late else "left", size=10,
        )  # fmt: skip
        text.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1})
    axes.set(xlim=(0, right), ylim=(0, 1.05), xlabel=xlabel)
    charts.name_upright(axes, "Probability of breaking even")
    axes.yaxis.set_major_formatter(PercentFormatter(1))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda number, _: f"{number:,.0f}"))
    return chart


def lines(frame: pd.DataFrame, *, ylabel: str) -> Figure:
    """Draw a result against one assumption at a time, and where it passes zero.

    Parameters
    ----------
    frame
        ``label`` of an assumption, its ``value``, the ``result`` and the ``switch``, the value at which the
        result is zero; missing where there is none.
    ylabel
        The result, with its unit.

    Returns
    -------
    matplotlib.figure.Figure
        One panel an assumption, with the zero line dashed and a labelled dot where it is met.
    """
    panels = list(frame.groupby("label", sort=False))
    rows = -(-len(panels) // 2)
    chart, places = plt.subplots(rows, 2, figsize=(8, 2.8 * rows), sharey=True, squeeze=False)
    for axes, (name, panel) in zip(places.flat, panels, strict=False):
        axes.plot(panel["value"], panel["result"], color=show.CATEGORICAL[0], linewidth=2.5)
        axes.axhline(0, color="black", linestyle="--", linewidth=1)
        _switch(axes, float(panel["switch"].iloc[0]), panel["value"], panel["result"])
        axes.set(xlabel=str(name))
        axes.xaxis.set_major_locator(MaxNLocator(4))
        _plain(axes)
        axes.yaxis.set_major_formatter(FuncFormatter(lambda number, _: _short(number)))
    for axes in places[:, 0]:
        charts.name_upright(axes, ylabel)
    for axes in places.flat[len(panels) :]:
        axes.set_visible(False)
    return chart


def _switch(axes: Axes, value: float, drawn: pd.Series[float], result: pd.Series[float]) -> None:
    if not drawn.min() <= value <= drawn.max():
        text = "breaks even nowhere" if np.isnan(value) else f"breaks even at {_short(value)}, off this chart"
        axes.annotate(text, (0.03, 0.05), xycoords="axes fraction", size=10)
        return
    axes.plot(value, 0, "o", color="black", markersize=7, clip_on=False)
    left = value > (drawn.min() + drawn.max()) / 2
    above = left == (result.iloc[-1] > result.iloc[0])  # the line is on the other side
    axes.annotate(
        _short(value), (value, 0), (-6 if left else 6, 8 if above else -15), textcoords="offset points",
        ha="right" if left else "left", size=10,
    )  # fmt: skip


def _short(number: float) -> str:
    """Write a number with as many decimals as its size calls for."""
    decimals = 0 if abs(number) >= 20 else 1 if abs(number) >= 5 else 2
    text = f"{number:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _plain(axes: Axes) -> None:
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda number, _: _short(number)))
