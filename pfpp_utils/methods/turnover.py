"""What continues from one financial year to the next: grants and recipients that go on, end and begin.

What it cannot show. A scheme with a new name and a new code looks like one that ended and one that began; a
code given anew looks like one that goes on. So grants are matched in three ways, and each result is shown. A
grant that pays nothing in one year and again in the next counts as ended and begun. Nor is a year whose
register leaves departments out comparable with one that does not.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import get_args

import pandas as pd

from pfpp_utils.errors import InputError
from pfpp_utils.methods import columns
from pfpp_utils.methods.grant_pairs import Way, listing, states

DISCONTINUED = 1 / 3
"""Benchmark for `share_ended`: about a third of the grants to English councils, combined and fire authorities
did not go on from one year to the next, 2015-16 to 2018-19 (Local Government Association and TRL Insight,
Fragmented funding, 2020; its summary says more than a third). A register has awards to others as well."""


def grants(awards: pd.DataFrame) -> pd.DataFrame:
    """Count the grants that continue, end and begin between consecutive years, matched in three ways.

    Parameters
    ----------
    awards
        One row an award; needs `year` (such as ``"2016-17"``), `programme` (code), `programme_title` and
        `amount_gbp`. Awards with neither code nor title are left out.

    Returns
    -------
    pandas.DataFrame
        One row a pair of years and way of matching (``code``; ``title``, but for case, punctuation and years;
        ``code, then title``): `from_year`, `to_year`, `matched_by`, the numbers `before`, `after`,
        `continue`, `end`, `begin`, the shares `share_ended` (of those before; benchmark `DISCONTINUED`) and
        `share_begun` (of those after), and the values in pounds `ended_gbp` (in the first year), `begun_gbp`
        (in the second), `continued_from_gbp` and `continued_to_gbp` (in the first and in the second).

    Raises
    ------
    InputError
        If a column is missing, a year is none, or no two years are consecutive.

    Examples
    --------
    >>> awards = pd.DataFrame(
    ...     {
    ...         "year": ["2016-17", "2016-17", "2017-18"],
    ...         "programme": ["P1", "P2", "P9"],
    ...         "programme_title": ["Bus fund 2016/17", "Road fund", "BUS FUND 2017/18"],
    ...         "amount_gbp": [5.0, 3.0, 6.0],
    ...     }
    ... )
    >>> grants(awards)[["matched_by", "continue", "end", "begin", "share_ended"]].to_dict("records")[1:]
    [{'matched_by': 'title', 'continue': 1, 'end': 1, 'begin': 0, 'share_ended': 0.5}, \
{'matched_by': 'code, then title', 'continue': 1, 'end': 1, 'begin': 0, 'share_ended': 0.5}]
    """
    rows = [
        {"from_year": one, "to_year": other, "matched_by": way} | _counted(listing(awards, one, other, way))
        for one, other in consecutive(awards)
        for way in get_args(Way)
    ]
    return pd.DataFrame(rows)


def recipients(awards: pd.DataFrame) -> pd.DataFrame:
    """Count the organisations paid in both of two consecutive years, and those paid in one of them only.

    Parameters
    ----------
    awards
        One row an award; needs `year`, `recipient` (id of the organisation) and `amount_gbp`. Awards without
        a recipient are left out.

    Returns
    -------
    pandas.DataFrame
        One row a pair of years, with the columns of :func:`grants` but `matched_by`.

    Raises
    ------
    InputError
        If a column is missing, a year is none, or no two years are consecutive.

    Examples
    --------
    >>> awards = pd.DataFrame(
    ...     {
    ...         "year": ["2016-17", "2016-17", "2017-18"],
    ...         "recipient": ["a", "b", "a"],
    ...         "amount_gbp": [1.0, 2.0, 4.0],
    ...     }
    ... )
    >>> recipients(awards)[["continue", "end", "ended_gbp", "continued_to_gbp"]].to_dict("records")
    [{'continue': 1, 'end': 1, 'ended_gbp': 2.0, 'continued_to_gbp': 4.0}]
    """
    columns.require(awards, ["year", "recipient", "amount_gbp"], "awards")
    paid = awards.dropna(subset=["recipient"]).pivot_table(
        index="recipient", columns="year", values="amount_gbp", aggfunc="sum"
    )
    rows = []
    for one, other in consecutive(awards):
        two = paid.reindex(columns=[one, other]).set_axis(["from_gbp", "to_gbp"], axis=1).dropna(how="all")
        rows.append({"from_year": one, "to_year": other} | _counted(two.assign(state=states(two))))
    return pd.DataFrame(rows)


def consecutive(awards: pd.DataFrame) -> list[tuple[str, str]]:
    """Pairs of financial years that follow each other.

    Raises
    ------
    InputError
        If `year` is no column, a year is none, or no two are consecutive.

    Examples
    --------
    >>> consecutive(pd.DataFrame({"year": ["2018-19", "2016-17", "2017-18", "2021-22"]}))
    [('2016-17', '2017-18'), ('2017-18', '2018-19')]
    """
    columns.require(awards, ["year"], "awards")
    years = sorted(map(str, awards["year"].dropna().unique()))
    wrong = [year for year in years if not _is_year(year)]
    pairs = [two for two in pairwise(years) if not wrong and int(two[1][:4]) == int(two[0][:4]) + 1]
    if not pairs:
        found, allowed = wrong or years, "such as 2016-17 and 2017-18"
        where = "awards, column year"
        raise InputError("no two consecutive financial years", where=where, found=found, allowed=allowed)
    return pairs


def _is_year(text: str) -> bool:
    found = re.fullmatch(r"(\d{4})-(\d\d)", text)
    return bool(found) and (int(text[:4]) + 1) % 100 == int(text[5:])


def _counted(table: pd.DataFrame) -> dict[str, float]:
    count = {state: int((table["state"] == state).sum()) for state in ("continue", "end", "begin")}
    before, after = count["continue"] + count["end"], count["continue"] + count["begin"]
    goes_on = table[table["state"] == "continue"]
    return {
        "before": before,
        "after": after,
        **count,
        "share_ended": count["end"] / before if before else float("nan"),
        "share_begun": count["begin"] / after if after else float("nan"),
        "ended_gbp": table.loc[table["state"] == "end", "from_gbp"].sum(),
        "begun_gbp": table.loc[table["state"] == "begin", "to_gbp"].sum(),
        "continued_from_gbp": goes_on["from_gbp"].sum(),
        "continued_to_gbp": goes_on["to_gbp"].sum(),
    }
