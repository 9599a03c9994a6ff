"""Named warnings: what a reader of an analysis should know before trusting it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np

from pfpp_utils.methods.qca.memberships import TOLERANCE, Memberships
from pfpp_utils.methods.qca.solutions import Kind, Solution
from pfpp_utils.methods.qca.truth_table import TruthTable


class Caution(NamedTuple):
    """A warning.

    Attributes
    ----------
    name
        Short name, to be relied on by programs.
    message
        What it means here, in a sentence.
    """

    name: str
    message: str


def of_memberships(sets: Memberships) -> Iterator[Caution]:
    """Look for conditions that cannot tell cases apart, too many of them, and undecided outcomes.

    Parameters
    ----------
    sets
        The cases.

    Yields
    ------
    Caution
        ``constant_condition``, ``skewed_condition``, ``many_conditions`` or ``outcome_at_half``.
    """
    for name, column in zip(sets.conditions, sets.x.T, strict=True):
        if np.ptp(column) <= TOLERANCE:
            yield Caution(
                "constant_condition", f"{name} never varies: every case has membership {column[0]:g}."
            )
        elif (column > 0.5).all() or (column < 0.5).all():
            side = "above" if column[0] > 0.5 else "below"
            yield Caution(
                "skewed_condition",
                f"{name} is {side} 0.5 for every case, so no case shows the contrary.",
            )
    if 3 * len(sets.conditions) > len(sets.cases):
        size, cases = len(sets.conditions), len(sets.cases)
        counts = f"{cases} cases are few for {size} conditions, which make {2**size} rows"
        yield Caution("many_conditions", f"{counts}: chance alone may look consistent.")
    halves = [case for case, y in zip(sets.cases, sets.y, strict=True) if abs(y - 0.5) <= TOLERANCE]
    if halves:
        named = ", ".join(halves)
        yield Caution(
            "outcome_at_half", f"At exactly 0.5 in the outcome, so neither with it nor without it: {named}."
        )


def of_table(table: TruthTable, *, incl_cut: float) -> Iterator[Caution]:
    """Look for contradictory rows, cases set aside, and a table that leaves nothing to compare.

    Parameters
    ----------
    table
        The truth table.
    incl_cut
        Its inclusion cut.

    Yields
    ------
    Caution
        ``contradictory_rows``, ``cases_below_n_cut``, ``no_positive_row`` or ``no_negative_row``.
    """
    contradictory = [row for row in table.rows if row.contradictory]
    if contradictory:
        parts = [
            f"{', '.join(row.with_outcome)} with, {', '.join(row.without_outcome)} without"
            for row in contradictory
        ]
        yield Caution(
            "contradictory_rows", f"The same combination, but not the same outcome: {'; '.join(parts)}."
        )
    aside = [case for row in table.rows if row.out == "?" for case in row.cases]
    if aside:
        yield Caution("cases_below_n_cut", f"Set aside, in rows with too few cases: {', '.join(aside)}.")
    if not table.positive:
        decided = [row.consistency for row in table.rows if row.out != "?" and row.consistency is not None]
        highest = f"{max(decided):.3f}" if decided else "none, as no row has enough cases"
        yield Caution(
            "no_positive_row",
            f"No row reaches the inclusion cut of {incl_cut:g}; the highest consistency is {highest}.",
        )
    elif not table.negative:
        yield Caution(
            "no_negative_row", "Every decided row goes with the outcome: there is nothing to tell it from."
        )


def of_solutions(solutions: Mapping[Kind, Solution], *, expected: bool) -> Iterator[Caution]:
    """Look for ambiguity: models that fit equally well, more than were listed, or no expectations.

    Parameters
    ----------
    solutions
        The solutions.
    expected
        Whether directional expectations were given.

    Yields
    ------
    Caution
        ``model_ambiguity``, ``models_not_all_listed`` or ``no_expectations``.
    """
    for kind, solution in solutions.items():
        count = len(solution.models)
        if not solution.complete:
            yield Caution("models_not_all_listed", _why_not_all(kind, solution))
        if count > 1:
            yield Caution(
                "model_ambiguity", f"{count} {kind} models are tied; the cases do not decide between them."
            )
    if not expected:
        message = "Without directional expectations the intermediate solution equals the conservative one."
        yield Caution("no_expectations", message)


def _why_not_all(kind: Kind, solution: Solution) -> str:
    count = len(solution.models)
    if solution.smallest:
        reached = "the limit of number or of time is reached"
        return f"More {kind} models than the {count} listed are tied, or may be: {reached}."
    late = f"The search for {kind} models took too long for this machine"
    return f"{late}: models may be missing, and the {count} listed may not be the smallest."
