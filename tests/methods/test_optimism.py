"""Optimism bias: the three conventions by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pfpp_utils.errors import InputError
from pfpp_utils.methods.optimism import convention, on_benefits, on_cost

FIFTH = Fraction(1, 5)


@pytest.mark.parametrize(
    ("how", "benefits", "cost"),
    [("benefits", Fraction("0.8"), 1), ("divide", 1 / Fraction("1.2"), 1), ("cost", 1, Fraction("1.2"))],
)
def test_each_convention_by_hand(how, benefits, cost):
    assert (on_benefits(FIFTH, how), on_cost(FIFTH, how)) == (benefits, cost)
    assert (on_benefits(Fraction(0), how), on_cost(Fraction(0), how)) == (1, 1)


def test_dividing_benefits_and_raising_cost_need_the_same_number():
    assert 1 / on_benefits(FIFTH, "divide") == on_cost(FIFTH, "cost")


def test_an_unknown_convention_is_answered_with_the_known():
    assert convention("divide") == "divide"
    with pytest.raises(InputError, match="benefits, divide, cost"):
        convention("green_book")
