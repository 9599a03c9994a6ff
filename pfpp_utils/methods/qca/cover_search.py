"""The search for all covers of one size, by branching, with a bound that prunes and a limit of effort."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np


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


class Search:
    """Covers of the needed rows by classes.

    Parameters
    ----------
    classes
        Rows covered by each, as bits; together they cover all.
    needed
        Rows to cover, as bits.
    effort
        What the search may still do.
    """

    def __init__(self, classes: list[int], needed: int, effort: Effort) -> None:
        self.classes, self.needed, self.effort = classes, needed, effort
        self.largest = largest(classes)
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
        """Yield every cover by so many classes, once.

        Parameters
        ----------
        slots
            How many classes; no fewer must do.

        Yields
        ------
        tuple of int
            The classes of a cover.

        Raises
        ------
        TimeoutError
            If no effort is left.
        """
        return self._extend(self.needed, slots, (1 << len(self.classes)) - 1)

    def _extend(self, rest: int, slots: int, allowed: int) -> Iterator[tuple[int, ...]]:
        if not rest:
            yield ()
        elif self.possible(rest, slots):
            self.effort.spend(2000)
            row = min(bits(rest), key=lambda row: (self.by_row[row] & allowed).bit_count())
            for at in bits(self.by_row[row] & allowed):
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
        parts = largest([covered & rest for covered in self.largest if covered & row])
        return any(self.possible(rest & ~covered, slots - 1) for covered in parts)


def largest(classes: Sequence[int]) -> list[int]:
    """Keep the classes that lie within no other.

    Parameters
    ----------
    classes
        Rows covered by each, as bits.

    Returns
    -------
    list of int
        Those that are left, the largest first.

    Examples
    --------
    >>> largest([0b001, 0b011, 0b110, 0b011])
    [3, 6]
    """
    kept: list[int] = []
    for covered in sorted(set(classes), key=lambda covered: (-covered.bit_count(), covered)):
        if not any(covered & ~larger == 0 for larger in kept):
            kept.append(covered)
    return kept


def bits(number: int) -> list[int]:
    """Split a number into its powers of two.

    Parameters
    ----------
    number
        0 or more.

    Returns
    -------
    list of int
        Powers of two that add up to it, ascending.

    Examples
    --------
    >>> bits(0b101)
    [1, 4]
    """
    return [1 << place for place in range(number.bit_length()) if number >> place & 1]
