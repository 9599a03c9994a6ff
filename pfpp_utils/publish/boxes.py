"""Boxes of text and the links between them, drawn in points on an empty picture."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.path import Path
from matplotlib.textpath import text_to_path

from pfpp_utils.publish import text_rules

Point = tuple[float, float]
#: Letters, the lines they stand in and the space around them, in points: as small as letters may be.
LETTERS, LINE, PAD = text_rules.LETTERS, 11.2, 4.5
#: Width of a picture, and of the links' lines.
WIDTH, STROKE = 576.0, 1.1
#: Space in points: between boxes, at the edge of the picture, and for headings above the boxes.
GAP, EDGE, HEAD = 12.0, 3.0, 20.0
GREY = "#595959"


@dataclass(frozen=True)
class Look:
    """How a box looks: fill, letters, outline (colour, dashes, width) and the rounding of its corners."""

    fill: str = "white"
    ink: str = "black"
    edge: str = "black"
    dashes: str = "-"
    stroke: float = 1.2
    rounding: float = 3.0


@dataclass(frozen=True)
class Box:
    """Text wrapped to a width.

    Attributes
    ----------
    width
        In points.
    lines
        Each line and whether it is bold.
    pad
        Space around the text, in points.
    """

    width: float
    lines: tuple[tuple[str, bool], ...]
    pad: float = PAD

    @property
    def height(self) -> float:
        """Height in points."""
        return LINE * len(self.lines) + 2 * self.pad


def box(width: float, *paragraphs: tuple[str, bool]) -> Box:
    """Wrap paragraphs into a box; empty ones are left out.

    Parameters
    ----------
    width
        Of the box, in points.
    paragraphs
        Each text and whether it is bold.
    """
    wrapped = [(line, bold) for text, bold in paragraphs for line in wrap(text, width - 2 * PAD, bold=bold)]
    return Box(width, tuple(wrapped))


def wrap(text: str, width: float, *, bold: bool = False) -> list[str]:
    """Break a text into lines that fit; a word longer than a line is cut.

    Parameters
    ----------
    text
        Words parted by spaces.
    width
        In points.
    bold
        Whether the letters are bold.

    Examples
    --------
    >>> wrap("Trusted working relationships", 100)
    ['Trusted working', 'relationships']
    """
    lines: list[str] = []
    for word in text.split():
        if lines and measure(f"{lines[-1]} {word}", bold=bold) <= width:
            lines[-1] += f" {word}"
            continue
        rest = word
        while measure(rest, bold=bold) > width and len(rest) > 1:
            fits = max(n for n in range(1, len(rest)) if n == 1 or measure(rest[:n], bold=bold) <= width)
            lines.append(rest[:fits])
            rest = rest[fits:]
        lines.append(rest)
    return lines


def measure(text: str, *, bold: bool = False) -> float:
    """Measure one line of text, in points."""
    font = FontProperties(weight="bold" if bold else "normal", size=LETTERS)
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return width


def canvas(width: float, height: float) -> tuple[Figure, Axes]:
    """Make an empty picture whose coordinates are points from its upper left corner."""
    chart = plt.figure(figsize=(width / 72, height / 72))
    chart.set_layout_engine("none")
    axes = chart.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(height, 0))
    axes.set_axis_off()
    return chart, axes


def write(
    axes: Axes, text: str, at: Point, *, bold: bool = False, ink: str = "black", side: str = "center"
) -> None:
    """Write one line of text at a point of its baseline."""
    weight = "bold" if bold else "normal"
    axes.text(*at, text, size=LETTERS, weight=weight, color=ink, ha=side, va="baseline", parse_math=False)


def put(axes: Axes, content: Box, centre: Point, look: Look) -> None:
    """Draw a box with its text around a point."""
    left, top = centre[0] - content.width / 2, centre[1] - content.height / 2
    shape = FancyBboxPatch(
        (left, top),
        content.width,
        content.height,
        boxstyle=f"round,pad=0,rounding_size={look.rounding}",
        facecolor=look.fill,
        edgecolor=look.edge,
        linestyle=look.dashes,
        linewidth=look.stroke,
    )
    axes.add_patch(shape)
    for i, (line, bold) in enumerate(content.lines):
        write(axes, line, (centre[0], top + content.pad + (i + 0.76) * LINE), bold=bold, ink=look.ink)


def link(
    axes: Axes,
    points: list[Point],
    *,
    along: Literal["x", "y"],
    head: bool = True,
    colour: str = GREY,
    dashes: str = "-",
    bow: float = 0,
) -> None:
    """Draw a smooth link through points, which it passes in the direction of one axis.

    With a `bow` it swings out by about so many points to the right (to the left if negative), and comes
    back.
    """
    vertices, codes = [points[0]], [Path.MOVETO]
    for (x, y), (to_x, to_y) in pairwise(points):
        middle_x, middle_y = (x + to_x) / 2, (y + to_y) / 2
        pulls = [(middle_x, y), (middle_x, to_y)] if along == "x" else [(x, middle_y), (to_x, middle_y)]
        if bow:
            pulls = [(x + bow / 0.75, y), (to_x + bow / 0.75, to_y)]
        vertices += [*pulls, (to_x, to_y)]
        codes += [Path.CURVE4] * 3
    style = "-|>,head_length=5,head_width=2.6" if head else "-"
    arrow = FancyArrowPatch(path=Path(vertices, codes), arrowstyle=style, mutation_scale=1, zorder=0.5)
    arrow.set(color=colour, linestyle=dashes, linewidth=STROKE)
    axes.add_patch(arrow)
