"""The truth table: every combination of conditions that cases show, and whether it goes with the outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from pfpp_utils.errors import InputError
from pfpp_utils.methods.qca import fit
from pfpp_utils.methods.qca.memberships import TOLERANCE, Memberships
from pfpp_utils.methods.qca.terms import Term, bit, membership

Out = Literal[1, 0, "?"]


@dataclass(frozen=True)
class Row:
    """One observed combination.

    Attributes
    ----------
    code
        Bits of the conditions present, the first condition's the highest.
    consistency, pri
        How far the combination is sufficient for the outcome, over all cases' memberships in it.
    out
        1 if it is consistent enough, 0 if not, ``?`` if it has fewer cases than the frequency cut.
    cases
        Cases whose membership in it is above 0.5.
    with_outcome, without_outcome
        Those of them above and below 0.5 in the outcome.
    """

    code: int
    consistency: float | None
    pri: float | None
    out: Out
    cases: tuple[str, ...]
    with_outcome: tuple[str, ...]
    without_outcome: tuple[str, ...]

    @property
    def contradictory(self) -> bool:
        """Whether the row has cases with the outcome and cases without it."""
        return bool(self.with_outcome and self.without_outcome)


@dataclass(frozen=True)
class TruthTable:
    """The observed rows, and how many others there are.

    Attributes
    ----------
    size
        Number of conditions.
    rows
        Observed rows: positive, negative and undecided ones, each with the most cases first.
    """

    size: int
    rows: tuple[Row, ...]

    @property
    def positive(self) -> list[int]:
        """Codes of the rows that go with the outcome."""
        return [row.code for row in self.rows if row.out == 1]

    @property
    def negative(self) -> list[int]:
        """Codes of the rows that do not."""
        return [row.code for row in self.rows if row.out == 0]

    @property
    def remainders(self) -> int:
        """How many rows are undecided: unobserved, or with fewer cases than the frequency cut."""
        return int(2**self.size - len(self.positive) - len(self.negative))


def build(sets: Memberships, *, incl_cut: float = 1.0, n_cut: int = 1) -> TruthTable:
    """Build the truth table.

    A case belongs to the one row in which its membership is above 0.5. A row is positive if its consistency
    reaches `incl_cut`, less a tolerance of 1e-9.

    Parameters
    ----------
    sets
        The cases.
    incl_cut
        Inclusion cut: consistency that a row must reach, above 0 and at most 1.
    n_cut
        Frequency cut: cases that a row must have, 1 or more.

    Returns
    -------
    TruthTable
        Its observed rows.

    Raises
    ------
    InputError
        If a cut is out of range.

    References
    ----------
    Ragin (2008), Redesigning social inquiry, chapter 7.
    """
    _check(incl_cut, n_cut)
    weights = [bit(position, len(sets.conditions)) for position in range(len(sets.conditions))]
    codes = (sets.x > 0.5) @ np.array(weights)
    rows = [
        _row(int(code), np.flatnonzero(codes == code), sets, incl_cut, n_cut) for code in np.unique(codes)
    ]
    rank = {1: 0, 0: 1, "?": 2}
    return TruthTable(
        len(sets.conditions), tuple(sorted(rows, key=lambda row: (rank[row.out], -len(row.cases), -row.code)))
    )


def _row(code: int, members: np.ndarray, sets: Memberships, incl_cut: float, n_cut: int) -> Row:
    whole = 2 ** len(sets.conditions) - 1
    fitted = fit.sufficiency(membership(Term(whole, code), sets), sets.y)
    reached = fitted.consistency is not None and fitted.consistency >= incl_cut - TOLERANCE
    above = [index for index in members if sets.y[index] > 0.5 + TOLERANCE]
    below = [index for index in members if sets.y[index] < 0.5 - TOLERANCE]
    groups = (tuple(sets.cases[index] for index in group) for group in (members, above, below))
    out: Out = "?" if len(members) < n_cut else 1 if reached else 0
    return Row(code, fitted.consistency, fitted.pri, out, *groups)


def _check(incl_cut: float, n_cut: int) -> None:
    if not 0 < incl_cut <= 1:
        allowed = "above 0 and at most 1"
        raise InputError("impossible inclusion cut", where="incl_cut", found=incl_cut, allowed=allowed)
    if n_cut < 1 or n_cut != int(n_cut):
        allowed = "a whole number, 1 or more"
        raise InputError("impossible frequency cut", where="n_cut", found=n_cut, allowed=allowed)
