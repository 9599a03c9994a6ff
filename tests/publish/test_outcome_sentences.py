"""Sentences on funding for an outcome: numbers as computed, and sense where there is nothing."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from pfpp_utils.publish import outcome_sentences

MEASURED = pd.DataFrame(
    {"of": [200, 150], "estimate": [0.75, 0.9], "low": [0.7, 0.8], "high": [0.8, 0.95],
     "right_by_value": [0.2, 0.9]}, index=["all", "assigned"],
)  # fmt: skip


def test_accuracy_says_what_was_measured_and_how_these_awards_fared() -> None:
    said = outcome_sentences.accuracy(MEASURED, pd.Series(["rule", "rule", "rule", "none"]))
    for part in ("200 schemes", "75% (95% interval 70% to 80%)", "90% of those", "it is 20%"):
        assert part in said
    assert said.endswith("given by a rule for 75%, none of these for 25%.")


def test_accuracy_without_awards_says_nothing_of_them() -> None:
    assert "this page" not in outcome_sentences.accuracy(MEASURED, pd.Series([], dtype="string"))


def test_the_largest_is_named_with_its_share() -> None:
    values = pd.Series({"A": 1.0, "b trust": 3.0})
    assert outcome_sentences.largest(values, verb="gives") == "B trust gives 75% of the value"
    assert outcome_sentences.largest(values * 0) == "There is no value"
    assert outcome_sentences.largest(values.iloc[:0]) == "There is no value"


def test_shares_of_one_place_and_of_several() -> None:
    areas = pd.Series({"Homelessness": 4.0, "Culture and sport": 1.0})
    table = pd.DataFrame({"narrow": [0.1, None], "wide": [0.2, None]})
    assert outcome_sentences.shares(table.iloc[:1], areas).startswith("10.0% of the value")
    assert outcome_sentences.shares(table, areas).startswith("No place has more than 10.0%")
    assert outcome_sentences.shares(table.iloc[1:], areas.iloc[:0]) == "There is no value"


@pytest.mark.parametrize(
    ("areas", "said"),
    [
        ({"Culture and sport": 5.0}, "is in a policy area of the outcome: all are culture and sport"),
        ({"Culture and sport": 3.0, "Migration": 1.0}, "is in .*: 75% of the value is culture and sport"),
        ({"Migration": 1.0, "not assigned": 3.0}, "is known to be in .*: 25% of the value is migration"),
        ({"not assigned": 3.0}, "could be given a policy area"),
    ],
)
def test_where_nothing_is_for_the_outcome_the_title_says_what_the_awards_are(areas, said) -> None:
    none = pd.DataFrame({"narrow": [0.0, None], "wide": [0.0, None]})
    for table in (none, none.iloc[:1]):
        title = outcome_sentences.shares(table, pd.Series(areas))
        assert re.fullmatch(f"None of the awards held {said}", title.replace(" of its place", ""))
        assert "0.0%" not in title


def test_what_could_not_be_placed_is_told() -> None:
    lost = pd.Series({"awards": 1200.0, "value_gbp": 5000.0, "share": 0.125})
    said = outcome_sentences.unplaced(lost, "the 13 places")
    assert "1,200 (£5,000, 12.5% of the value) could not be placed" in said
    assert said.endswith("gone to the 13 places.")
    assert "none (0.0%" in outcome_sentences.unplaced(lost * 0, "Luton")
