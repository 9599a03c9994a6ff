"""Breakeven in one formula: the conventions, the way back to a gross value, the surface."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfpp_utils.errors import InputError
from pfpp_utils.methods import breakeven as be
from pfpp_utils.methods.claims import exact

CONVENTIONS = ("benefits", "divide", "cost")

money = st.one_of(
    st.integers(1, 10**7),
    st.floats(0.01, 1e7, allow_nan=False),
    st.fractions(Fraction(1, 100), 10**7),
)
shares = st.fractions(0, Fraction(99, 100))


@pytest.mark.parametrize(
    ("convention", "expected"),
    [
        ("benefits", Fraction(640)),
        ("divide", Fraction(2000, 3)),
        ("cost", Fraction(2000, 3)),
    ],
)
def test_conventions_by_hand(convention, expected):
    assert be.cost_met(1000, 0.2, 0.2, convention) == expected


@given(money, money, shares, shares)
def test_uplift_on_cost_needs_as_many_as_uplifting_the_cost(cost, value, deadweight, bias):
    lifted = exact(cost) * (1 + bias)
    plain = exact(value) * (1 - deadweight)
    net = be.cost_met(value, deadweight, bias, "cost")
    assert be.beneficiaries_needed(cost, net) == be.beneficiaries_needed(lifted, plain)


@given(money, shares, shares, st.sampled_from(CONVENTIONS))
def test_gross_value_undoes_cost_met(value, deadweight, bias, convention):
    net = be.cost_met(value, deadweight, bias, convention)
    assert be.gross_value(net, deadweight, bias, convention) == exact(value)
    assert net <= exact(value)


def test_surface_rises_with_deadweight_and_falls_with_value():
    table = be.surface({"Bodmin": 314_000}, [10_000, 20_000], [0, 0.2, 0.5], 0.2, "benefits")
    assert table.drop(columns="name").to_numpy().tolist() == [
        [10_000, 0, 40],  # 39.25
        [10_000, 0.2, 50],  # 49.06
        [10_000, 0.5, 79],  # 78.5
        [20_000, 0, 20],
        [20_000, 0.2, 25],
        [20_000, 0.5, 40],
    ]
    lifted = be.surface({"Bodmin": 314_000, "Half": 157_000}, [10_000], [0.2], 0.2, "cost")
    assert lifted["name"].tolist() == ["Bodmin", "Half"]
    assert lifted["beneficiaries"].tolist() == [48, 24]  # 47.1 and 23.55


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        (be.beneficiaries_needed, (100_000, 0)),
        (be.beneficiaries_needed, (0, 100)),
        (be.cost_met, (0, 0.2, 0.2, "benefits")),
        (be.cost_met, (1000, 1.2, 0.2, "benefits")),
        (be.cost_met, (1000, 0.2, 1.2, "benefits")),
        (be.cost_met, (1000, 0.2, -0.2, "divide")),
        (be.cost_met, (1000, 0.2, 1.2, "cost")),
        (be.cost_met, (1000, 0.2, 0.2, "green_book")),
        (be.gross_value, (640, 1, 0.2, "benefits")),
        (be.gross_value, (0, 0.2, 0.2, "benefits")),
        (be.surface, ({"x": 100_000}, [1000], [1], 0.2, "benefits")),
    ],
)
def test_impossible_numbers(function, arguments):
    with pytest.raises(InputError):
        function(*arguments)
