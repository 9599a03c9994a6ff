"""The outline of a country: the line around all its authorities, in as few points as a small map needs."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection

import numpy as np

from pfpp_utils.data import tables
from pfpp_utils.data.geography.boundaries import Boundaries, Ring, borders
from pfpp_utils.errors import InputError

#: Table of the data package: one row a piece of land, its points as text.
TABLE = "outline"


def load() -> list[Ring]:
    """Read the outline from table ``outline``.

    Returns
    -------
    list of numpy.ndarray
        One closed line a piece of land, longitude and latitude, shape (n, 2); empty if the project has none.

    Raises
    ------
    InputError
        If a piece is not a list of points.
    """
    return [parse(text) for text in tables.load(TABLE)["points"]] if tables.has(TABLE) else []


def parse(text: str) -> Ring:
    """Read points as :func:`write` writes them.

    Raises
    ------
    InputError
        If there are fewer than four points, or one is not a longitude and a latitude.

    Examples
    --------
    >>> parse("0 50, 1 50, 1 51, 0 50").shape
    (4, 2)
    """
    try:
        ring = np.array([[float(number) for number in point.split()] for point in text.split(",")])
    except ValueError:
        ring = np.empty(0)
    if ring.ndim != 2 or ring.shape[1] != 2 or len(ring) < 4 or not np.isfinite(ring).all():
        allowed = "four points or more, longitude and latitude, such as: 0 50, 1 50, 1 51, 0 50"
        raise InputError("not an outline", where=f"table {TABLE}", found=text[:60], allowed=allowed)
    return ring


def write(ring: Ring) -> str:
    """Write points to three decimals of a degree, about 100 m."""
    return ", ".join(f"{x:.3f} {y:.3f}" for x, y in ring)


def outline(boundaries: Boundaries, codes: Collection[str], *, tolerance: float, least: float) -> list[Ring]:
    """Find the line around areas, without the borders between them.

    Parameters
    ----------
    boundaries
        From :func:`pfpp_utils.data.geography.boundaries.read`.
    codes
        The areas.
    tolerance
        How far the line may be off, in degrees of latitude.
    least
        Pieces of land smaller than this are left out, in square degrees.

    Returns
    -------
    list of numpy.ndarray
        Closed lines, the largest first.
    """
    rings = trace(borders(boundaries, dict.fromkeys(codes, "one")))
    large = sorted((ring for ring in rings if area(ring) >= least), key=area, reverse=True)
    return [simplify(ring, tolerance) for ring in large]


def trace(lines: list[Ring]) -> list[Ring]:
    """Join line segments end to end into closed lines; what does not close is left out.

    Parameters
    ----------
    lines
        Segments, each of shape (2, 2).

    Returns
    -------
    list of numpy.ndarray
        Closed lines, none of which passes a point twice.
    """
    beside: dict[tuple[float, ...], set[tuple[float, ...]]] = defaultdict(set)
    for one, other in lines:
        beside[tuple(one)].add(tuple(other))
        beside[tuple(other)].add(tuple(one))
    return [ring for start in list(beside) for ring in _walk(beside, start)]


def _walk(beside: dict[tuple[float, ...], set[tuple[float, ...]]], start: tuple[float, ...]) -> list[Ring]:
    """Walk on from a point as long as there is a segment left, and cut off each loop as it closes."""
    found, path, at = [], [start], {start: 0}
    while beside[path[-1]]:
        following = min(beside[path[-1]])
        beside[path[-1]].discard(following)
        beside[following].discard(path[-1])
        if following in at:
            found.append(np.array([*path[at[following] :], following]))
            for passed in path[at[following] + 1 :]:
                del at[passed]
            del path[at[following] + 1 :]
        else:
            at[following] = len(path)
            path.append(following)
    return found


def simplify(ring: Ring, tolerance: float) -> Ring:
    """Leave out points of a closed line without moving it further than a tolerance.

    Parameters
    ----------
    ring
        Longitude and latitude; the last point is the first.
    tolerance
        In degrees of latitude; a degree of longitude counts for as much less as it is shorter.

    Returns
    -------
    numpy.ndarray
        Some of the points, in their order, closed, and four at least.

    References
    ----------
    Douglas and Peucker (1973), Algorithms for the reduction of the number of points, Cartographica 10(2),
    112-122.
    """
    flat = ring * [math.cos(math.radians(float(ring[:, 1].mean()))), 1.0]
    far = int(np.argmax(np.hypot(*(flat - flat[0]).T)))
    kept, parts = {0, far, len(ring) - 1}, [(0, far), (far, len(ring) - 1)]
    while parts:
        first, last = parts.pop()
        if last - first < 2:
            continue
        off = _off(flat[first + 1 : last], flat[first], flat[last])
        if off.max() > tolerance or len(kept) < 4:
            middle = first + 1 + int(np.argmax(off))
            kept.add(middle)
            parts += [(first, middle), (middle, last)]
    return ring[sorted(kept)]


def _off(points: Ring, start: Ring, end: Ring) -> Ring:
    """Distance of points from the stretch between two others."""
    along = end - start
    length = float(along @ along)
    share = np.clip((points - start) @ along / length, 0, 1) if length else np.zeros(len(points))
    return np.hypot(*(points - start - share[:, None] * along).T)


def area(ring: Ring) -> float:
    """Area within a closed line in square degrees: enough to tell which is larger."""
    near = ring - ring[0]  # near nought, so that no digits are lost
    return abs(float((near[:-1, 0] * near[1:, 1] - near[1:, 0] * near[:-1, 1]).sum())) / 2


def centre(rings: list[Ring]) -> tuple[float, float]:
    """Find the middle of pieces of land, each weighed by its area.

    Parameters
    ----------
    rings
        Closed lines, longitude and latitude.

    Returns
    -------
    tuple of float
        Longitude and latitude of the centre of area.
    """
    weights = np.array([area(ring) for ring in rings])
    x, y = (weights[:, None] * np.array([_middle(ring) for ring in rings])).sum(axis=0) / weights.sum()
    return float(x), float(y)


def _middle(ring: Ring) -> Ring:
    """Centre of area within one closed line."""
    near = ring - ring[0]
    cross = near[:-1, 0] * near[1:, 1] - near[1:, 0] * near[:-1, 1]
    return ((near[:-1] + near[1:]) * cross[:, None]).sum(axis=0) / (3 * cross.sum()) + ring[0]
