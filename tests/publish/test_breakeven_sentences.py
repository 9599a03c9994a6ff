"""Sentences of the breakeven pages, for every kind of answer there is."""

from __future__ import annotations

from fractions import Fraction
from math import inf

import pandas as pd
import pytest

from pfpp_utils.methods.appraisal import Appraisal
from pfpp_utils.methods.quantities import Money
from pfpp_utils.publish import breakeven_sentences as sentences
from pfpp_utils.publish.breakeven_sentences import Likely, Printed, Terms

LIKELY = Likely(175, 333)


TERMS = Terms(0.2, 0.2, "benefits", 0.189)


def said(needed: int | None = 34, likely: Likely = LIKELY, terms: Terms = TERMS, **known: float) -> str:
    worth = Money(Fraction(9283), 2022)
    cost = Money(Fraction(314_000), 2022)
    result = Appraisal(cost, worth, {"work": worth}, needed, {"work": needed}, 180, None, None)
    printed = Printed(**({"reached": 37, "target": 22} | known))
    return sentences.must_be_true("Cornwall", "finding work", result, likely, terms, printed)


def test_what_must_be_true() -> None:
    assert said() == (
        "**What must be true.** For Cornwall's pilot to be worth its cost of £314,000: if each outcome is "
        "worth £9,283 a person after 20% deadweight and 20% optimism bias (our assumption), 34 people must "
        "benefit by finding work. For the report's target of 22 to be enough, each must be worth at least "
        "£14,273. If 19% of those reached benefit, as we assume centrally, 180 must be reached. With all our "
        "ranges at once, benefits are as likely as not to meet the cost if 175 are reached, and 333 make that"
        " 90% likely; even odds take a lower number because the ranges reach further to the better side. "
        "The report counts 37 people reached."
    )


@pytest.mark.parametrize(
    ("given", "part"),
    [
        ({"reached": None, "target": None}, "The report counts no people reached."),
        ({"target": None}, "prints no target to hold this against."),
        ({"reached": None, "studied": 192}, "no people reached: 192 were studied, the total not counted."),
        ({"needed": None}, "no number of people is enough"),
        ({"needed": 0}, "nobody else must benefit"),
        ({"needed": 1}, "one person must benefit by finding work."),
        ({"likely": Likely(inf, inf)}, "no reach makes benefits as likely as not to meet the cost."),
        ({"likely": Likely(175, inf)}, "if 175 are reached, and no reach makes that 90% likely"),
        ({"likely": Likely(190, 333)}, "a higher number because the ranges reach further to the worse side."),
        ({"likely": Likely(180, 333)}, "333 make that 90% likely. The report"),
        ({"terms": Terms(0.2, 0.1, "cost")}, "20% deadweight, with 10% optimism bias added to the cost (our"),
        ({"terms": Terms(0.2, 0.2, placeholder=True)}, "is a placeholder, our yardstick"),
    ],
)
def test_other_answers(given, part) -> None:
    assert part in said(**given)


def test_a_named_outcome_is_no_placeholder() -> None:
    assert "placeholder" not in said()


TABLE = pd.DataFrame(
    {
        "place": ["North", "South", "East"],
        "needed": [10, 20, 30],
        "cost_gbp": [100_000.0, 50_000.0, 75_000.0],
        "worth_gbp": [10_000, 2_500, 2_500],
        "even": [40, 50, 60],
        "likely": [80, 90, 100],
        "reached": pd.array([85, 50, None], dtype="Int64"),
        "chance": [92.0, 0.2, None],
        "target": pd.array([9, None, None], dtype="Int64"),
        "asked_gbp": [11_112.0, None, None],
        "placeholder": [False, False, True],
    }
)


def test_all_pilots_together() -> None:
    found = sentences.must_be_true_of_all(TABLE, TERMS)
    assert "cost £50,000 to £100,000. If each outcome is worth £2,500 to £10,000 a person after 20%" in found
    assert "10 people (in North) to 30 (in East) must benefit" in found
    assert "each must be worth at least £11,112 in North. In East the gain" in found
    assert "Of the 2 pilots of which the report counts the people reached, 2 reached" in found
    assert "and 1 so many that it is 90% likely" in found
    assert "placeholder" not in sentences.must_be_true_of_all(TABLE.head(2), TERMS)


WORTH = {"North": 1234.4, "South": 0.2}


def test_how_sure() -> None:
    found = sentences.how_sure(TABLE, {"North": "cost", "South": "duration", "East": "cost"}, WORTH)
    assert (
        "92% in North with the 85 people reached; less than 1% in South with the 50 people reached." in found
    )
    assert "the cost in North and East; the duration in South." in found
    assert "worth at most £1,234 in North; nothing in South, where" in found
    alone = sentences.how_sure(TABLE.tail(1), {"East": "cost"}, {})
    assert "counts no people reached" in alone
    assert "with the reach it had" not in alone


def test_what_to_ask() -> None:
    found = sentences.to_ask({"North": "conversion", "South": "cost", "East": "conversion"})
    assert "in North and East, who of those reached has the outcome; in South, nothing, since" in found


@pytest.mark.parametrize(("chance", "words"), [(0, "less than 1%"), (99.9, "more than 99%"), (50.4, "50%")])
def test_percent(chance: float, words: str) -> None:
    assert sentences.percent(chance) == words


@pytest.mark.parametrize(
    ("points", "part"),
    [
        ([1.5, 1.2, 2], "more than a whole point"),
        ([0.07, 0.06, 0.09], "less than a tenth"),
        ([0.4, 0.3, 0.5], "between 0.30 and 0.50"),
        ([1.2, 0.9, 1.5], "between 0.90 and 1.50"),
    ],
)
def test_plausible(points: list[float], part: str) -> None:
    assert part in sentences.plausible("North", points)
