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
        ("", ("assumed by us", "assumed by us")),
        ("Evaluation report, section 2.5", ("printed", "printed")),
        ("Evaluation report, which assumes 17%", ("printed", "printed")),
        ("Evaluation report, section 5.3.3; range assumed by us", ("printed", "assumed by us")),
        ("Evaluation report; centre derived by us; range assumed by us", ("derived by us", "assumed by us")),
        ("HM Treasury, guidance", ("from guidance", "from guidance")),
    ],
)
def test_status_follows_from_the_source(source: str, status: tuple[str, str]) -> None:
    given = {"low": 0.1, "central": 0.2, "high": 0.4} | ({"source": source} if source else {})
    assert assumptions.status(spread("share", given, falls=False, where="share")) == status


def test_a_number_without_range_and_a_share_counted() -> None:
    one = spread("share", {"central": 0.2, "source": "Evaluation report"}, falls=False, where="share")
    counted = spread(
        "share", {"count": 7, "of": 37, "source": "Evaluation report"}, falls=False, where="share"
    )
    assert assumptions.status(one) == ("printed", "none")
    assert assumptions.status(counted) == ("printed", "derived by us")


def test_the_table_has_every_assumption_with_its_range() -> None:
    table = assumptions.table(CORNWALL).set_index("Assumption")
    assert len(table) == len(CORNWALL.spreads)
    assert table.loc["Cost", ["Low", "Central", "High"]].tolist() == ["£264,000", "£314,000", "£364,000"]
    assert table.loc["Conversion", ["Low", "Central", "High"]].tolist() == ["9%", "19%", "34%"]
    assert table.loc["Conversion", "Source"].startswith("7 of 37 counted")
    assert table.loc["Value of one unit (WELLBY, prices of 2019)", "Centre is"] == "from guidance"
    assert table.loc["Units gained", "Centre is"] == "assumed by us"
    assert table.loc["Cost", ["Centre is", "Range is", "Source"]].tolist() == [
        "printed", "derived by us", "Evaluation report, Table 1; section 2.2",
    ]  # fmt: skip


def test_units_from_the_targets_of_other_pilots_are_not_printed() -> None:
    row = assumptions.table(LUTON).set_index("Assumption").loc["Units gained"]
    assert row[["Centre is", "Range is"]].tolist() == ["derived by us", "derived by us"]


def test_how_far_switching_values_are() -> None:
    assert assumptions.changes(assumptions.turned_round(CORNWALL.case())) == ", 79% to 419% away"
    assert assumptions.changes(assumptions.turned_round(LUTON.case())) == ""


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
