"""Breakeven: the implied value as the inverse of the target, the conventions, the surface, the WELLBY."""

from __future__ import annotations

from fractions import Fraction
from math import inf

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfpp_utils.errors import InputError
from pfpp_utils.methods import breakeven as be
from pfpp_utils.methods.claims import exact

CONVENTIONS = ("reduce_benefits", "divide_benefits", "uplift_cost")

money = st.one_of(
    st.integers(1, 10**7),
    st.floats(0.01, 1e7, allow_nan=False),
    st.fractions(Fraction(1, 100), 10**7),
)
shares = st.fractions(0, Fraction(99, 100))


@given(money, st.integers(1, 500), money)
def test_implied_value_is_the_inverse_of_the_target(cost, target, value):
    assert (be.beneficiaries_needed(cost, value) == target) == (value in be.implied_value(cost, target))


@given(money, money)
def test_every_value_lies_in_the_interval_of_its_own_target(cost, value):
    interval = be.implied_value(cost, be.beneficiaries_needed(cost, value))
    assert value in interval
    assert be.beneficiaries_needed(cost, interval.low) == be.beneficiaries_needed(cost, value)


@given(money, st.integers(2, 500))
def test_limits_of_the_implied_value(cost, target):
    interval = be.implied_value(cost, target)
    assert be.beneficiaries_needed(cost, interval.low) == target
    assert be.beneficiaries_needed(cost, interval.high) == target - 1
    assert interval.high == be.implied_value(cost, target - 1).low


def test_implied_value_of_the_published_targets():
    assert f"{be.implied_value(314_000, 22):,.0f}" == "14,273 to 14,952"  # Cornwall
    assert f"{be.implied_value(248_000, 364):,.0f}" == "681 to 683"  # Liverpool
    assert be.implied_value(100_000, 1) == be.Interval(Fraction(100_000), inf)
    assert 10**12 in be.implied_value(100_000, 1)


def test_bounds_of_an_interval():
    interval = be.Interval(Fraction(100), Fraction(150))
    assert f"{interval:,.0f}" == "100 to 150"
    assert [value in interval for value in (99.9, 100, 149.9, 150)] == [False, True, True, False]


@pytest.mark.parametrize(
    ("convention", "expected"),
    [
        ("reduce_benefits", Fraction(640)),
        ("divide_benefits", Fraction(2000, 3)),
        ("uplift_cost", Fraction(2000, 3)),
    ],
)
def test_conventions_by_hand(convention, expected):
    assert be.net_value(1000, 0.2, 0.2, convention) == expected


@given(money, money, shares, shares)
def test_uplift_on_cost_needs_as_many_as_uplifting_the_cost(cost, value, deadweight, bias):
    lifted = exact(cost) * (1 + bias)
    plain = exact(value) * (1 - deadweight)
    net = be.net_value(value, deadweight, bias, "uplift_cost")
    assert be.beneficiaries_needed(cost, net) == be.beneficiaries_needed(lifted, plain)


@given(money, shares, shares, st.sampled_from(CONVENTIONS))
def test_gross_value_undoes_net_value(value, deadweight, bias, convention):
    net = be.net_value(value, deadweight, bias, convention)
    assert be.gross_value(net, deadweight, bias, convention) == exact(value)
    assert net <= exact(value)


def test_surface_rises_with_deadweight_and_falls_with_value():
    table = be.surface({"Bodmin": 314_000}, [10_000, 20_000], [0, 0.2, 0.5], 0.2, "reduce_benefits")
    assert table.drop(columns="name").to_numpy().tolist() == [
        [10_000, 0, 40],  # 39.25
        [10_000, 0.2, 50],  # 49.06
        [10_000, 0.5, 79],  # 78.5
        [20_000, 0, 20],
        [20_000, 0.2, 25],
        [20_000, 0.5, 40],
    ]
    lifted = be.surface({"Bodmin": 314_000, "Half": 157_000}, [10_000], [0.2], 0.2, "uplift_cost")
    assert lifted["name"].tolist() == ["Bodmin", "Half"]
    assert lifted["beneficiaries"].tolist() == [48, 24]  # 47.1 and 23.55


def test_implied_values_of_a_table():
    targets = pd.DataFrame({"pilot": ["a", "b"], "cost_gbp": [1000, 300], "target": [11, 1]}, index=[7, 3])
    table = be.implied_values(targets, Fraction(1, 5), Fraction(1, 4))
    assert table[["pilot", "cost_gbp", "target"]].equals(targets)
    assert table["net_low_gbp"].round(6).tolist() == [round(1000 / 11, 6), 300]
    assert table["net_high_gbp"].tolist() == [100, inf]
    assert table.loc[3, list(CONVENTIONS)].tolist() == [500, 468.75, 468.75]  # 300 / 0.6, 300 x 1.25 / 0.8
    assert "reduce_benefits" not in targets
    assert be.implied_values(targets[:0], 0.2, 0.2).empty


def test_wellby():
    assert (be.WELLBY_LOW_GBP, be.WELLBY_GBP, be.WELLBY_HIGH_GBP) == (10_000, 13_000, 16_000)
    assert be.WELLBY_PRICE_YEAR == 2019


def test_three_costs_of_each_pilot():
    pilots = pd.DataFrame(
        {"pilot": ["a", "b"], "funding_gbp": [100_000, 248_000], "funding_tier": ["low", "middle"]}
    )
    costs = be.cost_bases(pilots, 50_000, "with_grant")
    assert costs.loc[costs["in_force"], "cost_gbp"].tolist() == [100_000, 298_000]
    wide = costs.pivot(index="pilot", columns="basis", values="cost_gbp")
    assert wide[["as_printed", "with_grant", "without_grant"]].to_numpy().tolist() == [
        [100_000, 100_000, 50_000],
        [248_000, 298_000, 198_000],
    ]
    with pytest.raises(InputError, match="as_printed, with_grant, without_grant"):
        be.cost_bases(pilots, 50_000, "half")


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        (be.implied_value, (0, 22)),
        (be.implied_value, (-1, 22)),
        (be.implied_value, (100_000, 0)),
        (be.implied_value, (100_000, 22.5)),
        (be.implied_value, (float("nan"), 22)),
        (be.beneficiaries_needed, (100_000, 0)),
        (be.beneficiaries_needed, (0, 100)),
        (be.net_value, (0, 0.2, 0.2, "reduce_benefits")),
        (be.net_value, (1000, 1.2, 0.2, "reduce_benefits")),
        (be.net_value, (1000, 0.2, 1.2, "reduce_benefits")),
        (be.net_value, (1000, 0.2, -0.2, "divide_benefits")),
        (be.net_value, (1000, 0.2, 0.2, "green_book")),
        (be.gross_value, (640, 1, 0.2, "reduce_benefits")),
        (be.gross_value, (0, 0.2, 0.2, "reduce_benefits")),
        (be.surface, ({"x": 100_000}, [1000], [1], 0.2, "reduce_benefits")),
    ],
)
def test_impossible_numbers(function, arguments):
    with pytest.raises(InputError):
        function(*arguments)
