"""Implied values: the inverse of a target, its limits, and a table of them."""

from __future__ import annotations

from fractions import Fraction
from math import inf
from typing import get_args

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfpp_utils.errors import InputError
from pfpp_utils.methods.breakeven import beneficiaries_needed
from pfpp_utils.methods.implied_values import Interval, implied_value, implied_values
from pfpp_utils.methods.optimism import Convention

money = st.one_of(
    st.integers(1, 10**7),
    st.floats(0.01, 1e7, allow_nan=False),
    st.fractions(Fraction(1, 100), 10**7),
)


@given(money, st.integers(1, 500), money)
def test_implied_value_is_the_inverse_of_the_target(cost, target, value):
    assert (beneficiaries_needed(cost, value) == target) == (value in implied_value(cost, target))


@given(money, money)
def test_every_value_lies_in_the_interval_of_its_own_target(cost, value):
    interval = implied_value(cost, beneficiaries_needed(cost, value))
    assert value in interval
    assert beneficiaries_needed(cost, interval.low) == beneficiaries_needed(cost, value)


@given(money, st.integers(2, 500))
def test_limits_of_the_implied_value(cost, target):
    interval = implied_value(cost, target)
    assert beneficiaries_needed(cost, interval.low) == target
    assert beneficiaries_needed(cost, interval.high) == target - 1
    assert interval.high == implied_value(cost, target - 1).low


def test_implied_value_of_the_published_targets():
    assert f"{implied_value(314_000, 22):,.0f}" == "14,273 to 14,952"  # Cornwall
    assert f"{implied_value(248_000, 364):,.0f}" == "681 to 683"  # Liverpool
    assert implied_value(100_000, 1) == Interval(Fraction(100_000), inf)
    assert 10**12 in implied_value(100_000, 1)


def test_bounds_of_an_interval():
    interval = Interval(Fraction(100), Fraction(150))
    assert f"{interval:,.0f}" == "100 to 150"
    assert [value in interval for value in (99.9, 100, 149.9, 150)] == [False, True, True, False]


def test_implied_values_of_a_table():
    targets = pd.DataFrame({"pilot": ["a", "b"], "cost_gbp": [1000, 300], "target": [11, 1]}, index=[7, 3])
    table = implied_values(targets, Fraction(1, 5), Fraction(1, 4))
    assert table[["pilot", "cost_gbp", "target"]].equals(targets)
    assert table["net_low_gbp"].round(6).tolist() == [round(1000 / 11, 6), 300]
    assert table["net_high_gbp"].tolist() == [100, inf]
    assert table.loc[3, list(get_args(Convention))].tolist() == [
        500,
        468.75,
        468.75,
    ]  # 300 / 0.6, 300 x 1.25 / 0.8
    assert "benefits" not in targets
    assert implied_values(targets[:0], 0.2, 0.2).empty


@pytest.mark.parametrize(
    ("cost", "target"), [(0, 22), (-1, 22), (100_000, 0), (100_000, 22.5), (float("nan"), 22)]
)
def test_impossible_numbers(cost, target):
    with pytest.raises(InputError):
        implied_value(cost, target)
