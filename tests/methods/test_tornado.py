"""Tornado: by hand, and bars that contain the central value."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from known_case import CASE, COST, DEADWEIGHT, INPUTS, RATE, SHARE, VALUE

from pfpp_utils.errors import InputError
from pfpp_utils.methods.distributions import Counts, Interval, ThreePoint
from pfpp_utils.methods.tornado import tornado


def test_by_hand():
    # central: 148 x 7 / 37 = 28 people at 10,000 x 0.8 = 8,000 each, less 200,000
    found = tornado(
        CASE, {COST: Interval(150_000, 250_000), VALUE: ThreePoint(6_000, 10_000, 15_000)}, reached=148
    )
    assert found["field"].tolist() == [VALUE, COST]
    assert found["at_central"].tolist() == [24_000, 24_000]
    assert found.loc[0, ["at_low", "at_high", "swing"]].tolist() == [-65_600, 136_000, 201_600]
    assert found.loc[1, ["at_low", "at_high", "swing"]].tolist() == [74_000, -26_000, 100_000]
    assert found.loc[0, ["low", "central", "high"]].tolist() == [6_000, 10_000, 15_000]


def test_people_and_a_share_that_was_counted():
    found = tornado(CASE, {RATE: SHARE, DEADWEIGHT: Interval(0, 1)}, output="reach")
    # 25 people x 37 / 7, and at a deadweight of 0.5: 40 people x 37 / 7
    assert found["at_central"].tolist() == [212, 212]
    assert found["field"].tolist() == [DEADWEIGHT, RATE]
    assert found.loc[0, ["at_low", "at_high", "swing"]].tolist() == [106, np.inf, np.inf]
    assert found.loc[1, "at_low"] == np.ceil(40 / SHARE.low)


def test_a_number_that_does_not_matter_has_no_swing():
    never = replace(CASE, optimism_bias=1)
    found = tornado(never, {COST: Interval(1, 2), VALUE: Interval(1, 2)}, output="beneficiaries")
    assert found["swing"].tolist() == [0, 0]


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(["net_value", "beneficiaries", "reach", "npsv", "bcr"]),
    st.integers(0, 37),
    st.floats(0, 0.9),
    st.floats(0, 500),
)
def test_bars_contain_the_central_value(output, count, deadweight, reached):
    inputs = {**INPUTS, RATE: Counts(count, 37), DEADWEIGHT: ThreePoint(0, deadweight, 0.95)}
    found = tornado(CASE, inputs, reached=reached, output=output)
    ends = found[["at_low", "at_high"]].to_numpy()
    assert (ends.min(axis=1) <= found["at_central"]).all()
    assert (found["at_central"] <= ends.max(axis=1)).all()
    assert found["swing"].is_monotonic_decreasing
    assert found["at_central"].nunique() == 1


@pytest.mark.parametrize("output", ["npsv", "bcr", "profit"])
def test_results_that_the_case_does_not_have(output):
    with pytest.raises(InputError) as caught:
        tornado(CASE, INPUTS, output=output)
    assert caught.value.where == "output"
