"""Switching values: by hand, and put back they give a net value of exactly zero."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pfpp_utils.errors import InputError
from pfpp_utils.methods.additionality import Additionality, Effects, Reference
from pfpp_utils.methods.appraisal import npsv
from pfpp_utils.methods.case import Case, Conversion, Cost, Outcome
from pfpp_utils.methods.discounting import SCHEDULES
from pfpp_utils.methods.quantities import Money
from pfpp_utils.methods.switching import UNITS, Driver, drivers, put, setting, switching_value
from pfpp_utils.methods.unit_values import UnitValue

WORK = Outcome("work", UnitValue("value", Money(100)), additionality=Additionality(deadweight=0.2))
PLAIN = Case("plain", (Cost("grant", Money(1200)),), (WORK,), beneficiaries=20, optimism_bias=0.25)

amounts = st.fractions(1, 10**5, max_denominator=20)
shares = st.fractions(0, Fraction(9, 10), max_denominator=20)


@st.composite
def cases(draw):
    effects = Effects(draw(shares), draw(shares), draw(shares), draw(st.fractions(1, 2, max_denominator=9)))
    outcomes = [
        Outcome(
            name,
            UnitValue("value", Money(draw(amounts))),
            duration=draw(st.fractions(Fraction(1, 4), 12, max_denominator=4)),
            drop_off=draw(shares),
            first_year=draw(st.integers(0, 2)),
            share=draw(st.fractions(Fraction(1, 10), 1, max_denominator=10)),
            beneficiaries=draw(st.none() | st.integers(1, 50)),
            additionality=draw(
                st.sampled_from(
                    [
                        Additionality(effects, deadweight=draw(shares)),
                        Additionality(effects, reference=Reference(draw(shares), effects)),
                    ]
                )
            ),
        )
        for name in ("work", "skills")
    ]
    return Case(
        "any",
        (Cost("one", Money(draw(amounts)), (0.5, 0.5)), Cost("two", Money(draw(amounts)))),
        tuple(outcomes),
        beneficiaries=draw(st.integers(1, 500)),
        optimism_bias=draw(shares),
        convention=draw(st.sampled_from(["benefits", "divide", "cost"])),
        schedule=draw(st.sampled_from(SCHEDULES)),
    )


@settings(deadline=None, max_examples=40)
@given(cases())
def test_the_switching_value_put_back_gives_zero_net_value(case):
    for driver in drivers(case):
        value = switching_value(case, driver)
        assert value is None or npsv(put(case, driver, value)).gbp == 0
        now = setting(case, driver)
        assert put(case, driver, now) == case


def test_a_reference_case_with_no_impact_yet_is_solved_though_it_has_room_for_little():
    net = Additionality(Effects(displacement=Fraction(7, 10)), reference=Reference(Fraction(0)))
    work = Outcome("work", UnitValue("value", Money(1000)), additionality=net)
    case = Case("tight", (Cost("grant", Money(2000)),), (work,), beneficiaries=10)
    # 10 x 1,000 x (0.3 - impact) = 2,000; an impact of 1/2 is refused, because 0.3 is all there is
    assert switching_value(case, Driver("deadweight", "work")) == Fraction(1, 10)


@settings(deadline=None, max_examples=40)
@given(cases(), st.data())
def test_a_setting_that_breaks_even_is_found_again_after_it_was_moved(case, data):
    even = put(case, Driver("cost"), switching_value(case, Driver("cost")))
    driver = data.draw(st.sampled_from(drivers(even)))
    assert npsv(even).gbp == 0
    moved = put(even, driver, setting(even, driver) / 2)
    if npsv(moved).gbp:
        assert switching_value(moved, driver) == setting(even, driver)


@pytest.mark.parametrize(
    ("driver", "expected"),
    [
        (Driver("beneficiaries"), 20),  # 1,200 / (100 x 0.8 x 0.75)
        (Driver("cost"), 1200),  # 20 x 60
        (Driver("optimism_bias"), Fraction(1, 4)),
        (Driver("unit_value", "work"), 100),
        (Driver("deadweight", "work"), Fraction(1, 5)),
        (Driver("duration", "work"), 1),
    ],
)
def test_a_case_that_just_breaks_even(driver, expected):
    assert npsv(PLAIN).gbp == 0
    assert switching_value(PLAIN, driver) == expected == setting(PLAIN, driver)


@pytest.mark.parametrize(
    ("driver", "expected"),
    [
        (Driver("beneficiaries"), Fraction(40, 3)),  # 800 / 60: not rounded
        (Driver("cost"), 1200),
        (Driver("optimism_bias"), Fraction(1, 2)),  # 20 x 80 x (1 - 1/2) = 800
        (Driver("unit_value", "work"), Fraction(200, 3)),
        (Driver("deadweight", "work"), Fraction(7, 15)),  # 20 x 75 x (1 - 7/15) = 800
        (Driver("duration", "work"), Fraction(2, 3)),
    ],
)
def test_by_hand_at_a_cost_of_800(driver, expected):
    cheaper = put(PLAIN, Driver("cost"), Fraction(800))
    assert switching_value(cheaper, driver) == expected


def test_optimism_bias_when_benefits_are_divided():
    case = replace(PLAIN, convention="divide")  # 1,600 / (1 + b) = 1,200
    assert switching_value(case, Driver("optimism_bias")) == Fraction(1, 3)
    assert switching_value(replace(PLAIN, convention="cost"), Driver("optimism_bias")) == Fraction(1, 3)


def test_a_longer_duration_is_found_across_years():
    # 1,200 at 3.5%: year 0 brings 600, year 1 brings 600 / 1.035 = 579.71, year 2 560.11 for a full year
    half = put(PLAIN, Driver("unit_value", "work"), Fraction(50))
    expected = 2 + (600 - 600 / Fraction("1.035")) / (600 / Fraction("1.035") ** 2)
    assert switching_value(half, Driver("duration", "work")) == expected


def test_no_possible_value_is_none_and_not_an_impossible_one():
    dear = put(PLAIN, Driver("cost"), Fraction(10**6))
    assert switching_value(dear, Driver("deadweight", "work")) is None
    assert switching_value(dear, Driver("optimism_bias")) is None
    lost = replace(dear, outcomes=(replace(WORK, drop_off=Fraction(1, 2)),))
    assert switching_value(lost, Driver("duration", "work")) is None
    nothing = put(PLAIN, Driver("unit_value", "work"), Fraction(0))
    assert [switching_value(nothing, Driver(name, "work")) for name in ("deadweight", "duration")] == [
        None
    ] * 2
    assert switching_value(nothing, Driver("beneficiaries")) is None
    assert switching_value(nothing, Driver("unit_value", "work")) == 100


def test_an_unknown_number_of_beneficiaries_leaves_only_that_to_turn_round():
    unknown = replace(PLAIN, beneficiaries=None)
    found = {driver.name: switching_value(unknown, driver) for driver in drivers(unknown)}
    assert {name for name, value in found.items() if value is not None} == {"beneficiaries"}
    assert setting(unknown, Driver("beneficiaries")) is None


def test_deadweight_in_the_conversion_leaves_none_in_the_value_to_turn_round():
    plain = replace(WORK, additionality=Additionality())
    case = replace(PLAIN, outcomes=(plain,), conversion=Conversion(0.5, 0.2))
    assert "deadweight" not in {driver.name for driver in drivers(case)}
    assert {driver.name for driver in drivers(PLAIN)} == set(UNITS)


def test_a_case_without_a_cost_has_no_cost_to_turn_round():
    free = put(PLAIN, Driver("cost"), Fraction(0))
    assert switching_value(free, Driver("cost")) is None
    assert switching_value(free, Driver("beneficiaries")) == 0
    assert switching_value(free, Driver("deadweight", "work")) == 1


def test_what_cannot_be_put_is_refused():
    with pytest.raises(InputError, match="work"):
        put(PLAIN, Driver("duration", "play"), Fraction(1))
    with pytest.raises(InputError, match="from 0 to 1"):
        put(PLAIN, Driver("deadweight", "work"), Fraction(2))
    with pytest.raises(InputError, match="no cost to scale"):
        put(put(PLAIN, Driver("cost"), Fraction(0)), Driver("cost"), Fraction(1))
