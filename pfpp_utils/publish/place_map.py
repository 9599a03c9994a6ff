"""A map of the places of a programme: a dot each, its name beside the country, and a line between the two."""

from __future__ import annotations

import math
import textwrap
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon

from pfpp_utils.data.geography.boundaries import Ring
from pfpp_utils.errors import InputError
from pfpp_utils.publish import show

#: Height of the country in inches; height of a line of text and width of a letter as shares of it.
HEIGHT, LINE, LETTER = 4.6, 0.06, 0.021
#: Letters in a line of a name.
LETTERS = 18
_INK, _LAND = "#4d4d4d", "#f2f2f2"
#: Looks of the groups, in their order: told apart by shape and by what fills them.
_LOOKS: tuple[dict[str, Any], ...] = (
    {"marker": "o", "facecolor": show.CATEGORICAL[0], "edgecolor": show.CATEGORICAL[0]},
    {"marker": "s", "facecolor": "white", "edgecolor": _INK},
)


def draw(places: pd.DataFrame, outline: list[Ring], *, group: str) -> Figure:
    """Draw the places on the outline of their country.

    Names stand in two columns, left and right, from north to south, so that none covers another.

    Parameters
    ----------
    places
        Columns ``place``, ``longitude`` and ``latitude`` (degrees), and `group`.
    outline
        Closed lines, longitude and latitude; may be empty.
    group
        Column that says in words to which of at most two groups a place belongs; the groups stand in the
        legend in their order of appearance.

    Returns
    -------
    matplotlib.figure.Figure
        A map without a title.

    Raises
    ------
    InputError
        If there is no place, or there are more than two groups.
    """
    groups = list(dict.fromkeys(places[group]))
    if not 1 <= len(groups) <= len(_LOOKS):
        allowed = f"1 to {len(_LOOKS)} groups"
        raise InputError("places cannot be shown on one map", where=group, found=groups, allowed=allowed)
    points = places[["longitude", "latitude"]].to_numpy(dtype=float)
    every = np.vstack([points, *outline])
    low, high = every.min(axis=0), every.max(axis=0)
    scale = max(high[1] - low[1], 0.1)  # a single place has no height
    shrink = math.cos(math.radians(float(every[:, 1].mean())))
    turn = np.array([shrink, 1.0]) / scale
    width = float((high - low)[0] * shrink / scale)
    chart, axes = plt.subplots()
    for ring in outline:
        axes.add_patch(Polygon((ring - low) * turn, facecolor=_LAND, edgecolor=_INK, linewidth=0.7))
    flat = (points - low) * turn
    room, bottom, top = _name(axes, list(places["place"]), flat, width)
    for name, look in zip(groups, _LOOKS, strict=False):
        own = flat[(places[group] == name).to_numpy()]
        label = f"{name} ({len(own)})"
        axes.scatter(own[:, 0], own[:, 1], s=32, linewidth=1.2, zorder=3, label=label, **look)
    axes.set(xlim=(-room, width + room), ylim=(bottom, top), aspect="equal")
    axes.axis("off")
    chart.legend(loc="outside lower center", frameon=False, fontsize=11)
    chart.set_size_inches(HEIGHT * (width + 2 * room), HEIGHT * (top - bottom) + 0.25 * len(groups) + 0.15)
    return chart


def describe(places: pd.DataFrame, *, group: str) -> str:
    """Say in words what the map shows, from north to south, for its text alternative."""
    order = places.sort_values("latitude", ascending=False)
    told = [f"{name}: {', '.join(own['place'])}" for name, own in order.groupby(group, sort=False)]
    return f"Map of {len(places)} places, each group from north to south. {'; '.join(told)}."


def _name(axes: Axes, names: list[str], points: Ring, width: float) -> tuple[float, float, float]:
    """Write the names left and right of the country, half of them on either side, by where they lie.

    Returns the room that they take on either side, and the lowest and highest place that is taken.
    """
    written = [textwrap.fill(name, LETTERS) for name in names]
    lines = [name.split("\n") for name in written]
    step, order = LINE * max(map(len, lines)), np.argsort(points[:, 0], kind="stable")
    sides = ((order[: len(order) // 2], -0.04, "right"), (order[len(order) // 2 :], width + 0.04, "left"))
    taken = [0.0, 1.0]
    for own, x, align in sides:
        down = own[np.argsort(-points[own, 1], kind="stable")]
        for i, y in zip(down, spread(points[down, 1], step), strict=True):
            axes.plot([x, points[i, 0]], [y, points[i, 1]], color=_INK, linewidth=0.7, zorder=2)
            side = -0.01 if align == "right" else 0.01
            axes.text(x + side, y, written[i], ha=align, va="center", fontsize=11)
            taken += [y - step / 2, y + step / 2]
    longest = max(len(line) for each in lines for line in each)
    return 0.07 + LETTER * longest, min(taken) - 0.02, max(taken) + 0.02


def spread(heights: Ring, step: float) -> Ring:
    """Move heights apart to at least a step, in their order from the highest, as little as can be.

    Parameters
    ----------
    heights
        From the highest to the lowest.
    step
        The least distance between two.

    Returns
    -------
    numpy.ndarray
        Heights in the same order: the nearest in the sense of least squares.

    Examples
    --------
    >>> spread(np.array([0.5, 0.5]), step=0.1).round(3).tolist()
    [0.55, 0.45]
    """
    from scipy.optimize import isotonic_regression  # noqa: PLC0415 slow to load

    if not len(heights):
        return heights
    gaps = step * np.arange(len(heights))
    return np.asarray(isotonic_regression(heights + gaps, increasing=False).x) - gaps
