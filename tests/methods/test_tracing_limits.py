"""Limits of process tracing: bounds that hold, and traps that are named."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfpp_utils.errors import InputError
from pfpp_utils.methods.process_tracing import trace
from pfpp_utils.methods.tracing_limits import (
    DEPENDENT,
    NOT_EXCLUSIVE,
    NOT_EXHAUSTIVE,
    explanations,
    sensitivity,
    warn,
)

CHANCE = st.floats(0.05, 0.95)
ROWS = st.lists(st.tuples(CHANCE, CHANCE, st.sampled_from([True, False, None])), min_size=1, max_size=4)


def table_of(rows):
    table = pd.DataFrame(rows, columns=["p_if_true", "p_if_false", "seen"], dtype=object)
    return table.astype({"p_if_true": float, "p_if_false": float}).assign(test=range(len(rows)))


@given(ROWS, CHANCE, st.floats(0, 0.04), st.data())
def test_no_likelihood_within_the_limits_gives_a_posterior_outside_the_bounds(rows, prior, spread, data):
    tests = table_of(rows)
    bounds = sensitivity(tests, [prior], spread=spread).iloc[0]
    moved = tests.copy()
    for name in ("p_if_true", "p_if_false"):
        moved[name] += [data.draw(st.floats(-spread, spread)) for _ in rows]
    inside = trace(moved, prior)["posterior"].iloc[-1]
    assert bounds["low"] - 1e-9 <= inside <= bounds["high"] + 1e-9
    assert bounds["low"] - 1e-9 <= bounds["posterior"] <= bounds["high"] + 1e-9


@given(ROWS, st.lists(CHANCE, min_size=2, max_size=5, unique=True))
def test_the_posterior_rises_with_the_prior_and_without_a_spread_there_are_no_bounds(rows, priors):
    result = sensitivity(table_of(rows), sorted(priors))
    assert result["posterior"].is_monotonic_increasing
    assert (result["low"] == result["posterior"]).all()
    assert (result["high"] == result["posterior"]).all()


def test_limits_of_the_table_come_before_the_spread():
    tests = table_of([(0.8, 0.2, True)]).assign(p_if_true_low=0.8, p_if_true_high=0.8)
    row = sensitivity(tests, [0.5], spread=0.1).iloc[0]
    assert (row["low"], row["high"]) == pytest.approx((0.8 / 1.1, 0.8 / 0.9))


def test_a_bound_that_contradicts_itself_is_missing():
    row = sensitivity(table_of([(0.1, 0.1, True)]), [1.0], spread=0.1).iloc[0]
    assert pd.isna(row["low"])
    assert row["high"] == 1


def test_limits_must_hold_the_stated_likelihood():
    with pytest.raises(InputError, match="limits do not hold"):
        sensitivity(table_of([(0.8, 0.2, True)]).assign(p_if_true_low=0.9), [0.5])


def test_no_test_leaves_the_prior():
    assert sensitivity(table_of([]), [0.3]).iloc[0].tolist() == [0.3] * 4


TESTS = pd.DataFrame({"test": list("abcd"), "seen": [True, False, True, None], "group": ["x", "x", "y", "y"]})
RIVALS = pd.DataFrame({"hypothesis": ["claim", "rival"], "prior": [0.5, 0.5], "exclusive": True})


def test_tests_from_one_source_are_named():
    result = warn(TESTS, RIVALS)
    assert result["warning"].tolist() == [DEPENDENT]  # d was not looked for
    assert result["detail"].tolist() == ["2 tests from one source, x: a; b"]


@pytest.mark.parametrize(
    ("rivals", "warnings"),
    [
        (RIVALS, []),
        (RIVALS.assign(prior=[0.7, 0.6]), [NOT_EXCLUSIVE]),
        (RIVALS.assign(prior=[0.3, 0.3]), [NOT_EXHAUSTIVE]),
        (RIVALS.assign(exclusive=[True, False]), [NOT_EXCLUSIVE]),
        (RIVALS.assign(prior=[0.1, 0.2], exclusive=False), [NOT_EXCLUSIVE, NOT_EXHAUSTIVE]),
    ],
)
def test_rivals_that_do_not_exclude_each_other_are_named(rivals, warnings):
    assert warn(TESTS.iloc[1:], rivals)["warning"].tolist() == warnings


def test_warnings_need_the_source_of_each_test():
    with pytest.raises(InputError, match="missing column"):
        warn(TESTS.drop(columns="group"))


def test_named_rivals_are_not_taken_to_exclude_the_claim():
    assert warn(TESTS.iloc[1:], explanations("claim", ["luck", "money"], 0.4))["detail"].tolist() == [
        "can hold together with another: luck; money"
    ]
    assert warn(TESTS.iloc[1:], explanations("claim", [], 0.4)).empty


def test_one_source_spelt_two_ways_is_one_source():
    tests = TESTS.iloc[:2].assign(group=["Interviews ", "interviews"])
    assert warn(tests)["warning"].tolist() == [DEPENDENT]


def test_tests_without_a_source_are_named():
    assert warn(TESTS.iloc[1:3].assign(group=[None, "x"]))["detail"].tolist() == [
        "may depend on the others: b"
    ]


@pytest.mark.parametrize("change", [{"exclusive": ["false", "false"]}, {"prior": [1.5, -0.5]}])
def test_impossible_hypotheses_are_refused(change):
    with pytest.raises(InputError):
        warn(TESTS.iloc[1:], RIVALS.assign(**change))
