"""Boxes on a picture: left, top, right and bottom in pixels from its upper left corner."""

from __future__ import annotations

Box = tuple[float, float, float, float]


def beyond(box: Box, room: Box) -> float:
    """By how many pixels a box reaches out of another at most; negative if it does not."""
    return max(room[0] - box[0], room[1] - box[1], box[2] - room[2], box[3] - room[3])


def shared(one: Box, other: Box) -> float:
    """How many pixels two boxes share in the direction in which they share fewer; negative for a gap.

    Examples
    --------
    >>> shared((0, 0, 10, 10), (8, 5, 20, 20)), shared((0, 0, 10, 10), (13, 0, 20, 10))
    (2, -3)
    """
    return min(min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1]))


def holds(box: Box, other: Box) -> bool:
    """Whether the middle of another box lies in a box."""
    across, down = (other[0] + other[2]) / 2, (other[1] + other[3]) / 2
    return box[0] <= across <= box[2] and box[1] <= down <= box[3]


def around(boxes: list[Box]) -> Box:
    """Smallest box that holds all of some boxes."""
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)
