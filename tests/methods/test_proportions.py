"""Exact intervals: against published and independent values, and the properties that define them."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from pfpp_utils.errors import InputError
from pfpp_utils.methods.proportions import exact_interval, with_intervals


@st.composite
def counts(draw):
    trials = draw(st.integers(1, 200))
    return draw(st.integers(0, trials)), trials


# Newcombe (1998), Two-sided confidence intervals for the single proportion, Statistics in Medicine 17: the
# Clopper-Pearson limits of its four worked examples.
@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [(81, 263, 0.2527, 0.3676), (15, 148, 0.0578, 0.1617), (0, 20, 0.0000, 0.1684), (1, 29, 0.0009, 0.1776)],
)
def test_published_examples(successes, trials, low, high):
    share = exact_interval(successes, trials)
    assert (round(share.low, 4), round(share.high, 4)) == (low, high)
    assert share.estimate == successes / trials


def test_repeated_engagement_of_teams_from_beta_quantiles():
    share = exact_interval(47, 119, confidence=0.9)
    assert share.low == pytest.approx(beta.ppf(0.05, 47, 73), abs=1e-9)
    assert share.high == pytest.approx(beta.ppf(0.95, 48, 72), abs=1e-9)


def test_none_and_all_have_one_open_limit():
    none, every = exact_interval(0, 13), exact_interval(13, 13)
    assert (none.low, every.high) == (0, 1)
    assert none.high == pytest.approx(1 - 0.025 ** (1 / 13))
    assert every.low == pytest.approx(0.025 ** (1 / 13))


@given(counts())
def test_contains_the_estimate(pair):
    share = exact_interval(*pair)
    assert 0 <= share.low <= share.estimate <= share.high <= 1


@given(counts())
def test_mirrored_under_complement(pair):
    successes, trials = pair
    share, rest = exact_interval(successes, trials), exact_interval(trials - successes, trials)
    assert share.low == pytest.approx(1 - rest.high, abs=1e-9)
    assert share.high == pytest.approx(1 - rest.low, abs=1e-9)


@given(counts())
def test_moves_up_with_each_success(pair):
    successes, trials = pair
    if successes < trials:
        fewer, more = exact_interval(successes, trials), exact_interval(successes + 1, trials)
        assert fewer.low < more.low
        assert fewer.high < more.high


@given(counts())
def test_more_confidence_is_wider(pair):
    narrow, wide = exact_interval(*pair, confidence=0.8), exact_interval(*pair, confidence=0.99)
    assert wide.low <= narrow.low
    assert narrow.high <= wide.high


@pytest.mark.parametrize(
    ("successes", "trials", "confidence"),
    [
        (1, 0, 0.95),
        (0, 0, 0.95),
        (14, 13, 0.95),
        (-1, 13, 0.95),
        (6.5, 13, 0.95),
        (math.nan, 13, 0.95),
        ("7", 13, 0.95),
        (7, math.inf, 0.95),
        (7, 13, 0),
        (7, 13, 1),
        (7, 13, 95),
    ],
)
def test_impossible_input(successes, trials, confidence):
    with pytest.raises(InputError):
        exact_interval(successes, trials, confidence)


def test_frame_keeps_its_rows_and_leaves_gaps():
    frame = pd.DataFrame(
        {"value": [47, None, 7], "of_value": [119, 17, None], "what": list("abc")}, index=[5, 5, 9]
    )
    result = with_intervals(frame)
    share = exact_interval(47, 119)
    assert result.iloc[0][["estimate", "low", "high"]].tolist() == [share.estimate, share.low, share.high]
    assert result[["estimate", "low", "high"]].iloc[1:].isna().all(axis=None)
    assert result[["value", "of_value", "what"]].equals(frame)
    assert "estimate" not in frame.columns


def test_frame_columns_and_confidence_can_be_named():
    frame = pd.DataFrame({"teams": [47], "all_teams": [119]})
    result = with_intervals(frame, "teams", "all_teams", 0.9)
    assert result["low"].item() == exact_interval(47, 119, 0.9).low


def test_empty_frame_gets_the_columns():
    result = with_intervals(pd.DataFrame({"value": [], "of_value": []}))
    assert result.columns.tolist() == ["value", "of_value", "estimate", "low", "high"]


def test_frame_errors_name_the_row_or_the_column():
    with pytest.raises(InputError, match="row 1, successes"):
        with_intervals(pd.DataFrame({"value": [1, 20], "of_value": [13, 13]}))
    with pytest.raises(InputError, match="of_value"):
        with_intervals(pd.DataFrame({"value": [1]}))
