"""Simulation: against formulas, across chunks, the same for the same seed, and refusing what it cannot do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from known_case import CASE, COST, DEADWEIGHT, DURATION, INPUTS, POSTERIOR, RATE, SHARE, VALUE

from pfpp_utils.errors import InputError
from pfpp_utils.methods import breakeven_curve
from pfpp_utils.methods.distributions import Counts, Interval, ThreePoint
from pfpp_utils.methods.fields import settings as fields
from pfpp_utils.methods.float_model import evaluate
from pfpp_utils.methods.sampling import Sample
from pfpp_utils.methods.simulation import simulate
from pfpp_utils.methods.tornado import tornado

SMALL = Sample(2**10)


def within(estimate, expected, *, errors=2):
    """Off by no more than twice the half-width of a 95% interval."""
    return abs(estimate.value - expected) <= errors * estimate.error


@pytest.mark.parametrize("sample", [Sample(2**12), Sample(2**18), Sample(8000, method="latin")])
def test_means_and_the_chance_are_those_of_the_formulas(sample):
    # NPSV = 148 X 8,000 - C with X ~ Beta(7.5, 30.5); breaks even where X >= C / 1,184,000
    found = simulate(CASE, {RATE: SHARE}, reached=148, sample=sample)
    assert within(found.mean("npsv"), 148 * 8_000 * 7.5 / 38 - 200_000)
    assert within(found.chance(), POSTERIOR.sf(200_000 / 1_184_000))
    assert found.mean("npsv").error < 1_184_000 * 0.07 / np.sqrt(
        sample.draws
    )  # 0.07: deviation of X, and more
    both = simulate(CASE, {RATE: SHARE, COST: Interval(100_000, 400_000)}, reached=148, sample=sample)
    assert within(both.mean("npsv"), 148 * 8_000 * 7.5 / 38 - 250_000)
    # P(C <= 1,184,000 X) with C uniform: E of min(max((1,184,000 X - 100,000) / 300,000, 0), 1)
    chance = POSTERIOR.expect(lambda x: min(max((1_184_000 * x - 100_000) / 300_000, 0), 1))
    assert within(both.chance(), chance)


def test_quantiles_are_those_of_the_formulas():
    found = simulate(CASE, {RATE: SHARE}, reached=148, sample=Sample(2**16))
    for share, value in found.quantiles("npsv").items():
        assert value == pytest.approx(1_184_000 * POSTERIOR.ppf(share) - 200_000, abs=200)
    # reach = 25 people / X, upwards: its 5% quantile is at the 95% quantile of X
    assert found.quantiles("reach")[0.05] == pytest.approx(25 / POSTERIOR.ppf(0.95), abs=1)
    assert set(found.quantiles("beneficiaries").values()) == {25.0}


def test_quantiles_are_values_that_enough_draws_do_not_exceed():
    found = simulate(CASE, INPUTS, reached=148, sample=SMALL)
    values = np.sort(found.values("npsv"))
    assert found.quantiles("npsv", [0, 0.5, 1]) == {0: values[0], 0.5: values[511], 1: values[-1]}


def test_people_are_infinite_where_no_number_is_enough():
    worthless = simulate(CASE, {"outcomes[work].additionality.deadweight": Interval(0.5, 1)}, sample=SMALL)
    assert np.isfinite(worthless.quantiles("beneficiaries")[0.95])
    none = {"outcomes[work].units": Interval(0, 1)}
    never = simulate(replace(CASE, optimism_bias=1), none, sample=SMALL)
    assert never.quantiles("beneficiaries")[0.5] == np.inf
    assert never.quantiles("reach")[0.5] == np.inf


def test_results_that_the_case_does_not_have():
    unknown = simulate(CASE, INPUTS, sample=SMALL)
    assert unknown.chance() is None
    assert unknown.mean("npsv") is None
    assert unknown.quantiles("bcr") == {}
    assert unknown.summary()["output"].tolist() == ["net_value", "beneficiaries", "reach"]
    alone = replace(CASE, conversion=None, beneficiaries=30)
    found = simulate(alone, {COST: Interval(150_000, 250_000)}, sample=SMALL)
    assert found.summary()["output"].tolist() == ["net_value", "beneficiaries", "npsv", "bcr"]
    assert within(found.chance(), 0.9)  # 30 x 8,000 = 240,000
    assert found.summary().loc[0, "q05"] == 8_000


def test_every_draw_is_the_appraisal_of_its_own_numbers():
    sample = Sample(2**19)  # two chunks a block
    found, start = simulate(CASE, INPUTS, reached=148, sample=sample), 0
    for where, points in sample.chunks(len(INPUTS)):
        if where.start in (0, 2**14, 2**18):
            values = {
                name: each.quantile(row[:5]) for (name, each), row in zip(INPUTS.items(), points, strict=True)
            }
            expected = evaluate(CASE, values, reached=148).npsv()
            assert found.values("npsv")[where][:5] == pytest.approx(expected, rel=1e-12)
            start += 1
    assert start == 3


def test_what_is_kept_does_not_grow_with_the_numbers_drawn():
    found = simulate(CASE, INPUTS, reached=148, sample=SMALL)
    parts = [value for value in vars(found.batch).values() if np.ndim(value)]
    assert 0 < len(parts) <= 5
    assert all(part.shape == (2**10,) for part in parts)
    alone = simulate(CASE, {COST: Interval(1, 2)}, reached=148, sample=SMALL)
    assert [name for name, value in vars(alone.batch).items() if np.ndim(value)] == ["cost"]


def test_fields_that_share_a_number_move_together():
    # two outcomes of 148 x 7 / 37 x 8,000 V each: variance 4 times that of one, not twice
    second = replace(CASE.outcomes[0], name="skills")
    both = replace(CASE, outcomes=(*CASE.outcomes, second))
    other, value = VALUE.replace("work", "skills"), Interval(0, 10_000)
    deviations = [
        simulate(case, inputs, reached=148, sample=SMALL).values("npsv").std()
        for case, inputs in [
            (CASE, {VALUE: value}),
            (both, {(VALUE, other): value}),
            (both, {VALUE: value, other: value}),
        ]
    ]
    assert deviations[1:] == pytest.approx([2 * deviations[0], np.sqrt(2) * deviations[0]], rel=0.01)
    found = tornado(both, {(VALUE, other): value}, reached=148)
    assert found["field"].tolist() == [f"{VALUE} and {other}"]
    assert found["swing"].tolist() == pytest.approx([2 * 28 * 0.8 * 10_000])


def test_the_seed_reproduces_byte_for_byte():
    one, same, other = (simulate(CASE, INPUTS, reached=148, sample=Sample(2**12, seed)) for seed in (7, 7, 8))
    assert one.values("npsv").tobytes() == same.values("npsv").tobytes() != other.values("npsv").tobytes()
    assert one.summary().to_csv() == same.summary().to_csv()


@settings(max_examples=30, deadline=None)
@given(st.floats(0, 2000), st.floats(1, 3), st.integers(0, 2**32), st.integers(0, 37))
def test_the_chance_never_falls_with_reach_or_value(reached, more, seed, count):
    inputs = {**INPUTS, RATE: Counts(count, 37)}
    sample = Sample(2**8, seed)
    fewer = simulate(CASE, inputs, reached=reached, sample=sample).chance().value
    assert simulate(CASE, inputs, reached=reached * more, sample=sample).chance().value >= fewer
    value = INPUTS[VALUE]
    dearer = ThreePoint(value.low * more, value.central * more, value.high * more)
    assert simulate(CASE, {**inputs, VALUE: dearer}, reached=reached, sample=sample).chance().value >= fewer


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0, 5000), min_size=1, max_size=20), st.integers(0, 2**32))
def test_the_curve_is_the_chance_at_each_reach_and_never_falls(reaches, seed):
    sample = Sample(2**8, seed)
    reaches = sorted(reaches)
    found = breakeven_curve.curve(simulate(CASE, INPUTS, sample=sample), reaches)
    assert found["probability"].is_monotonic_increasing
    assert ((found["low"] <= found["probability"]) & (found["probability"] <= found["high"])).all()
    for reached, probability in zip(reaches, found["probability"], strict=True):
        chance = simulate(CASE, INPUTS, reached=reached, sample=sample).chance().value
        assert probability == pytest.approx(chance, abs=1.5 / 2**8)


def test_the_curve_is_that_of_the_formula():
    found = breakeven_curve.curve(simulate(CASE, {RATE: SHARE}, sample=Sample(2**14)), [0, 50, 100, 200, 1e9])
    expected = [POSTERIOR.sf(200_000 / (8_000 * reached)) if reached else 0 for reached in found["people"]]
    assert found["probability"].to_numpy() == pytest.approx(expected, abs=1e-3)
    assert (found["high"] - found["low"]).max() < 2e-3
    along = simulate(CASE, {COST: Interval(150_000, 250_000)}, sample=Sample(2**14))
    people = breakeven_curve.curve(along, [10, 20, 25, 30, 40], "beneficiaries")
    assert people["probability"].to_numpy() == pytest.approx([0, 0.1, 0.5, 0.9, 1], abs=1e-3)


@pytest.mark.parametrize(
    ("ask", "where"),
    [
        (lambda: breakeven_curve.curve(simulate(CASE, INPUTS, sample=SMALL), [-1]), "people"),
        (lambda: breakeven_curve.curve(simulate(CASE, INPUTS, sample=SMALL), [1], "time"), "along"),
        (lambda: breakeven_curve.curve(_without_conversion(), [1]), "along"),
        (lambda: simulate(CASE, INPUTS, sample=SMALL).values("profit"), "output"),
        (lambda: simulate(CASE, {}), "inputs"),
        (lambda: simulate(CASE, {"outcomes[wrk].units": Interval(0, 1)}), "inputs"),
        (lambda: simulate(CASE, {VALUE: Interval(0, 1), (COST, VALUE): Interval(0, 1)}), "inputs"),
        (lambda: simulate(CASE, {DEADWEIGHT: Interval(0, 1.1)}), DEADWEIGHT),
        (lambda: simulate(CASE, {COST: Interval(-1, 1)}), COST),
        (lambda: simulate(CASE, {DURATION: Interval(0, 501)}), DURATION),
    ],
)
def test_impossible_questions(ask, where):
    with pytest.raises(InputError) as caught:
        ask()
    assert caught.value.where == where


def _without_conversion():
    return simulate(replace(CASE, conversion=None), {COST: Interval(1, 2)}, sample=SMALL)


def test_every_field_can_be_drawn():
    # only what the case has: deadweight is in the value, so there is none in the conversion
    assert set(INPUTS) <= set(fields(CASE))
    assert "conversion.deadweight" not in fields(CASE)
