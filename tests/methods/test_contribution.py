"""Contribution stories: what stands where along the pathway, where it breaks, and who says so."""

from __future__ import annotations

import pandas as pd
import pytest

from pfpp_utils.errors import InputError
from pfpp_utils.methods import contribution
from pfpp_utils.methods.contribution import first_break, story

STEPS = pd.DataFrame({"step": ["end", "start", "middle"], "order": [3, 1, 2]})
CLAIMS = pd.DataFrame(
    {"pilot": ["here", "here", "there"], "step": ["start", "end", "end"], "claim": ["A", "B", "C"]}
)
LINES = pd.DataFrame(
    [
        ("1", "here", "start", "for", "it began"),
        ("2", "here", "start", "for", "people came"),
        ("3", "here", "start", "against", "late"),
        ("4", "here", "middle", "rival", "another scheme"),
        ("5", "here", "end", "for", "jobs"),
        ("6", "here", "end", "other_influence", "weather"),
        ("7", "there", "end", "for", "elsewhere"),
        ("8", "here", "middle", "verdict", "a success"),
    ],
    columns=["line", "pilot", "step", "role", "statement"],
)
SOURCES = pd.DataFrame({"line": ["1", "2", "5", "7"], "source_kind": ["calls", "visits", "records", "calls"]})
KINDS = pd.DataFrame(
    {"source_kind": ["calls", "visits", "records"], "perspective": ["pilot", "central_government", "data"]}
)


def told(claims=CLAIMS, lines=LINES, sources=SOURCES, kinds=KINDS, steps=STEPS, pilot="here", **options):
    return story(claims, lines, sources, kinds, steps, pilot, **options).set_index("step", drop=False)


def test_the_story_follows_the_pathway_and_holds_this_pilot_only():
    table = told()
    assert table["step"].tolist() == ["start", "middle", "end"]
    assert table["claim"].tolist() == ["A", "", "B"]
    assert table["evidence_for"].tolist() == [("it began", "people came"), (), ("jobs",)]
    assert table["evidence_against"].tolist() == [("late",), (), ()]
    assert table["rivals"].tolist() == [(), ("another scheme",), ()]
    assert table["influences"].tolist() == [(), (), ("weather",)]
    assert table["verdicts"].tolist() == [(), ("a success",), ()]


def test_the_chain_breaks_at_the_first_step_that_nothing_speaks_for():
    table = told()
    assert table["evidenced"].tolist() == [True, False, True]
    assert table["broken"].tolist() == [False, True, False]
    assert first_break(table) == "middle"
    whole = told(lines=LINES.assign(role="for"))
    assert first_break(whole) is None
    assert first_break(told(pilot="there")) == "start"
    assert told(pilot="there")["broken"].tolist() == [True, False, False]


def test_opinion_of_those_concerned_is_told_from_more():
    table = told()
    assert table["voices"].tolist() == [contribution.OPINION, contribution.NO_EVIDENCE, contribution.BEYOND]
    assert told(sources=SOURCES.iloc[1:3]).loc["start", "voices"] == contribution.OPINION
    assert told(sources=SOURCES.iloc[2:]).loc["start", "voices"] == contribution.NO_SOURCE
    assert told(own=("pilot",)).loc["start", "voices"] == contribution.BEYOND


def test_a_source_of_a_line_against_lends_the_step_nothing():
    against = pd.DataFrame({"line": ["3"], "source_kind": ["records"]})
    assert told(sources=pd.concat([SOURCES, against])).loc["start", "voices"] == contribution.OPINION


def test_a_rival_is_answered_only_by_a_line_against_it():
    assert told().loc["middle", "rivals_answered"] == contribution.UNANSWERED
    assert told().loc["end", "rivals_answered"] == contribution.NO_RIVAL
    answered = LINES.assign(answers=[None, None, "4", None, None, None, None, None])
    assert told(lines=answered).loc["middle", "rivals_answered"] == contribution.ANSWERED


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"pilot": "nowhere"}, "no such story"),
        ({"lines": LINES.assign(role="maybe")}, "unknown word"),
        ({"lines": LINES.assign(step="beyond")}, "unknown word"),
        ({"sources": SOURCES.assign(source_kind="gossip")}, "unknown word"),
        ({"claims": pd.concat([CLAIMS, CLAIMS.iloc[:1]])}, "two claims"),
        ({"claims": CLAIMS.drop(columns="claim")}, "missing column"),
        ({"kinds": KINDS.drop(columns="perspective")}, "missing column"),
    ],
)
def test_broken_tables_are_refused(changed, message):
    with pytest.raises(InputError, match=message):
        told(**changed)
