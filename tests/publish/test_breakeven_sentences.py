"""Sentences of the breakeven pages, for every kind of answer there is."""

from __future__ import annotations

from fractions import Fraction
from math import inf

import pandas as pd
import pytest

from pfpp_utils.methods.appraisal import Appraisal
from pfpp_utils.methods.quantities import Money
from pfpp_utils.publish import breakeven_sentences as sentences
from pfpp_utils.publish.breakeven_sentences import Likely

LIKELY = Likely(175, 333)


def said(needed: int | None = 34, likely: Likely = LIKELY, **known) -> str:
    worth = Money(Fraction(9283), 2022)
    cost = Money(Fraction(314_000), 2022)
    result = Appraisal(cost, worth, {"work": worth}, needed, {"work": needed}, None, None, None)
    given = {"reached": 37, "target": 22} | known
    return sentences.must_be_true("Cornwall", "finding work", result, likely, **given)


def test_what_must_be_true() -> None:
    assert said() == (
        "**What must be true.** For Cornwall's pilot to be worth its cost of £314,000, at least 34 people "
        "must benefit by finding work, each worth at least £9,236 beyond what would have happened anyway "
        "(this page assumes £9,283); for that to be as likely as not, it has to reach 175 people, and to be "
        "90% likely, 333. The report gives 37 people reached, and a target of 22 who benefit, for which each "
        "outcome must be worth at least £14,273."
    )


@pytest.mark.parametrize(
    ("given", "part"),
    [
        ({"reached": None, "target": None}, "gives no number of people reached, and no target."),
        ({"needed": None}, "no number of people is enough"),
        ({"needed": 0}, "nobody else must benefit"),
        ({"needed": 1}, "at least one person must benefit by finding work, worth at least £314,000 beyond"),
        ({"likely": Likely(inf, inf)}, "no number of people reached makes that as likely as not"),
        ({"likely": Likely(175, inf)}, "it has to reach 175 people, and no number makes it 90% likely"),
    ],
)
def test_other_answers(given, part) -> None:
    assert part in said(**given)


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
    }
)


def test_all_pilots_together() -> None:
    found = sentences.must_be_true_of_all(TABLE)
    assert "cost of £50,000 to £100,000, from 10 people (in North) to 30 (in East) must benefit" in found
    assert "Of the 2 pilots of which the report counts people, 2 reached" in found
    assert "and 1 as many as make it 90% likely" in found


def test_how_sure() -> None:
    found = sentences.how_sure(TABLE, {"North": "cost", "South": "duration", "East": "cost"})
    assert (
        "92% in North with the 85 people reached; less than 1% in South with the 50 people reached." in found
    )
    assert "the cost in North and East; the duration in South." in found
    assert "states no number of people reached" in sentences.how_sure(TABLE.tail(1), {"East": "cost"})


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
