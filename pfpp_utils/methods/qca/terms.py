"""Terms: combinations of conditions present or absent, such as ``DEV*~URB``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pfpp_utils.methods.qca.memberships import Memberships


class Term(NamedTuple):
    """A combination, as two whole numbers with one bit a condition, the first condition's the highest.

    Attributes
    ----------
    care
        Bits of the conditions that the term names.
    value
        Bits of those that must be present; the others that it names must be absent.
    """

    care: int
    value: int


def bit(position: int, size: int) -> int:
    """Give the bit of the condition at a position.

    Parameters
    ----------
    position
        From 0, in the order of the conditions.
    size
        Number of conditions.

    Returns
    -------
    int
        A power of two.

    Examples
    --------
    >>> [bit(position, 3) for position in range(3)]
    [4, 2, 1]
    """
    return 1 << (size - 1 - position)


def text(term: Term, conditions: Sequence[str]) -> str:
    """Write a term, with ``~`` for absence and its conditions in the order given.

    Parameters
    ----------
    term
        The term.
    conditions
        All conditions, in order.

    Returns
    -------
    str
        Such as ``A*~B``; ``1`` for the term that names none and is always true.

    Examples
    --------
    >>> text(Term(care=0b110, value=0b100), ["A", "B", "C"])
    'A*~B'
    """
    literals = [
        name if term.value & bit(position, len(conditions)) else f"~{name}"
        for position, name in enumerate(conditions)
        if term.care & bit(position, len(conditions))
    ]
    return "*".join(literals) or "1"


def order(term: Term) -> tuple[int, ...]:
    """Give the key by which terms are sorted: fewest conditions, then the earliest, presence before absence.

    Parameters
    ----------
    term
        The term.

    Returns
    -------
    tuple of int
        Something to compare.
    """
    return (term.care.bit_count(), -term.care, -term.value)


def membership(term: Term, sets: Memberships) -> NDArray[np.float64]:
    """Compute every case's membership in a term: the smallest of those in its parts.

    Parameters
    ----------
    term
        The term.
    sets
        The cases.

    Returns
    -------
    numpy.ndarray
        Memberships from 0 to 1, one a case; 1 for the term that names no condition.
    """
    size = len(sets.conditions)
    result = np.ones(len(sets.cases))
    for position in range(size):
        if term.care & bit(position, size):
            column = sets.x[:, position]
            result = np.minimum(result, column if term.value & bit(position, size) else 1 - column)
    return result


def covers(term: Term, row: int) -> bool:
    """Tell whether a term holds for a row of the truth table.

    Parameters
    ----------
    term
        The term.
    row
        The row's code: the bits of the conditions present in it.

    Returns
    -------
    bool
        Whether every condition that the term names is as it says.
    """
    return row & term.care == term.value
