"""Awards ready to be measured: what they became, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

#: Columns of the measured awards by those of the published ones.
COLUMNS = {
    "Identifier": "award",
    "Title": "award_title",
    "Amount Awarded": "amount_gbp",
    "Award Date": "award_date",
    "Grant Programme:Code": "programme",
    "Grant Programme:Title": "programme_title",
    "Grant Programme:Policy Area": "policy_area",
    "Funding Org:Name": "funder",
    "Recipient Org:Identifier": "recipient_identifier",
    "Recipient Org:Name": "recipient_name",
    "Recipient Org:Type": "recipient_type",
    "Recipient Org:Charity Number": "charity_number",
    "Recipient Org:Company Number": "company_number",
    "Recipient Org:Postal Code": "postcode",
    "Allocation Method": "allocation_method",
    "year": "year",
    "file": "file",
    "sheet": "sheet",
    "row": "row",
}
#: Official files that recipients are placed by, by their names in ``data/sources.yml``.
PLACED_BY = ("postcodes", "local-authorities", "ons-lad-county", "ltla21-region", "ltla21-utla")
#: Columns that placing adds.
PLACED = [
    "authority",
    "authority_name",
    "placed_by",
    "council",
    "benefit_area",
    "benefit_level",
    "place_flag",
]


@dataclass(frozen=True)
class Assembled:
    """Awards ready to be measured, and what was done to them.

    Attributes
    ----------
    awards
        One row an award: :data:`COLUMNS` and :data:`PLACED`, `recipient` (an organisation's id, missing where
        it is redacted or unnamed), `pilot` (slug, missing outside the 13 places), `held_of_place` (the
        recipient's share of its place's value) and `headquarters` (whether it is so large that it may be a
        head office), and how the policy area was given: `policy_by`, `policy_rule`, `policy_words`.
    files
        What became of every row of every file, one entry a file.
    placed, unplaced
        Awards and value by the way they were placed, and by the reason they were not.
    ways, review
        Awards and value by the way recipients were matched, and pairs of names to be looked at.
    """

    awards: pd.DataFrame
    files: list[dict[str, Any]]
    placed: pd.DataFrame
    unplaced: pd.DataFrame
    ways: pd.DataFrame
    review: pd.DataFrame
