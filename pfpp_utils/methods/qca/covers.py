"""Minimal covers: every way to cover all positive rows with the fewest terms."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from itertools import islice, product
from operator import or_

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from pfpp_utils.methods.qca.cover_search import Effort, Search, bits, largest


def minimal_covers(
    chart: Sequence[int], rows: int, *, limit: int, effort: Effort | None = None
) -> tuple[list[tuple[int, ...]], bool]:
    """List the covers with the fewest terms.

    Terms that cover the same rows stand for each other, so covers are sought among classes of them. One
    smallest cover is the solution of an integer programme (scipy's HiGHS); all others of that size are found
    by branching on the row that the fewest classes cover.

    Parameters
    ----------
    chart
        For each term the rows that it covers, as a whole number with one bit a row; together they cover all.
    rows
        Number of rows, 1 or more.
    limit
        How many covers to list at most.
    effort
        What the search may still do; if it runs out, at least one cover is given.

    Returns
    -------
    list of tuple of int
        Positions in `chart`, ascending, of the terms of each cover.
    bool
        Whether these are all.

    Examples
    --------
    >>> minimal_covers([0b011, 0b110, 0b101], 3, limit=10)
    ([(0, 1), (0, 2), (1, 2)], True)
    """
    needed = _needed_rows(chart, rows)
    lone, members = _essential(_classes(chart, needed), needed)
    rest = needed & ~reduce(or_, lone, 0)
    others = _classes(chart, rest)
    one = smallest(largest(list(others)), rest)
    found: list[tuple[int, ...]] = []
    complete = True
    try:
        for classes in Search(list(others), rest, effort or Effort()).covers(len(one)):
            choices = product(*members, *(others[covered] for covered in classes))
            found += islice(choices, limit + 1 - len(found))
            if len(found) > limit:
                break
    except TimeoutError:
        complete = False
        found = found or [tuple(group[0] for group in (*members, *(others[covered] for covered in one)))]
    return sorted(tuple(sorted(cover)) for cover in found[:limit]), complete and len(found) <= limit


def smallest(classes: Sequence[int], needed: int) -> list[int]:
    """Find one smallest cover of all rows.

    Parameters
    ----------
    classes
        Rows covered by each, as bits.
    needed
        Rows to cover, as bits.

    Returns
    -------
    list of int
        Classes that cover all rows; no fewer can.

    Examples
    --------
    >>> len(smallest([0b011, 0b110, 0b101], 0b111))
    2
    """
    if not needed:
        return []
    matrix = np.array([[bool(covered & row) for covered in classes] for row in bits(needed)], dtype=int)
    solved = milp(
        np.ones(len(classes)), constraints=LinearConstraint(matrix, lb=1), integrality=1, bounds=Bounds(0, 1)
    )
    return [covered for covered, chosen in zip(classes, solved.x, strict=True) if chosen > 0.5]


def _needed_rows(chart: Sequence[int], rows: int) -> int:
    """Drop rows that are covered whenever another is."""
    by_row = [
        sum(1 << at for at, covered in enumerate(chart) if covered >> place & 1) for place in range(rows)
    ]
    needed = 0
    for place in sorted(range(rows), key=lambda place: by_row[place].bit_count()):
        if not any(by_row[other] & ~by_row[place] == 0 for other in range(rows) if needed >> other & 1):
            needed |= 1 << place
    return needed


def _classes(chart: Sequence[int], needed: int) -> dict[int, list[int]]:
    """Put together the terms that cover the same needed rows."""
    members: dict[int, list[int]] = {}
    for position, covered in enumerate(chart):
        if covered & needed:
            members.setdefault(covered & needed, []).append(position)
    return members


def _essential(members: dict[int, list[int]], needed: int) -> tuple[list[int], list[list[int]]]:
    """Find the classes that alone cover some row, and the terms in each: every cover has one of them."""
    choices = ([covered for covered in members if covered & row] for row in bits(needed))
    lone = sorted({covered for (covered, *others) in choices if not others})
    return lone, [members[covered] for covered in lone]
