"""Conversions: the published chain in both orders of rounding, its single steps, and what they refuse."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfpp_utils.errors import InputError
from pfpp_utils.methods import conversions
from pfpp_utils.methods.claims import settle

CORNWALL = {"reached": 37, "outcomes": 7, "deadweight": 0.2, "target": 22, "months": 3}


def test_cornwall_in_the_published_order():
    steps = conversions.chain(**CORNWALL, rounding="published")
    assert [step.value for step in steps] == [
        Fraction(700, 37),
        Fraction(152, 10),
        Fraction(2200, 15),
        148,
        Fraction(222, 10),
    ]
    assert [step.rounded for step in steps] == [19, 15, 147, 148, 22]
    assert [step.unit for step in steps] == ["percent", "percent", "people", "people", "people"]


def test_cornwall_exactly_needs_one_person_fewer():
    steps = conversions.chain(**CORNWALL, rounding="exact")
    assert [step.value for step in steps] == [
        Fraction(700, 37),
        Fraction(2800, 185),
        Fraction(2035, 14),
        148,
        Fraction(224, 10),
    ]
    assert [step.rounded for step in steps] == [19, 15, 146, 148, 22]


def test_cornwall_side_by_side():
    table = conversions.side_by_side(**CORNWALL)
    assert table["step"].is_unique
    assert table["formula"].str.len().min() > 0
    assert table["value_published"].round(3).tolist() == [18.919, 15.2, 146.667, 148, 22.2]
    assert table["rounded_published"].tolist() == [19, 15, 147, 148, 22]
    assert table["value_exact"].round(3).tolist() == [18.919, 15.135, 145.357, 148, 22.4]
    assert table["rounded_exact"].tolist() == [19, 15, 146, 148, 22]


def test_another_assumption_moves_every_later_step():
    table = conversions.side_by_side(**CORNWALL | {"deadweight": 0})
    assert table["rounded_exact"].tolist() == [19, 19, 117, 148, 28]
    longer = conversions.side_by_side(**CORNWALL | {"months": 6, "year_months": 18})
    assert longer["value_exact"].iloc[3] == 111


def test_chain_serves_another_pilot():
    steps = conversions.chain(
        reached=550, outcomes=110, deadweight=0.5, target=364, months=3, rounding="exact"
    )
    assert [step.value for step in steps] == [20, 10, 3640, 2200, 220]


def test_reach_is_not_one_too_high_for_an_exact_rate():
    assert conversions.reach_needed(28, Fraction(28, 185)) == 185
    assert conversions.reach_needed(21, 0.35) == 60  # 21 / 0.35 is 60.00000000000001 in binary


@given(st.integers(1, 1000), st.fractions(Fraction(1, 1000), 1))
def test_reach_is_the_smallest_that_brings_the_target(target, rate):
    people = conversions.reach_needed(target, rate)
    assert (people - 1) * rate < target <= people * rate


def test_liverpool_take_up():
    assert conversions.take_up_needed(364, 550, 3) == Fraction(364, 2200)
    assert settle(17, 100 * conversions.take_up_needed(364, 550, 3)).rounding == "half up"
    # "around half of the individuals reached" holds for the 700 visitors of Table 9, not for the 550 of 5.3.3
    half = [settle(50, 100 * conversions.conversion(364, n), qualifier="around").status for n in (700, 550)]
    assert half == ["reproduced within rounding", "not reproduced"]


def test_target_against_two_counts():
    table = conversions.target_shares(30, {"door": 120, "desk": 60}, 6)
    assert table.to_numpy().tolist() == [["door", 120, 25, 12.5], ["desk", 60, 50, 25]]
    with pytest.raises(InputError):
        conversions.target_shares(30, {"door": 0}, 6)


def test_least_movers_by_hand():
    assert conversions.least_movers(3.86, 2.38, 4, 192) == 71  # 192 x 1.47 / 4 = 70.56
    assert conversions.least_movers(2.21, 3.47, 4, 192) == 60  # 192 x 1.25 / 4 = 60 exactly; printed: 60.48
    assert conversions.least_movers(1, 5, 4, 192, decimals=0) == 144  # 0.5 + 0.5 of the scale may be rounding
    assert conversions.least_movers(3, 3, 4, 192) == 0
    assert conversions.least_movers(3, 3.01, 4, 192) == 0  # no more than rounding


answers_twice = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=300)


@given(answers_twice, st.integers(0, 3))
def test_no_fewer_answers_moved_than_the_rounded_means_say(answers, decimals):
    people, moved = len(answers), sum(before != after for before, after in answers)
    means = [round(Fraction(sum(wave), people), decimals) for wave in zip(*answers, strict=True)]
    assert conversions.least_movers(*means, 4, people, decimals) <= moved


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        (conversions.conversion, (1, 0)),
        (conversions.conversion, (8, 7)),
        (conversions.conversion, (-1, 7)),
        (conversions.net_of_deadweight, (0.19, 20)),
        (conversions.net_of_deadweight, (19, 0.2)),
        (conversions.net_of_deadweight, (0.19, -0.1)),
        (conversions.reach_needed, (22, 0)),
        (conversions.reach_needed, (22, 15)),
        (conversions.reach_needed, (0, 0.15)),
        (conversions.annualise, (37, 0)),
        (conversions.annualise, (-1, 3)),
        (conversions.annualise, (37, 3, 0)),
        (conversions.take_up_needed, (364, 0, 3)),
        (conversions.take_up_needed, (0, 550, 3)),
        (conversions.least_movers, (1, 5.1, 4, 192)),
        (conversions.least_movers, (1, 2, 0, 192)),
        (conversions.least_movers, (1, 2, 4, 0)),
        (conversions.least_movers, ("one", 2, 4, 192)),
    ],
)
def test_impossible_numbers(function, arguments):
    with pytest.raises(InputError):
        function(*arguments)


@pytest.mark.parametrize("rule", ["published", "exact"])
def test_chain_refuses_what_no_rate_can_reach(rule):
    with pytest.raises(InputError, match="rate"):
        conversions.chain(**CORNWALL | {"deadweight": 1}, rounding=rule)
    with pytest.raises(InputError, match="target"):
        conversions.chain(**CORNWALL | {"target": 0}, rounding=rule)


def test_chain_refuses_an_unknown_rule_and_a_rate_rounded_to_nothing():
    with pytest.raises(InputError, match="published, exact"):
        conversions.chain(**CORNWALL, rounding="nearest")
    with pytest.raises(InputError, match="rate"):  # 0.4% rounds to nothing
        conversions.chain(**CORNWALL | {"outcomes": 1, "reached": 250}, rounding="published")


def test_bad_numbers_are_named():
    with pytest.raises(InputError) as caught:
        conversions.net_of_deadweight(0.19, 20)
    assert (caught.value.where, caught.value.found) == ("deadweight", 20)
