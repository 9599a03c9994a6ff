"""A proof of a chart: each line of text as it is drawn, and the picture that is left without any."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

import matplotlib as mpl
import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from numpy.typing import NDArray

from pfpp_utils.publish.contrast import WHITE, Colour, over
from pfpp_utils.publish.extent import Box

#: Pixels to an inch: what a page shows an inch of a picture as, where it has room for it (`page._size`).
RESOLUTION = 100
#: Size of raised and lowered letters of a formula, as a share of the others (matplotlib's own).
RAISED = 0.7
#: What stands where a text will be, so that it shows what is drawn over it; no chart has this colour.
STAND_IN = np.array([253, 1, 254, 254], dtype=np.uint8)
#: Settings with which a chart that is laid out is not laid out anew.
LAID_OUT: dict[Any, Any] = {"figure.autolayout": False, "figure.constrained_layout.use": False}


@dataclass(frozen=True)
class Line:
    """One line of text as it is drawn.

    Attributes
    ----------
    text
        The letters.
    box
        Left, top, right and bottom of the letters' ink, in pixels from the upper left corner.
    points
        Size of the letters.
    angle
        By which it is turned, in degrees.
    colour
        Of the letters, as seen on white.
    clip
        What it is cut to, as `box`; None if it is not.
    alpha
        How far the letters can be seen, from 0 to 1.
    covered
        Share of the box over which something was drawn later.
    """

    text: str
    box: Box
    points: float
    angle: float
    colour: Colour
    clip: Box | None
    alpha: float = 1.0
    covered: float = 0.0

    @property
    def tells(self) -> bool:
        """Whether it says anything: a letter or a digit."""
        return any(letter.isalnum() for letter in self.text)


@dataclass(frozen=True)
class Proof:
    """What came out.

    Attributes
    ----------
    lines
        In the order in which they are drawn.
    pixels
        Red, green, blue and opacity from 0 to 255 of the picture without its texts: row, column, colour.
    """

    lines: tuple[Line, ...]
    pixels: NDArray[np.uint8]

    def below(self, line: Line) -> NDArray[np.float64]:
        """Give red, green and blue from 0 to 1 below a line, as seen on white: row, column, colour."""
        place = _cut(self.pixels, line.box) / 255
        alpha = place[..., 3:]
        return alpha * place[..., :3] + 1 - alpha


def pull(chart: Figure) -> Proof:
    """Draw a chart and note its texts, and fix its layout so that what is saved is what was looked at.

    Parameters
    ----------
    chart
        A figure.

    Returns
    -------
    Proof
        At :data:`RESOLUTION`.
    """
    before = chart.dpi
    chart.set_dpi(RESOLUTION)
    width, height = (round(inches * RESOLUTION) for inches in chart.get_size_inches())
    reader = _Reader(width, height, RESOLUTION)
    chart._get_renderer = lambda: reader  # type: ignore[attr-defined] # it measures for the layout too
    try:
        chart.draw(reader)
    finally:
        del chart._get_renderer  # type: ignore[attr-defined]
    lines = reader.finish()
    with mpl.rc_context(LAID_OUT):
        chart.set_layout_engine(None)  # what "none" leaves has the chart drawn once more when it is saved
    chart.set_dpi(before)
    return Proof(lines, reader.pixels())


def _cut(pixels: NDArray[Any], box: Box) -> NDArray[Any]:
    left, top, right, bottom = (max(0, round(side)) for side in box)
    return pixels[top:bottom, left:right]


class _Reader(RendererAgg):
    """Draws everything but texts, of which it takes note."""

    def __init__(self, width: float, height: float, dpi: float) -> None:
        super().__init__(width, height, dpi)  # type: ignore[no-untyped-call]
        self._lines: list[tuple[Line, NDArray[np.uint8]]] = []
        # A text is measured to be laid out, and again to be drawn; that takes longer than to draw it.
        self.get_text_width_height_descent = cache(self.get_text_width_height_descent)  # type: ignore[method-assign]

    def pixels(self) -> NDArray[np.uint8]:
        """Give what has been drawn so far: row, column, colour from 0 to 255."""
        return np.asarray(self.buffer_rgba())  # type: ignore[no-untyped-call]

    def finish(self) -> tuple[Line, ...]:
        """Take the stand-ins of texts away; give the lines in order, with how much of each was drawn over."""
        lines = []
        for line, below in reversed(self._lines):
            place = _cut(self.pixels(), line.box)
            left = (place == STAND_IN).all(axis=-1)
            place[left] = below[left]
            lines.append(replace(line, covered=1 - float(left.mean()) if left.size else 0.0))
        return tuple(reversed(lines))

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: bool | Literal["TeX"] = False,
        mtext: Text | None = None,
    ) -> None:
        """Note a line of text instead of drawing it."""
        if not s.strip():
            return
        size = self.get_text_width_height_descent(s, prop, ismath)  # type: ignore[no-untyped-call]
        box = self._ink(x, y, angle, *size)
        cut = gc.get_clip_rectangle()
        clip = (cut.x0, self.height - cut.y1, cut.x1, self.height - cut.y0) if cut else None
        *_, alpha = to_rgba(gc.get_rgb())
        points = prop.get_size_in_points() * (RAISED if ismath and re.search(r"[\^_]", s) else 1)
        colour = over((*gc.get_rgb()[:3], 1.0), WHITE)
        line = Line(s, box, points, angle % 360, colour, clip, alpha)
        place = _cut(self.pixels(), box)
        self._lines.append((line, place.copy()))
        place[:] = STAND_IN

    @staticmethod
    def _ink(x: float, y: float, angle: float, width: float, height: float, descent: float) -> Box:
        """Box around letters that begin at a point of their baseline, turned anticlockwise about it."""
        corners = np.array([(0, descent), (width, descent), (0, descent - height), (width, descent - height)])
        turn = np.radians(angle)
        across = x + corners[:, 0] * np.cos(turn) + corners[:, 1] * np.sin(turn)
        down = y - corners[:, 0] * np.sin(turn) + corners[:, 1] * np.cos(turn)
        return float(across.min()), float(down.min()), float(across.max()), float(down.max())
