"""Lines of evidence: how many speak for a step, from how many kinds of source, and what else they name."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pfpp_utils.errors import InputError
from pfpp_utils.methods import columns
from pfpp_utils.methods.rating import Evidence

SUPPORTING = ("supports", "for")  # directions that count towards a rating
RIVAL = "rival"  # the direction of a line that names an alternative explanation


def tally(
    lines: pd.DataFrame,
    line_sources: pd.DataFrame,
    *,
    pilots_count: int | None = None,
    outcome_share: float | None = None,
) -> Evidence:
    """Count what a rubric can ask about one body of evidence.

    Only lines whose direction is ``supports`` or ``for`` count. Sources are counted by kind; where there are
    lines and none of them names its source, the number is not known, for they must have had one. The share of
    pilots is the largest that a supporting line states; unknown if none states one. Alternatives count as
    considered if a line of the direction ``rival`` names one; otherwise it is not known whether they were.

    Parameters
    ----------
    lines
        The lines of one step: ``line``, ``direction``, and if they are stated ``pilots`` (how many a line
        covers) and ``of_pilots`` (out of how many).
    line_sources
        One row a line and source: ``line``, ``source_kind``; other lines' rows are left aside.
    pilots_count
        Denominator where a line states a number of pilots and no total.
    outcome_share
        Share of the short-term outcomes that have evidence, from 0 to 1, where it is known.

    Examples
    --------
    >>> lines = pd.DataFrame({"line": [1, 2, 3], "direction": ["supports", "rival", "supports"]})
    >>> sources = pd.DataFrame({"line": [1, 2, 3], "source_kind": ["interviews", "tracking", "interviews"]})
    >>> tally(lines, sources)
    Evidence(lines=2, sources=1, pilot_share=None, outcome_share=None, alternatives_considered=True)
    """
    supporting = lines[lines["direction"].isin(SUPPORTING)]
    kinds = line_sources.loc[line_sources["line"].isin(supporting["line"]), "source_kind"].nunique()
    rivals = True if (lines["direction"] == RIVAL).any() else None
    sources = None if len(supporting) and not kinds else kinds
    return Evidence(len(supporting), sources, _share(supporting, pilots_count), outcome_share, rivals)


def summarise_lines(
    lines: pd.DataFrame, line_sources: pd.DataFrame, *, by: Sequence[str] = ("step",)
) -> pd.DataFrame:
    """Count, for each step, the lines of evidence and the kinds of source behind them.

    Parameters
    ----------
    lines
        One row a line of evidence: ``line`` (unique), ``direction`` and the columns of `by`.
    line_sources
        One row a line and source: ``line``, ``source_kind``. A line may have none.
    by
        What makes one body of evidence: a step, or a pilot and a step.

    Returns
    -------
    pandas.DataFrame
        One row a body of evidence, in order of first appearance: the columns of `by`, ``lines``,
        ``supporting`` (lines for the step), ``source_kinds`` and ``supporting_source_kinds`` (different kinds
        behind all, and behind the supporting lines), ``rivals`` (lines that name an alternative).

    Raises
    ------
    InputError
        If a column is missing, a line is listed twice, or a source belongs to no line.

    Examples
    --------
    >>> lines = pd.DataFrame({"line": [1, 2], "step": ["1a", "1a"], "direction": ["supports", "qualifies"]})
    >>> sources = pd.DataFrame({"line": [1, 2], "source_kind": ["interviews", "tracking data"]})
    >>> summarise_lines(lines, sources).loc[0, "supporting":].tolist()
    [1, 2, 1, 0]
    """
    check(lines, line_sources, by=by)
    rows = []
    for key, group in lines.groupby(list(by), sort=False):
        kinds = line_sources.loc[line_sources["line"].isin(group["line"]), "source_kind"].nunique()
        found, rivals = tally(group, line_sources), (group["direction"] == RIVAL).sum()
        rows.append((*key, len(group), found.lines, kinds, found.sources or 0, rivals))
    counted = ["lines", "supporting", "source_kinds", "supporting_source_kinds", "rivals"]
    return pd.DataFrame(rows, columns=[*by, *counted])


def check(lines: pd.DataFrame, line_sources: pd.DataFrame, *, by: Sequence[str]) -> None:
    """Refuse lines listed twice, sources of no line, and tables without the columns needed.

    Parameters
    ----------
    lines, line_sources, by
        As for `summarise_lines`.
    """
    columns.require(lines, ("line", *by, "direction"), "evidence_lines")
    columns.require(line_sources, ("line", "source_kind"), "evidence_line_sources")
    if lines["line"].duplicated().any():
        twice = sorted(set(lines.loc[lines["line"].duplicated(), "line"].map(str)))
        where, allowed = "evidence_lines, line", "each line once"
        raise InputError("line listed twice", where=where, found=twice, allowed=allowed)
    stray = sorted(set(line_sources["line"].map(str)) - set(lines["line"].map(str)))
    if stray:
        where, allowed = "evidence_line_sources, line", "a line of evidence_lines"
        raise InputError("source of an unknown line", where=where, found=stray, allowed=allowed)


def _share(supporting: pd.DataFrame, pilots_count: int | None) -> float | None:
    if not {"pilots", "of_pilots"} <= set(supporting):
        return None
    covered, totals = (pd.to_numeric(supporting[name]).astype(float) for name in ("pilots", "of_pilots"))
    largest = (covered / totals.fillna(pilots_count or float("nan"))).max()
    return None if pd.isna(largest) else float(largest)
