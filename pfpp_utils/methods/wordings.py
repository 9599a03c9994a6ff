"""The ways in which a text prints its figures: which sections print one, and whether they agree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd


class Repetition(NamedTuple):
    """How many figures several sections print, how many of these agree, and how many one section prints."""

    repeated: int
    agreeing: int
    once: int


def wordings(rows: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    """List the different ways in which a text prints its figures, each with the sections that print it.

    Figures that a report repeats can be compared so: one printed alike everywhere has one row.

    Parameters
    ----------
    rows
        One row a figure as printed in one section, such as table ``spend_published``; needs `section`.
    columns
        Columns whose values make a way of printing, each with a new name. Missing values are alike.

    Returns
    -------
    pandas.DataFrame
        One row a way of printing, in order of appearance: the columns under their new names, and `Sections`,
        joined by commas.

    Examples
    --------
    >>> rows = pd.DataFrame({"place": ["Luton"] * 3, "value": [5, 5, 6], "section": ["1", "2", "3"]})
    >>> wordings(rows, {"place": "Place", "value": "Grants"})
       Place  Grants Sections
    0  Luton       5     1, 2
    1  Luton       6        3
    """
    ways = rows.groupby([*columns], dropna=False, sort=False)["section"].agg(", ".join)
    return ways.reset_index().rename(columns={**columns, "section": "Sections"})


def repetition(rows: pd.DataFrame, figure: list[str], ways: list[str]) -> Repetition:
    """Count the figures that a text repeats, and those that it repeats without contradiction.

    Parameters
    ----------
    rows
        One row a figure as printed in one section, such as table ``spend_published``; needs `section`.
    figure
        Columns that tell one figure from another.
    ways
        Columns that must be alike for two sections to agree. Missing values are alike.

    Examples
    --------
    >>> rows = pd.DataFrame({"place": ["Luton", "Luton", "Hackney"], "value": 7, "section": list("121")})
    >>> repetition(rows, ["place"], ["value"])
    Repetition(repeated=1, agreeing=1, once=1)
    """
    groups = rows.groupby(figure, dropna=False)
    sections = groups["section"].nunique()
    alike = rows.drop_duplicates([*figure, *ways]).groupby(figure, dropna=False).size() == 1
    several = sections > 1
    return Repetition(int(several.sum()), int((several & alike).sum()), int((~several).sum()))


def printed(rows: pd.DataFrame) -> pd.Series[str]:
    """Write figures as a text prints them, with qualifier and unit: ``"around 33%"``, ``"384 grants"``.

    Parameters
    ----------
    rows
        Columns `value`, `value_qualifier` (``"exactly"`` is left out), `unit` (as is ``"year"``, which is
        written without a comma) and `financial_year`, which stands for a missing value.
    """
    year = rows["unit"].eq("year") | rows["value"].isna()
    number = rows["value"].map("{:,.0f}".format).mask(year, rows["value"].astype("Int64").astype("string"))
    number = number.fillna(rows["financial_year"])
    unit = (" " + rows["unit"]).replace({" percent": "%", " year": ""}).fillna("")
    qualifier = (rows["value_qualifier"] + " ").replace("exactly ", "").fillna("")
    return (qualifier + number + unit).astype(str)
