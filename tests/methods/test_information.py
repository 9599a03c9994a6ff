"""Value of information: against formulas, and within its limits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from known_case import CASE, COST, INPUTS, POSTERIOR, RATE, SHARE, VALUE, mean_above
from scipy.stats import uniform

from pfpp_utils.errors import InputError
from pfpp_utils.methods.distributions import Counts, Interval
from pfpp_utils.methods.information import value_of_information
from pfpp_utils.methods.sampling import Sample

#: Pounds for each whole share of the 148 people reached: 148 x 8,000.
SCALE = 1_184_000


def worth(cost, mean):
    """E[max(0, 1,184,000 X - cost)] - max(0, its mean), X by the posterior of 7 of 37."""
    threshold = cost / SCALE
    return SCALE * mean_above(threshold) - cost * POSTERIOR.sf(threshold) - max(0, mean)


def test_a_share_alone():
    found = value_of_information(CASE, {RATE: SHARE}, reached=148)
    mean = SCALE * POSTERIOR.mean() - 200_000
    assert found.net_value.value == pytest.approx(mean, abs=20)
    assert found.perfect.value == pytest.approx(worth(200_000, mean), abs=50)
    # the only uncertain number: to know it is to know all
    assert found.each["evppi_gbp"].tolist() == pytest.approx([worth(200_000, mean)], rel=0.01)
    assert found.each["share"].tolist() == pytest.approx([1], rel=0.01)


@pytest.mark.parametrize("low", [50_000, 100_000, 180_000])
def test_a_share_and_a_cost(low):
    """NPSV = 1,184,000 X - C; the mean given X needs only the mean of C, and the other way round."""
    high = low + 300_000
    middle = (low + high) / 2
    found = value_of_information(CASE, {RATE: SHARE, COST: Interval(low, high)}, reached=148)
    each, mean = found.each.set_index("field"), SCALE * POSTERIOR.mean() - middle
    cost = uniform(low, high - low)
    of_cost = cost.expect(lambda c: max(0, SCALE * POSTERIOR.mean() - c)) - max(0, mean)
    allowed = 0.02 * found.perfect.value
    assert each.loc[RATE, "evppi_gbp"] == pytest.approx(worth(middle, mean), abs=allowed)
    assert each.loc[COST, "evppi_gbp"] == pytest.approx(of_cost, abs=allowed)
    perfect = cost.expect(lambda c: worth(c, 0)) - max(0, mean)
    assert found.perfect.value == pytest.approx(perfect, abs=max(2 * found.perfect.error, 1))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 37), st.floats(1, 10**6), st.floats(0, 1000), st.integers(0, 2**32))
def test_knowing_one_number_is_worth_something_and_never_more_than_knowing_all(count, cost, reached, seed):
    inputs = {**INPUTS, RATE: Counts(count, 37), COST: Interval(cost, 2 * cost)}
    found = value_of_information(CASE, inputs, reached=reached, sample=Sample(2**10, seed))
    assert (found.each["evppi_gbp"] >= 0).all()
    assert (found.each["evppi_gbp"] <= found.perfect.value * (1 + 1e-9) + 1e-6).all()
    assert found.each["evppi_gbp"].is_monotonic_decreasing
    assert found.perfect.value >= -1e-6


def test_nothing_is_worth_knowing_where_the_decision_is_clear():
    found = value_of_information(CASE, INPUTS, reached=10**5)
    assert found.perfect.value == pytest.approx(0, abs=1)
    assert found.each["evppi_gbp"].max() == pytest.approx(0, abs=1)
    hopeless = value_of_information(CASE, INPUTS, reached=0)
    assert hopeless.perfect.value == 0
    assert hopeless.each["share"].tolist() == [0] * len(INPUTS)


def test_a_number_that_does_not_matter_is_worth_next_to_nothing():
    inputs = {RATE: SHARE, VALUE: Interval(9_999, 10_001)}
    each = value_of_information(CASE, inputs, reached=148).each.set_index("field")
    assert each.loc[VALUE, "share"] < 0.02


def test_the_seed_reproduces_byte_for_byte():
    one, same, other = (
        value_of_information(CASE, INPUTS, reached=148, sample=Sample(2**10, seed)) for seed in (1, 1, 2)
    )
    assert one.each.to_csv() == same.each.to_csv() != other.each.to_csv()
    assert one.perfect == same.perfect


def test_an_unknown_number_of_people_has_no_decision():
    with pytest.raises(InputError) as caught:
        value_of_information(CASE, INPUTS)
    assert caught.value.where == "output"
    assert np.isfinite(value_of_information(CASE, INPUTS, reached=1).perfect.error)
