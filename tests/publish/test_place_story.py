"""What is said of a place follows its rows, also where a row says nothing."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pfpp_utils.data import places, tables
from pfpp_utils.methods import contribution as c
from pfpp_utils.publish import place_story as story

REACHED = {
    "measure": "Visitors",
    "value": 200.0,
    "value_qualifier": "exactly",
    "target_low": np.nan,
    "target_high": np.nan,
}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({}, "Visitors: 200."),
        ({"value_qualifier": "about"}, "Visitors: about 200."),
        ({"value_qualifier": "over"}, "Visitors: over 200."),
        ({"target_low": 150.0, "target_high": 1200.0}, "Visitors: 200, against a target of 150 to 1,200."),
        ({"target_low": 150.0, "target_high": 150.0}, "Visitors: 200, against a target of 150."),
        ({"value": np.nan}, "The report gives no count of the people reached."),
    ],
)
def test_reach(row, said):
    assert story.reach(REACHED | row) == said


def step(good=0, bad=0, rivals=0, voices=c.NO_EVIDENCE, answered=c.NO_RIVAL):
    counts = {"evidence_for": good, "evidence_against": bad, "rivals": rivals}
    return {role: ("x",) * many for role, many in counts.items()} | {
        "voices": voices,
        "rivals_answered": answered,
    }


@pytest.mark.parametrize(
    ("outcomes", "rating", "sure"),
    [
        (step(2, 0, 0, c.BEYOND), "S", "firm"),
        (step(2, 1, 0, c.BEYOND), "S", "fair"),
        (step(2, 0, 1, c.BEYOND, c.ANSWERED), "M", "fair"),
        (step(2, 0, 1, c.BEYOND, c.UNANSWERED), "M", "weak"),
        (step(2, 0, 0, c.OPINION), "S", "weak"),
        (step(2, 0, 0, c.BEYOND), "none", "weak"),
        (step(), "none", "open"),
    ],
)
def test_results_are_as_sure_as_what_stands_behind_them(outcomes, rating, sure):
    assert story.how_sure(outcomes, rating)[0] == sure


def test_why_is_said_in_the_singular_and_the_plural():
    assert story.how_sure(step(1, 0, 1, c.OPINION, c.UNANSWERED), "M")[1] == (
        "The report calls its evidence of results medium. In print, 1 statement speaks for results (all of "
        "it is the word of those who took part), none against. 1 "
        "other explanation is named and not ruled out."
    )
    assert story.how_sure(step(0, 2, 2, c.NO_EVIDENCE, c.ANSWERED), "none")[1] == (
        "The report found limited evidence of results, or none. In print, no statements speak for results, "
        "2 against. 2 other explanations are named and an answer to it is given."
    )


@pytest.fixture(params=places.slugs())
def one(request):
    pilot, load = request.param, tables.load
    steps = load("pathway_steps").sort_values("order")
    names = ("contribution_claims", "contribution_lines", "contribution_line_sources", "source_kinds")
    told = c.story(*map(load, names), steps, pilot).merge(steps[["step", "question"]])
    reached = load("reach").query("pilot == @pilot and primary").iloc[0].to_dict()
    rating = load("pilot_steps").query("pilot == @pilot and step == 'outcomes'")["rating"].iloc[0]
    return pilot, reached, told, rating


def test_every_place_has_its_five_sentences(one):
    pilot, reached, told, rating = one
    row = places.profile(pilot).to_dict()
    said = story.in_short(row, reached, told.set_index("step"), rating)
    assert len(said) == 5
    assert f"£{row['funding_gbp']:,}" in said["The money"]
    for text in said.values():
        assert text.endswith((".", ".”"))
        for wrong in (" nan", "None", "  ", "..", " 1 statements", "{"):
            assert wrong not in text
    assert ("no first results" in said["What came of it"]) == (rating == "none")


def test_what_is_not_known_is_what_the_tables_lack(one):
    _, reached, told, _ = one
    gaps = story.unknown("X", reached, told, analysed=None, mapped=False, undone=["Workshop"])
    assert ("How many people X reached: no count is printed." in gaps) == pd.isna(reached["value"])
    assert "Whether it paid: no breakeven analysis was made." in gaps
    assert any("workshop" in gap for gap in gaps)
    fewer = story.unknown("X", reached, told, analysed="too_early", mapped=True, undone=[])
    assert len(fewer) == len(gaps) - 2
    status = set(tables.load("breakeven_pilots")["status"])
    assert all(story.unknown("X", reached, told, analysed=each, mapped=True, undone=[]) for each in status)
