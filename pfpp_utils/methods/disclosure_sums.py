"""Sums among lists of numbers: which of them in fact add up which others, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from pfpp_utils.methods.disclosure import Counts
from pfpp_utils.methods.disclosure_agree import Agreed, Sum, ways

#: How many sums by mere chance are let pass, for each list, where nothing but the numbers tells of one.
CHANCE = 0.25
#: The same where one list merely equals another.
TWINS = 0.05
#: Among more lists than these, not all choices are tried.
MOST = 28


def sums(
    numbers: Counts, known: list[Sum], hints: Mapping[int, tuple[int, ...]] | None = None
) -> list[list[Sum]]:
    """Find the lists of numbers that are sums of others.

    Parameters
    ----------
    numbers
        One row for each list; not a number where one is missing.
    known
        Sums that are known already.
    hints
        What lists would add up by their names.

    Returns
    -------
    list of list of tuple
        Sums that do not follow from those known. What all others, a block next to the sum, or a hint come to
        is always found. Any other choice is found where numbers are large or many enough for chance to be
        unlikely: it then tells nothing either to whoever looks for it. There is more than one such list where
        noughts leave open which is the sum of which.

    Examples
    --------
    >>> sums(np.array([[3.0], [30], [33], [60], [80], [140]]), [])
    [[(2, (0, 1)), (5, (3, 4))]]
    """
    whole = ~np.isnan(numbers).any(axis=0)
    places = np.arange(len(numbers)) if whole.any() else np.flatnonzero(~np.isnan(numbers).any(axis=1))
    evidence = numbers[:, whole] if whole.any() else numbers[places]
    if len(places) < 2 or not evidence.size:
        return [[]]
    at = {int(place): index for index, place in enumerate(places)}
    given = [
        (at[total], tuple(at[part] for part in parts))
        for total, parts in known
        if at.keys() >= {total, *parts}
    ]
    named = {
        at[one]: tuple(at[part] for part in parts if part in at)
        for one, parts in (hints or {}).items()
        if one in at
    }
    search = _Search(evidence, named, given)
    return [
        [(int(places[total]), tuple(sorted(int(places[part]) for part in parts))) for total, parts in way]
        for way in ways(given, search.proposed, len(evidence), search.zeros)
    ]


@dataclass
class _Search:
    """Sums that numbers suggest, all of which are stated."""

    numbers: Counts
    hints: Mapping[int, tuple[int, ...]]
    known: list[Sum]
    proposed: list[Sum] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Look at every list, the smallest first, so that parts are known before what they add up to."""
        self.zeros = frozenset(np.flatnonzero(~self.numbers.any(axis=1)).tolist())
        agreed = Agreed(len(self.numbers), self.zeros)
        for one in self.known:
            agreed.add(*one)
        for total in np.argsort(self.numbers.sum(axis=1), kind="stable").tolist():
            if total not in self.zeros:
                for parts in self._found(total, agreed.sums):
                    if agreed.add(total, parts) != "follows":
                        self.proposed.append((total, parts))

    def _chances(self, total: int) -> float:
        """How many lists like this one there could be: one in so many comes about by chance."""
        return float(2 ** min(60.0, np.log2(1 + self.numbers[total]).sum()))

    def _smaller(self, total: int) -> list[int]:
        fits = (self.numbers <= self.numbers[total]).all(axis=1) & self.numbers.any(axis=1)
        return [one for one in np.flatnonzero(fits).tolist() if one != total]

    def _found(self, total: int, agreed: list[Sum]) -> Iterator[tuple[int, ...]]:
        yield from self._by_order(total, agreed)
        smaller, chances = self._smaller(total), self._chances(total)
        chosen = list[tuple[int, ...]]()
        if len(smaller) <= TWINS * chances:
            chosen = [(one,) for one in smaller if self._adds_up((one,), total)]
        if len(smaller) <= min(MOST, math.log2(chances * CHANCE)):
            several = _choices(self.numbers[smaller], self.numbers[total])
            chosen += [tuple(smaller[one] for one in parts) for parts in several if len(parts) > 1]
        yield from ((*parts, *self.zeros) for parts in chosen)  # a nought may be a part, and told by that

    def _by_order(self, total: int, agreed: list[Sum]) -> Iterator[tuple[int, ...]]:
        """Try what the hint says, all others, and blocks: of all, of those that are no sums, of no part."""
        if self.hints.get(total) and self._adds_up(self.hints[total], total):
            yield self.hints[total]
        sums_known = {one for one, _ in agreed}
        parts_known = {part for _, parts in agreed for part in parts}
        for left_out in (set[int](), sums_known, parts_known):
            row = [one for one in range(len(self.numbers)) if one == total or one not in left_out]
            others = tuple(one for one in row if one != total)
            if len(others) > 1 and self._adds_up(others, total):
                yield others
            place = row.index(total)
            yield from self._block(row[:place][::-1], total)
            yield from self._block(row[place + 1 :], total)
            yield from self._blocks(others, total)

    def _adds_up(self, parts: tuple[int, ...], total: int) -> bool:
        return bool(parts) and bool((self.numbers[list(parts)].sum(axis=0) == self.numbers[total]).all())

    def _block(self, row: list[int], total: int) -> Iterator[tuple[int, ...]]:
        """Find the longest beginning of a row that adds up to the total."""
        equal = (self.numbers[row].cumsum(axis=0) == self.numbers[total]).all(axis=1)
        if equal[1:].any():
            yield tuple(row[: int(np.flatnonzero(equal)[-1]) + 1])

    def _blocks(self, row: tuple[int, ...], total: int) -> Iterator[tuple[int, ...]]:
        """Find blocks anywhere, if there are so few that fit that chance is unlikely."""
        found, tried = [], 0
        for start in range(len(row)):
            reached = self.numbers[list(row[start:])].cumsum(axis=0)
            tried += int((reached <= self.numbers[total]).all(axis=1).sum())
            found += list(self._block(list(row[start:]), total))
        if tried <= CHANCE * self._chances(total):
            yield from found


def _choices(lists: Counts, total: Counts) -> Iterator[tuple[int, ...]]:
    """Find all choices of lists that add up to the total, half of them at a time."""
    half = len(lists) // 2
    left, right = _all_sums(lists[:half]), _all_sums(lists[half:])
    weights = np.random.default_rng(0).integers(1, 2**40, size=len(total))  # mixed, so that one number tells
    have, need = left @ weights, (total.astype(np.int64) - right) @ weights
    order = np.argsort(have, kind="stable")
    first = np.searchsorted(have[order], need, side="left")
    last = np.searchsorted(have[order], need, side="right")
    for other in np.flatnonzero(last > first).tolist():
        for one in order[first[other] : last[other]].tolist():
            if (left[one] + right[other] == total).all():
                chosen = [i for i in range(half) if one >> i & 1]
                yield (*chosen, *(half + i for i in range(len(lists) - half) if other >> i & 1))


def _all_sums(lists: Counts) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """Add up every choice of lists; bits of its number tell which."""
    reached = np.zeros((1, lists.shape[1]), dtype=np.int64)
    for one in lists.astype(np.int64):
        reached = np.vstack([reached, reached + one])
    return reached
