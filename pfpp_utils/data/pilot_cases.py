"""The pilots whose breakeven was analysed: what is printed of each, whom it reached, and its case file."""

from __future__ import annotations

import pandas as pd

from pfpp_utils import project
from pfpp_utils.data import cases, tables
from pfpp_utils.errors import InputError

#: Units of Table 9 in which people are counted.
PEOPLE = ("people", "students", "residents")
#: The outcome of a case file that stands in where the report names none to be valued.
PLACEHOLDER = "gaining in wellbeing"


def analysed() -> pd.DataFrame:
    """List the pilots that the evaluation analysed.

    Returns
    -------
    pandas.DataFrame
        One row a pilot, as in table ``breakeven_pilots``, with ``target`` (people; missing where none is
        printed), ``place``, ``funding_gbp`` and ``funding_tier`` from table ``pilots``, ``reached`` and
        ``studied``.
    """
    printed = tables.load("breakeven_pilots").rename(columns={"target_beneficiaries": "target"})
    known = tables.load("pilots")[["pilot", "place", "funding_gbp", "funding_tier"]]
    frame = printed.merge(known, on="pilot", validate="one_to_one")
    return frame.assign(reached=frame["pilot"].map(reached()), studied=frame["pilot"].map(studied()))


def reached() -> pd.Series[float]:
    """Find how many people each pilot reached, as far as the report counts people.

    Returns
    -------
    pandas.Series
        People by pilot: the figure of Table 9 that counts people. Newcastle is missing, where the table
        counts referrals and section 5.3.3 says that users were not counted.
    """
    table = tables.load("reach").query("in_reach_column and unit in @PEOPLE")
    return table.dropna(subset="value").set_index("pilot")["value"].astype(float)


def studied() -> pd.Series[float]:
    """Find how many people a study followed, which says nothing of how many came.

    Returns
    -------
    pandas.Series
        People by pilot, from section 5.3.3.
    """
    steps = tables.load("breakeven_steps").query("step == 'users_studied'")
    return steps.set_index("pilot")["value"].astype(float)


def load(pilot: str) -> cases.CaseFile:
    """Read the case file of one of the pilots.

    Parameters
    ----------
    pilot
        Slug, such as ``"cornwall"``.

    Returns
    -------
    CaseFile
        From which to make cases.

    Raises
    ------
    InputError
        If the pilot had no breakeven analysis, or the file is not sound.
    """
    allowed = list(tables.load("breakeven_pilots")["pilot"])
    if pilot not in allowed:
        raise InputError("this pilot had no breakeven analysis", where="place", found=pilot, allowed=allowed)
    return cases.read(project.data() / "cases" / f"{pilot}.yml")
