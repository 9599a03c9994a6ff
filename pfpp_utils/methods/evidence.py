"""Strength of evidence: every step, or every pilot at every step, rated by a rubric and by nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

import pandas as pd

from pfpp_utils.errors import InputError
from pfpp_utils.methods import columns, rating
from pfpp_utils.methods.lines import check, summarise_lines, tally
from pfpp_utils.methods.rating import settle
from pfpp_utils.methods.rubric import Clause, clauses

UNDEFINED = rating.UNDEFINED


def rate_steps(
    lines: pd.DataFrame, line_sources: pd.DataFrame, *, criteria: pd.DataFrame, pilots_count: int
) -> pd.DataFrame:
    """Rate every step from its supporting lines.

    Parameters
    ----------
    lines, line_sources
        As for `summarise_lines`, with the columns ``pilots`` and ``of_pilots`` of `tally`.
    criteria
        The rows of one rubric in table ``rating_criteria``.
    pilots_count
        As for `tally`.

    Returns
    -------
    pandas.DataFrame
        The columns of `summarise_lines` with ``pilot_share`` (0 to 1 or missing), ``rating``, ``clause`` and
        ``reason``.

    Raises
    ------
    InputError
        As for `rating.rate` and `summarise_lines`.
    """
    summary = summarise_lines(lines, line_sources)
    columns.require(lines, ("pilots", "of_pilots"), "evidence_lines")
    groups = lines.groupby("step", sort=False)
    found = [tally(group, line_sources, pilots_count=pilots_count) for _, group in groups]
    rule = clauses(criteria)
    rated = pd.DataFrame([settle(each, rule) for each in found], index=summary.index)
    shares = pd.Series([each.pilot_share for each in found], index=summary.index, dtype=float)
    return summary.assign(pilot_share=shares).join(rated)


def rate_pilots(
    cases: pd.DataFrame,
    lines: pd.DataFrame,
    line_sources: pd.DataFrame,
    *,
    criteria: pd.DataFrame,
    outcome_share: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """Rate every pilot at every step from the lines for it, also where there is none.

    Parameters
    ----------
    cases
        What to rate: ``pilot``, ``step``, ``rubric`` (which rubric of `criteria` holds); each pair once.
    lines
        One row a line: ``line``, ``pilot``, ``step``, ``role`` (``for``, ``rival`` or another, which does
        not count).
    line_sources
        As for `summarise_lines`.
    criteria
        The rows of the rubrics in table ``rating_criteria``.
    outcome_share
        Pilot to the share of its short-term outcomes that have evidence, from 0 to 1. The report leaves the
        lists of outcomes to an annex, so that a pilot that is not named here has no known share.

    Returns
    -------
    pandas.DataFrame
        The columns of `cases`, ``supporting``, ``supporting_source_kinds``, ``rating``, ``clause``,
        ``reason``.

    Raises
    ------
    InputError
        As for `rating.rate` and `summarise_lines`; also if a line belongs to no case.
    """
    rows = []
    for case, own, rule, share in bodies(
        cases, lines, line_sources, criteria=criteria, outcome_share=outcome_share
    ):
        found = tally(own, line_sources, outcome_share=share)
        counts = {"supporting": found.lines, "supporting_source_kinds": found.sources or 0}
        rows.append(case | counts | asdict(settle(found, rule)))
    return pd.DataFrame(rows)


def bodies(
    cases: pd.DataFrame,
    lines: pd.DataFrame,
    line_sources: pd.DataFrame,
    *,
    criteria: pd.DataFrame,
    outcome_share: Mapping[str, float] | None = None,
) -> Iterator[tuple[dict[str, Any], pd.DataFrame, list[Clause], float | None]]:
    """Go through the bodies of evidence of `rate_pilots`, one a pilot and step, once all tables are checked.

    Parameters
    ----------
    cases, lines, line_sources, criteria, outcome_share
        As for `rate_pilots`.

    Yields
    ------
    tuple
        The case; its lines, with ``direction`` taken from ``role``; the clauses of its rubric; the share of
        the pilot's outcomes that have evidence, or None.

    Raises
    ------
    InputError
        As for `rate_pilots`.
    """
    columns.require(cases, ("pilot", "step", "rubric"), "cases")
    columns.require(lines, ("role",), "contribution_lines")
    lines = lines.assign(direction=lines["role"])
    check(lines, line_sources, by=("pilot", "step"))
    known = cases.set_index(["pilot", "step"]).index
    stray = lines.loc[~lines.set_index(["pilot", "step"]).index.isin(known), "line"].tolist()
    if stray or known.has_duplicates:
        found = stray or known[known.duplicated()].tolist()
        raise InputError("cases and lines do not fit", where="cases", found=found, allowed="each pair once")
    rules = {name: clauses(criteria[criteria["rubric"] == name]) for name in cases["rubric"].unique()}
    for case in cases.to_dict("records"):
        own = lines[(lines["pilot"] == case["pilot"]) & (lines["step"] == case["step"])]
        named = {str(name): value for name, value in case.items()}
        yield named, own, rules[case["rubric"]], (outcome_share or {}).get(case["pilot"])
