"""Global sensitivity: indices that are known by formula, of test functions and of a case."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from known_case import CASE, COST, INPUTS, POSTERIOR, RATE, SHARE

from pfpp_utils.errors import InputError
from pfpp_utils.methods.distributions import Interval
from pfpp_utils.methods.sensitivity import indices, of_case


def ishigami(points):
    x = np.pi * (2 * points - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def test_ishigami():
    """sin(x1) + 7 sin(x2)^2 + 0.1 x3^4 sin(x1) over (-pi, pi): its indices are known."""
    found = indices(ishigami, ["x1", "x2", "x3"])
    assert found["first"].to_numpy() == pytest.approx([0.3139, 0.4424, 0], abs=0.01)
    assert found["total"].to_numpy() == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.01)
    assert (np.abs(found["first"] - [0.3139, 0.4424, 0]) <= 2 * found["first_error"]).all()
    assert (np.abs(found["total"] - [0.5576, 0.4424, 0.2437]) <= 2 * found["total_error"]).all()


@pytest.mark.parametrize("weights", [[1, 2, 3], [5, 1, 0], [1, 1, 1]])
def test_an_additive_function_shares_its_variance_out(weights):
    found = indices(lambda points: points @ np.array(weights, dtype=float), list("abc"))
    expected = np.square(weights) / np.square(weights).sum()
    assert found["first"].to_numpy() == pytest.approx(expected, abs=0.01)
    assert found["total"].to_numpy() == pytest.approx(expected, abs=0.01)
    assert found["first"].sum() <= 1 + found["first_error"].sum()


def test_the_first_order_indices_of_a_case_leave_room_for_interactions():
    found = of_case(CASE, INPUTS, reached=148)
    assert found["first"].sum() <= 1 + found["first_error"].sum()
    assert (found["total"] >= found["first"] - found["first_error"] - found["total_error"]).all()
    assert found["total"].is_monotonic_decreasing
    assert set(found["field"]) == set(INPUTS)


def test_a_case_of_a_share_and_a_cost():
    # NPSV = 1,184,000 X - C: variances 1,184,000^2 Var(X) and 300,000^2 / 12
    found = of_case(CASE, {RATE: SHARE, COST: Interval(100_000, 400_000)}, reached=148).set_index("field")
    variances = np.array([1_184_000**2 * POSTERIOR.var(), 300_000**2 / 12])
    expected = variances / variances.sum()
    assert found.loc[[RATE, COST], "first"].to_numpy() == pytest.approx(expected, abs=0.02)
    assert found.loc[[RATE, COST], "total"].to_numpy() == pytest.approx(expected, abs=0.02)


def test_the_seed_reproduces_byte_for_byte():
    one, same, other = (of_case(CASE, INPUTS, reached=148, base=64, seed=seed) for seed in (0, 0, 2))
    assert one.to_csv() == same.to_csv() != other.to_csv()


@pytest.mark.parametrize(
    ("ask", "where"),
    [
        (lambda: indices(ishigami, list("abc"), base=100), "base"),
        (lambda: indices(ishigami, list("abc"), base=1), "base"),
        (lambda: indices(lambda points: np.ones(len(points)), list("abc"), base=64), "output"),
        (lambda: of_case(CASE, INPUTS, base=64), "output"),
        (lambda: of_case(replace(CASE, optimism_bias=1), INPUTS, output="reach", base=64), "output"),
        (lambda: of_case(CASE, {}), "inputs"),
    ],
)
def test_no_variance_to_share_out(ask, where):
    with pytest.raises(InputError) as caught:
        ask()
    assert caught.value.where == where
