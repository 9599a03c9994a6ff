"""What a chart is drawn on: the figure, its axes and the axes within them, each with what lies below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import Collection
from matplotlib.figure import Figure, SubFigure
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from numpy.typing import ArrayLike

from pfpp_utils.publish.contrast import WHITE, Colour, over
from pfpp_utils.publish.extent import Box
from pfpp_utils.publish.proof import RESOLUTION


@dataclass(frozen=True)
class Surface:
    """Something that is drawn on.

    Attributes
    ----------
    host
        Axes, those within axes too, or a figure.
    ground
        Colour of what lies below what is drawn there.
    """

    host: Axes | Figure | SubFigure
    ground: Colour

    @property
    def axes(self) -> Axes | None:
        """The axes; None if it is a figure."""
        return self.host if isinstance(self.host, Axes) else None

    @property
    def chart(self) -> Figure:
        """The whole chart."""
        chart = self.host.get_figure(root=True)
        assert chart is not None
        return chart


def surfaces(host: Axes | Figure | SubFigure, below: Colour = WHITE) -> Iterator[Surface]:
    """List all that is drawn on, from the whole chart to axes within axes; what is not visible is not.

    Parameters
    ----------
    host
        A figure.
    below
        Colour of what lies below it.

    Yields
    ------
    Surface
        Each before those that lie in it.
    """
    if not host.get_visible():
        return
    bare = isinstance(host, Axes) and not host.axison
    ground = below if bare else over(host.get_facecolor(), below)
    yield Surface(host, ground)
    for child in host.get_children():
        if isinstance(child, (Axes, Figure, SubFigure)):
            yield from surfaces(child, ground)


def artists(surface: Surface) -> Iterator[Artist]:
    """List lines, shapes and dots of one surface, those in boxes that are put there as well.

    Parameters
    ----------
    surface
        From :func:`surfaces`.
    """
    host = surface.host
    own: list[Artist] = [*host.patches, *host.lines, *getattr(host, "collections", ())]
    boxes = [each for each in host.artists if not isinstance(each, Legend) and each not in own]
    within = [found for each in boxes for found in each.findobj(_is_mark)]
    yield from (artist for artist in (*own, *within) if artist.get_visible())


def _is_mark(artist: Artist) -> bool:
    return isinstance(artist, (Line2D, Patch, Collection))


def box(points: ArrayLike, surface: Surface) -> Box:
    """Turn points in the figure's own pixels into a box of the proof.

    Parameters
    ----------
    points
        Two columns, across and up.
    surface
        Where they are.
    """
    chart, ends = surface.chart, np.asarray(points, dtype=float)
    (left, low), (right, high) = ends.min(axis=0), ends.max(axis=0)
    scale, height = RESOLUTION / chart.dpi, chart.bbox.height
    return left * scale, (height - high) * scale, right * scale, (height - low) * scale


def extent(surface: Surface) -> Box:
    """Box of what is drawn on."""
    return box(surface.host.bbox.get_points(), surface)
