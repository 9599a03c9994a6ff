"""Ratings: what one body of evidence is worth by the clauses of a rubric, and by nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from pfpp_utils.errors import InputError
from pfpp_utils.methods.rubric import Clause, clauses, is_empty

UNDEFINED = "undefined by the rubric"


@dataclass(frozen=True)
class Evidence:
    """What a rubric can ask about one body of evidence.

    Attributes
    ----------
    lines
        Number of lines of evidence that support the step.
    sources
        Number of different sources they come from; None if unknown.
    pilot_share, outcome_share
        Share, from 0 to 1, of pilots (of short-term outcomes) in which the evidence supports the step; None
        if unknown.
    alternatives_considered
        Whether alternative explanations were identified and weighed; None if unknown.

    Raises
    ------
    InputError
        If a count is negative, there are sources without a line, or a share is not between 0 and 1.
    """

    lines: int
    sources: int | None
    pilot_share: float | None = None
    outcome_share: float | None = None
    alternatives_considered: bool | None = None

    def __post_init__(self) -> None:
        for name in ("lines", "sources"):
            count = getattr(self, name)
            if count is not None and (count < 0 or count != int(count)):
                raise InputError("not a count", where=name, found=count, allowed="a whole number, 0 or more")
        if self.sources and not self.lines:
            what = "sources without a line of evidence"
            raise InputError(what, where="sources", found=self.sources, allowed="0")
        for name in ("pilot_share", "outcome_share"):
            share = getattr(self, name)
            if share is not None and not 0 <= share <= 1:
                allowed = "from 0 to 1, or None if unknown"
                raise InputError("not a share", where=name, found=share, allowed=allowed)


@dataclass(frozen=True)
class Rating:
    """What a rubric says about one body of evidence.

    Attributes
    ----------
    rating
        A rating of the rubric, or ``undefined by the rubric``.
    clause
        The clause that decided; None where none is satisfied.
    reason
        The deciding clause, what it asks and what was found; or, for each clause that came closest, what it
        would need.
    """

    rating: str
    clause: str | None
    reason: str


def rate(
    *,
    lines: int,
    sources: int | None,
    pilot_share: float | None = None,
    outcome_share: float | None = None,
    alternatives_considered: bool | None = None,
    criteria: pd.DataFrame,
) -> Rating:
    """Rate evidence by the strongest clause of a rubric that it satisfies in full.

    A minimum share is met at the minimum itself, a ``below`` share is not. What is unknown (None) does not
    satisfy a clause that asks for it. The rubrics are no partition: where no clause fits, the answer says so.

    Parameters
    ----------
    lines, sources, pilot_share, outcome_share, alternatives_considered
        What was found: see `Evidence`.
    criteria
        The rows of one rubric in table ``rating_criteria``: see `rubric.clauses`.

    Raises
    ------
    InputError
        If the evidence is impossible, or the criteria are not one rubric in the expected vocabulary.

    References
    ----------
    The evaluation report's Tables 3 and 6, with footnote 23 for outcomes.

    Examples
    --------
    >>> table_6 = pd.DataFrame({
    ...     "rubric": "table 6", "clause": ["6a", "6b"], "rating": ["strong", "medium"],
    ...     "lines": "multiple", "sources": ["multiple", "single"],
    ...     "pilot_share_minimum_percent": None, "pilot_share_below_percent": None,
    ...     "outcome_share_minimum_percent": None, "outcome_share_below_percent": None,
    ...     "alternatives_required": False,
    ... })
    >>> rated = rate(lines=3, sources=1, criteria=table_6)
    >>> (rated.rating, rated.clause)
    ('medium', '6b')
    >>> rated.reason
    'clause 6b: multiple lines (found: 3), a single source (found: 1)'
    >>> rate(lines=1, sources=1, criteria=table_6).reason
    'closest: clause 6b (medium) would need: multiple lines (found: 1)'
    """
    found = Evidence(lines, sources, pilot_share, outcome_share, alternatives_considered)
    return settle(found, clauses(criteria))


def settle(evidence: Evidence, rule: Sequence[Clause]) -> Rating:
    """Rate evidence as `rate` does, by clauses that have been read already.

    Parameters
    ----------
    evidence
        What was found.
    rule
        The clauses of one rubric, strongest first, from `rubric.clauses`.

    Returns
    -------
    Rating
        As from `rate`.
    """
    tests = [(clause, _requirements(clause, evidence)) for clause in rule]
    for clause, asked in tests:
        if all(test.met for test in asked):
            told = ", ".join(test.text for test in asked) or "it asks for nothing"
            return Rating(clause["rating"], str(clause["clause"]), f"{clause['label']}: {told}")
    return Rating(UNDEFINED, None, _closest(tests))


@dataclass(frozen=True)
class _Requirement:
    """One requirement of one clause, in words, and whether the evidence meets it."""

    text: str
    met: bool


def _requirements(clause: Clause, evidence: Evidence) -> list[_Requirement]:
    """List what a clause asks, each with whether the evidence meets it."""
    counts = [(noun, clause[noun]) for noun in ("lines", "sources") if not is_empty(clause[noun])]
    asked = [_counted(cell, noun, getattr(evidence, noun)) for noun, cell in counts]
    for noun in ("pilot", "outcome"):
        share = getattr(evidence, f"{noun}_share")
        seen = "not known" if share is None else f"{100 * share:.4g}%"
        least, below = (clause[f"{noun}_share_{bound}_percent"] for bound in ("minimum", "below"))
        if not is_empty(least):
            met = share is not None and share >= float(least) / 100
            asked.append(_Requirement(f"at least {float(least):g}% of {noun}s (found: {seen})", met))
        if not is_empty(below):
            met = share is not None and share < float(below) / 100
            asked.append(_Requirement(f"less than {float(below):g}% of {noun}s (found: {seen})", met))
    if not is_empty(clause["alternatives_required"]) and clause["alternatives_required"]:
        seen = {None: "not known", True: "yes", False: "no"}[evidence.alternatives_considered]
        met = evidence.alternatives_considered is True
        asked.append(_Requirement(f"alternative explanations considered (found: {seen})", met))
    return asked


def _counted(asked: str, noun: str, count: int | None) -> _Requirement:
    """Read a requirement such as ``2+`` lines."""
    number, open_ended = int(asked.rstrip("+")), asked.endswith("+")
    met = count is not None and (count >= number if open_ended else count == number)
    usual = {"0": f"no {noun[:-1]} at all", "1": f"a single {noun[:-1]}", "2+": f"multiple {noun}"}
    words = usual.get(asked, f"{'at least' if open_ended else 'exactly'} {number} {noun}")
    return _Requirement(f"{words} (found: {'not known' if count is None else count})", met)


def _closest(tests: list[tuple[Clause, list[_Requirement]]]) -> str:
    """Name the clauses with the fewest unmet requirements, and those requirements."""
    gaps = [(clause, [test.text for test in asked if not test.met]) for clause, asked in tests]
    fewest = min(len(lacking) for _, lacking in gaps)
    near = [
        f"{clause['label']} ({clause['rating']}) would need: {', '.join(lacking)}"
        for clause, lacking in gaps
        if len(lacking) == fewest
    ]
    return f"closest: {'; '.join(near)}"
