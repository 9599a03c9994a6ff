"""Rules on the texts of a picture, as they are drawn."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from pfpp_utils.publish import scale
from pfpp_utils.publish.contrast import TEXT, ratio
from pfpp_utils.publish.extent import Box, beyond, shared
from pfpp_utils.publish.proof import Proof

#: Least size of letters, in points of the picture. A page shows an inch of it as 100 pixels, so that they are
#: 12.5 pixels high (9.4 points) where there is room, and never under 10.6 (`scale.LEAST`). The government's
#: guidance on charts asks for text that is easy to read and names no size: the bar is ours. It is the step
#: below the 10 points of labels in a chart, and 12 pixels is what browsers take as the smallest text that
#: readers can be expected to read.
LETTERS = 9.0
#: Pixels by which texts may touch or reach out: less than a stroke of a letter.
SLACK = 1.0
#: Share of what lies below a text that must stand off from its letters; a grid line may pass.
CLEAR = 0.9


def size(proof: Proof) -> Iterator[str]:
    """Find letters that are too small."""
    shown = scale.smallest(proof.pixels.shape[1])
    for line in proof.lines:
        if (points := line.points * shown) < LETTERS:
            yield f"{line.text!r} at {points:.3g} points" + (", as a page shows it" if shown < 1 else "")


def turned(proof: Proof) -> Iterator[str]:
    """Find text that is not horizontal."""
    for line in proof.lines:
        if min(line.angle, 360 - line.angle) > 0.5:
            yield f"{line.text!r}, turned by {line.angle:g} degrees"


def cut_off(proof: Proof) -> Iterator[str]:
    """Find text that reaches out of the picture, or out of what it is cut to."""
    for line in proof.lines:
        rooms = [room for room in (page(proof), line.clip) if room]
        lost = max(beyond(line.box, room) for room in rooms)
        if lost > SLACK:
            yield f"{line.text!r}, by {lost:.0f} pixels"


def overlapping(proof: Proof) -> Iterator[str]:
    """Find texts that lie on each other."""
    for one, other in combinations(proof.lines, 2):
        if shared(one.box, other.box) > SLACK:
            yield f"{one.text!r} and {other.text!r}"


def covered(proof: Proof) -> Iterator[str]:
    """Find text over which something is drawn."""
    for line in proof.lines:
        if line.covered > 1 - CLEAR:
            yield f"{line.text!r}, {line.covered:.0%} of it"


def faint(proof: Proof) -> Iterator[str]:
    """Find text that does not stand off from what lies below it."""
    for line in proof.lines:
        below = proof.below(line)
        seen = line.alpha * np.array(line.colour) + (1 - line.alpha) * below
        met = float(np.quantile(ratio(below, seen), 1 - CLEAR)) if below.size else TEXT
        if met < TEXT:
            yield f"{line.text!r} at {met:.2f}:1"


def page(proof: Proof) -> Box:
    """Box of the whole picture."""
    height, width = proof.pixels.shape[:2]
    return 0.0, 0.0, float(width), float(height)
