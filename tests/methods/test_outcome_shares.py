"""Funding for a place's own outcome: an area counts as its outcome in one place and not in another."""

from __future__ import annotations

import pandas as pd
import pytest

from pfpp_utils.errors import InputError
from pfpp_utils.methods import outcome_shares

OUTCOMES = pd.DataFrame(
    [("north", "Health", "outcome"), ("north", "Crime", "related"), ("south", "Crime", "outcome")],
    columns=["pilot", "policy_area", "part"],
)
AWARDS = pd.DataFrame(
    [
        ("north", "Health", 10.0, "a", "DHSC"),
        ("north", "Crime", 20.0, "b", "HO"),
        ("north", "Culture", 60.0, "a", "ACE"),
        ("north", None, 10.0, None, "ACE"),
        ("south", "Health", 5.0, "c", "DHSC"),
        (None, "Health", 7.0, "d", "DHSC"),
    ],
    columns=["pilot", "policy_area", "amount_gbp", "recipient", "funder"],
).assign(programme="P")


def test_an_area_is_judged_by_the_outcome_of_the_place() -> None:
    parts = outcome_shares.parts(AWARDS, OUTCOMES)
    assert parts.tolist() == ["outcome", "related", "other", "not assigned", "other", "other"]


def test_shares_are_of_all_value_and_add_up() -> None:
    table = outcome_shares.by_place(AWARDS, OUTCOMES, ["south", "north", "west"])
    assert table.index.tolist() == ["south", "north", "west"]
    north = table.loc["north"]
    assert (north["awards"], north["recipients"], north["funders"]) == (4, 2, 3)
    assert (north["narrow"], north["wide"]) == (0.1, 0.3)
    assert north[outcome_shares.PARTS].sum() == north["value_gbp"] == 100
    assert table.loc["south", "wide"] == 0


def test_a_place_without_an_award_has_no_share() -> None:
    west = outcome_shares.by_place(AWARDS, OUTCOMES, ["west"]).loc["west"]
    assert west["awards"] == west["value_gbp"] == 0
    assert pd.isna(west["narrow"])
    assert pd.isna(west["wide"])


def test_areas_are_split_by_what_they_are_to_the_place() -> None:
    table = outcome_shares.by_area(AWARDS, OUTCOMES)
    assert table[["policy_area", "part", "value_gbp"]].to_numpy().tolist() == [
        ["Culture", "other", 60.0],
        ["Crime", "related", 20.0],
        ["Health", "outcome", 10.0],
        ["not assigned", "not assigned", 10.0],
        ["Health", "other", 5.0],
    ]
    assert table["share"].sum() == pytest.approx(1)
    assert outcome_shares.by_area(AWARDS.iloc[:0], OUTCOMES).empty


def test_a_missing_column_is_named() -> None:
    with pytest.raises(InputError, match="part"):
        outcome_shares.parts(AWARDS, OUTCOMES.drop(columns="part"))
    with pytest.raises(InputError, match="recipient"):
        outcome_shares.by_place(AWARDS.drop(columns="recipient"), OUTCOMES, ["north"])
