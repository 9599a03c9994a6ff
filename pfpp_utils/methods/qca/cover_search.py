"""The search for all covers of one size: exchanges that find many at once, and branching that finds all."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pfpp_utils.methods.qca.bit_tables import Table, bits, largest, to_numbers, within
from pfpp_utils.methods.qca.deadline import Deadline


def exchanged(chart: Table, cover: tuple[int, ...], deadline: Deadline) -> Iterator[tuple[int, ...]]:
    """Yield a cover, and all that come of it by exchanging one class at a time.

    Parameters
    ----------
    chart
        Classes by rows: which class covers which row.
    cover
        Positions of the classes of a cover, none of which it could do without.
    deadline
        By when to be done.

    Yields
    ------
    tuple of int
        Positions of the classes of a cover, ascending; each cover once.

    Raises
    ------
    TimeoutError
        If no time is left.
    """
    waiting = [tuple(sorted(cover))]
    seen = set(waiting)
    while waiting:
        cover = waiting.pop(0)
        yield cover
        deadline.check()
        own = chart[list(cover)] & (
            chart[list(cover)].sum(axis=0) == 1
        )  # what each covers that no other does
        for place, other in zip(*within(own, chart), strict=True):
            swapped = tuple(sorted((*cover[:place], *cover[place + 1 :], int(other))))
            if swapped not in seen:
                seen.add(swapped)
                waiting.append(swapped)


class Search:
    """Covers of all rows by classes.

    Parameters
    ----------
    chart
        Classes by rows: which class covers which row. Together they cover all.
    deadline
        By when to be done.
    """

    def __init__(self, chart: Table, deadline: Deadline) -> None:
        self.deadline = deadline
        self.classes, self.by_row = to_numbers(chart), to_numbers(chart.T)
        kept = largest(chart)
        self.largest = [self.classes[at] for at in kept]
        self.chart = chart[kept].T.astype(np.float32)
        self.chosen_by = self.chart.sum(axis=1)
        self.known: dict[tuple[int, int], bool] = {(0, 0): True}

    def covers(self, slots: int) -> Iterator[tuple[int, ...]]:
        """Yield every cover by so many classes, once.

        Parameters
        ----------
        slots
            How many classes; no fewer must do.

        Yields
        ------
        tuple of int
            Positions of the classes of a cover.

        Raises
        ------
        TimeoutError
            If no time is left.
        """
        everything = (1 << len(self.by_row)) - 1
        stack: list[tuple[tuple[int, ...], int, int]] = [((), everything, (1 << len(self.classes)) - 1)]
        while stack:
            chosen, rest, allowed = stack.pop()
            if not rest:
                yield chosen
            elif self.possible(rest, slots - len(chosen)):
                stack += self._choices(chosen, rest, allowed)

    def _choices(
        self, chosen: tuple[int, ...], rest: int, allowed: int
    ) -> list[tuple[tuple[int, ...], int, int]]:
        """Branch on the row that the fewest classes cover."""
        places = [row.bit_length() - 1 for row in bits(rest)]
        place = min(places, key=lambda place: (self.by_row[place] & allowed).bit_count())
        choices = []
        for bit in bits(self.by_row[place] & allowed):
            allowed ^= bit  # later siblings do without it, so that no cover comes twice
            at = bit.bit_length() - 1
            choices.append(((*chosen, at), rest & ~self.classes[at], allowed))
        return choices

    def possible(self, rest: int, slots: int) -> bool:
        """Tell whether so many classes, any of them, can cover the rest.

        Parameters
        ----------
        rest
            Rows, as bits.
        slots
            How many classes.

        Returns
        -------
        bool
            Whether they can.

        Raises
        ------
        TimeoutError
            If no time is left.
        """
        stack = [((rest, slots), iter([(rest, slots)]))]
        while stack:
            asked, branches = stack[-1]
            for branch in branches:
                if branch not in self.known:
                    stack.append((branch, self._branches(*branch)))
                    break
                if self.known[branch]:
                    self.known.update((above, True) for above, _ in stack)
                    return True
            else:
                self.known[asked] = False
                stack.pop()
        return self.known[rest, slots]

    def _branches(self, rest: int, slots: int) -> Iterator[tuple[int, int]]:
        """Give what is left to cover after each choice for one row, or nothing if it is hopeless.

        Each row weighs 1 / the size of the largest class that covers it. No class then weighs more than 1, so
        the weight of all rows is a lower bound for the number of classes.
        """
        self.deadline.check()
        if not rest:
            return iter([(0, 0)])
        left = [row.bit_length() - 1 for row in bits(rest)]
        part = self.chart[left]
        sizes = part.sum(axis=0)
        if sizes.max() * slots < len(left) or (1 / (part * sizes).max(axis=1)).sum() > slots + 1e-3:
            return iter([])
        place = left[self.chosen_by[left].argmin()]
        parts = {covered & rest for covered in self.largest if covered >> place & 1}
        kept = [one for one in parts if not any(one & ~other == 0 and one != other for other in parts)]
        return iter(
            [(rest & ~one, slots - 1) for one in sorted(kept, key=lambda one: (-one.bit_count(), one))]
        )
