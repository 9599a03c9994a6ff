"""Awards are placed by what a project says of its places, the surest way first."""

from __future__ import annotations

import pandas as pd
import pytest

from pfpp_utils.data.awards.columns import CANONICAL
from pfpp_utils.data.own import placing

AREAS = pd.DataFrame(
    [
        ("alder", "authority", "Alder"),
        ("alder", "code", "E06999001"),
        ("fell", "authority", "High Fell District Council"),
        ("fell", "postcode", "ZZ1"),
        ("alder", "postcode", "ZZ1 2"),
    ],
    columns=["place", "kind", "value"],
)
LOCATION, CITY, CODE = (
    "Recipient Org:Location:Name",
    "Recipient Org:City",
    "Recipient Org:Location:Geographic Code",
)
POSTCODE, NAME = "Recipient Org:Postal Code", "Recipient Org:Name"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({LOCATION: "ALDER BOROUGH COUNCIL"}, ("alder", None)),
        ({LOCATION: "High Fell"}, ("fell", None)),
        ({CITY: "Alder"}, ("alder", None)),
        ({LOCATION: "Alderton"}, (None, None)),
        ({POSTCODE: "zz1 9xx"}, ("fell", None)),
        ({POSTCODE: "ZZ12AB"}, ("alder", None)),
        ({POSTCODE: "ZZ19 2AB"}, (None, None)),
        ({POSTCODE: "not known"}, (None, None)),
        ({CODE: " e06999001 ", LOCATION: "High Fell"}, ("alder", "fell")),
        ({LOCATION: "High Fell", POSTCODE: "ZZ1 2AB"}, ("fell", "alder")),
        ({NAME: "Alder Council"}, ("alder", None)),
        ({NAME: "Alder"}, (None, None)),
        ({NAME: "Friends of Alder"}, (None, None)),
        ({}, (None, None)),
    ],
)
def test_place(said, expected):
    awards = pd.DataFrame([said]).reindex(columns=list(CANONICAL)).astype("string")
    found = placing.place(awards, AREAS).iloc[0]
    assert tuple(None if pd.isna(found[name]) else found[name] for name in ("place", "disagree")) == expected
    assert pd.isna(found["placed_by"]) == (expected[0] is None)
