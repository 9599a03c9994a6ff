"""Discounting: the Green Book's factors to six decimals, level values by hand, and durations found again."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pfpp_utils.errors import InputError
from pfpp_utils.methods import discounting
from pfpp_utils.methods.discounting import duration_for, factors, level_value, present_value, schedule
from pfpp_utils.methods.quantities import LONGEST

STANDARD = schedule("standard")
VECTORS = {
    0: 1, 1: 0.966184, 5: 0.841973, 10: 0.708919, 30: 0.356278, 31: 0.345901, 75: 0.094214,
    76: 0.091916, 125: 0.027411, 200: 0.006207, 300: 0.001401, 301: 0.001387,
}  # fmt: skip
some = st.fractions(0, 60, max_denominator=12).filter(bool)
names = st.sampled_from([each.name for each in discounting.SCHEDULES])
drops = st.sampled_from([Fraction(0), Fraction(1, 10), Fraction(1, 2)])


@pytest.mark.parametrize("year", VECTORS)
def test_standard_factors_to_six_decimals(year):
    assert round(float(factors(STANDARD, 301)[year]), 6) == VECTORS[year]


@pytest.mark.parametrize(
    ("name", "rates"),
    [
        ("standard", ["3.5", "3.0", "2.5", "2.0", "1.5", "1.0"]),
        ("health", ["1.5", "1.29", "1.07", "0.86", "0.64", "0.43"]),
        ("lower-rate", ["3.00", "2.57", "2.14", "1.71", "1.29", "0.86"]),
        ("none", ["0"] * 6),
    ],
)
def test_rates_on_both_sides_of_each_step(name, rates):
    plan = schedule(name)
    assert [plan.rate(year) * 100 for year in (1, 31, 76, 126, 201, 301)] == [
        Fraction(rate) for rate in rates
    ]
    assert [plan.rate(year) * 100 for year in (30, 75, 125, 200, 300)] == [
        Fraction(rate) for rate in rates[:5]
    ]


def test_every_schedule_has_a_vintage_and_can_be_asked_for_by_it():
    assert all(schedule(each.name, each.vintage) is each for each in discounting.SCHEDULES)
    assert schedule("standard").vintage == "Green Book 2022"
    assert schedule("lower-rate").vintage == "Green Book 2026"
    with pytest.raises(InputError, match=r"standard \(Green Book 2022\), health"):
        schedule("standard", "Green Book 1991")
    with pytest.raises(InputError, match="discount"):
        schedule("brisk")


def test_a_profile_by_hand():
    # 60 in year 0 and 40 in year 1: 60 + 40 / 1.035; a year later, all of it / 1.035
    assert present_value([60, 40], STANDARD) == 60 + 40 / Fraction("1.035")
    assert present_value([60, 40], STANDARD, 1) == (60 + 40 / Fraction("1.035")) / Fraction("1.035")
    assert present_value([60, 40], schedule("none"), 7) == 100


def test_level_values_by_hand():
    rate = Fraction("1.035")
    assert level_value(1, STANDARD) == 1
    assert level_value(3, STANDARD) == 1 + 1 / rate + 1 / rate**2
    assert level_value(Fraction(5, 2), STANDARD) == 1 + 1 / rate + 1 / rate**2 / 2
    assert level_value(Fraction(1, 2), STANDARD) == Fraction(1, 2)
    assert level_value(2, STANDARD, first_year=1) == 1 / rate + 1 / rate**2
    assert level_value(3, schedule("none"), Fraction(1, 4)) == 1 + Fraction(3, 4) + Fraction(9, 16)


@settings(deadline=None, max_examples=60)
@given(some, names, drops, st.integers(0, 3))
def test_a_duration_is_found_again_from_its_level_value(years, name, drop, first):
    plan = schedule(name)
    worth = level_value(years, plan, drop, first)
    assert duration_for(worth, plan, drop, first) == years
    assert worth <= years


def test_no_duration_where_there_is_none():
    assert duration_for(Fraction(0), STANDARD) is None
    assert duration_for(Fraction(-1), STANDARD) is None
    assert duration_for(Fraction(3), schedule("none"), Fraction(1, 2)) is None  # 1 + 1/2 + 1/4 + ... < 2
    assert duration_for(Fraction(LONGEST), schedule("none")) == LONGEST
    assert duration_for(Fraction(LONGEST) + 1, schedule("none")) is None
    assert duration_for(Fraction(1), schedule("none"), Fraction(1)) == 1
    assert duration_for(Fraction(2), schedule("none"), Fraction(1)) is None  # nothing is left after a year
