"""Groups of recipients' records: what the records of one say together, and what tells two of them apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from pfpp_utils.methods.organisation_records import Record, scheme

Labels = npt.NDArray[np.intp]


class Groups:
    """What the records of each group say together.

    Parameters
    ----------
    records
        As of :func:`pfpp_utils.methods.organisation_records.read`.
    labels
        Group of each record, shape (n,).

    Attributes
    ----------
    labels
        Group of each record.
    numbers
        Numbers and identifiers of each group.
    areas
        Postcode areas of each group.
    rows
        Records with each key.
    """

    def __init__(self, records: Sequence[Record], labels: Labels) -> None:
        self.labels = labels.tolist()
        self.numbers: defaultdict[int, set[str]] = defaultdict(set)
        self.areas: defaultdict[int, set[str]] = defaultdict(set)
        self.rows: defaultdict[str, list[int]] = defaultdict(list)
        for row, (group, record) in enumerate(zip(self.labels, records, strict=True)):
            self.numbers[group].update(record.tokens)
            self.areas[group].update(re.findall(r"^[A-Z]+", record.place))
            self.rows[record.key].append(row)

    def of(self, key: str) -> set[int]:
        """Find the groups that have a name with this key."""
        return {self.labels[row] for row in self.rows[key]}

    def contradict(self, one: Iterable[int], other: Iterable[int]) -> str:
        """Say what tells two sets of groups apart: their numbers, their postcode areas, or nothing."""
        left, right = [set[str]().union(*(self.numbers[group] for group in side)) for side in (one, other)]
        if _of_one_register(left, right):
            return "numbers"
        here, there = [set[str]().union(*(self.areas[group] for group in side)) for side in (one, other)]
        return "postcode areas" if here and there and not here & there else ""


def _of_one_register(left: set[str], right: set[str]) -> bool:
    registers: defaultdict[str, list[set[str]]] = defaultdict(lambda: [set(), set()])
    for side, tokens in enumerate((left, right)):
        for token in tokens:
            registers[scheme(token)][side].add(token)
    return any(here and there and not here & there for here, there in registers.values())
