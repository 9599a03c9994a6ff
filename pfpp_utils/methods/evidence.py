"""Strength of evidence, rated by the clauses of a rubric and by nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from pfpp_utils.errors import InputError

UNDEFINED = "undefined by the rubric"
STRENGTH = ("strong", "medium", "limited")  # strongest first
_COUNT_WORDS = ("multiple", "single", "none")
_COLUMNS = (
    "rubric",
    "clause",
    "rating",
    "lines",
    "sources",
    "pilot_share_minimum_percent",
    "pilot_share_below_percent",
    "outcome_share_minimum_percent",
    "outcome_share_below_percent",
    "alternatives_required",
)


@dataclass(frozen=True)
class Rating:
    """What a rubric says about one body of evidence.

    Attributes
    ----------
    rating
        strong, medium, limited, or ``undefined by the rubric``.
    clause
        The clause that decided; None where none is satisfied.
    reason
        What the deciding clause asks and what was found; or, for each clause that came closest, what it
        lacks.
    """

    rating: str
    clause: str | None
    reason: str


@dataclass(frozen=True)
class _Test:
    """One requirement of one clause, in words, and whether the evidence meets it."""

    text: str
    met: bool


def rate(
    *,
    lines: int,
    sources: int,
    pilot_share: float | None = None,
    outcome_share: float | None = None,
    alternatives_considered: bool | None = None,
    criteria: pd.DataFrame,
) -> Rating:
    """Rate evidence by the strongest clause of a rubric that it satisfies in full.

    ``multiple`` means two or more, ``single`` exactly one, ``none`` nought; an empty cell of the rubric asks
    nothing. A minimum share is met at the minimum itself, a ``below`` share is not. What is unknown (None)
    does not satisfy a clause that asks for it. The rubrics are no partition: where no clause fits, the answer
    says so.

    Parameters
    ----------
    lines, sources
        Number of lines of evidence that support the step, and of different sources they come from.
    pilot_share, outcome_share
        Share, from 0 to 1, of pilots (of short-term outcomes) in which the evidence supports the step.
    alternatives_considered
        Whether alternative explanations were identified and weighed.
    criteria
        The rows of one rubric in table ``rating_criteria`` (thresholds in percent).

    Raises
    ------
    InputError
        If a count is negative, there are sources without a line, a share is not between 0 and 1, or the
        criteria are not one rubric in the expected vocabulary.

    References
    ----------
    The evaluation report's Tables 3 and 6, with footnote 23 for outcomes.

    Examples
    --------
    >>> limits = dict.fromkeys(_COLUMNS[5:9], float("nan"))
    >>> table_6 = pd.DataFrame({
    ...     "rubric": "table 6", "clause": ["6a", "6b"], "rating": ["strong", "medium"],
    ...     "lines": "multiple", "sources": ["multiple", "single"], **limits, "alternatives_required": False,
    ... })
    >>> rate(lines=3, sources=1, criteria=table_6)
    Rating(rating='medium', clause='6b', reason='multiple lines (found 3), a single source (found 1)')
    >>> rate(lines=1, sources=1, criteria=table_6).reason
    'closest: clause 6b (medium) lacks multiple lines (found 1)'
    """
    _check_evidence(lines, sources, {"pilot_share": pilot_share, "outcome_share": outcome_share})
    found = {"lines": lines, "sources": sources, "pilot": pilot_share, "outcome": outcome_share}
    tests = [(clause, _requirements(clause, found, alternatives_considered)) for clause in _clauses(criteria)]
    for clause, asked in tests:
        if all(test.met for test in asked):
            reason = ", ".join(test.text for test in asked) or "the clause asks for nothing"
            return Rating(clause["rating"], str(clause["clause"]), reason)
    return Rating(UNDEFINED, None, _closest(tests))


def summarise_lines(lines: pd.DataFrame, line_sources: pd.DataFrame) -> pd.DataFrame:
    """Count, for each step, the lines of evidence and the kinds of source behind them.

    Parameters
    ----------
    lines
        One row a line of evidence: ``line`` (unique), ``step``, ``direction`` (``supports`` or another).
    line_sources
        One row a line and source: ``line``, ``source_kind``. A line may have none.

    Returns
    -------
    pandas.DataFrame
        One row a step, in order of first appearance: ``step``, ``lines``, ``supporting`` (lines whose
        direction is ``supports``), ``source_kinds`` and ``supporting_source_kinds`` (different kinds behind
        all, and behind the supporting lines). To `rate` a step give it ``supporting`` and
        ``supporting_source_kinds``.

    Raises
    ------
    InputError
        If a column is missing, a line is listed twice, or a source belongs to no line.

    Examples
    --------
    >>> lines = pd.DataFrame({"line": [1, 2], "step": ["1a", "1a"], "direction": ["supports", "qualifies"]})
    >>> sources = pd.DataFrame({"line": [1, 2], "source_kind": ["interviews", "tracking data"]})
    >>> summarise_lines(lines, sources).to_dict("records")
    [{'step': '1a', 'lines': 2, 'supporting': 1, 'source_kinds': 2, 'supporting_source_kinds': 1}]
    """
    _need(lines, ("line", "step", "direction"), "evidence_lines")
    _need(line_sources, ("line", "source_kind"), "evidence_line_sources")
    if lines["line"].duplicated().any():
        twice = sorted(set(lines.loc[lines["line"].duplicated(), "line"].map(str)))
        raise InputError(
            "line listed twice", where="evidence_lines, line", found=twice, allowed="each line once"
        )
    stray = sorted(set(line_sources["line"].map(str)) - set(lines["line"].map(str)))
    if stray:
        where = "evidence_line_sources, line"
        raise InputError(
            "source of an unknown line", where=where, found=stray, allowed="a line of evidence_lines"
        )
    rows = []
    for step, group in lines.groupby("step", sort=False):
        supporting = group.loc[group["direction"] == "supports", "line"]
        kinds = [
            line_sources.loc[line_sources["line"].isin(ids), "source_kind"].nunique()
            for ids in (group["line"], supporting)
        ]
        rows.append((step, len(group), len(supporting), *kinds))
    columns = ["step", "lines", "supporting", "source_kinds", "supporting_source_kinds"]
    return pd.DataFrame(rows, columns=columns)


def rate_steps(
    lines: pd.DataFrame, line_sources: pd.DataFrame, *, criteria: pd.DataFrame, pilots_count: int
) -> pd.DataFrame:
    """Rate every step from its supporting lines.

    A step's share of pilots is the largest that any of its supporting lines states; a step whose lines state
    none has no share, and no clause that asks for one is met. Whether alternative explanations were weighed
    is not published, so a clause that asks for it is not met either.

    Parameters
    ----------
    lines
        As for `summarise_lines`, with ``pilots`` (how many pilots a line covers) and ``of_pilots``, either of
        which may be missing.
    line_sources
        As for `summarise_lines`.
    criteria
        The rows of one rubric in table ``rating_criteria``.
    pilots_count
        Denominator where a line states a number of pilots and no total.

    Returns
    -------
    pandas.DataFrame
        The columns of `summarise_lines` with ``pilot_share`` (0 to 1 or missing), ``rating``, ``clause`` and
        ``reason``.

    Raises
    ------
    InputError
        As for `rate` and `summarise_lines`.
    """
    supporting = lines[lines["direction"] == "supports"]
    shares = supporting["pilots"].astype(float) / supporting["of_pilots"].astype(float).fillna(pilots_count)
    largest = shares.groupby(supporting["step"]).max()
    summary = summarise_lines(lines, line_sources)
    summary["pilot_share"] = summary["step"].map(largest)
    ratings = [
        rate(
            lines=row["supporting"],
            sources=row["supporting_source_kinds"],
            pilot_share=None if pd.isna(row["pilot_share"]) else row["pilot_share"],
            criteria=criteria,
        )
        for row in summary.to_dict("records")
    ]
    return summary.join(pd.DataFrame(ratings))


def _check_evidence(lines: int, sources: int, shares: dict[str, float | None]) -> None:
    for name, count in (("lines", lines), ("sources", sources)):
        if count < 0 or count != int(count):
            raise InputError("not a count", where=name, found=count, allowed="a whole number, 0 or more")
    if sources and not lines:
        raise InputError("sources without a line of evidence", where="sources", found=sources, allowed="0")
    for name, share in shares.items():
        if share is not None and not 0 <= share <= 1:
            raise InputError(
                "not a share", where=name, found=share, allowed="from 0 to 1, or None if unknown"
            )


def _clauses(criteria: pd.DataFrame) -> list[dict[str, Any]]:
    """Read the clauses of one rubric, strongest first (in the table's order within a rating)."""
    _need(criteria, _COLUMNS, "rating_criteria")
    rubrics = criteria["rubric"].drop_duplicates().tolist()
    if len(rubrics) != 1:
        raise InputError("not one rubric", where="criteria", found=rubrics, allowed="the rows of one rubric")
    allowed = {"rating": STRENGTH, "lines": _COUNT_WORDS, "sources": _COUNT_WORDS}
    for column, words in allowed.items():
        strange = sorted({str(word) for word in criteria[column] if not _empty(word)} - set(words))
        if strange or (column == "rating" and criteria[column].map(_empty).any()):
            raise InputError("unknown word", where=f"rating_criteria, {column}", found=strange, allowed=words)
    records: list[dict[str, Any]] = criteria.to_dict("records")  # type: ignore[assignment]
    return sorted(records, key=lambda clause: STRENGTH.index(clause["rating"]))


def _requirements(clause: dict[str, Any], found: dict[str, Any], alternatives: bool | None) -> list[_Test]:
    """List what a clause asks, each with whether the evidence meets it."""
    tests = [
        _counted(clause[noun], noun, found[noun]) for noun in ("lines", "sources") if not _empty(clause[noun])
    ]
    for noun in ("pilot", "outcome"):
        least, below = clause[f"{noun}_share_minimum_percent"], clause[f"{noun}_share_below_percent"]
        share = found[noun]
        seen = "not known" if share is None else f"found {100 * share:.4g}%"
        if not _empty(least):
            met = share is not None and share >= least / 100
            tests.append(_Test(f"at least {least:g}% of {noun}s ({seen})", met))
        if not _empty(below):
            met = share is not None and share < below / 100
            tests.append(_Test(f"less than {below:g}% of {noun}s ({seen})", met))
    if not _empty(clause["alternatives_required"]) and bool(clause["alternatives_required"]):
        seen = {None: "not known", True: "yes", False: "no"}[alternatives]
        tests.append(_Test(f"alternative explanations considered ({seen})", alternatives is True))
    return tests


def _counted(word: str, noun: str, count: int) -> _Test:
    met = {"multiple": count > 1, "single": count == 1, "none": count == 0}[word]
    asked = {"multiple": f"multiple {noun}", "single": f"a single {noun[:-1]}", "none": f"no {noun}"}[word]
    return _Test(f"{asked} (found {count})", met)


def _closest(tests: list[tuple[dict[str, Any], list[_Test]]]) -> str:
    """Name the clauses with the fewest unmet requirements, and those requirements."""
    gaps = [(clause, [test.text for test in asked if not test.met]) for clause, asked in tests]
    fewest = min(len(lacking) for _, lacking in gaps)
    near = [
        f"clause {clause['clause']} ({clause['rating']}) lacks {', '.join(lacking)}"
        for clause, lacking in gaps
        if len(lacking) == fewest
    ]
    return f"closest: {'; '.join(near)}"


def _empty(cell: object) -> bool:
    return cell is None or cell == "" or bool(pd.isna(cell))  # type: ignore[call-overload]


def _need(frame: pd.DataFrame, columns: tuple[str, ...], where: str) -> None:
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise InputError("missing column", where=where, found=list(frame.columns), allowed=missing)
