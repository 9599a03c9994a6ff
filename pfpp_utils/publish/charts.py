"""The charts that several pages share, drawn with seaborn; `show` puts them on the page."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator, PercentFormatter

from pfpp_utils.errors import InputError
from pfpp_utils.publish import show

#: Height in inches of one row of a horizontal chart, and of what stands around the rows.
ROW, FRAME = 0.42, 1.1
#: Letters in a line of a long label.
LABEL = 38


def describe(frame: pd.DataFrame, template: str) -> str:
    """Write one clause for each row, for a text alternative.

    Parameters
    ----------
    frame
        Any table; its column names are the template's fields.
    template
        A format string such as ``"{place}: {value} of {of_value}"``.

    Returns
    -------
    str
        The clauses in row order, joined by semicolons, with a full stop.

    Examples
    --------
    >>> describe(pd.DataFrame({"place": ["Durham", "Luton"], "n": [4, 6]}), "{place}: {n}")
    'Durham: 4; Luton: 6.'
    """
    rows = [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
    return "; ".join(template.format(**row) for row in rows) + "."


def describe_grid(table: pd.DataFrame, *, shades: Iterable[str]) -> str:
    """Write for each column of a grid how often each word stands in it and where, for a text alternative.

    Parameters
    ----------
    table
        As for :func:`grid`; short row names keep it short.
    shades
        The words in the order in which they are to be told, such as the shades of :func:`grid`.

    Returns
    -------
    str
        One sentence a column.

    Raises
    ------
    InputError
        If a word is not among `shades`.

    Examples
    --------
    >>> table = pd.DataFrame({"Report": ["direct", "none", "direct"]}, index=["S1", "S2", "S3"])
    >>> describe_grid(table, shades=["direct", "none"])
    'Report: 2 direct (S1, S3), 1 none (S2).'
    """
    said, order = [], list(shades)
    strange = sorted(set(table.stack()) - set(order))
    if strange:
        raise InputError("unknown word in a grid", where="table", found=strange, allowed=order)
    for name, column in table.items():
        rows = {word: column.index[column == word].map(str) for word in order}
        told = [f"{len(found)} {word} ({', '.join(found)})" for word, found in rows.items() if len(found)]
        said.append(f"{name}: {', '.join(told)}.")
    return " ".join(said)


def intervals(frame: pd.DataFrame, *, label: str, xlabel: str) -> Figure:
    """Draw shares as dots with their intervals.

    Parameters
    ----------
    frame
        Columns `label`, ``estimate``, ``low`` and ``high``, all from 0 to 1.
    label
        Column that names the rows, from top to bottom.
    xlabel
        What is measured.

    Returns
    -------
    matplotlib.figure.Figure
        One row a row of the frame, without a title.
    """
    names = [textwrap.fill(str(name), LABEL) for name in frame[label]]
    lines = max(name.count("\n") + 1 for name in names)
    chart, axes = _rows(len(frame) * max(1, 0.55 * lines))
    ink = show.CATEGORICAL[0]
    sns.pointplot(frame, x="estimate", y=label, linestyle="none", errorbar=None, color=ink, ax=axes)
    axes.hlines(np.arange(len(frame)), frame["low"], frame["high"], color=ink, linewidth=2)
    axes.set(xlim=(0, 1), ylim=(len(frame) - 0.5, -0.5), xlabel=xlabel, ylabel="")
    for line in axes.lines:
        line.set_clip_on(False)  # a dot at either end stays whole
    axes.set_yticks(np.arange(len(frame)), names)
    axes.xaxis.set_major_formatter(PercentFormatter(1))
    return chart


def pairs(frame: pd.DataFrame, *, label: str, xlabel: str, mark: float | None = None) -> Figure:
    """Draw two values for each row, as paired bars.

    Parameters
    ----------
    frame
        Column `label` and two columns of numbers, whose names become the legend.
    label
        Column that names the rows, from top to bottom.
    xlabel
        What is measured, with its unit.
    mark
        Where to draw a dashed line, if anywhere, in the unit of the values; say in `xlabel` what it
        means.

    Returns
    -------
    matplotlib.figure.Figure
        Two bars a row of the frame, without a title.
    """
    chart, axes = _rows(1.6 * len(frame))
    long = frame.melt(label, var_name="series", value_name="value")
    sns.barplot(
        long, x="value", y=label, hue="series", palette=show.DUO, saturation=1, errorbar=None, ax=axes
    )
    _finish(axes, xlabel, mark)
    sns.move_legend(axes, "lower left", bbox_to_anchor=(0, 1), ncols=1, title="")
    return chart


def bars(frame: pd.DataFrame, *, label: str, value: str, xlabel: str, mark: float | None = None) -> Figure:
    """Draw one value for each row, with the value written at the bar's end.

    Parameters
    ----------
    frame
        Columns `label` and `value`.
    label
        Column that names the rows, from top to bottom.
    value
        Column of numbers, all in one unit.
    xlabel
        What is measured, with its unit.
    mark
        As in :func:`pairs`.

    Returns
    -------
    matplotlib.figure.Figure
        One bar a row of the frame, without a title.
    """
    chart, axes = _rows(len(frame))
    sns.barplot(frame, x=value, y=label, color=show.CATEGORICAL[0], saturation=1, errorbar=None, ax=axes)
    _finish(axes, xlabel, mark)
    for row, number in enumerate(frame[value]):
        text = axes.annotate(_short(number), (number, row), (5, 0), textcoords="offset points", va="center")
        text.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1})
    axes.margins(x=0.12)
    return chart


def funnel(frame: pd.DataFrame, *, label: str, value: str, group: str | None = None) -> Figure:
    """Draw how many are left at each step, as bars from nought with counts and shares.

    Each bar is as long as its share of the first step, so that bars of different groups can be compared
    although their units differ; counts are never put on one scale.

    Parameters
    ----------
    frame
        One row a step, first step first; columns `label`, `value` and, if given, `group`.
    label
        Column that names the steps.
    value
        Column of counts: each step is a part of the one before.
    group
        Column of what is counted, such as teams or pilots; it heads its steps and never mixes with others.

    Returns
    -------
    matplotlib.figure.Figure
        One bar a row of the frame, without a title.

    Raises
    ------
    InputError
        If there is no row, a count is missing, negative or greater than the step before, or a group begins
        with nought.
    """
    counted = frame[group].astype(str) if group else pd.Series("", index=frame.index)
    order = np.argsort(pd.factorize(counted)[0], kind="stable")
    frame, counted = frame.iloc[order], counted.iloc[order]
    first = _narrowing(frame[value], counted)
    leads = (counted != counted.shift()).to_numpy()
    places = np.arange(len(frame)) + 0.5 * leads.cumsum()
    chart, axes = _rows(len(frame) + 0.5 * leads.sum())
    axes.barh(places, frame[value] / first, height=0.75, color=show.CATEGORICAL[0])
    for place, count, whole in zip(places, frame[value], first, strict=True):
        told = f"{count:,.0f}" if count == whole else f"{count:,.0f} of {whole:,.0f} ({count / whole:.0%})"
        text = axes.annotate(told, (count / whole, place), (5, 0), textcoords="offset points", va="center")
        if count > whole / 2:
            text.set(position=(-5, 0), ha="right", color="white")
    names = [
        f"{unit}: {step}" if unit else str(step) for step, unit in zip(frame[label], counted, strict=True)
    ]
    axes.set_yticks(places, [textwrap.fill(name, LABEL) for name in names])
    axes.set(
        xlim=(0, 1), ylim=(places[-1] + 0.5, places[0] - 0.5), xlabel="Share of the first step", ylabel=""
    )
    axes.xaxis.set_major_formatter(PercentFormatter(1))
    return chart


def grid(table: pd.DataFrame, *, shades: dict[str, str]) -> Figure:
    """Draw a table of words as a grid: each cell coloured by its word, which is also written in it.

    Parameters
    ----------
    table
        Rows and columns as they are to be drawn, top to bottom and left to right; words as values.
    shades
        Colour for each word. Text is black on light and white on dark shades.

    Returns
    -------
    matplotlib.figure.Figure
        One cell a value of the table, without a title.
    """
    chart, axes = plt.subplots(figsize=(8, ROW * len(table) + FRAME))
    words = list(shades)
    codes = table.map(words.index).to_numpy()
    ink = sns.color_palette([shades[word] for word in words])
    scale = {"cmap": ink, "vmin": 0, "vmax": len(words) - 1, "cbar": False}
    sns.heatmap(codes, **scale, linewidths=2, linecolor="white", ax=axes)
    for (row, column), code in np.ndenumerate(codes):
        colour = "white" if sum(ink[code]) < 1.5 else "black"
        axes.text(column + 0.5, row + 0.5, words[code], ha="center", va="center", color=colour, size=10)
    axes.set_xticks(np.arange(table.shape[1]) + 0.5, [str(name) for name in table.columns], rotation=0)
    axes.set_yticks(np.arange(table.shape[0]) + 0.5, [str(name) for name in table.index], rotation=0)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    return chart


def name_upright(axes: Axes, label: str) -> None:
    """Name the vertical axis in text that is not turned, above it.

    Parameters
    ----------
    axes
        Axes without a title.
    label
        What is measured, with its unit.
    """
    axes.set_ylabel("")
    axes.set_title(label, loc="left", fontsize=plt.rcParams["axes.labelsize"])


def _narrowing(counts: pd.Series[Any], groups: pd.Series[str]) -> pd.Series[float]:
    """Check that each step is part of the one before in its group; return each row's first step."""
    numbers = pd.to_numeric(counts, errors="coerce").astype(float)
    before = numbers.groupby(groups, sort=False).shift()
    first = numbers.groupby(groups, sort=False).transform("first")
    wrong = numbers.isna() | (numbers < 0) | (numbers > before) | (first == 0)
    if counts.empty or wrong.any():
        found = counts[wrong].tolist() or "no row"
        allowed = "counts from 0, each no greater than the one before, none of nought"
        raise InputError("not the steps of a funnel", where="frame", found=found, allowed=allowed)
    return first


def _short(number: float) -> str:
    """Write a number with two decimals below 10, one below 100 and none above, without idle zeros."""
    decimals = 0 if abs(number) >= 100 else 1 if abs(number) >= 10 else 2
    text = f"{number:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _finish(axes: Axes, xlabel: str, mark: float | None) -> None:
    if mark is not None:
        axes.axvline(mark, color="black", linestyle="--", linewidth=1)
    axes.set(xlabel=xlabel, ylabel="")
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=axes.get_xlim()[1] > 2))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda number, _: _short(number)))


def _rows(number: float) -> tuple[Figure, Axes]:
    """Make a chart high enough for so many rows, with grid lines to read values by."""
    chart, axes = plt.subplots(figsize=(8, max(1.8, ROW * number + FRAME)))
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    return chart, axes
