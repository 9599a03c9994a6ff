"""Flows of money from level to level of an awards table: the links of a Sankey diagram, and its table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd

from pfpp_utils.errors import InputError
from pfpp_utils.methods.amounts import require_columns
from pfpp_utils.methods.engines import Awards
from pfpp_utils.methods.totals import regroup, totals


def flows(
    awards: Awards,
    levels: Sequence[str] = ("funder", "policy_area", "recipient_type"),
    *,
    top: int | None = None,
) -> pd.DataFrame:
    """Add up awards from each level to the next.

    Between any two levels that follow each other the links add up to all awards and all value, so nothing is
    lost on the way. The report's Figure 3 shows such flows for one place.

    Parameters
    ----------
    awards
        One row an award; needs `amount_gbp` and the columns of `levels`.
    levels
        Two or more columns, from funder to recipient.
    top
        Keep the so many largest names of each level by value, and fold the others into one, such as
        "Other funders". None keeps all. Missing names become one such as "Funder not stated".

    Returns
    -------
    pandas.DataFrame
        One row a link, levels in order and the largest first: `source_level`, `source`, `target_level`,
        `target`, `value_gbp`, `awards`. A name may occur on two levels: a node is a level and a name.

    Raises
    ------
    InputError
        If there are fewer than two levels or one is named twice, `top` is below 1, or a column or an
        amount is missing.

    Examples
    --------
    >>> awards = pd.DataFrame(
    ...     {"funder": ["A", "A", "B"], "recipient_type": ["council"] * 3, "amount_gbp": [5, 1, 2]}
    ... )
    >>> flows(awards, ["funder", "recipient_type"])[["source", "target", "value_gbp", "awards"]]
      source   target  value_gbp  awards
    0      A  council          6       2
    1      B  council          2       1
    """
    require_columns(awards, levels)
    if len(levels) < 2 or len(set(levels)) < len(levels):
        raise InputError(
            "too few levels", where="levels", found=list(levels), allowed="two or more different columns"
        )
    if top is not None and top < 1:
        raise InputError(
            "too few names to keep", where="top", found=top, allowed="a whole number from 1, or None"
        )
    routes = totals(awards, levels)  # one pass, whatever the number of levels
    folded = routes.assign(**{level: _fold(routes, level, top) for level in levels})
    return pd.concat([_links(folded, *pair) for pair in pairwise(levels)], ignore_index=True)


def _fold(routes: pd.DataFrame, level: str, top: int | None) -> pd.Series[str]:
    label = level.replace("_", " ")
    stated = routes[level].astype(object).fillna(f"{label.capitalize()} not stated")
    if top is None:
        return stated
    sums = regroup(routes.assign(**{level: stated}), [level]).set_index(level)["value_gbp"]
    largest = sums.sort_values(ascending=False, kind="stable").index[:top]
    return stated.where(stated.isin(largest), f"Other {label}s")


def _links(routes: pd.DataFrame, source: str, target: str) -> pd.DataFrame:
    links = regroup(routes, [source, target]).rename(columns={source: "source", target: "target"})
    links = links.assign(source_level=source, target_level=target)
    links = links.sort_values("value_gbp", ascending=False, kind="stable")
    return links[["source_level", "source", "target_level", "target", "value_gbp", "awards"]]
