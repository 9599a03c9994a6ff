"""What goes on from year to year in the registers that are held, or why that cannot be said."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

from pfpp_utils.data import external, grants
from pfpp_utils.methods import turnover

COLUMNS = {
    "from_year": "From",
    "to_year": "To",
    "matched_by": "Grants matched by",
    "before": "Grants before",
    "after": "Grants after",
    "continue": "Go on",
    "end": "End",
    "begin": "Begin",
    "share_ended": "Share that ended",
}
COMMAND = "`pfpp spend FIRST-YEAR.xlsx NEXT-YEAR.ods --json`"


def counted() -> pd.DataFrame:
    """Count the grants that go on, end and begin, over all consecutive years of which a register is held.

    Returns
    -------
    pandas.DataFrame
        Columns as the values of :data:`COLUMNS`; no row if no two consecutive years are held.
    """
    held = external.held_years(grants.OFFICIAL) if grants.placeable() else []
    years = sorted({year for one in pairwise(held) if _follows(*one) for year in one})
    if not years:
        return pd.DataFrame(columns=[*COLUMNS.values()])
    awards = pd.concat([grants.read_register(year).awards.assign(year=year) for year in years])
    found = turnover.grants(awards)[[*COLUMNS]].round({"share_ended": 3})
    return found.rename(columns=COLUMNS)


def said(register: grants.Register) -> str:
    """Say why nothing is counted from year to year, and what would do it.

    Parameters
    ----------
    register
        The register that the page shows.

    Returns
    -------
    str
        A paragraph of Markdown.
    """
    held = external.held_years(grants.OFFICIAL)
    only = f"Only {held[0]} is held" if len(held) == 1 else "No two years that follow each other are held"
    if register.illustrative:
        only = f"The invented register is of one year, {register.year}"
    return (
        f"{only}, so that nothing is counted here from one year to the next. Two registers in one command, "
        f"{COMMAND}, print which share of grants went on, ended and began, matched by code, title and both."
    )


def _follows(one: str, other: str) -> bool:
    return int(other[:4]) == int(one[:4]) + 1
