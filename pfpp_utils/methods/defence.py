"""Defence of a rating: beside the published one, and line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from pfpp_utils.errors import InputError
from pfpp_utils.methods import columns
from pfpp_utils.methods.evidence import bodies
from pfpp_utils.methods.lines import check, tally
from pfpp_utils.methods.rating import UNDEFINED, settle
from pfpp_utils.methods.rubric import Clause, clauses

NO_SOURCE = "none named"


def compare(
    rated: pd.DataFrame,
    published: pd.DataFrame,
    *,
    order: Sequence[str],
    on: Sequence[str] = ("step",),
) -> pd.DataFrame:
    """Set every published rating beside the one that the rule gives, with the clause that decided.

    Parameters
    ----------
    rated
        Result of `evidence.rate_steps` or `evidence.rate_pilots`.
    published
        The columns of `on` and ``published``: a rating in the rubric's words (see `rubric.spell`).
    order
        The ratings, strongest first (see `rubric.ratings`).
    on
        Columns that name what was rated; each combination once in both tables.

    Returns
    -------
    pandas.DataFrame
        In the order of `rated`: the columns of `on`, ``published``, ``by_rule``, ``agreement`` (``same``,
        ``rule higher``, ``rule lower``, ``no rating by the rule``), ``clause``, ``reason``.

    Raises
    ------
    InputError
        If the two tables do not rate the same things, or a published rating is not in `order`.

    Examples
    --------
    >>> rated = pd.DataFrame({"step": ["1a"], "rating": ["strong"], "clause": ["1"], "reason": ["two lines"]})
    >>> printed = pd.DataFrame({"step": ["1a"], "published": ["medium"]})
    >>> compare(rated, printed, order=["strong", "medium"]).iloc[0].tolist()
    ['1a', 'medium', 'strong', 'rule higher', '1', 'two lines']
    """
    keys = list(on)
    columns.require(rated, (*keys, "rating", "clause", "reason"), "rated")
    columns.require(published, (*keys, "published"), "published")
    strange = sorted(set(published["published"].map(str)) - set(order))
    if strange:
        raise InputError("unknown rating", where="published", found=strange, allowed=order)
    both = rated[[*keys, "rating", "clause", "reason"]].merge(published[[*keys, "published"]], on=keys)
    if not len(both) == len(rated) == len(published):
        found = {"rated": len(rated), "published": len(published), "in both": len(both)}
        raise InputError("not the same things rated", where=", ".join(keys), found=found, allowed="each once")
    pairs = zip(both["rating"], both["published"], strict=True)
    both["agreement"] = [_agreement(by_rule, printed, order) for by_rule, printed in pairs]
    both = both.rename(columns={"rating": "by_rule"})
    return both[[*keys, "published", "by_rule", "agreement", "clause", "reason"]]


def line_by_line(
    lines: pd.DataFrame,
    line_sources: pd.DataFrame,
    *,
    criteria: pd.DataFrame,
    pilots_count: int | None = None,
    outcome_share: float | None = None,
) -> pd.DataFrame:
    """List the lines behind one rating, and what the rating would be without each.

    A line is pivotal if the rating is another without it.

    Parameters
    ----------
    lines
        The lines of one step (of one pilot), as for `lines.tally`.
    line_sources
        As for `lines.tally`.
    criteria
        The rows of one rubric in table ``rating_criteria``.
    pilots_count, outcome_share
        As for `lines.tally`; the share of outcomes is held as it is when a line is left out.

    Returns
    -------
    pandas.DataFrame
        `lines` with ``source_kinds`` (joined by ", ", or ``none named``), ``rating`` (with all lines),
        ``without`` (with all but this one), ``pivotal`` (true or false), ``reason_without``.

    Raises
    ------
    InputError
        As for `rating.rate` and `lines.check`.
    """
    check(lines, line_sources[line_sources["line"].isin(lines["line"])], by=())
    shares = {"pilots_count": pilots_count, "outcome_share": outcome_share}
    return _struck(lines, line_sources, clauses(criteria), shares)


def defend(
    cases: pd.DataFrame,
    lines: pd.DataFrame,
    line_sources: pd.DataFrame,
    *,
    criteria: pd.DataFrame,
    outcome_share: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """Go through the lines of every pilot and step, as `line_by_line` does for one.

    Parameters
    ----------
    cases, lines, line_sources, criteria, outcome_share
        As for `evidence.rate_pilots`.

    Returns
    -------
    pandas.DataFrame
        The columns of `line_by_line`, case after case; a case without a line has no row.

    Raises
    ------
    InputError
        As for `evidence.rate_pilots`.
    """
    parts = [
        _struck(own, line_sources, rule, {"outcome_share": share})
        for _, own, rule, share in bodies(
            cases, lines, line_sources, criteria=criteria, outcome_share=outcome_share
        )
    ]
    return pd.concat(parts, ignore_index=True)


def _struck(
    lines: pd.DataFrame, line_sources: pd.DataFrame, rule: Sequence[Clause], shares: Mapping[str, Any]
) -> pd.DataFrame:
    """Rate one body of evidence, and again without each of its lines."""
    kept = [lines, *(lines[lines["line"] != line] for line in lines["line"])]
    whole, *without = [settle(tally(left, line_sources, **shares), rule) for left in kept]
    kinds = line_sources.groupby("line")["source_kind"].agg(", ".join)
    return lines.assign(
        source_kinds=lines["line"].map(kinds).fillna(NO_SOURCE),
        rating=whole.rating,
        without=[each.rating for each in without],
        pivotal=[each.rating != whole.rating for each in without],
        reason_without=[each.reason for each in without],
    )


def _agreement(by_rule: str, printed: str, order: Sequence[str]) -> str:
    if by_rule == UNDEFINED:
        return "no rating by the rule"
    if by_rule == printed:
        return "same"
    return "rule higher" if order.index(by_rule) < order.index(printed) else "rule lower"
