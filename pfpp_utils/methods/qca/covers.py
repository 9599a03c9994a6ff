"""Minimal covers: every way to cover all positive rows with the fewest terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from pfpp_utils.methods.qca.bit_tables import Table, largest, least, to_table
from pfpp_utils.methods.qca.cover_search import Search, exchanged
from pfpp_utils.methods.qca.deadline import Deadline

#: No more models are listed than have so many terms in all, lest the list grow to hundreds of megabytes.
MOST_TERMS = 30_000


class Covers(NamedTuple):
    """What a search for minimal covers found.

    Attributes
    ----------
    found
        Positions of the terms of each cover, ascending.
    complete
        Whether these are all.
    smallest
        Whether it is certain that no fewer terms do.
    """

    found: list[tuple[int, ...]]
    complete: bool
    smallest: bool


def minimal_covers(
    chart: Sequence[int], rows: int, *, limit: int, deadline: Deadline | None = None
) -> Covers:
    """List the covers with the fewest terms.

    Terms that cover the same rows stand for each other, so covers are sought among classes of them. One
    smallest cover is the solution of an integer programme (scipy's HiGHS). Exchanging its classes one by one
    gives others of that size; branching on the row that the fewest classes cover gives all.

    Parameters
    ----------
    chart
        For each term the rows that it covers, as a whole number with one bit a row; together they cover all.
    rows
        Number of rows, 1 or more.
    limit
        How many covers to list at most; fewer if they have more than 30,000 terms in all.
    deadline
        By when to be done; then at least one cover is given, perhaps not the smallest.

    Returns
    -------
    Covers
        The covers, and whether they are all and the smallest.

    Examples
    --------
    >>> minimal_covers([0b011, 0b110, 0b101], 3, limit=10).found
    [(0, 1), (0, 2), (1, 2)]
    """
    deadline = deadline or Deadline()
    table = to_table(chart, rows)
    table = table[:, least(table.T)]  # a row that is covered whenever another is needs no care
    lone = _lone(table)
    rest = table[:, ~table[[group[0] for group in lone]].any(axis=0)]
    others = _classes(rest)
    classes = rest[[group[0] for group in others]]
    one, proved = smallest(classes, deadline.part(0.7))
    limit = room(limit, len(lone) + len(one))
    found: set[tuple[int, ...]] = set()
    try:
        for cover in _covers(classes, one, deadline, proved=proved):
            for choice in product(*lone, *(others[at] for at in cover)):
                found.add(tuple(sorted(choice)))
                if len(found) > limit:
                    return Covers(sorted(found)[:limit], complete=False, smallest=proved)
    except TimeoutError:
        return Covers(sorted(found), complete=False, smallest=proved)
    return Covers(sorted(found), complete=proved, smallest=proved)


def room(limit: int, size: int) -> int:
    """Tell how many models of a size may be listed.

    Parameters
    ----------
    limit
        How many at most, whatever their size.
    size
        Terms in a model.

    Returns
    -------
    int
        1 or more: as many as 30,000 terms make, within the limit.

    Examples
    --------
    >>> room(1000, 12), room(1000, 300)
    (1000, 100)
    """
    return max(1, min(limit, MOST_TERMS // max(1, size)))


def smallest(classes: Table, deadline: Deadline) -> tuple[tuple[int, ...], bool]:
    """Find one smallest cover of all rows.

    Parameters
    ----------
    classes
        Which class covers which row, classes by rows; together they cover all.
    deadline
        By when to be done; then the best cover found is given.

    Returns
    -------
    tuple of int
        Positions of the classes of a cover, none of which it could do without.
    bool
        Whether it is certain that no fewer do.

    Examples
    --------
    >>> smallest(to_table([0b011, 0b110, 0b101], 3), Deadline())
    ((0, 1), True)
    """
    if not classes.size:
        return (), True
    kept = largest(classes)
    if not deadline.left:
        return _greedy(classes, kept), False
    solved = milp(
        np.ones(len(kept)),
        constraints=LinearConstraint(csr_array(classes[kept].T.astype(float)), lb=1),
        integrality=1,
        bounds=Bounds(0, 1),
        options={"time_limit": deadline.left},
    )
    chosen = kept if solved.x is None else kept[solved.x > 0.5]
    return min(_greedy(classes, chosen), _greedy(classes, kept), key=len), bool(solved.status == 0)


def _greedy(classes: Table, choice: NDArray[np.intp]) -> tuple[int, ...]:
    """Take the class that covers most of what is left, again and again; then drop what is not needed."""
    cover: list[int] = []
    left = np.ones(classes.shape[1], dtype=bool)
    gain = classes[choice].sum(axis=1)
    while left.any():
        cover.append(int(choice[gain.argmax()]))
        gain -= classes[np.ix_(choice, classes[cover[-1]] & left)].sum(axis=1)
        left &= ~classes[cover[-1]]
    times = classes[cover].sum(axis=0)
    for at in cover[::-1]:
        if (times[classes[at]] > 1).all():
            cover.remove(at)
            times -= classes[at]
    return tuple(sorted(cover))


def _covers(
    classes: Table, one: tuple[int, ...], deadline: Deadline, *, proved: bool
) -> Iterator[tuple[int, ...]]:
    """Give covers as small as the one given: those near it first, then all if no smaller one exists."""
    yield from exchanged(classes, one, deadline)
    if proved:
        yield from Search(classes, deadline).covers(len(one))


def _classes(table: Table) -> list[list[int]]:
    """Put together the terms that cover the same rows."""
    members: dict[bytes, list[int]] = {}
    for at in np.flatnonzero(table.any(axis=1)):
        members.setdefault(table[at].tobytes(), []).append(int(at))
    return list(members.values())


def _lone(table: Table) -> list[list[int]]:
    """Find the classes that alone cover some row: every cover has a term of each."""
    classes = _classes(table)
    firsts = table[[group[0] for group in classes]]
    lone = firsts[:, firsts.sum(axis=0) == 1].any(axis=1)
    return [classes[at] for at in np.flatnonzero(lone)]
