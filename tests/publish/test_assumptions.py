"""Assumptions in words: who stands behind each, and what each would have to be."""

from __future__ import annotations

import pytest

from pfpp_utils.data import pilot_cases
from pfpp_utils.methods.spreads import spread
from pfpp_utils.publish import assumptions

CORNWALL, LUTON = pilot_cases.load("cornwall"), pilot_cases.load("luton")


@pytest.mark.parametrize(
    ("source", "status"),
    [
        ("", "assumed by us"),
        ("Evaluation report, section 2.5", "printed"),
        ("Evaluation report, section 5.3.3; the range is assumed", "partly printed"),
        ("HM Treasury, guidance", "from guidance"),
    ],
)
def test_status_follows_from_the_source(source: str, status: str) -> None:
    given = {"central": 0.2} | ({"source": source} if source else {})
    assert assumptions.status(spread("share", given, falls=False, where="share")) == status


def test_the_table_has_every_assumption_with_its_range() -> None:
    table = assumptions.table(CORNWALL).set_index("Assumption")
    assert len(table) == len(CORNWALL.spreads)
    assert table.loc["Cost", ["Low", "Central", "High"]].tolist() == ["£264,000", "£314,000", "£364,000"]
    assert table.loc["Conversion", ["Low", "Central", "High"]].tolist() == ["9%", "19%", "34%"]
    assert table.loc["Conversion", "Source"].startswith("7 of 37 counted")
    assert table.loc["Value of one unit (WELLBY, prices of 2019)", "Status"] == "from guidance"
    assert table.loc["Units gained", "Status"] == "assumed by us"


def test_switching_values_in_words() -> None:
    table = assumptions.turned_round(CORNWALL.case()).set_index("Assumption")
    assert table.loc["People who benefit"].tolist() == ["7", "34", "+383%"]  # 33.82, upwards
    assert table.loc["Deadweight"].tolist() == ["20%", "no possible value", "none"]
    assert table.loc["Cost", "Must be"] == "£64,984"  # 7 x 9,283.42


def test_without_a_number_of_people_only_that_number_can_be_turned_round() -> None:
    assert assumptions.turned_round(LUTON.case()).to_numpy().tolist() == [
        ["People who benefit", "not stated", "71", "none"]
    ]


def test_a_field_without_words_is_still_named() -> None:
    assert assumptions.label("outcomes[work].additionality.leakage") == "Leakage"
    assert assumptions.written("outcomes[work].additionality.leakage", 0.125) == "12%"
