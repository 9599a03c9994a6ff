"""Answers: which recommendation is said to answer which point, on what ground, and how fully."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

import pandas as pd

from pfpp_utils.errors import InputError
from pfpp_utils.methods import columns

BASES = ("stated", "our_reading")
STRENGTHS = ("direct", "partly")  # the stronger first
#: What one may accept as an answer, from the widest to the narrowest.
GROUNDS: dict[str, dict[str, tuple[str, ...]]] = {
    "any": {},
    "direct": {"strengths": ("direct",)},
    "stated": {"bases": ("stated",)},
    "stated and direct": {"strengths": ("direct",), "bases": ("stated",)},
}


def select(
    answers: pd.DataFrame, *, bases: Collection[str] = BASES, strengths: Collection[str] = STRENGTHS
) -> pd.DataFrame:
    """Keep the answers that a reader is willing to accept.

    Parameters
    ----------
    answers
        One row an answer: ``point``, ``recommendation``, ``basis``, ``strength``.
    bases
        Which of ``stated`` and ``our_reading`` count.
    strengths
        Which of ``direct`` and ``partly`` count.

    Returns
    -------
    pandas.DataFrame
        The rows that remain, in their order.

    Raises
    ------
    InputError
        If a column is missing, a basis or strength is unknown, or a pair is listed twice.

    Examples
    --------
    >>> rows = [("silos", "network", "our_reading", "direct"), ("silos", "stories", "stated", "partly")]
    >>> answers = pd.DataFrame(rows, columns=["point", "recommendation", "basis", "strength"])
    >>> select(answers, bases=["stated"])["recommendation"].tolist()
    ['stories']
    """
    check_columns(answers)
    known(bases, BASES, "bases")
    known(strengths, STRENGTHS, "strengths")
    return answers[answers["basis"].isin(bases) & answers["strength"].isin(strengths)]


def check(points: Iterable[str], answers: pd.DataFrame, *, by: tuple[str, ...] = ()) -> list[str]:
    """Check points and answers together; return the points as a list."""
    listed = list(points)
    unique(listed, "points")
    check_columns(answers, by=by)
    known(answers["point"], listed, "point")
    return listed


def check_columns(answers: pd.DataFrame, *, by: tuple[str, ...] = ()) -> None:
    """Check that answers have their columns and words, and that no pair is listed twice."""
    key = ["point", "recommendation", *(name for name in by if name != "recommendation")]
    columns.require(answers, [*key, "basis", "strength"], "answers")
    known(answers["basis"], BASES, "basis")
    known(answers["strength"], STRENGTHS, "strength")
    unique(answers[key].itertuples(index=False, name=None), "answers")


def known(values: Iterable[str], allowed: Collection[str], where: str) -> None:
    """Refuse values that are not among those allowed; the message names them and the place."""
    strange = sorted({str(value) for value in values if value not in allowed})
    if strange:
        raise InputError("unknown value", where=where, found=strange, allowed=allowed)


def unique(values: Iterable[object], where: str) -> None:
    """Refuse values that are listed twice; the message names them and the place."""
    twice = [value for value, times in Counter(values).items() if times > 1]
    if twice:
        raise InputError("listed twice", where=where, found=twice, allowed="each once")
