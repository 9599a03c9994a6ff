"""Breakeven: the published conversions, the implied value as the inverse of the target, the conventions."""

from __future__ import annotations

from fractions import Fraction
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfpp_utils.errors import InputError
from pfpp_utils.methods import breakeven as be
from pfpp_utils.methods.claims import exact, settle

CONVENTIONS = ("reduce_benefits", "divide_benefits", "uplift_cost")
CORNWALL = {"reached": 37, "outcomes": 7, "deadweight": 0.2, "target": 22, "months": 3}

money = st.one_of(
    st.integers(1, 10**7),
    st.floats(0.01, 1e7, allow_nan=False),
    st.fractions(Fraction(1, 100), 10**7),
)
shares = st.fractions(0, Fraction(99, 100))


def test_cornwall_in_the_published_order():
    steps = be.chain(**CORNWALL, rounding="published", published=be.CORNWALL_PUBLISHED)
    assert [step.value_exact for step in steps] == [
        Fraction(7, 37),
        Fraction(152, 1000),
        Fraction(2200, 15),
        148,
        Fraction(222, 10),
    ]
    assert [float(step.value_rounded) for step in steps] == [0.19, 0.15, 147, 148, 22]
    assert [step.published for step in steps] == [0.19, 0.15, 147, 148, 22]


def test_cornwall_exactly_needs_one_person_fewer():
    steps = be.chain(**CORNWALL, rounding="exact")
    assert [step.value_exact for step in steps] == [
        Fraction(7, 37),
        Fraction(28, 185),
        Fraction(2035, 14),
        148,
        Fraction(224, 10),
    ]
    assert [float(step.value_rounded) for step in steps] == [0.19, 0.15, 146, 148, 22]
    assert {step.published for step in steps} == {None}


def test_cornwall_side_by_side():
    table = be.cornwall_chain()
    assert table["step"].tolist() == list(be.CORNWALL_PUBLISHED)
    assert table["formula"].str.len().min() > 0
    assert table["published"].tolist() == table["published_rule_rounded"].tolist()
    assert table["published_rule"].round(3).tolist() == [0.189, 0.152, 146.667, 148, 22.2]
    assert table["exact_rule"].round(3).tolist() == [0.189, 0.151, 145.357, 148, 22.4]
    assert table["exact_rule_rounded"].tolist() == [0.19, 0.15, 146, 148, 22]


def test_another_assumption_moves_every_later_step():
    table = be.cornwall_chain(deadweight=0, rounding=["exact"])
    assert table["exact_rule_rounded"].tolist() == [0.19, 0.19, 117, 148, 28]
    assert "published_rule" not in table.columns
    assert be.cornwall_chain(months=6, year_months=24)["exact_rule"].iloc[3] == 148


def test_chain_serves_another_pilot():
    steps = be.chain(reached=550, outcomes=110, deadweight=0.5, target=364, months=3, rounding="exact")
    assert [step.value_exact for step in steps] == [Fraction(1, 5), Fraction(1, 10), 3640, 2200, 220]


def test_reach_is_not_one_too_high_for_an_exact_rate():
    assert be.reach_needed(28, Fraction(28, 185)) == 185
    assert be.reach_needed(21, 0.35) == 60  # 21 / 0.35 is 60.00000000000001 in binary


def test_liverpool_take_up():
    assert be.take_up_needed(364, 550, 3) == Fraction(364, 2200)
    assert settle(17, 100 * be.take_up_needed(364, 550, 3)).rounding == "half up"
    # "around half of the individuals reached" holds for the 700 visitors of Table 9, not for the 550 of 5.3.3
    assert (
        settle(50, 100 * be.conversion(364, 700), qualifier="around").status == "reproduced within rounding"
    )
    assert settle(50, 100 * be.conversion(364, 550), qualifier="around").status == "not reproduced"


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
    table = be.surface(314_000, [10_000, 20_000], [0, 0.2, 0.5], 0.2, "reduce_benefits")
    assert table.to_numpy().tolist() == [
        [10_000, 0, 40],  # 39.25
        [10_000, 0.2, 50],  # 49.06
        [10_000, 0.5, 79],  # 78.5
        [20_000, 0, 20],
        [20_000, 0.2, 25],
        [20_000, 0.5, 40],
    ]
    assert be.surface(314_000, [10_000], [0.2], 0.2, "uplift_cost")["beneficiaries"].tolist() == [48]  # 47.1


def test_wellby():
    assert (be.WELLBY_LOW_GBP, be.WELLBY_GBP, be.WELLBY_HIGH_GBP) == (10_000, 13_000, 16_000)
    assert be.WELLBY_PRICE_YEAR == 2019
    assert be.wellby_equivalent(26_000) == 2
    assert be.wellby_equivalent(8_000, be.WELLBY_HIGH_GBP) == Fraction(1, 2)


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        (be.conversion, (1, 0)),
        (be.conversion, (8, 7)),
        (be.conversion, (-1, 7)),
        (be.net_of_deadweight, (0.19, 20)),
        (be.net_of_deadweight, (19, 0.2)),
        (be.net_of_deadweight, (0.19, -0.1)),
        (be.reach_needed, (22, 0)),
        (be.reach_needed, (22, 15)),
        (be.reach_needed, (0, 0.15)),
        (be.annualise, (37, 0)),
        (be.annualise, (-1, 3)),
        (be.annualise, (37, 3, 0)),
        (be.take_up_needed, (364, 0, 3)),
        (be.take_up_needed, (0, 550, 3)),
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
        (be.surface, (100_000, [1000], [1], 0.2, "reduce_benefits")),
        (be.wellby_equivalent, (-1,)),
        (be.wellby_equivalent, (1000, 0)),
    ],
)
def test_impossible_numbers(function, arguments):
    with pytest.raises(InputError):
        function(*arguments)


def test_chain_refuses_an_unknown_rule_and_a_rate_of_nothing():
    with pytest.raises(InputError, match="exact"):
        be.chain(**CORNWALL, rounding="nearest")
    with pytest.raises(InputError, match="rate"):
        be.chain(**CORNWALL | {"deadweight": 1}, rounding="exact")
    with pytest.raises(InputError, match="rate"):  # 0.4% rounds to nothing
        be.chain(**CORNWALL | {"outcomes": 1, "reached": 250}, rounding="published")
