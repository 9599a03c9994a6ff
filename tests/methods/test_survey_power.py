"""Power of surveys: against Cohen's formulas, and simulated surveys that find what they should."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, norm

from pfpp_utils.errors import InputError
from pfpp_utils.methods.survey_power import for_change, for_difference, for_mean_change

#: (z of 97.5% + z of 80%)^2
Z = (norm.ppf(0.975) + norm.ppf(0.8)) ** 2


def test_a_change_by_hand():
    # 2 x 0.25 x 0.75 x 7.849 / 0.1^2 = 294.3
    assert for_change(0.2, 0.3) == np.ceil(2 * 0.25 * 0.75 * Z / 0.01) == 295
    assert for_change(0.3, 0.2) == 295
    assert for_change(0.2, 0.3, population=500) == 186  # 294.3 / (1 + 293.3 / 500) = 185.5
    assert for_change(0.2, 0.3, power=0.9) > 295 < for_change(0.2, 0.3, confidence=0.99)


def test_a_difference_by_hand():
    # 0.2 x 0.8 x 7.849 / 0.1^2 = 125.6
    assert for_difference(0.3, 0.2) == np.ceil(0.16 * Z / 0.01) == 126
    assert for_difference(0.3, 0.2, population=148) == 69  # 125.6 / (1 + 124.6 / 148) = 68.2


def test_a_mean_by_hand():
    # normal approximation 7.849 / 0.5^2 = 31.4; the t test needs two more
    assert for_mean_change(0.5, 1) == 34
    assert for_mean_change(-1, 2) == 34
    assert for_mean_change(0.5, 1, population=192) == 29  # 33.4 / (1 + 32.4 / 192) = 28.55


def test_surveys_of_that_size_find_the_change_about_as_often_as_they_should():
    answers, rng = for_change(0.2, 0.35), np.random.default_rng(1)
    before, after = (rng.binomial(answers, share, 2000) for share in (0.2, 0.35))
    found = [
        chi2_contingency([[x, answers - x], [y, answers - y]], correction=False).pvalue < 0.05
        for x, y in zip(before, after, strict=True)
    ]
    assert np.mean(found) == pytest.approx(0.8, abs=0.03)


@settings(deadline=None)
@given(st.floats(0.05, 0.95), st.floats(0.02, 0.04))
def test_a_larger_change_needs_fewer_answers(share, change):
    assert for_change(share, share + 1.25 * change) < for_change(share, share + change)
    assert for_difference(share + 1.25 * change, share) < for_difference(share + change, share)


@pytest.mark.parametrize(
    ("ask", "where"),
    [
        (lambda: for_change(0.2, 0.2), "before and after"),
        (lambda: for_change(0.2, 1.2), "after"),
        (lambda: for_change(0.2, 0.3, power=1), "power"),
        (lambda: for_difference(0.2, 0.2), "expected and needed"),
        (lambda: for_difference(0.2, 0), "needed"),
        (lambda: for_mean_change(0, 1), "change"),
        (lambda: for_mean_change(1, 0), "deviation"),
        (lambda: for_mean_change(100, 1), "effect size"),
    ],
)
def test_impossible_questions(ask, where):
    with pytest.raises(InputError) as caught:
        ask()
    assert caught.value.where == where
