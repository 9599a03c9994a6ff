"""The conversions of section 5.3.3, redone in both orders of rounding, against figures worked by hand."""

from __future__ import annotations

import pytest

from pfpp_utils.data import tables
from pfpp_utils.methods import published_steps

STEPS = tables.load("breakeven_steps")


def redone(pilot: str):
    found = published_steps.redo(STEPS)
    return found[found["pilot"] == pilot].set_index("step")


def test_cornwall_comes_out_as_printed_only_if_rounded_at_each_step() -> None:
    found = redone("cornwall")
    assert found["rounded_published"].tolist() == found["printed"].tolist() == [19, 15, 147, 148, 22]
    needed = found.loc["people to be reached"]  # 22 / (7/37 x 0.8) = 145.36, while 22 / 0.15 = 146.67
    assert needed["value_exact"] == pytest.approx(22 / (7 / 37 * 0.8))
    assert (needed["rounded_exact"], needed["verdict"]) == (146, "holds if rounded at each step")
    assert set(found["verdict"]) == {"holds", "holds if rounded at each step"}


def test_liverpool_does_not_need_about_half_of_those_reached() -> None:
    found = redone("liverpool")
    assert found["verdict"].tolist() == ["not printed", "holds", "not printed", "does not hold"]
    assert found.loc["share of those reached", "value_exact"] == pytest.approx(100 * 364 / 550)
    assert found.loc["outcomes in a year", "rounded_published"] == 374  # 17% of 2,200


def test_newcastle_needs_one_in_seven_of_those_studied() -> None:
    assert redone("newcastle")["value_exact"].tolist() == [pytest.approx(100 * 28 / 192)]


def test_every_result_that_the_report_prints_is_redone_or_about_the_survey() -> None:
    printed = STEPS[(STEPS["role"] == "result") & (STEPS["step"] != "plausible_gain")]
    take_up = 1  # printed as an input, and redone from the target
    assert published_steps.redo(STEPS)["printed"].count() == len(printed) + take_up


@pytest.mark.parametrize(
    ("printed", "in_order", "exactly", "bound", "said"),
    [
        (None, 1, 1, False, "not printed"),
        (5, 5, 5, False, "holds"),
        (5, 5, 4, False, "holds if rounded at each step"),
        (5, 4, 5, False, "does not hold"),
        (28, 71, 71, True, "compatible"),
        (28, 28, 28, True, "does not hold"),
    ],
)
def test_verdicts(printed, in_order, exactly, bound, said) -> None:
    assert published_steps.verdict(printed, in_order, exactly, bound=bound) == said


def test_answers_that_must_have_moved() -> None:
    found = published_steps.moved(tables.load("newcastle_survey"), tables.load("newcastle_scale"), 192)
    assert dict(zip(found["statement"], found["moved"], strict=True)) == {
        "stressed_by_money": 71,  # 192 x 1.47 / 4 = 70.56
        "can_afford_essentials": 60,  # 192 x 1.25 / 4 = 60
    }
