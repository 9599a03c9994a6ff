"""Likely reach: the breakeven curve turned round."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import pytest

from pfpp_utils.data import pilot_cases
from pfpp_utils.errors import InputError
from pfpp_utils.methods import breakeven_curve, inputs
from pfpp_utils.methods.likely_reach import likely_reach
from pfpp_utils.methods.sampling import Sample
from pfpp_utils.methods.simulation import simulate

FILE = pilot_cases.load("cornwall")
SAMPLE = Sample(2**12)
DRAWN = simulate(FILE.case(), inputs.of_ranges(FILE.spreads), sample=SAMPLE)


@pytest.mark.parametrize("probability", [0.1, 0.5, 0.9, 0.99])
def test_it_is_the_least_number_with_that_probability(probability: float) -> None:
    people = likely_reach(DRAWN, probability)
    assert people == int(people)
    below, there = breakeven_curve.curve(DRAWN, [people - 1, people])["probability"]
    assert below < probability <= there


def test_it_rises_with_the_probability() -> None:
    assert likely_reach(DRAWN, 0.2) < likely_reach(DRAWN, 0.5) < likely_reach(DRAWN, 0.9)


def test_no_number_is_enough_where_nothing_is_worth_anything() -> None:
    nothing = FILE.case(given={"outcomes[finding employment].units": 0})
    ranges = inputs.of_ranges({"conversion.rate": FILE.spreads["conversion.rate"]})
    assert likely_reach(simulate(nothing, ranges, sample=SAMPLE), 0.5) == inf


def test_a_case_without_conversion_is_refused() -> None:
    ranges = inputs.of_ranges({key: each for key, each in FILE.spreads.items() if key != "conversion.rate"})
    drawn = simulate(replace(FILE.case(), conversion=None), ranges, sample=SAMPLE)
    with pytest.raises(InputError, match="nothing says who benefits"):
        likely_reach(drawn, 0.5)


def test_a_probability_beyond_1_is_refused() -> None:
    with pytest.raises(InputError, match="impossible number"):
        likely_reach(DRAWN, 1.1)
