"""The accuracy that a page states is that of the test part, and by nothing learnt from it."""

from __future__ import annotations

from pfpp_utils.data import policy_sample, tables


def test_it_is_measured_on_the_test_part_alone() -> None:
    found = policy_sample.accuracy()
    labels = tables.load("policy_labels")
    assert found.loc["all", "of"] == (labels["part"] == "test").sum()
    assert 0.6 < found.loc["all", "low"] < found.loc["all", "estimate"] < found.loc["all", "high"] < 0.9
    assert found.loc["assigned", "estimate"] > found.loc["all", "estimate"]
