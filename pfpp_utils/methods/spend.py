"""Spend mapping: how much public money reaches a place, in how many grants, to how many recipients.

All functions take an awards table, one row an award, with the columns of
:class:`pfpp_utils.data.grants.Register`, in any engine (:mod:`pfpp_utils.methods.engines`). A *grant* is a
programme (scheme) from which awards are made. Missing recipients, such as redacted ones, count as awards and
in value, but never as a recipient.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from pfpp_utils.methods.amounts import require
from pfpp_utils.methods.engines import Awards
from pfpp_utils.methods.totals import totals

__all__ = ["By", "overlaps", "repeats", "require", "summarise", "value_by"]

By = str | list[str]

DIFFERENT = {"grants": "programme", "recipients": "recipient", "funders": "funder"}


def summarise(awards: Awards, by: By = "place") -> pd.DataFrame:
    """Count awards, grants, recipients and funders, and add up the value.

    These are the measures of the report's section 3.1.3, which gives grants and recipients of four places.

    Parameters
    ----------
    awards
        One row an award; needs `amount_gbp`, `programme`, `recipient`, `funder` and those of `by`.
    by
        Column or columns to group by. Awards for which it is missing form a row of their own. An empty list
        makes one row of all awards.

    Returns
    -------
    pandas.DataFrame
        One row a group, in order of `by`: `awards`, `grants` (different programmes), `recipients` (different
        recipients), `funders` (different ones), `value_gbp`, `recipients_per_grant`.

    Raises
    ------
    InputError
        If a column or an amount is missing.
    """
    return _with_ratio(totals(awards, [by] if isinstance(by, str) else by, distinct=DIFFERENT))


def value_by(awards: Awards, by: str = "funder") -> pd.DataFrame:
    """Add up the value by one column, largest first.

    Parameters
    ----------
    awards
        One row an award; needs `amount_gbp` and the column `by`.
    by
        Column to group by, such as ``"funder"``, ``"policy_area"`` or ``"recipient_type"``.

    Returns
    -------
    pandas.DataFrame
        One row a value of `by` (missing ones too): `awards`, `value_gbp`, `share` of all value (0 to 1).

    Raises
    ------
    InputError
        If a column or an amount is missing.
    """
    table = totals(awards, [by])
    table = table.sort_values("value_gbp", ascending=False, kind="stable", ignore_index=True)
    return table.assign(share=table["value_gbp"] / table["value_gbp"].sum())


def overlaps(awards: Awards) -> pd.DataFrame:
    """Policy areas of a place that two or more funders pay for (report, 3.1.3, first kind of duplication).

    An overlap is a fact about funding lines, not a judgement: separate grants can be needed for safeguards or
    for different purposes (report, footnote 14).

    Parameters
    ----------
    awards
        One row an award; needs `place`, `policy_area` and what :func:`summarise` needs.

    Returns
    -------
    pandas.DataFrame
        One row a place and policy area, largest value of a place first: `funder_names` (joined by commas) and
        the columns of :func:`summarise`.

    Raises
    ------
    InputError
        If a column or an amount is missing.
    """
    keys = ["place", "policy_area"]
    table = totals(awards, keys, distinct={name: DIFFERENT[name] for name in ("grants", "recipients")})
    each = totals(awards, [*keys, "funder"]).dropna(subset=[*keys, "funder"])  # in order of their names
    funders = each.groupby(keys)["funder"].agg(list).to_dict()
    met = [funders.get(group, []) for group in table[keys].itertuples(index=False, name=None)]
    table.insert(2, "funder_names", [", ".join(names) for names in met])
    table.insert(6, "funders", [len(names) for names in met])
    return _largest_first(_with_ratio(table[table["funders"] >= 2]))


def repeats(awards: Awards) -> pd.DataFrame:
    """Policy areas of a place in which one funder makes several grants to several recipients.

    The second kind of duplication in the report's section 3.1.3: 11 grants of one department for housing in
    Birmingham; four net-zero grants to ten recipients in Cornwall. Several means two or more.

    Parameters
    ----------
    awards
        One row an award; needs `place`, `policy_area` and what :func:`summarise` needs.

    Returns
    -------
    pandas.DataFrame
        One row a place, policy area and funder, largest value of a place first: the columns of
        :func:`summarise` but `funders`.

    Raises
    ------
    InputError
        If a column or an amount is missing.
    """
    keys = ["place", "policy_area", "funder"]
    table = summarise(awards, keys).dropna(subset=keys)
    several = table[(table["grants"] >= 2) & (table["recipients"] >= 2)]
    return _largest_first(several).drop(columns="funders")


def _with_ratio(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(recipients_per_grant=table["recipients"] / table["grants"].replace(0, np.nan))


def _largest_first(table: pd.DataFrame) -> pd.DataFrame:
    by, ascending = ["place", "value_gbp"], [True, False]
    return table.sort_values(by, ascending=ascending, kind="stable", ignore_index=True)
