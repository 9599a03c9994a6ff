"""Rules on what stands for data in a chart: contrast, more than colour to tell it by, whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

import numpy as np
from matplotlib.colors import rgb_to_hsv, to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.legend import Legend

from pfpp_utils.publish.contrast import GRAPHIC, WHITE, Colour, ratio
from pfpp_utils.publish.extent import beyond, holds, shared
from pfpp_utils.publish.marks import Mark, seen
from pfpp_utils.publish.proof import Line, Proof
from pfpp_utils.publish.text_rules import page

#: Categories that colours may tell apart: as many as the government's palette has.
CATEGORIES = 6
#: Pixels between two shapes up to which they are neighbours.
TOUCH = 2.0
#: By how much shades of one colour may differ in hue, of a full turn.
HUE = 1 / 12
#: Pixels of a mark that may be lost, such as half a line's width.
SLACK = 1.5


def faint(marks: Iterable[Mark], lines: Iterable[Line]) -> Iterator[str]:
    """Find marks that do not stand off from what lies below: neither face nor outline nor hatch, no label.

    A line of the colour of what lies below parts marks from each other and is none itself.
    """
    for mark in marks:
        inks = [ink for ink in (mark.fill, mark.edge, mark.texture) if ink]
        best = max((contrast(ink, mark.ground) for ink in inks), default=GRAPHIC)
        parting = mark.kind == "line" and mark.edge == mark.ground
        if best < GRAPHIC and not parting and not labelled(mark, lines):
            yield f"{mark.kind} {to_hex(mark.ink)} at {best:.2f}:1"


def alike(marks: Iterable[Mark], lines: Iterable[Line]) -> Iterator[str]:
    """Find neighbours whose colours are too near, where no hatch, border or label parts them."""
    shapes = [mark for mark in marks if mark.kind in {"area", "region"} and mark.fill]
    said = {id(mark): labelled(mark, lines) for mark in shapes}
    for one, other in combinations(shapes, 2):
        apart = one.fill == other.fill or one.pattern != other.pattern or shared(one.box, other.box) <= -TOUCH
        if apart or (said[id(one)] and said[id(other)]):
            continue
        met = contrast(one.ink, other.ink)
        if met < GRAPHIC and not _bordered(one, other):
            yield f"{to_hex(one.ink)} beside {to_hex(other.ink)} at {met:.2f}:1"


def colour_alone(marks: list[Mark], lines: list[Line], chart: Figure) -> Iterator[str]:
    """Find colours that no hatch, dashes or shape, no label and no legend in order tells apart."""
    forms, named = _forms(marks, lines), {to_hex(line.colour) for line in lines}
    ordered = _in_order(legend(chart), marks)
    for one, other in combinations(forms, 2):
        if not forms[one] & forms[other] or {one, other} <= named:
            continue
        if {one, other} <= set(ordered) and contrast(one, other) >= GRAPHIC:
            continue
        yield f"{one} and {other}"


def categories(marks: list[Mark], lines: list[Line]) -> Iterator[str]:
    """Find more categories than can be told apart, by colour or by hatch, dashes or shape.

    Shades of one colour that say themselves what they are stand for more and less, not for categories; grey
    lines and dots stand for none.
    """
    said = {id(mark) for mark in marks if labelled(mark, lines)}
    scale = _one_hue([mark.ink for mark in marks if id(mark) in said])
    looks: dict[str, dict[str, None]] = {"shapes": {}, "line": {}, "dot": {}}
    for mark in marks:
        kind: str = mark.kind if mark.kind in looks else "shapes"
        counts = kind == "shapes" or not _grey(mark.ink)
        if counts and mark.ink != mark.ground and not (scale and id(mark) in said):
            looks[kind][f"{to_hex(mark.ink)} {mark.pattern}".rstrip()] = None
    for kind, found in looks.items():
        if len(found) > CATEGORIES:
            yield f"{len(found)} looks of {kind if kind == 'shapes' else kind + 's'}: {', '.join(found)}"


def cut_off(marks: Iterable[Mark], proof: Proof) -> Iterator[str]:
    """Find marks that reach out of the axes or of the picture."""
    for mark in marks:
        lost = max(beyond(mark.box, room) for room in (mark.room, page(proof)) if room)
        if lost > SLACK:
            yield f"{mark.kind} {to_hex(mark.ink)}, by {lost:.0f} pixels"


def labelled(mark: Mark, lines: Iterable[Line]) -> bool:
    """Whether a text stands in a bar, box or cell, so that it says itself what it is."""
    return mark.kind == "area" and any(line.tells and holds(mark.box, line.box) for line in lines)


def contrast(one: Colour | str, other: Colour | str) -> float:
    """Contrast of two opaque colours."""
    first, second = (seen(colour, WHITE) or WHITE for colour in (one, other))
    return float(ratio(first, second))


def legend(chart: Figure) -> list[str]:
    """Colours of all legends of a chart, in order."""
    handles: list[Any] = [handle for found in chart.findobj(Legend) for handle in found.legend_handles]
    colours = [
        each.get_facecolor() if hasattr(each, "get_facecolor") else each.get_color() for each in handles
    ]
    return [to_hex(ink) for ink in (seen(colour, WHITE) for colour in colours) if ink]


def _bordered(one: Mark, other: Mark) -> bool:
    edges = [mark.edge for mark in (one, other) if mark.edge]
    return any(min(contrast(edge, mark.ink) for mark in (one, other)) >= GRAPHIC for edge in edges)


def _forms(marks: Iterable[Mark], lines: Iterable[Line]) -> dict[str, set[tuple[str, str]]]:
    """List each colour but greys with its forms, without marks that say themselves what they are."""
    forms: dict[str, set[tuple[str, str]]] = {}
    for mark in marks:
        if not _grey(mark.ink) and not labelled(mark, lines):
            forms.setdefault(to_hex(mark.ink), set()).add((mark.kind, mark.pattern))
    return forms


def _grey(colour: Colour) -> bool:
    return max(colour) - min(colour) <= 0.02


def _one_hue(colours: list[Colour]) -> bool:
    """Whether colours are shades of one; greys go with any."""
    hues = np.array([rgb_to_hsv(colour)[0] for colour in colours if not _grey(colour)])
    around = np.abs(hues - hues[:1])
    return bool((np.minimum(around, 1 - around) <= HUE).all())


def _in_order(told: list[str], marks: Iterable[Mark]) -> list[str]:
    """Colours of the legend, if bars come in its order, from top to bottom or from left to right.

    Also those of a map, if they are shades of one colour, from more to less or from less to more.
    """
    used = [mark for mark in marks if to_hex(mark.ink) in told]
    if {mark.kind for mark in used if not _grey(mark.ink)} == {"region"}:
        return told if _graded(told) else []
    corners: dict[str, list[tuple[float, float]]] = {colour: [] for colour in told}
    for mark in used:
        if mark.kind == "area":
            corners[to_hex(mark.ink)].append(mark.box[:2])
    firsts = [(min(left), min(top)) for left, top in (zip(*at, strict=True) for at in corners.values() if at)]
    lefts, tops = [round(left) for left, _ in firsts], [top for _, top in firsts]
    places = tops if len(set(lefts)) == 1 else lefts  # bars that begin in one place lie below each other
    return told if places and places == sorted(places) else []


def _graded(told: list[str]) -> bool:
    shades = [shade for shade in map(to_rgb, told) if not _grey(shade)]
    depths = [contrast(shade, WHITE) for shade in shades]
    return _one_hue(shades) and sorted(depths) in (depths, depths[::-1])
