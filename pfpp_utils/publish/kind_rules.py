"""Rules on what a chart may be made of: one scale, crisp at any size, nothing that hides from a look."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axes._secondary_axes import SecondaryAxis
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.image import AxesImage, BboxImage, FigureImage
from matplotlib.lines import Line2D
from matplotlib.markers import MarkerStyle
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Patch
from matplotlib.path import Path
from matplotlib.table import Table
from matplotlib.textpath import TextPath

from pfpp_utils.publish import marks, surfaces
from pfpp_utils.publish.extent import Box, shared

#: Share of the larger of two axes up to which they may lie on each other.
COMMON = 0.5


def dual_axes(chart: Figure) -> Iterator[str]:
    """Find two scales for one picture: axes on each other, unless both are without scales, such as maps."""
    axes = [each for each in surfaces.surfaces(chart) if each.axes is not None]
    for one, other in combinations(axes, 2):
        boxes = [surfaces.extent(each) for each in (one, other)]
        if shared(*boxes) <= 1:
            continue
        scaled = any(each.axes.axison for each in (one, other) if each.axes)
        drawn = all(any(True for _ in marks.of(each)) for each in (one, other))
        if _common(*boxes) > COMMON or (scaled and drawn):
            labels = [each.axes.get_ylabel() for each in (one, other) if each.axes]
            yield f"two axes in one place, {labels[0]!r} and {labels[1]!r}"
    for second in chart.findobj(SecondaryAxis):
        yield f"a second scale, {second.get_ylabel() or second.get_xlabel()!r}"


def truncated(chart: Figure) -> Iterator[str]:
    """Find bars that all begin at one place other than nought: their lengths say nothing of their values."""
    for axes in chart.findobj(Axes):
        bars = [held for held in axes.containers if isinstance(held, BarContainer)]
        starts = {start for each in bars for start in _starts(each, axes)}
        if len(starts) == 1 and 0.0 not in starts:
            yield f"bars from {starts.pop():g}"


def _starts(bars: BarContainer, axes: Axes) -> Iterator[float]:
    """Where bars begin that have a length; dates have no nought, and one bar may be a range."""
    across = bars.orientation == "horizontal"
    axis = axes.xaxis if across else axes.yaxis
    if len(bars.patches) > 1 and axis.get_converter() is None:
        for bar in bars.patches:
            if bar.get_width() if across else bar.get_height():
                yield float(bar.get_x() if across else bar.get_y())


def depth(chart: Figure) -> Iterator[str]:
    """Find axes of three dimensions, in which nothing can be compared."""
    for each in surfaces.surfaces(chart):
        if hasattr(each.host, "zaxis"):
            yield type(each.host).__name__


def pixels(chart: Figure) -> Iterator[str]:
    """Find parts that are not crisp at any size."""
    images = (AxesImage, FigureImage, BboxImage)
    for found in chart.findobj(lambda each: isinstance(each, images) or bool(each.get_rasterized())):
        yield type(found).__name__


def tables(chart: Figure) -> Iterator[str]:
    """Find tables that are drawn, which nobody can read out cell by cell."""
    for found in chart.findobj(Table):
        yield f"a table of {len(found.get_celld())} cells"


def effects(chart: Figure) -> Iterator[str]:
    """Find what is drawn otherwise than its colour says: glows, shadows, filters."""
    for found in chart.findobj(lambda each: bool(each.get_path_effects()) or bool(each.get_agg_filter())):
        yield type(found).__name__


def letters(chart: Figure) -> Iterator[str]:
    """Find letters that are drawn as shapes, so that no rule on texts sees them."""
    for surface in surfaces.surfaces(chart):
        for artist in surfaces.artists(surface):
            if any(_is_written(path) for path in _outlines(artist)):
                yield type(artist).__name__


def _outlines(artist: Artist) -> list[Path]:
    if isinstance(artist, (FancyBboxPatch, FancyArrowPatch)):
        return []
    if isinstance(artist, Line2D):
        return [MarkerStyle(artist.get_marker()).get_path()]
    return [artist.get_path()] if isinstance(artist, Patch) else list(artist.get_paths())  # type: ignore[attr-defined]


def _is_written(path: Path) -> bool:
    """Whether a path is of letters: fonts draw them in several strokes with simple curves, unlike charts."""
    if isinstance(path, TextPath):
        return True
    codes = [] if path.codes is None else np.asarray(path.codes).tolist()
    return Path.CURVE3 in codes and codes.count(Path.MOVETO) > 1


def _common(one: Box, other: Box) -> float:
    """Share of the larger box that two have in common."""
    across, down = (
        min(one[2], other[2]) - max(one[0], other[0]),
        min(one[3], other[3]) - max(one[1], other[1]),
    )
    area = max((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return max(0.0, across) * max(0.0, down) / area
