"""At which values a chart draws: lengths of bars, ends of lines, places of dots, numbers behind colours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.category import StrCategoryConverter, StrCategoryLocator
from matplotlib.collections import Collection, LineCollection, QuadMesh
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.ticker import FixedLocator
from numpy.typing import ArrayLike, NDArray

from pfpp_utils.publish import leaks, surfaces
from pfpp_utils.publish.surfaces import Surface

#: Ends of a polygon are compared for so many at most; a map has more, and none is a value.
POINTS = 2000
#: What a place may be multiplied by to give the number at its tick.
TIMES = (1, 100, 1e-3, 1e-6)


def drawn(chart: Figure) -> Iterator[float]:
    """List the values at which marks stand.

    Parameters
    ----------
    chart
        A figure that has been drawn.

    Yields
    ------
    float
        Numbers in the units of the axes; places that only put marks in a row are left out.
    """
    for surface in surfaces.surfaces(chart):
        if surface.axes is not None:
            yield from _of(surface.axes, surface)


def _of(axes: Axes, surface: Surface) -> Iterator[float]:
    bars = [each for each in axes.containers if isinstance(each, BarContainer)]
    for container in bars:
        yield from _finite(np.asarray(container.datavalues, dtype=float))
    inside = {id(bar) for container in bars for bar in container}
    free = [
        each
        for each in axes.patches
        if isinstance(each, Rectangle)
        and id(each) not in inside
        and each.get_transform().contains_branch(axes.transData)
    ]
    yield from _lengths([each.get_width() for each in free])
    yield from _lengths([each.get_height() for each in free])
    for artist in surfaces.artists(surface):
        if isinstance(artist, (Line2D, Collection)):
            yield from _places(artist, axes)


def _places(artist: Line2D | Collection, axes: Axes) -> Iterator[float]:
    if isinstance(artist, QuadMesh):
        values = artist.get_array()
        yield from _lengths([] if values is None else np.ma.filled(values.astype(float), np.nan).ravel())
        return
    points = _points(artist, axes)
    if len(points) > POINTS:
        return
    for axis, values in zip((axes.xaxis, axes.yaxis), points.T, strict=True):
        if not _names(axis):
            yield from _lengths(values)
    if isinstance(artist, Collection) and artist.get_array() is not None:
        yield from _lengths(np.ma.filled(np.ma.asarray(artist.get_array(), dtype=float), np.nan).ravel())


def _points(artist: Line2D | Collection, axes: Axes) -> NDArray[np.float64]:
    """Points in the units of the axes, two columns; none if the artist is not drawn in them."""
    if isinstance(artist, Line2D):
        whole = artist.get_transform() == axes.transData
        return np.asarray(artist.get_xydata(), dtype=float) if whole else np.empty((0, 2))
    if artist.get_offset_transform() is axes.transData:
        return np.asarray(artist.get_offsets(), dtype=float).reshape(-1, 2)
    if isinstance(artist, LineCollection):
        parts = [np.asarray(one, dtype=float) for one in artist.get_segments()]
    else:
        parts = [np.asarray(path.vertices, dtype=float) for path in artist.get_paths()]
    return np.vstack([np.empty((0, 2)), *parts])


def _names(axis: Axis) -> bool:
    """Whether an axis only names what stands along it: its labels are not the numbers of their places."""
    locator = axis.get_major_locator()
    if isinstance(locator, StrCategoryLocator) or isinstance(axis.get_converter(), StrCategoryConverter):
        return True
    labels = [label for label in axis.get_ticklabels() if label.get_text()]
    return isinstance(locator, FixedLocator) and bool(labels) and not list(numbered(axis))


def numbered(axis: Axis, *, minor: bool = False) -> Iterator[str]:
    """List labels of ticks that say nothing but where they are, as a number, a share or in thousands.

    Parameters
    ----------
    axis
        That has been drawn.
    minor
        Those of minor ticks.
    """
    places = axis.get_ticklocs(minor=minor)
    for place, label in zip(places, axis.get_ticklabels(minor=minor), strict=False):
        stated = leaks.numbers(label.get_text().replace("\N{MINUS SIGN}", "-"))
        if len(stated) == 1 and any(np.isclose(stated[0], place * times, atol=0.005) for times in TIMES):
            yield label.get_text()


def _lengths(values: Iterable[float]) -> Iterator[float]:
    """Leave out what is one for all, such as how wide bars are, and what only counts from one to the next."""
    found = np.asarray(list(values), dtype=float)
    distinct = np.unique(found[np.isfinite(found)])
    steps = np.diff(distinct)
    alike = len(found) > 1 and len(distinct) == 1
    counting = len(distinct) > 2 and bool((steps == 1).all())
    if not alike and not counting:
        yield from _finite(found)


def _finite(values: ArrayLike) -> Iterator[float]:
    found = np.asarray(values, dtype=float).ravel()
    yield from (float(value) for value in found[np.isfinite(found)] if value)
