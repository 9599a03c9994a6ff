"""Sums that can hold together: where two exclude each other, either may be the one that a reader knows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from pfpp_utils.methods.disclosure import Counts

#: Number of a list of numbers that is a sum, and numbers of those that it adds up.
Sum = tuple[int, tuple[int, ...]]
#: More ways than these to tell sums are not followed.
MOST = 8


@dataclass
class Agreed:
    """Sums that hold together.

    Attributes
    ----------
    size
        How many lists of numbers there are.
    zeros
        Those that are nought all along.
    sums
        What was added.
    """

    size: int
    zeros: frozenset[int]
    sums: list[Sum] = field(default_factory=list)
    _lines: list[Counts] = field(default_factory=list)

    def add(self, total: int, parts: tuple[int, ...]) -> Literal["added", "follows", "excluded"]:
        """Add a sum.

        Parameters
        ----------
        total, parts
            The sum.

        Returns
        -------
        str
            ``follows`` if it is known already, noughts aside, or follows from others; ``excluded`` if with it
            noughts could be nothing else, whatever is withheld: two lists cannot each be the other and more.
        """
        told = set(parts) - self.zeros
        if any(other == total and set(one) - self.zeros == told for other, one in self.sums):
            return "follows"
        line = np.zeros(self.size)
        line[total] = -1
        line[list(parts)] = 1
        lines = [*self._lines, line]
        if np.linalg.matrix_rank(np.array(lines)) < len(lines):
            return "follows"
        if self.zeros and not _all_positive(lines):
            return "excluded"
        self._lines.append(line)
        self.sums.append((total, parts))
        return "added"


def _all_positive(lines: list[Counts]) -> bool:
    """Whether there are numbers above nought throughout for which every line comes to nought."""
    from scipy.optimize import linprog  # noqa: PLC0415 slow to load, and seldom needed

    none = np.zeros(len(lines))
    return bool(linprog(np.zeros(len(lines[0])), A_eq=lines, b_eq=none, bounds=(1, None)).status == 0)


def ways(known: list[Sum], proposed: list[Sum], size: int, zeros: frozenset[int]) -> list[list[Sum]]:
    """Find every way to tell which lists are sums.

    Parameters
    ----------
    known
        Sums that hold in any case.
    proposed
        Others, the likeliest first.
    size, zeros
        As for :class:`Agreed`.

    Returns
    -------
    list of list
        For each way, the sums beyond those known; the likeliest way first. Each sum proposed is in one, or
        follows from it.
    """
    found: list[list[Sum]] = []
    left: list[list[Sum]] = [[]]
    while left and len(found) < MOST:
        agreed = Agreed(size, zeros)
        for one in known:
            agreed.add(*one)
        first = len(agreed.sums)
        outcome = {one: agreed.add(*one) for one in [*left.pop(0), *proposed]}
        if not found:
            left = [[one] for one, how in outcome.items() if how == "excluded"]
        way = agreed.sums[first:]
        if way not in found:
            found.append(way)
    return found
