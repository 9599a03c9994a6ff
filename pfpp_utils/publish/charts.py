"""The charts that several pages share, drawn with seaborn; `show` puts them on the page."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, PercentFormatter

from pfpp_utils.publish import show

#: Height in inches of one row of a horizontal chart, and of what stands around the rows.
ROW, FRAME = 0.42, 1.1


def describe(frame: pd.DataFrame, template: str) -> str:
    """Write one clause for each row, for a text alternative.

    Parameters
    ----------
    frame
        Any table; its column names are the template's fields.
    template
        A format string such as ``"{place}: {value} of {of_value}"``.

    Examples
    --------
    >>> describe(pd.DataFrame({"place": ["Durham", "Luton"], "n": [4, 6]}), "{place}: {n}")
    'Durham: 4; Luton: 6.'
    """
    return "; ".join(template.format(**row) for row in frame.rename(columns=str).to_dict("records")) + "."


def intervals(frame: pd.DataFrame, *, label: str, xlabel: str) -> Figure:
    """Draw shares as bars with their intervals.

    Parameters
    ----------
    frame
        Columns `label`, ``estimate``, ``low`` and ``high``, all from 0 to 1.
    label
        Column that names the bars, from top to bottom.
    xlabel
        What is measured.
    """
    chart, axes = _rows(len(frame))
    sns.barplot(frame, x="estimate", y=label, color=show.CATEGORICAL[0], ax=axes)
    reach = [frame["estimate"] - frame["low"], frame["high"] - frame["estimate"]]
    orange = show.DUO[1]
    axes.errorbar(frame["estimate"], np.arange(len(frame)), xerr=reach, fmt="none", ecolor=orange, capsize=4)
    axes.set(xlim=(0, 1), xlabel=xlabel, ylabel="")
    axes.xaxis.set_major_formatter(PercentFormatter(1))
    return chart


def pairs(frame: pd.DataFrame, *, label: str, xlabel: str, mark: float | None = None) -> Figure:
    """Draw two values for each row, as paired bars.

    Parameters
    ----------
    frame
        Column `label` and two columns of numbers, whose names become the legend.
    mark
        Where to draw a dashed line, if anywhere; say in `xlabel` what it means.
    """
    chart, axes = _rows(2 * len(frame))
    long = frame.melt(label, var_name="series", value_name="value")
    sns.barplot(long, x="value", y=label, hue="series", palette=show.DUO, ax=axes)
    if mark is not None:
        axes.axvline(mark, color="black", linestyle="--", linewidth=1)
    axes.set(xlabel=xlabel, ylabel="")
    sns.move_legend(axes, "lower left", bbox_to_anchor=(0, 1), ncols=1, title="")
    return chart


def bars(frame: pd.DataFrame, *, label: str, value: str, xlabel: str, mark: float | None = None) -> Figure:
    """Draw one value for each row, with the value written at the bar's end."""
    chart, axes = _rows(len(frame))
    sns.barplot(frame, x=value, y=label, color=show.CATEGORICAL[0], ax=axes)
    axes.bar_label(axes.containers[0], fmt=_short, padding=4)
    axes.margins(x=0.12)
    if mark is not None:
        axes.axvline(mark, color="black", linestyle="--", linewidth=1)
    axes.set(xlabel=xlabel, ylabel="")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda number, _: _short(number)))
    return chart


def grid(table: pd.DataFrame, *, shades: dict[str, str]) -> Figure:
    """Draw a table of words as a grid: each cell coloured by its word, which is also written in it.

    Parameters
    ----------
    table
        Rows and columns as they are to be drawn, top to bottom and left to right; words as values.
    shades
        Colour for each word. Text is black on light and white on dark shades.
    """
    chart, axes = plt.subplots(figsize=(8, ROW * len(table) + FRAME))
    words = list(shades)
    codes = table.map(words.index).to_numpy()
    ink = sns.color_palette([shades[word] for word in words])
    scale = {"cmap": ink, "vmin": 0, "vmax": len(words) - 1, "cbar": False}
    sns.heatmap(codes, **scale, linewidths=2, linecolor="white", ax=axes)
    for (row, column), code in np.ndenumerate(codes):
        colour = "white" if sum(ink[code]) < 1.5 else "black"
        axes.text(column + 0.5, row + 0.5, words[code], ha="center", va="center", color=colour)
    axes.set_xticks(np.arange(table.shape[1]) + 0.5, [str(name) for name in table.columns], rotation=0)
    axes.set_yticks(np.arange(table.shape[0]) + 0.5, [str(name) for name in table.index], rotation=0)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    return chart


def _short(number: float) -> str:
    return f"{number:,.0f}" if abs(number) >= 1000 else f"{number:.3g}"


def _rows(number: int) -> tuple[Figure, Axes]:
    """Make a chart high enough for so many horizontal bars."""
    return plt.subplots(figsize=(8, max(2.5, ROW * number * (0.75 if number > 16 else 1) + FRAME)))
