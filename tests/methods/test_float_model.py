"""The float model: equal to the exact one on generated cases, for numbers and for arrays of draws."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pfpp_utils import project
from pfpp_utils.data.cases import read
from pfpp_utils.errors import InputError
from pfpp_utils.methods import appraisal, fields
from pfpp_utils.methods.additionality import Additionality, Effects, Reference
from pfpp_utils.methods.batch import Batch
from pfpp_utils.methods.case import Case, Conversion, Cost, Outcome
from pfpp_utils.methods.discounting import SCHEDULES, level_value, schedule
from pfpp_utils.methods.float_model import evaluate, level_values
from pfpp_utils.methods.inputs import names, of_ranges
from pfpp_utils.methods.prices import deflator
from pfpp_utils.methods.quantities import Money
from pfpp_utils.methods.sampling import Sample
from pfpp_utils.methods.simulation import simulate
from pfpp_utils.methods.unit_values import UnitValue

WORK = Outcome("work", UnitValue("value", Money(14_500)), additionality=Additionality(deadweight=0.2))
CASE = Case(
    "simple",
    (Cost("grant", Money(314_000)),),
    (WORK,),
    conversion=Conversion(Fraction(7, 37)),
    optimism_bias=0.2,
)

amounts = st.fractions(1, 10**6, max_denominator=100)
shares = st.fractions(0, Fraction(9, 10), max_denominator=100)
factors = st.fractions(Fraction(1, 10), 3, max_denominator=20)
price_years = st.integers(2019, 2024)


@st.composite
def effects(draw):
    return Effects(draw(shares), draw(shares), draw(shares), draw(st.fractions(1, 2, max_denominator=9)))


@st.composite
def additionalities(draw, *, deadweight=True):
    own = draw(effects())
    if not deadweight:
        return Additionality(own)
    # the reference case loses at least as much as the intervention: its net share is never the larger
    worse = Effects(own.leakage, own.displacement, Fraction(1), own.multiplier)
    reference = Reference(draw(shares), draw(st.sampled_from([own, worse])))
    return draw(
        st.sampled_from(
            [Additionality(own, deadweight=draw(shares)), Additionality(own, reference=reference)]
        )
    )


@st.composite
def outcomes(draw, name, *, deadweight):
    return Outcome(
        name,
        UnitValue("value", Money(draw(amounts), draw(price_years))),
        units=draw(factors),
        duration=draw(st.fractions(Fraction(1, 4), 40, max_denominator=4)),
        drop_off=draw(st.sampled_from([Fraction(0), Fraction(1)]) | shares),
        first_year=draw(st.integers(0, 3)),
        share=draw(st.fractions(Fraction(1, 10), 1, max_denominator=10)),
        beneficiaries=draw(st.none() | st.integers(0, 50)),
        additionality=draw(additionalities(deadweight=deadweight)),
        weight=draw(factors),
        schedule=draw(st.none() | st.sampled_from(SCHEDULES)),
    )


@st.composite
def cases(draw):
    convention = draw(st.sampled_from(["benefits", "divide", "cost"]))
    rate = draw(st.fractions(Fraction(1, 100), 1, max_denominator=100))
    conversion = draw(st.sampled_from([None, Conversion(rate), Conversion(rate, draw(shares))]))
    in_value = conversion is None or not conversion.deadweight
    uplift = 0 if convention == "cost" else draw(shares)
    half = Fraction(1, 2)
    return Case(
        "any",
        (
            Cost(
                "one",
                Money(draw(amounts), draw(price_years)),
                (half, half),
                first_year=draw(st.integers(0, 2)),
            ),
            Cost("two", Money(draw(amounts), draw(price_years)), optimism_bias=uplift),
        ),
        tuple(draw(outcomes(name, deadweight=in_value)) for name in ("work", "skills")),
        price_year=draw(price_years),
        deflator=deflator("December 2025"),
        beneficiaries=draw(st.none() | st.integers(0, 500)),
        conversion=conversion,
        optimism_bias=draw(shares),
        convention=convention,
        schedule=draw(st.sampled_from(SCHEDULES)),
        rounding=draw(st.sampled_from(["up", "nearest"])),
        distributional_weights=draw(st.booleans()),
    )


def agree(found, exact, scale=None):
    """Equal to one part in 10^9, of the larger of what a difference was taken from."""
    if exact is None:
        return found is None or not np.isfinite(found)
    return abs(float(found) - float(exact)) <= 1e-9 * max(abs(float(scale or exact)), 1e-300)


@settings(max_examples=300, deadline=None)
@given(cases())
def test_equals_the_exact_model(case):
    exact, batch = appraisal.appraise(case), evaluate(case, {})
    gains = appraisal.benefits(case)
    assert agree(batch.cost, exact.cost.gbp)
    assert agree(batch.net_value, exact.net_value_per_beneficiary.gbp)
    assert agree(batch.benefits(), gains and gains.gbp)
    assert agree(batch.npsv(), exact.npsv and exact.npsv.gbp, gains and max(gains.gbp, exact.cost.gbp))
    assert agree(batch.bcr(), exact.bcr)
    if (each := exact.net_value_per_beneficiary).gbp:
        assert agree(batch.quotient(), appraisal.quotient(case), exact.cost / each)
    assert agree(batch.beneficiaries(), exact.beneficiaries)
    assert agree(batch.reach() if case.conversion else None, exact.reach)


@settings(max_examples=60, deadline=None)
@given(cases(), st.data())
def test_arrays_give_what_numbers_give_one_at_a_time(case, data):
    now = fields.settings(case)
    names = data.draw(st.lists(st.sampled_from(list(now)), unique=True, min_size=1))
    some = {name: now[name] * np.array([1.0, 0.6, 0.95]) for name in names}
    some = {name: np.maximum(value, fields.limits(name)[0]) for name, value in some.items()}
    some = {name: value + 0.25 if "duration" in name else value for name, value in some.items()}
    together = evaluate(case, some)
    for row in range(3):
        alone = evaluate(case, {name: float(value[row]) for name, value in some.items()})
        for part in ("benefits", "quotient", "beneficiaries", "reach", "npsv", "bcr"):
            one, all_of_them = getattr(alone, part)(), getattr(together, part)()
            if one is None:
                assert all_of_them is None
            else:
                found = np.broadcast_to(all_of_them, 3)[row]
                assert found == pytest.approx(float(one), rel=1e-9, abs=1e-6, nan_ok=True)


def test_a_deadweight_drawn_moves_the_value_as_the_exact_model_does():
    # 14,500 x (1 - d) x 0.8, for d of 0, 0.2 and 1: 11,600, 9,280 and nothing
    found = evaluate(CASE, {"outcomes[work].additionality.deadweight": np.array([0, 0.2, 1])})
    assert np.allclose(found.net_value, [11_600, 9_280, 0])
    assert found.beneficiaries().tolist() == [28, 34, np.inf]
    assert found.reach().tolist() == [148, 180, np.inf]  # 28 and 34 x 37 / 7, upwards


def test_a_quotient_of_exactly_30_is_30():
    assert evaluate(CASE, {"costs[grant].amount_gbp": 278_400}).beneficiaries() == 30
    assert evaluate(CASE, {"costs[grant].amount_gbp": 278_400.01}).beneficiaries() == 31


def test_halves_are_rounded_up_and_nobody_is_never_enough():
    plain = Batch(np.array([0.0, 0.1, 0.5, 1.5, 2.5, 2.4]), 0.0, 1.0, None, None, "nearest")
    assert plain.beneficiaries().tolist() == [0, 1, 1, 2, 3, 2]


def test_whole_quotients_stay_whole_whatever_floats_make_of_them():
    for tenths, hundredths, people in product(range(1, 10), range(0, 60, 7), (3, 7, 30, 364)):
        deadweight, bias = Fraction(tenths, 10), Fraction(hundredths, 100)
        cost = 14_500 * (1 - deadweight) * (1 - bias) * people
        draws = {
            "costs[grant].amount_gbp": float(cost),
            "outcomes[work].additionality.deadweight": float(deadweight),
            "optimism_bias.rate": float(bias),
        }
        assert evaluate(CASE, draws).beneficiaries() == people
        nearest = evaluate(
            replace(CASE, rounding="nearest"), {**draws, "costs[grant].amount_gbp": float(cost) / 2}
        )
        assert nearest.beneficiaries() == (people + 1) // 2


def test_people_reached_take_the_place_of_people_who_benefit():
    # 148 x 7 / 37 = 28 people at 9,280 each, less 314,000
    reached = evaluate(CASE, {}, reached=148.0)
    assert reached.npsv() == pytest.approx(28 * 9_280 - 314_000)
    assert evaluate(CASE, {}).npsv() is None
    assert evaluate(CASE, {}).bcr() is None
    assert reached.reach_quotient() == pytest.approx(314_000 / 9_280 * 37 / 7)


def test_no_cost_and_no_value():
    free = evaluate(CASE, {"costs[grant].amount_gbp": 0.0}, reached=10.0)
    assert free.quotient() == 0
    assert np.isnan(free.bcr())
    worthless = evaluate(CASE, {"outcomes[work].units": 0.0, "conversion.rate": 0.0}, reached=10.0)
    assert worthless.beneficiaries() == np.inf
    assert worthless.reach() == np.inf


@pytest.mark.parametrize(
    ("draws", "reached", "case", "where"),
    [
        ({"outcomes[wrk].units": 1.0}, None, CASE, "draws"),
        ({"conversion.deadweight": 0.1}, None, CASE, "draws"),
        ({}, 100.0, replace(CASE, conversion=None), "reached"),
    ],
)
def test_what_the_case_does_not_have(draws, reached, case, where):
    with pytest.raises(InputError) as caught:
        evaluate(case, draws, reached=reached)
    assert caught.value.where == where


def test_the_numbers_of_a_case_file_are_fields_of_its_case():
    for path in sorted((project.data() / "cases").glob("*.yml")):
        file = read(path)
        now, ranges = fields.settings(file.case()), of_ranges(file.spreads)
        assert ranges
        assert all(
            now[name] == float(file.spreads[name].central) for field in ranges for name in names(field)
        )
        assert simulate(file.case(), ranges, reached=100, sample=Sample(2**8)).chance()


def test_durations_are_discounted_as_one_by_one():
    plan = schedule("standard")
    durations, drop_offs = np.array([0.5, 1, 2.5, 40]), np.array([0, 0.3, 1, 0.1])
    for first_year in (0, 3):
        both = level_values(durations, plan, drop_offs, first_year)
        for row, (duration, drop_off) in enumerate(zip(durations, drop_offs, strict=True)):
            exact = float(level_value(Fraction(duration), plan, Fraction(drop_off), first_year))
            assert both[row] == pytest.approx(exact, rel=1e-12)
            alone = level_values(np.array([duration]), plan, float(drop_off), first_year)
            assert alone[0] == pytest.approx(exact, rel=1e-12)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("costs[a.b].amount_gbp", (0, np.inf)),
        ("outcomes[x].additionality.multiplier", (1, np.inf)),
        ("outcomes[x].duration_years", (0, 500)),
        ("outcomes[x].additionality.reference.impact", (0, 1)),
        ("conversion.rate", (0, 1)),
    ],
)
def test_limits(field, expected):
    assert fields.limits(field) == expected
