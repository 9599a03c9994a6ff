"""Where the recipients of awards are: one 2021 authority for each, by stated rules, with doubts flagged."""

from __future__ import annotations

import pandas as pd

from pfpp_utils.data.geography import doubts
from pfpp_utils.data.geography.benefit import benefit
from pfpp_utils.data.geography.evidence import WAYS, evidence
from pfpp_utils.data.geography.gazetteer import Gazetteer


def place(awards: pd.DataFrame, gazetteer: Gazetteer) -> pd.DataFrame:
    """Place each award's recipient in an authority of 2021, if anything says where it is.

    A county council's money goes to the county as a whole, not to the district of its offices. Where sources
    disagree the surest is taken and the award flagged; :func:`pfpp_utils.data.geography.doubts.conflicts`
    lists them.

    Parameters
    ----------
    awards
        Canonical awards, ``Amount Awarded`` in pounds.
    gazetteer
        What they are placed by.

    Returns
    -------
    pandas.DataFrame
        `awards` with these text columns more: `authority` (official code of 2021, a county's for county
        councils; missing if it could not be placed), `authority_name`, `placed_by` (a key of
        :data:`pfpp_utils.data.geography.evidence.WAYS`), `council` (area whose council the recipient is),
        `benefit_area`, `benefit_level` and `benefit_code` (see :mod:`pfpp_utils.data.geography.benefit`),
        and `place_flag` (doubts joined with "; ", missing if none).
    """
    found = evidence(awards, gazetteer)
    table = gazetteer.councils.authorities.table
    authority, placed_by = _surest(found)
    placed = awards.assign(
        authority=authority,
        authority_name=authority.map(table["name"]).astype("string"),
        placed_by=placed_by,
        council=found["council"],
        **benefit(awards, gazetteer.councils),
    )
    return placed.assign(place_flag=doubts.flags(placed, found, gazetteer.councils.authorities))


def _surest(found: pd.DataFrame) -> tuple[pd.Series[str], pd.Series[str]]:
    """Take the area by the surest way that says something, and the name of the way."""
    authority = placed_by = pd.Series(pd.NA, found.index, dtype="string")
    for way in WAYS:
        placed_by = placed_by.mask(authority.isna() & found[way].notna(), way)
        authority = authority.fillna(found[way])
    return authority, placed_by
