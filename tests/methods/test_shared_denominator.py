"""Ratios with one denominator go together although the amounts have nothing to do with one another."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pfpp_utils.errors import InputError
from pfpp_utils.methods import drivers, shared_denominator


def amounts(n: int = 200) -> tuple[pd.Series[float], pd.Series[float], pd.Series[float]]:
    random = np.random.default_rng(8)
    spread = [0.3, 0.3, 1.0]
    first, second, people = (pd.Series(random.lognormal(10, each, n)) for each in spread)
    return first, second, people


def test_pearsons_spurious_correlation() -> None:
    found = shared_denominator.compare(*amounts(), permutations=199)
    assert abs(found.amounts) < 0.15
    assert found.ratios > 0.8
    assert found.low < found.ratios < found.high
    assert found.dealt == pytest.approx(found.ratios, abs=0.05)


def test_a_link_beyond_the_denominator_stands_out() -> None:
    first, _, people = amounts()
    random = np.random.default_rng(9)
    population = people**0.1  # hardly differs, so that dividing does little
    found = shared_denominator.compare(
        first, first * random.lognormal(0, 0.1, len(first)), population, permutations=199
    )
    assert found.ratios > found.high


def test_the_correlation_of_amounts_is_that_of_the_drivers() -> None:
    first, second, people = amounts(40)
    measures = pd.DataFrame({"second": second, "population": people})
    table = drivers.correlate(first.to_frame("A"), measures, given="population", permutations=19)
    found = shared_denominator.compare(first, second, people, permutations=19)
    assert found.amounts == pytest.approx(table["r"].iloc[0])
    assert found.n == 40


def test_the_seed_decides() -> None:
    assert shared_denominator.compare(*amounts(30)) == shared_denominator.compare(*amounts(30))


def test_areas_that_miss_something_are_left_out_and_too_few_are_refused() -> None:
    first, second, people = amounts(12)
    first[0] = np.nan
    assert shared_denominator.compare(first, second, people, permutations=9).n == 11
    with pytest.raises(InputError, match="no ratios"):
        shared_denominator.compare(first[:5], second, people)
    with pytest.raises(InputError, match="denominator of 0"):
        shared_denominator.compare(first, second, people * 0)
