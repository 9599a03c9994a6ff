"""Minimal covers: every way to cover all positive rows with the fewest terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache, reduce
from itertools import islice, product
from operator import or_

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp


class Effort:
    """How much a search may still do: it ends with what it has found, rather than run for hours.

    Parameters
    ----------
    cells
        Cells of the tables of terms and rows that may be looked at; the default takes some seconds.
    """

    def __init__(self, cells: int = 2_000_000_000) -> None:
        self.left = cells

    def spend(self, cells: int) -> None:
        """Take note of work done.

        Parameters
        ----------
        cells
            Cells looked at.

        Raises
        ------
        TimeoutError
            If no effort is left.
        """
        self.left -= cells
        if self.left < 0:
            raise TimeoutError("the search for further models takes too long")


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
    one = smallest(_largest(list(others)), rest)
    found: list[tuple[int, ...]] = []
    complete = True
    try:
        for classes in _Search(list(others), rest, effort or Effort()).covers(len(one)):
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
    matrix = np.array([[bool(covered & row) for covered in classes] for row in _bits(needed)], dtype=int)
    solved = milp(
        np.ones(len(classes)), constraints=LinearConstraint(matrix, lb=1), integrality=1, bounds=Bounds(0, 1)
    )
    return [covered for covered, chosen in zip(classes, solved.x, strict=True) if chosen > 0.5]


class _Search:
    """Covers of the needed rows by classes."""

    def __init__(self, classes: list[int], needed: int, effort: Effort) -> None:
        self.classes, self.needed, self.effort = classes, needed, effort
        self.largest = _largest(classes)
        self.by_row = {
            1 << place: sum(1 << at for at, covered in enumerate(classes) if covered >> place & 1)
            for place in range(needed.bit_length())
            if needed >> place & 1
        }
        self.rows = list(self.by_row)
        table = [[bool(covered & row) for covered in self.largest] for row in self.rows]
        self.chart = np.array(table, dtype=np.float32).reshape(len(self.rows), len(self.largest))
        self.chosen_by = self.chart.sum(axis=1)
        self.possible = lru_cache(maxsize=None)(self._possible)

    def covers(self, slots: int) -> Iterator[tuple[int, ...]]:
        """Yield every cover by so many classes, once."""
        return self._extend(self.needed, slots, (1 << len(self.classes)) - 1)

    def _extend(self, rest: int, slots: int, allowed: int) -> Iterator[tuple[int, ...]]:
        if not rest:
            yield ()
        elif self.possible(rest, slots):
            self.effort.spend(2000)
            row = min(_bits(rest), key=lambda row: (self.by_row[row] & allowed).bit_count())
            for at in _bits(self.by_row[row] & allowed):
                allowed ^= at  # later siblings do without it, so that no cover comes twice
                covered = self.classes[at.bit_length() - 1]
                for others in self._extend(rest & ~covered, slots - 1, allowed):
                    yield (covered, *others)

    def _possible(self, rest: int, slots: int) -> bool:
        """Tell whether so many classes, any of them, can cover the rest.

        Each row weighs 1 / the size of the largest class that covers it. No class then weighs more than 1, so
        the weight of all rows is a lower bound for the number of classes.
        """
        left = [at for at, row in enumerate(self.rows) if row & rest]
        if not left or not slots:
            return not left
        self.effort.spend(5000 + len(self.largest) * len(left))
        part = self.chart[left]
        sizes = part.sum(axis=0)
        if sizes.max() * slots < len(left) or (1 / (part * sizes).max(axis=1)).sum() > slots + 1e-3:
            return False
        row = self.rows[left[self.chosen_by[left].argmin()]]
        parts = _largest([covered & rest for covered in self.largest if covered & row])
        return any(self.possible(rest & ~covered, slots - 1) for covered in parts)


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
    choices = ([covered for covered in members if covered & row] for row in _bits(needed))
    lone = sorted({covered for (covered, *others) in choices if not others})
    return lone, [members[covered] for covered in lone]


def _largest(classes: Sequence[int]) -> list[int]:
    """Keep the classes that lie within no other."""
    kept: list[int] = []
    for covered in sorted(set(classes), key=lambda covered: (-covered.bit_count(), covered)):
        if not any(covered & ~larger == 0 for larger in kept):
            kept.append(covered)
    return kept


def _bits(number: int) -> list[int]:
    """Split a number into its powers of two."""
    return [1 << place for place in range(number.bit_length()) if number >> place & 1]
