"""Sample sizes: textbook numbers, the least that is enough, and populations."""

from __future__ import annotations

from math import ceil, inf

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from pfpp_utils.errors import InputError
from pfpp_utils.methods.sample_size import corrected, for_precision, table

shares, widths = st.floats(0, 1), st.floats(0.01, 0.4)


def half(successes, answers, method, confidence=0.95):
    found = binomtest(successes, answers).proportion_ci(confidence, method=method)
    return (found.high - found.low) / 2


@pytest.mark.parametrize("method", ["wilson", "exact"])
@pytest.mark.parametrize(("share", "width"), [(0.5, 0.05), (0.2, 0.1), (0.25, 0.03)])
def test_the_least_that_scipy_agrees_is_enough(method, share, width):
    answers = for_precision(share, width, interval=method)
    step = int(1 / share)  # answers of which the share is a whole number
    enough, short = ceil(answers / step) * step, (answers // step - 1) * step
    assert half(round(share * enough), enough, method) <= width < half(round(share * short), short, method)


def test_the_exact_interval_needs_more():
    assert for_precision(0.2, 0.05, interval="exact") > for_precision(0.2, 0.05)
    assert for_precision(0, 0.05) > 1
    assert for_precision(0, 0.05, interval="exact") == for_precision(1, 0.05, interval="exact")


@settings(deadline=None)
@given(shares, widths, st.integers(1, 10**6), st.sampled_from(["wilson", "exact"]))
def test_never_more_than_everybody_and_fewer_for_less_precision(share, width, population, interval):
    answers = for_precision(share, width, population=population, interval=interval)
    assert 1 <= answers <= population
    assert for_precision(share, width * 1.2, population=population, interval=interval) <= answers
    assert answers <= for_precision(share, width, interval=interval)
    assert for_precision(share, width, population=population + 1, interval=interval) >= answers
    assert answers == for_precision(1 - share, width, population=population, interval=interval)


def test_the_correction_by_hand():
    assert corrected(385, inf) == 385
    assert corrected(384.16, inf) == 385
    assert corrected(385, 192) == 129  # 385 / (1 + 384 / 192) = 128.33
    assert corrected(385, 1) == 1
    assert corrected(1, 1000) == 1
    assert corrected(101, 100) == 51  # 101 / 2 = 50.5
    assert corrected(100, 99) == 50  # 100 / (1 + 99 / 99), exactly


def test_a_table_of_pilots():
    frame = pd.DataFrame({"pilot": ["known", "unknown"], "reached": [148, None], "share": [0.2, None]})
    found = table(frame, (0.05, 0.1))
    assert found["answers_5_points"].tolist() == [for_precision(0.2, 0.05, population=148), 381]
    assert found["answers_10_points"].tolist() == [for_precision(0.2, 0.1, population=148), 93]
    assert list(frame) == ["pilot", "reached", "share"]


@pytest.mark.parametrize(
    ("ask", "where"),
    [
        (lambda: for_precision(1.1, 0.05), "share"),
        (lambda: for_precision(0.5, 0), "half_width"),
        (lambda: for_precision(0.5, 0.5), "half_width"),
        (lambda: for_precision(0.5, 0.1, confidence=1), "confidence"),
        (lambda: for_precision(0.5, 0.1, population=0), "population"),
        (lambda: for_precision(0.5, 0.1, interval="wald"), "interval"),
    ],
)
def test_impossible_questions(ask, where):
    with pytest.raises(InputError) as caught:
        ask()
    assert caught.value.where == where
