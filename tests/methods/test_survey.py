"""Before-and-after surveys: intervals, power and the smallest change that could have been found."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pfpp_utils.errors import InputError
from pfpp_utils.methods.deviations import breaking_sd, largest_sd
from pfpp_utils.methods.survey import change_grid, worst_case

SDS, CORRELATIONS = (0.5, 1.0, 1.5, 1.9), (-0.5, 0.0, 0.5, 0.9)


def grid(before=3.86, after=2.38, people=192, **options):
    return change_grid(before, after, people, **({"sds": SDS, "correlations": CORRELATIONS} | options))


def test_every_spread_and_correlation_has_a_row():
    table = grid()
    assert table[["sd", "correlation"]].to_numpy().tolist() == [[sd, r] for sd in SDS for r in CORRELATIONS]
    assert table["change"].tolist() == pytest.approx([-1.48] * len(table))
    assert table["distinguishable"].all()


def test_a_spread_wider_than_the_means_allow_is_marked():
    table = grid()
    bound = largest_sd(3.86, 1, 5, 192)
    assert (table["possible"] == (table["sd"] <= bound)).all()
    assert not table.loc[table["sd"] == 1.9, "possible"].any()


def test_interval_and_power_are_those_of_the_t_test():
    row = grid(sds=[1.2], correlations=[0.4], people=20, after=3.4).iloc[0]
    error = 1.2 * np.sqrt(2 * 0.6) / np.sqrt(20)
    critical = stats.t.ppf(0.975, 19)
    assert (row["low"], row["high"]) == pytest.approx((-0.46 - critical * error, -0.46 + critical * error))
    shift = 0.46 / error
    power = stats.nct.sf(critical, 19, shift) + stats.nct.cdf(-critical, 19, shift)
    assert row["power"] == pytest.approx(power)


@given(st.integers(5, 200), st.floats(0.5, 0.95))
def test_the_smallest_detectable_change_has_the_power_asked_for(people, power):
    row = grid(sds=[0.8], correlations=[0.3], people=people, power=power).iloc[0]
    shift = row["smallest_detectable"] / (0.8 * np.sqrt(2 * 0.7)) * np.sqrt(people)
    critical = stats.t.ppf(0.975, people - 1)
    reached = stats.nct.sf(critical, people - 1, shift) + stats.nct.cdf(-critical, people - 1, shift)
    assert reached == pytest.approx(power, abs=1e-3)


def test_more_spread_and_less_correlation_tell_less():
    table = grid(after=3.7, people=30)
    for _, group in table.groupby("correlation"):
        assert group["smallest_detectable"].is_monotonic_increasing
        assert group["power"].is_monotonic_decreasing
    for _, group in table.groupby("sd"):
        assert group["smallest_detectable"].is_monotonic_decreasing
        assert group["high"].is_monotonic_decreasing


@given(st.floats(1.2, 4.8), st.floats(1.2, 4.8), st.integers(5, 250))
def test_the_worst_case_holds_for_every_spread_that_the_means_allow(before, after, people):
    found = worst_case(before, after, people, minimum=1, maximum=5)
    bound = min(largest_sd(mean, 1, 5, people) for mean in (before, after))
    table = grid(before, after, people, sds=[bound / 2, bound], correlations=(-1, 0, 0.5))
    assert (table["sd_change"] <= found.widest_sd + 1e-9).all()
    if found.distinguishable:
        assert table["distinguishable"].all()
        assert people >= found.fewest_people
    assert found.breaking_sd == pytest.approx(breaking_sd(after - before, people))


def test_newcastle_could_have_asked_far_fewer():
    found = worst_case(2.21, 3.47, 192, minimum=1, maximum=5)
    assert found.distinguishable
    assert not worst_case(2.21, 3.47, found.fewest_people - 1, minimum=1, maximum=5).distinguishable
    assert worst_case(2.21, 3.47, found.fewest_people, minimum=1, maximum=5).distinguishable


def test_no_change_is_never_distinguishable():
    found = worst_case(3, 3, 192, minimum=1, maximum=5)
    assert (found.distinguishable, found.fewest_people) == (False, None)
    assert not grid(after=3.86)["distinguishable"].any()


@pytest.mark.parametrize(
    "options",
    [
        {"before": 6},
        {"people": 1},
        {"sds": [0.0]},
        {"correlations": [1.0]},
        {"correlations": [2.0]},
        {"confidence": 0},
    ],
)
def test_impossible_surveys_are_refused(options):
    with pytest.raises(InputError):
        grid(**options)


def test_a_spread_just_beyond_what_the_means_allow_is_said_to_be_impossible():
    bound = min(largest_sd(mean, 1, 5, 192) for mean in (3.86, 2.38))
    grid = change_grid(3.86, 2.38, 192, sds=[0.999 * bound, 1.001 * bound], correlations=[0.0])
    assert grid["possible"].tolist() == [True, False]
