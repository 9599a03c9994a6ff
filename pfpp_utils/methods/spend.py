"""Spend mapping: how much public money reaches a place, in how many grants, to how many recipients.

All functions take an awards table, one row an award, with the columns of
:class:`pfpp_utils.data.grants.Register`. A *grant* is a programme (scheme) from which awards are made.
Missing recipients, such as redacted ones, count as awards and in value, but never as a recipient.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from pfpp_utils.errors import InputError

By = str | list[str]


def summarise(awards: pd.DataFrame, by: By = "place") -> pd.DataFrame:
    """Count awards, grants, recipients and departments, and add up the value.

    These are the measures of the report's section 3.1.3, which gives grants and recipients of four places.

    Parameters
    ----------
    awards
        One row an award; needs `amount_gbp`, `programme`, `recipient`, `department` and those of `by`.
    by
        Column or columns to group by. Awards for which it is missing form a row of their own.

    Returns
    -------
    pandas.DataFrame
        One row a group, in order of `by`: `awards`, `grants` (different programmes), `recipients` (different
        recipients), `departments` (different ones), `value_gbp`, `recipients_per_grant`.

    Raises
    ------
    InputError
        If a column or an amount is missing.
    """
    keys = [by] if isinstance(by, str) else by
    require(awards, [*keys, "programme", "recipient", "department"])
    table = awards.groupby(keys, dropna=False, as_index=False).agg(
        awards=("amount_gbp", "size"),
        grants=("programme", "nunique"),
        recipients=("recipient", "nunique"),
        departments=("department", "nunique"),
        value_gbp=("amount_gbp", "sum"),
    )
    return table.assign(recipients_per_grant=table["recipients"] / table["grants"].replace(0, np.nan))


def value_by(awards: pd.DataFrame, by: str = "department") -> pd.DataFrame:
    """Add up the value by one column, largest first.

    Parameters
    ----------
    awards
        One row an award; needs `amount_gbp` and the column `by`.
    by
        Column to group by, such as ``"department"``, ``"policy_area"`` or ``"recipient_type"``.

    Returns
    -------
    pandas.DataFrame
        One row a value of `by` (missing ones too): `awards`, `value_gbp`, `share` of all value (0 to 1).

    Raises
    ------
    InputError
        If a column or an amount is missing.
    """
    require(awards, [by])
    grouped = awards.groupby(by, dropna=False, as_index=False)
    table = grouped.agg(awards=("amount_gbp", "size"), value_gbp=("amount_gbp", "sum"))
    table = table.sort_values("value_gbp", ascending=False, kind="stable", ignore_index=True)
    return table.assign(share=table["value_gbp"] / table["value_gbp"].sum())


def overlaps(awards: pd.DataFrame) -> pd.DataFrame:
    """Policy areas of a place that two or more departments fund (report, 3.1.3, first kind of duplication).

    An overlap is a fact about funding lines, not a judgement: separate grants can be needed for safeguards or
    for different purposes (report, footnote 14).

    Parameters
    ----------
    awards
        One row an award; needs `place`, `policy_area` and what :func:`summarise` needs.

    Returns
    -------
    pandas.DataFrame
        One row a place and policy area, largest value of a place first: `funders` (the departments, joined by
        commas) and the columns of :func:`summarise`.

    Raises
    ------
    InputError
        If a column or an amount is missing.
    """
    keys = ["place", "policy_area"]
    require(awards, keys)
    table = summarise(awards.dropna(subset=keys), keys)
    funders = awards.groupby(keys)["department"].agg(lambda codes: ", ".join(sorted(codes.dropna().unique())))
    table.insert(2, "funders", table[keys].join(funders, on=keys)["department"])
    return _largest_first(table[table["departments"] >= 2])


def repeats(awards: pd.DataFrame) -> pd.DataFrame:
    """Policy areas of a place in which one department makes several grants to several recipients.

    The second kind of duplication in the report's section 3.1.3: 11 grants of one department for housing in
    Birmingham; four net-zero grants to ten recipients in Cornwall. Several means two or more.

    Parameters
    ----------
    awards
        One row an award; needs `place`, `policy_area` and what :func:`summarise` needs.

    Returns
    -------
    pandas.DataFrame
        One row a place, policy area and department, largest value of a place first: the columns of
        :func:`summarise` but `departments`.

    Raises
    ------
    InputError
        If a column or an amount is missing.
    """
    keys = ["place", "policy_area", "department"]
    require(awards, keys)
    table = summarise(awards.dropna(subset=keys), keys)
    several = table[(table["grants"] >= 2) & (table["recipients"] >= 2)]
    return _largest_first(several).drop(columns="departments")


def require(awards: pd.DataFrame, columns: Iterable[str]) -> None:
    """Refuse an awards table without one of the columns, or without an amount in every row.

    Parameters
    ----------
    awards
        One row an award.
    columns
        Columns needed besides `amount_gbp`.

    Raises
    ------
    InputError
        Naming the missing columns, or the first row without an amount.
    """
    missing = [column for column in ("amount_gbp", *columns) if column not in awards]
    if missing:
        raise InputError("missing column", where="awards", found=missing, allowed=list(awards.columns))
    if (blank := awards["amount_gbp"].isna()).any():
        row = f"awards, row {blank.idxmax()}"
        raise InputError("missing amount", where=row, found=None, allowed="an amount in pounds")


def _largest_first(table: pd.DataFrame) -> pd.DataFrame:
    by, ascending = ["place", "value_gbp"], [True, False]
    return table.sort_values(by, ascending=ascending, kind="stable", ignore_index=True)
