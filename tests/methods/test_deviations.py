"""Spreads: bounds that no set of answers can pass, and where a change can no longer be told from none."""

from __future__ import annotations

import numpy as np
import pingouin as pg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pfpp_utils.errors import InputError
from pfpp_utils.methods.deviations import (
    breaking_sd,
    change_sd,
    fewest_people,
    largest_sd,
    lowest_correlation,
)

ANSWERS = st.lists(st.integers(1, 5), min_size=2, max_size=30)


@given(ANSWERS)
def test_no_answers_spread_wider_than_their_mean_allows(answers):
    assert np.std(answers) <= largest_sd(np.mean(answers), 1, 5) + 1e-9
    assert np.std(answers, ddof=1) <= largest_sd(np.mean(answers), 1, 5, len(answers)) + 1e-9


@given(st.integers(1, 20), st.integers(1, 20))
def test_answers_at_the_two_ends_reach_the_bound(low, high):
    answers = [1] * low + [5] * high
    assert np.std(answers, ddof=1) == pytest.approx(largest_sd(np.mean(answers), 1, 5, low + high))


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=3, max_size=30))
def test_spread_of_the_change_is_that_of_the_differences(pairs):
    before, after = np.array(pairs, dtype=float).T
    if before.std() and after.std():
        r = np.clip(np.corrcoef(before, after)[0, 1], -1, 1)
        assert change_sd(before.std(), after.std(), r) == pytest.approx((after - before).std(), abs=1e-6)


@given(st.floats(0.05, 3), st.integers(3, 300), st.sampled_from([0.9, 0.95, 0.99]))
def test_at_the_breaking_spread_the_t_test_is_on_the_edge(change, people, confidence):
    sd = breaking_sd(change, people, confidence)
    p = 2 * stats.t.sf(change / (sd / np.sqrt(people)), people - 1)
    assert p == pytest.approx(1 - confidence, rel=1e-6)


def test_against_pingouin_on_answers():
    rng = np.random.default_rng(1)
    before, after = rng.integers(1, 6, (2, 40)).astype(float)
    low, high = pg.ttest(after, before, paired=True)["CI95"].iloc[0]
    change, sd = (after - before).mean(), (after - before).std(ddof=1)
    assert (breaking_sd(change, 40) > sd) == (low > 0 or high < 0)


@given(st.floats(0.1, 3), st.floats(0.1, 4))
def test_fewest_people_is_the_first_number_that_will_do(change, sd):
    people = fewest_people(change, sd)
    assert breaking_sd(change, people) > sd
    factor = np.sqrt(people / (people - 1))
    assert breaking_sd(change, people) > sd * factor
    if people > 2:
        fewer = people - 1
        assert breaking_sd(change, fewer) <= sd * np.sqrt(fewer / (fewer - 1))


@given(st.floats(0.05, 3), st.floats(0.2, 2), st.integers(3, 300))
def test_at_the_lowest_correlation_the_change_has_the_breaking_spread(change, sd, people):
    lowest = lowest_correlation(change, sd, people)
    limit = breaking_sd(change, people)
    if lowest > -1:
        assert change_sd(sd, sd, lowest) == pytest.approx(limit)
    else:
        assert change_sd(sd, sd, -1) <= limit + 1e-9


@pytest.mark.parametrize(
    "call",
    [
        lambda: largest_sd(0.5, 1, 5),
        lambda: largest_sd(5, 5, 5),
        lambda: largest_sd(3, 1, 5, 1),
        lambda: change_sd(-1, 1, 0),
        lambda: change_sd(1, 1, 1.1),
        lambda: breaking_sd(1, 1),
        lambda: breaking_sd(1, 10, 1),
        lambda: fewest_people(0, 1),
        lambda: lowest_correlation(1, 0, 10),
    ],
)
def test_impossible_figures_are_refused(call):
    with pytest.raises(InputError):
        call()
