"""What a chart draws to stand for data: bars, lines, dots, cells and boxes, each with its look and place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import Collection, LineCollection, QuadMesh
from matplotlib.colors import to_rgba, to_rgba_array
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Patch
from matplotlib.transforms import Transform

from pfpp_utils.publish import surfaces
from pfpp_utils.publish.contrast import GRAPHIC, Colour, over, ratio
from pfpp_utils.publish.extent import Box
from pfpp_utils.publish.surfaces import Surface

Kind = Literal["area", "region", "line", "dot"]
#: Least width of a line that counts as a border, in points.
BORDER = 0.5


@dataclass(frozen=True)
class Mark:
    """One thing that stands for data.

    Attributes
    ----------
    kind
        ``area`` for bars, boxes and cells, ``region`` for shapes of any outline, ``line`` or ``dot``.
    box
        Where it is.
    room
        Box of the axes that cut it off; None if only the picture's edge does.
    fill, edge, texture
        Colour of its face, of its outline or line, and of its hatch, as seen; None if there is none.
    ground
        Colour of what lies below.
    form
        What tells it from others beside colour: hatch, dashes or shape.
    """

    kind: Kind
    box: Box
    room: Box | None
    fill: Colour | None
    edge: Colour | None
    ground: Colour
    form: str = ""
    texture: Colour | None = None

    @property
    def ink(self) -> Colour:
        """The colour that it is known by."""
        return self.fill or self.edge or self.ground

    @property
    def pattern(self) -> str:
        """Its form, if that can be seen: a hatch needs contrast with the face that it lies on."""
        seen = self.texture is None or float(ratio(self.texture, self.fill or self.ground)) >= GRAPHIC
        return self.form if seen else ""


def gather(chart: Figure) -> list[Mark]:
    """List what stands for data in a chart that has been drawn; frames, grid lines and legends do not.

    Parameters
    ----------
    chart
        A figure.

    Returns
    -------
    list of Mark
        Axes by axes, in the order in which they were added, with what lies on the figure itself.
    """
    return [mark for surface in surfaces.surfaces(chart) for mark in of(surface)]


def of(surface: Surface) -> Iterator[Mark]:
    """List what stands for data in one surface.

    Parameters
    ----------
    surface
        From :func:`pfpp_utils.publish.surfaces.surfaces`.

    Yields
    ------
    Mark
        In the order in which they were added.
    """
    for artist in surfaces.artists(surface):
        if isinstance(artist, Line2D):
            yield from _line(artist, surface)
        elif isinstance(artist, QuadMesh):
            yield from _cells(artist, surface)
        elif isinstance(artist, LineCollection):
            yield from _lines(artist, surface)
        elif isinstance(artist, Collection):
            yield from _shapes(artist, surface)
        elif isinstance(artist, Patch):
            yield from _patch(artist, surface)


def _patch(patch: Patch, surface: Surface) -> Iterator[Mark]:
    ground, around = surface.ground, patch.get_window_extent()
    edge = seen(patch.get_edgecolor(), ground) if patch.get_linewidth() >= BORDER else None
    box, room = surfaces.box(around.get_points(), surface), _room(patch, surface)
    if isinstance(patch, FancyArrowPatch):
        yield Mark("line", box, room, None, edge, ground, str(patch.get_linestyle()))
    elif around.width > 0 and around.height > 0:
        fill = seen(patch.get_facecolor(), ground) if patch.get_fill() else None
        texture = seen(patch.get_hatchcolor(), fill or ground) if patch.get_hatch() else None
        yield Mark("area", box, room, fill, edge, ground, patch.get_hatch() or "", texture)


def _line(line: Line2D, surface: Surface) -> Iterator[Mark]:
    ground, shape = surface.ground, line.get_marker()

    def ink(colour: Any) -> Colour | None:  # noqa: ANN401
        return seen(to_rgba(colour, line.get_alpha()), ground)

    box, room = surfaces.box(line.get_window_extent().get_points(), surface), _room(line, surface)
    if not np.isfinite(box).all():
        return
    if line.get_linestyle() not in {"None", "none", "", " "}:
        dashes = str(getattr(line, "_unscaled_dash_pattern", line.get_linestyle()))  # not just "--" for all
        yield Mark("line", box, room, None, ink(line.get_color()), ground, dashes)
    if shape not in {"None", "none", "", " ", None}:
        face, edge = ink(line.get_markerfacecolor()), ink(line.get_markeredgecolor())
        yield Mark("dot", box, room, face, edge, ground, str(shape))


def _cells(mesh: QuadMesh, surface: Surface) -> Iterator[Mark]:
    data, ground = mesh.get_transform(), surface.ground
    corners, shades = np.asarray(mesh.get_coordinates()), mesh.get_facecolor()
    edge = _edge(mesh, ground)
    for row, column in np.ndindex(corners.shape[0] - 1, corners.shape[1] - 1):
        ends = data.transform(corners[[row, row + 1], [column, column + 1]])
        shade = shades[(row * (corners.shape[1] - 1) + column) % len(shades)]
        yield Mark("area", surfaces.box(ends, surface), None, seen(shade, ground), edge, ground)


def _lines(found: LineCollection, surface: Surface) -> Iterator[Mark]:
    ground, box = surface.ground, _reach(found, surface)
    for colour in np.unique(found.get_edgecolor(), axis=0) if box else []:
        dashes = str(found.get_linestyle()[0])
        yield Mark("line", box, _room(found, surface), None, seen(colour, ground), ground, dashes)  # type: ignore[arg-type]


def _shapes(found: Collection, surface: Surface) -> Iterator[Mark]:
    """One mark for each colour of the dots or shapes that are kept together."""
    ground, box, room = surface.ground, _reach(found, surface), _room(found, surface)
    if not box:
        return
    kind: Kind = "dot" if found.get_offset_transform() is _data(surface) else "region"
    hatch, faces = found.get_hatch() or "", found.get_facecolor()
    for face in np.unique(faces, axis=0) if len(faces) else [np.zeros(4)]:
        fill = seen(face, ground)
        texture = seen(found.get_hatchcolor()[0], fill or ground) if hatch else None
        yield Mark(kind, box, room, fill, _edge(found, ground), ground, hatch, texture)


def seen(colour: Any, ground: Colour) -> Colour | None:  # noqa: ANN401
    """Colour as it is seen on another; None if nothing of it is."""
    found = to_rgba_array(colour)
    return over(tuple(found[0]), ground) if len(found) and found[0][3] > 0 else None


def _edge(found: Collection, ground: Colour) -> Colour | None:
    edges = to_rgba_array(found.get_edgecolor())
    drawn = len(edges) and np.max(found.get_linewidth()) >= BORDER
    return seen(edges[0], ground) if drawn else None


def _data(surface: Surface) -> Transform | None:
    return surface.axes.transData if surface.axes is not None else None


def _reach(found: Collection, surface: Surface) -> Box | None:
    """Box around lines, shapes or dots that are kept together; None if there are none."""
    data = _data(surface)
    if data is not None and found.get_offset_transform() is data:
        at = data.transform(np.asarray(found.get_offsets()))
        sizes: Any = getattr(found, "get_sizes", list)()
        half = np.sqrt(np.max(sizes, initial=0)) / 144 * surface.chart.dpi
        points = np.vstack([at - half, at + half])
    else:
        outlines = [np.asarray(path.vertices) for path in found.get_paths()]
        points = found.get_transform().transform(np.vstack([np.empty((0, 2)), *outlines]))
    points = points[np.isfinite(points).all(axis=1)]
    return surfaces.box(points, surface) if len(points) else None


def _room(artist: Artist, surface: Surface) -> Box | None:
    return surfaces.extent(surface) if surface.axes is not None and artist.get_clip_on() else None
