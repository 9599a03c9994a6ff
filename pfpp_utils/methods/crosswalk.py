"""Crosswalk: points of several documents against the recommendations that answer them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from pfpp_utils.errors import InputError
from pfpp_utils.methods import columns
from pfpp_utils.methods.answers import GROUNDS, STRENGTHS, check, known, select, unique

NO_ANSWER = "none"


def matrix(
    points: Iterable[str], answers: pd.DataFrame, *, by: str, across: Iterable[str] | None = None
) -> pd.DataFrame:
    """Set points against recommendations, actors or documents, with the strongest answer in each cell.

    Parameters
    ----------
    points
        The rows, in order.
    answers
        As for `answers.select`, with the column `by`.
    by
        Column of `answers` whose values become the columns, such as ``recommendation``.
    across
        The columns, in order; by default the values of `by` as they first appear.

    Returns
    -------
    pandas.DataFrame
        ``direct``, ``partly`` or ``none``; index: points, columns: as `across`.

    Raises
    ------
    InputError
        As for `answers.select`; also if an answer's point is not among the points or its column not among
        those asked for, or a name is listed twice.

    Examples
    --------
    >>> rows = [("silos", "network", "our_reading", "direct"), ("silos", "stories", "stated", "partly")]
    >>> answers = pd.DataFrame(rows, columns=["point", "recommendation", "basis", "strength"])
    >>> matrix(["silos", "turnover"], answers, by="recommendation").to_numpy().tolist()
    [['direct', 'partly'], ['none', 'none']]
    """
    listed = check(points, answers, by=(by,))
    names = list(answers[by].drop_duplicates() if across is None else across)
    unique(names, "across")
    known(answers[by], names, by)
    cells = answers.groupby(["point", by])["strength"].agg(lambda found: min(found, key=STRENGTHS.index))
    wide = cells.unstack() if len(cells) else pd.DataFrame()
    return wide.reindex(index=listed, columns=names).astype(object).fillna(NO_ANSWER)


def counts(points: Iterable[str], answers: pd.DataFrame) -> pd.DataFrame:
    """Count how many recommendations answer each point, and on what ground.

    Parameters
    ----------
    points, answers
        As for `matrix`.

    Returns
    -------
    pandas.DataFrame
        One row a point, in order: ``point`` and the numbers of recommendations ``answers`` (any),
        ``direct``, ``stated`` and ``stated_direct``.

    Raises
    ------
    InputError
        As for `matrix`.

    Examples
    --------
    >>> rows = [("silos", "network", "our_reading", "direct"), ("silos", "stories", "stated", "partly")]
    >>> answers = pd.DataFrame(rows, columns=["point", "recommendation", "basis", "strength"])
    >>> counts(["silos", "turnover"], answers).to_numpy().tolist()
    [['silos', 2, 1, 1, 0], ['turnover', 0, 0, 0, 0]]
    """
    listed = check(points, answers)
    direct, stated = answers["strength"] == "direct", answers["basis"] == "stated"
    kinds = {
        "answers": direct | ~direct,
        "direct": direct,
        "stated": stated,
        "stated_direct": direct & stated,
    }
    totals = pd.DataFrame(kinds).groupby(answers["point"]).sum()
    return totals.reindex(listed, fill_value=0).astype(int).rename_axis("point").reset_index()


def unanswered(points: Iterable[str], answers: pd.DataFrame) -> list[str]:
    """Name the points that no recommendation answers.

    Parameters
    ----------
    points, answers
        As for `matrix`; pass `answers` through `answers.select` to ask for stated or direct answers only.

    Returns
    -------
    list of str
        Points without an answer, in order.

    Raises
    ------
    InputError
        As for `matrix`.

    Examples
    --------
    >>> rows = [("silos", "stories", "stated", "partly")]
    >>> answers = pd.DataFrame(rows, columns=["point", "recommendation", "basis", "strength"])
    >>> unanswered(["silos", "turnover"], answers)
    ['turnover']
    >>> unanswered(["silos", "turnover"], select(answers, strengths=["direct"]))
    ['silos', 'turnover']
    """
    listed = check(points, answers)
    answered = set(answers["point"])
    return [point for point in listed if point not in answered]


def unanswered_by_ground(points: Iterable[str], answers: pd.DataFrame) -> dict[str, list[str]]:
    """Name the points that nobody answers, for each thing that one may accept as an answer.

    Parameters
    ----------
    points, answers
        As for `matrix`.

    Returns
    -------
    dict
        Each of `answers.GROUNDS` to the points that `unanswered` names on it.

    Raises
    ------
    InputError
        As for `matrix`.

    Examples
    --------
    >>> rows = [("silos", "stories", "stated", "partly")]
    >>> answers = pd.DataFrame(rows, columns=["point", "recommendation", "basis", "strength"])
    >>> unanswered_by_ground(["silos"], answers)
    {'any': [], 'direct': ['silos'], 'stated': [], 'stated and direct': ['silos']}
    """
    listed = list(points)
    return {name: unanswered(listed, select(answers, **limits)) for name, limits in GROUNDS.items()}


def naming(points: pd.DataFrame, matches: pd.DataFrame) -> pd.DataFrame:
    """Say in how many documents a point is named, itself or by a match.

    A match of a match is not followed, because likeness wears off.

    Parameters
    ----------
    points
        ``point`` and the ``document`` that names it.
    matches
        Pairs of points that mean the same: ``point``, ``other``. Each holds both ways.

    Returns
    -------
    pandas.DataFrame
        One row a point, in order: ``point``; ``documents``, the number that name it; ``named_by``, a list
        of them, its own first; ``matched``, a list of the points that match it.

    Raises
    ------
    InputError
        If a column is missing, a point is unknown or listed twice, a pair is listed twice (either way
        round), or a pair lies within one document.

    Examples
    --------
    >>> points = pd.DataFrame({"point": ["silos", "structure", "law"], "document": ["a", "b", "a"]})
    >>> naming(points, pd.DataFrame({"point": ["silos"], "other": ["structure"]})).to_numpy().tolist()
    [['silos', 2, ['a', 'b'], ['structure']], ['structure', 2, ['b', 'a'], ['silos']], ['law', 1, ['a'], []]]
    """
    columns.require(points, ["point", "document"], "points")
    unique(points["point"], "points")
    home = dict(zip(points["point"], points["document"], strict=True))
    pairs = _pairs(matches, home)
    rows = []
    for point, document in home.items():
        matched = [other for other in home if frozenset((point, other)) in pairs]
        named = list(dict.fromkeys([document, *(home[other] for other in matched)]))
        rows.append((point, len(named), named, matched))
    return pd.DataFrame(rows, columns=["point", "documents", "named_by", "matched"])


def _pairs(matches: pd.DataFrame, home: Mapping[str, str]) -> set[frozenset[str]]:
    """Read the matches as unordered pairs of points of two documents."""
    columns.require(matches, ["point", "other"], "matches")
    both = list(zip(matches["point"], matches["other"], strict=True))
    known([point for pair in both for point in pair], list(home), "matches")
    unique([tuple(sorted(pair)) for pair in both], "matches")
    within = [pair for pair in both if home[pair[0]] == home[pair[1]]]
    if within:
        allowed = "points of two documents"
        raise InputError("a match within one document", where="matches", found=within, allowed=allowed)
    return set(map(frozenset, both))
