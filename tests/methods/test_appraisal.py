"""Appraisal: cases worked by hand, every convention, exactness, and what rises and falls with what."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pfpp_utils.errors import InputError
from pfpp_utils.methods.additionality import Additionality, Effects, Reference
from pfpp_utils.methods.appraisal import appraise, npsv
from pfpp_utils.methods.case import Case, Conversion, Cost, Outcome
from pfpp_utils.methods.discounting import schedule
from pfpp_utils.methods.prices import deflator
from pfpp_utils.methods.quantities import Money
from pfpp_utils.methods.unit_values import UnitValue, require_shareable


def value(gbp, year=None, **more):
    return UnitValue("value", Money(gbp, year), **more)


def simple(cost=314_000, gbp=14_500, deadweight=0.2, bias=0.2, **more):
    outcome = Outcome("work", value(gbp), additionality=Additionality(deadweight=deadweight))
    return Case("simple", (Cost("grant", Money(cost)),), (outcome,), optimism_bias=bias, **more)


amounts = st.fractions(1, 10**6, max_denominator=100)
shares = st.fractions(0, Fraction(9, 10), max_denominator=100)
conventions = st.sampled_from(["benefits", "divide", "cost"])


@pytest.mark.parametrize(
    ("convention", "net", "needed", "nearest"),
    [
        ("benefits", 9280, 34, 34),  # 14,500 x 0.8 x 0.8 = 9,280; 314,000 / 9,280 = 33.84
        ("divide", Fraction(29_000, 3), 33, 32),  # 14,500 x 0.8 / 1.2 = 9,666.67; 32.48
        ("cost", 11_600, 33, 32),  # 14,500 x 0.8 = 11,600; 314,000 x 1.2 / 11,600 = 32.48
    ],
)
def test_each_convention_by_hand(convention, net, needed, nearest):
    result = appraise(simple(convention=convention))
    assert result.net_value_per_beneficiary == Money(net)
    assert result.beneficiaries == needed
    assert appraise(simple(convention=convention, rounding="nearest")).beneficiaries == nearest
    assert result.cost == Money(376_800 if convention == "cost" else 314_000)


def test_a_quotient_of_exactly_30_is_30():
    # 278,400 / 9,280 = 30; in binary floats 14500 * (1 - 0.2) * (1 - 0.2) is a little less than 9,280
    assert appraise(simple(cost=278_400)).beneficiaries == 30
    assert appraise(simple(cost=Fraction("278400.01"))).beneficiaries == 31
    for convention, cost in (("divide", 290_000), ("cost", 290_000)):
        assert appraise(simple(cost=cost, convention=convention)).beneficiaries == 30


def test_nearest_rounds_halves_up():
    assert appraise(simple(cost=25, gbp=10, deadweight=0, bias=0, rounding="nearest")).beneficiaries == 3
    assert appraise(simple(cost=24, gbp=10, deadweight=0, bias=0, rounding="nearest")).beneficiaries == 2


def test_reach_is_computed_from_whole_beneficiaries():
    # 33.84 -> 34 people; 34 / 0.19 = 178.95 -> 179, where 33.84 / 0.19 would give 178.09 -> 179
    assert appraise(simple(conversion=Conversion(Fraction("0.19")))).reach == 179
    # 21 / 10 = 2.1 -> 3 people; 3 / 0.5 = 6, where 2.1 / 0.5 = 4.2 would give 5
    case = simple(cost=21, gbp=10, deadweight=0, bias=0, conversion=Conversion(Fraction(1, 2)))
    assert appraise(case).reach == 6
    assert appraise(replace(case, conversion=None)).reach is None


def test_deadweight_in_the_conversion_as_the_report_has_it():
    # 22 / (7/37 x 0.8) = 145.36 -> 146 in exact arithmetic (147 in the report's order of rounding)
    conversion = Conversion(Fraction(7, 37), Fraction("0.2"))
    case = simple(cost=22, gbp=1, deadweight=None, bias=0, conversion=conversion)
    assert appraise(case).reach == 146


def test_a_case_by_hand():
    """Two costs, two outcomes, two price years, discounting, drop-off, additionality, a fixed number.

    Deflator 2020 = 100, 2022 = 110; rate 3.5%; optimism bias 20% off benefits. In prices of 2022:

    Costs    delivery 100,000 of 2022, half in year 0, half in year 1: 50,000 + 50,000 / 1.035
             building 20,000 of 2020 with an uplift of 10%: 20,000 x 1.1 x 1.1 = 24,200
    Work     2,000 of 2020 a unit, half a unit: 1,000 x 1.1 = 1,100 in year 0, 3/4 of it in year 1;
             leakage 10%, displacement 20%, multiplier 1.25, deadweight 1/4: 0.9 x 0.8 x 1.25 x 0.75 = 0.675;
             of each person who benefits, 60% have it
    Skills   50 of 2022 for three years at no discount, 10 people: 50 x 3 x 0.8 = 120 each
    """
    table = replace(deflator("December 2025"), index={2020: 100, 2022: 110})
    half = Fraction(1, 2)
    work = Outcome(
        "work",
        value(2000, 2020),
        units=half,
        duration=2,
        drop_off=Fraction(1, 4),
        share=Fraction(3, 5),
        additionality=Additionality(
            Effects(leakage=0.1, displacement=0.2, multiplier=Fraction(5, 4)), deadweight=Fraction(1, 4)
        ),
    )
    skills = Outcome("skills", value(50, 2022), duration=3, beneficiaries=10, schedule=schedule("none"))
    case = Case(
        "both",
        (
            Cost("delivery", Money(100_000, 2022), (half, half)),
            Cost("building", Money(20_000, 2020), optimism_bias=0.1),
        ),
        (work, skills),
        price_year=2022,
        deflator=table,
        optimism_bias=0.2,
        beneficiaries=100,
    )
    result = appraise(case)
    rate = Fraction("1.035")
    cost = 50_000 + 50_000 / rate + 24_200
    each = 1100 * (1 + Fraction(3, 4) / rate) * Fraction("0.675") * Fraction("0.8")
    assert result.cost == Money(cost, 2022)
    assert result.by_outcome == {"work": Money(each, 2022), "skills": Money(120, 2022)}
    assert result.net_value_per_beneficiary == Money(each * Fraction(3, 5), 2022)
    assert result.npsv == Money(1200 + 100 * each * Fraction(3, 5) - cost, 2022)
    assert result.bcr == (1200 + 60 * each) / cost
    # (122,509.18 - 1,200) / 614.63 = 197.4 and, alone, 122,509.18 / 1,024.43 = 119.6 and / 120 = 1020.9
    assert (result.beneficiaries, result.alone) == (198, {"work": 120, "skills": 1021})


def test_weights_are_off_by_default():
    case = simple(gbp=1000, deadweight=0, bias=0)
    weighted = replace(case, outcomes=(replace(case.outcomes[0], weight=Fraction(3, 2)),))
    assert appraise(weighted).net_value_per_beneficiary == Money(1000)
    assert appraise(replace(weighted, distributional_weights=True)).net_value_per_beneficiary == Money(1500)


def test_an_uplift_of_one_cost_leaves_the_others():
    costs = (Cost("one", Money(100), optimism_bias=0.5), Cost("two", Money(100)))
    assert appraise(replace(simple(), costs=costs)).cost == Money(250)


def test_a_cost_in_a_later_year_is_discounted():
    costs = (Cost("late", Money(207), first_year=1),)
    assert appraise(replace(simple(), costs=costs)).cost == Money(200)


@pytest.mark.parametrize("change", [{"deadweight": 1}, {"gbp": 0}, {"bias": 1}])
def test_where_nothing_is_gained_no_number_is_enough(change):
    result = appraise(simple(**change, beneficiaries=10, conversion=Conversion(Fraction(1, 2))))
    assert (result.beneficiaries, result.reach, result.alone["work"]) == (None, None, None)
    assert (result.npsv, result.bcr) == (Money(-314_000), 0)


def test_what_costs_nothing_breaks_even_with_nobody():
    result = appraise(simple(cost=0, beneficiaries=3))
    assert (result.beneficiaries, result.bcr) == (0, None)


def test_benefits_of_a_fixed_number_come_off_the_cost_first():
    fixed = Outcome("fixed", value(100), beneficiaries=5)
    grows = Outcome("grows", value(50))
    case = Case("both", (Cost("grant", Money(600)),), (fixed, grows))
    assert appraise(case).beneficiaries == 2  # (600 - 500) / 50
    assert appraise(replace(case, outcomes=(replace(fixed, beneficiaries=6), grows))).beneficiaries == 0
    alone = appraise(replace(case, outcomes=(fixed,)))
    assert (alone.npsv, alone.beneficiaries) == (Money(-100), None)
    assert appraise(case).npsv is None


@settings(deadline=None, max_examples=60)
@given(amounts, amounts, shares, shares, conventions)
def test_breakeven_rises_with_cost_and_deadweight_and_falls_with_value(cost, gbp, deadweight, bias, how):
    def needed(**change):
        inputs = {"cost": cost, "gbp": gbp, "deadweight": deadweight, "bias": bias} | change
        return appraise(simple(**inputs, convention=how)).beneficiaries

    assert needed(cost=2 * cost) >= needed() >= 1
    assert needed(deadweight=(1 + deadweight) / 2) >= needed()
    assert needed(bias=(1 + bias) / 2) >= needed()
    assert needed(gbp=2 * gbp) <= needed()


@settings(deadline=None, max_examples=60)
@given(amounts, amounts, shares, shares, conventions)
def test_the_people_needed_are_the_fewest_who_meet_the_cost(cost, gbp, deadweight, bias, how):
    case = simple(cost, gbp, deadweight, bias, convention=how)
    needed = appraise(case).beneficiaries
    assert npsv(replace(case, beneficiaries=needed)).gbp >= 0
    assert npsv(replace(case, beneficiaries=needed - 1)).gbp < 0


UNSHAREABLE = value(1, source="A value bank", licence="CC BY-NC-ND 4.0", shareable=False)


def test_a_value_that_must_not_be_shared_can_be_computed_with_and_not_published():
    case = Case("bank", (Cost("grant", Money(10)),), (Outcome("work", UNSHAREABLE),))
    assert appraise(case).beneficiaries == 10
    with pytest.raises(InputError, match=r"(?s)licence forbids.*A value bank: CC BY-NC-ND 4\.0.*shareable"):
        require_shareable([value(2), UNSHAREABLE])
    require_shareable([value(2)])


GRANT = Cost("grant", Money(1))
WORK = Outcome("work", value(1))
WORSE = Reference(1, Effects(multiplier=2))


@pytest.mark.parametrize(
    ("make", "parts"),
    [
        (lambda: Cost("grant", Money(-1)), ("costs[grant].amount", "-1", "0 or more")),
        (lambda: Cost("grant", Money(1), (0.5, 0.4)), ("costs[grant].profile", "0.5 + 0.4", "sum 1")),
        (lambda: Cost("grant", Money(1), (1.5, -0.5)), ("costs[grant].profile", "1.5", "from 0 to 1")),
        (lambda: Cost("grant", Money(1), optimism_bias=20), ("costs[grant].optimism_bias", "from 0 to 1")),
        (lambda: Outcome("work", value(-5)), ("outcomes[work].unit_value", "0 or more")),
        (lambda: replace(WORK, units=-1), ("outcomes[work].units", "0 or more")),
        (lambda: replace(WORK, weight=-1), ("outcomes[work].weight", "0 or more")),
        (lambda: replace(WORK, duration=0), ("outcomes[work].duration", "more than 0, at most 500")),
        (lambda: replace(WORK, drop_off=1.5), ("outcomes[work].drop_off", "from 0 to 1")),
        (lambda: replace(WORK, share=1.5), ("outcomes[work].share", "from 0 to 1")),
        (lambda: replace(WORK, beneficiaries=-1), ("outcomes[work].beneficiaries", "0 or more")),
        (
            lambda: replace(WORK, additionality=Additionality(reference=WORSE)),
            ("outcomes[work].additionality", "-1.0", "0 or more"),
        ),
        (lambda: Conversion(1.2), ("conversion.rate", "from 0 to 1")),
        (lambda: Conversion(0.5, 1.2), ("conversion.deadweight", "from 0 to 1")),
        (lambda: Case("x", (), (WORK,)), ("costs", "one or more")),
        (lambda: Case("x", (GRANT, GRANT), (WORK,)), ("costs", "'grant'", "each name once")),
        (lambda: Case("x", (GRANT,), (WORK, WORK)), ("outcomes", "'work'")),
        (lambda: simple(bias=1.2), ("optimism_bias", "from 0 to 1")),
        (lambda: simple(convention="green_book"), ("convention", "benefits, divide, cost")),
        (lambda: simple(rounding="down"), ("rounding", "up, nearest")),
        (lambda: simple(beneficiaries=-1), ("beneficiaries", "0 or more")),
        (
            lambda: simple(conversion=Conversion(0.5, 0.2)),
            ("twice", "conversion.deadweight and outcomes[work].additionality", "one of the two places"),
        ),
        (
            lambda: replace(simple(convention="cost"), costs=(replace(GRANT, optimism_bias=0.1),)),
            ("twice", "optimism_bias and costs[grant].optimism_bias", "one of the two"),
        ),
        (
            lambda: replace(simple(), costs=(Cost("grant", Money(1, 2022)),)),
            ("mixed price bases without a deflator", "costs[grant].amount", "2022 and not stated"),
        ),
        (
            lambda: replace(simple(), price_year=2022, deflator=deflator("December 2025")),
            ("mixed price bases", "costs[grant].amount", "not stated and 2022"),
        ),
        (
            lambda: Case("x", (Cost("grant", Money(1, 2030)),), (WORK,), 2022, deflator("December 2025")),
            ("no deflator for the year", "costs[grant].amount", "2030", "2019 to 2024"),
        ),
    ],
)
def test_bad_input_names_the_field_and_what_is_allowed(make, parts):
    with pytest.raises(InputError) as caught:
        make()
    assert [part for part in parts if part not in str(caught.value)] == []


@pytest.mark.parametrize("conversion", [Conversion(0), Conversion(0.5, 1)])
def test_where_nobody_who_is_reached_benefits_no_reach_is_enough(conversion):
    assert appraise(simple(deadweight=0, conversion=conversion)).reach is None
    assert appraise(simple(deadweight=0, cost=0, conversion=conversion)).reach == 0


def test_a_deadweight_of_nothing_is_not_a_second_one():
    assert appraise(simple(deadweight=0, conversion=Conversion(0.5, 0.2))).reach is not None
    assert appraise(simple(deadweight=0.2, conversion=Conversion(0.5, 0))).reach is not None
