"""Memberships of cases in sets, checked: from 0 (fully out) to 1 (fully in), one outcome, some conditions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pfpp_utils.errors import InputError

#: Two memberships or consistencies that differ by no more count as equal.
TOLERANCE = 1e-9
#: What reads as a number; not all that Python takes for one, such as 0_1.
NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
#: A truth table has 2 to the power of this many rows at most.
MAX_CONDITIONS = 15
#: Keys of a row of the printed truth table, which no condition may be called.
RESERVED = ("n", "consistency", "pri", "out", "contradictory", "cases", "with_outcome", "without_outcome")


@dataclass(frozen=True)
class Memberships:
    """Cases with their memberships, checked.

    Attributes
    ----------
    cases
        Names of the cases, N of them, all different.
    conditions
        Names of the conditions, k of them, in the order in which terms are written.
    outcome
        Name of the outcome; with ``~`` before it if negated.
    x
        Memberships in the conditions, N by k, from 0 to 1, none at 0.5.
    y
        Memberships in the outcome (1 minus them if negated), N, from 0 to 1.
    """

    cases: tuple[str, ...]
    conditions: tuple[str, ...]
    outcome: str
    x: NDArray[np.float64]
    y: NDArray[np.float64]

    def without(self, case: str) -> Memberships:
        """Leave one case out.

        Parameters
        ----------
        case
            Its name.

        Returns
        -------
        Memberships
            The other cases, checked anew.

        Raises
        ------
        InputError
            If the case is unknown, or those left cannot be analysed.
        """
        if case not in self.cases:
            raise InputError("unknown case", where="case", found=case, allowed=self.cases)
        kept = [index for index, name in enumerate(self.cases) if name != case]
        cases = tuple(self.cases[index] for index in kept)
        rest = Memberships(cases, self.conditions, self.outcome, self.x[kept], self.y[kept])
        _check_size(rest)
        _check_outcome(rest)
        return rest


def check(
    frame: pd.DataFrame, *, outcome: str, conditions: Sequence[str], negate: bool = False
) -> Memberships:
    """Check memberships for an analysis.

    Parameters
    ----------
    frame
        One row a case, named by the index; memberships from 0 to 1 as numbers, or as text that reads as such.
        Columns that are not named are ignored.
    outcome
        Column of the outcome. Membership above 0.5 means that a case has it.
    conditions
        Columns of the conditions, fewer than the cases and at most 15.
    negate
        Whether to analyse the absence of the outcome, 1 minus its memberships.

    Returns
    -------
    Memberships
        The cases in the order given.

    Raises
    ------
    InputError
        If a column is unknown, named twice or unfit as a name; the outcome is among the conditions; a case
        has no name or that of another; a cell is missing, not a number or outside 0 to 1; a condition is
        exactly 0.5 for a case, which then belongs to no row; there are as many conditions as cases, or more
        than 15; or no case, or every case, has the outcome.

    Examples
    --------
    >>> frame = pd.DataFrame({"A": [1, 0, 1], "Y": [0.9, 0.2, 0.6]}, index=["a", "b", "c"])
    >>> check(frame, outcome="Y", conditions=["A"], negate=True).y.round(1).tolist()
    [0.1, 0.8, 0.4]
    """
    names = [*conditions, outcome]
    _check_names(frame, names)
    cases = _cases(frame)
    rows = zip(frame.index, frame[names].itertuples(index=False, name=None), strict=True)
    values = np.array([[_number(*cell, case) for cell in zip(row, names, strict=True)] for case, row in rows])
    x, y = values[:, :-1], values[:, -1]
    halves = np.argwhere(np.abs(x - 0.5) <= TOLERANCE)
    if len(halves):
        found = "; ".join(f"{cases[case]} in {names[column]}" for case, column in halves)
        allowed = "above or below 0.5: at 0.5 a case belongs to no row of the truth table"
        raise InputError("a condition at exactly 0.5", where="memberships", found=found, allowed=allowed)
    sets = Memberships(
        cases, tuple(conditions), f"~{outcome}" if negate else outcome, x, 1 - y if negate else y
    )
    _check_size(sets)
    _check_outcome(sets)
    return sets


def _check_names(frame: pd.DataFrame, names: list[str]) -> None:
    *conditions, outcome = names
    if not conditions:
        raise InputError("no conditions", where="conditions", found="nothing", allowed="one or more columns")
    for name in names:
        if list(frame.columns).count(name) != 1:
            what = "column twice in the table" if name in frame.columns else "unknown column"
            allowed = ", ".join(str(column) for column in frame.columns if str(column).strip())
            allowed = allowed or "a table with columns for the outcome and the conditions"
            raise InputError(what, where="memberships", found=name, allowed=allowed)
        if name in RESERVED or not name or set(name) & set("~*+=, "):
            allowed = f"a name without ~ * + = comma or blank, and none of {', '.join(RESERVED)}"
            raise InputError(
                "name that cannot stand in a term", where="memberships", found=name, allowed=allowed
            )
    if outcome in conditions:
        allowed = "an outcome that is not a condition"
        raise InputError("outcome among the conditions", where="conditions", found=outcome, allowed=allowed)
    twice = sorted({name for name in conditions if conditions.count(name) > 1})
    if twice:
        raise InputError("condition given twice", where="conditions", found=twice, allowed="each once")


def _cases(frame: pd.DataFrame) -> tuple[str, ...]:
    cases = ["" if pd.isna(name) else str(name) for name in frame.index]
    if "" in cases:
        where = f"row {cases.index('') + 1} of the cases"
        raise InputError("case without a name", where=where, found="", allowed="a name for every case")
    twice = sorted(name for name, count in Counter(cases).items() if count > 1)
    if twice:
        raise InputError("two cases of one name", where="cases", found=twice, allowed="each name once")
    return tuple(cases)


def _number(value: object, column: str, case: object) -> float:
    where, allowed = f"case {case}, column {column}", "a number from 0 to 1"
    if str(value).strip().lower() in {"", "nan", "none", "<na>", "na"}:
        raise InputError("missing membership", where=where, found=value, allowed=allowed)
    if not NUMBER.fullmatch(str(value).strip()):
        raise InputError("not a number", where=where, found=value, allowed=allowed)
    number = float(str(value))
    if not 0 <= number <= 1:
        raise InputError("membership outside 0 to 1", where=where, found=value, allowed=allowed)
    return number


def _check_size(sets: Memberships) -> None:
    count = len(sets.conditions)
    if count > MAX_CONDITIONS or count >= len(sets.cases):
        found = f"{count} conditions, {len(sets.cases)} cases"
        allowed = f"fewer conditions than cases, and at most {MAX_CONDITIONS}"
        raise InputError("too many conditions", where="conditions", found=found, allowed=allowed)


def _check_outcome(sets: Memberships) -> None:
    having = int(np.sum(sets.y > 0.5 + TOLERANCE))
    if having in {0, len(sets.cases)}:
        what = "every case has the outcome" if having else "no case has the outcome"
        found = f"{having} of {len(sets.cases)} cases above 0.5"
        allowed = "cases with the outcome and cases without it"
        raise InputError(what, where=f"outcome {sets.outcome}", found=found, allowed=allowed)
