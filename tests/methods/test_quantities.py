"""Quantities: amounts that keep to their price year, and limits that say what they allow."""

from __future__ import annotations

from fractions import Fraction
from math import inf, nan

import pytest

from pfpp_utils.errors import InputError
from pfpp_utils.methods import quantities
from pfpp_utils.methods.quantities import Money, between, money, people, positive, share, years


def test_amounts_of_one_year_add_up_exactly():
    tenth = Money(0.1, 2022)
    assert tenth + tenth + tenth == Money(Fraction(3, 10), 2022)
    assert Money(300, 2022) / Money(10, 2022) == 30
    assert Money(300, 2022) / 4 == Money(75, 2022)
    assert Money(300, 2022) - Money(400, 2022) == Money(-100, 2022)
    assert Money(300) * Fraction(1, 3) == Money(100)


@pytest.mark.parametrize("other", [Money(1, 2023), Money(1)])
def test_amounts_of_different_years_do_not_mix(other):
    for combine in (Money.__add__, Money.__sub__, Money.__truediv__):
        with pytest.raises(InputError, match="mixed price bases"):
            combine(Money(1, 2022), other)


def test_pounds_times_pounds_is_nothing():
    with pytest.raises((TypeError, InputError)):
        Money(2, 2022) * Money(3, 2022)
    with pytest.raises(InputError):
        Money("much", 2022)


@pytest.mark.parametrize(
    ("read", "good", "bad", "allowed"),
    [
        (share, (0, 0.2, 1), (-0.01, 1.01, 20, nan), "from 0 to 1"),
        (people, (0, 22, 7.5), (-1, inf), "0 or more"),
        (quantities.factor, (0, 3), (-1,), "0 or more"),
        (years, (0.5, 1, 500), (0, -1, 501), "more than 0, at most 500 years"),
        (positive, (0.01,), (0, -1, "many"), "more than 0"),
        (lambda value, where: money(value, 2022, where), (0, 314_000), (-1,), "0 or more"),
        (lambda value, where: between(value, 1, 5, where), (1, 5), (0, 6), "from 1 to 5"),
    ],
)
def test_limits_name_the_field_and_what_is_allowed(read, good, bad, allowed):
    for value in good:
        read(value, "field")
    for value in bad:
        with pytest.raises(InputError) as caught:
            read(value, "field")
        assert caught.value.where == "field"
        assert caught.value.allowed in (allowed, "a finite number")
