"""Lines of evidence: what counts towards a rating, and what a table of lines must not hold."""

from __future__ import annotations

import pandas as pd
import pytest

from pfpp_utils.errors import InputError
from pfpp_utils.methods.lines import summarise_lines, tally
from pfpp_utils.methods.rating import Evidence

LINES = pd.DataFrame(
    {
        "line": ["a", "b", "c", "d"],
        "step": ["1b", "1b", "1a", "1b"],
        "direction": ["supports", "supports", "supports", "qualifies"],
    }
)
SOURCES = pd.DataFrame(
    {
        "line": ["a", "a", "b", "d"],
        "source_kind": ["interviews", "tracking data", "interviews", "focus groups"],
    }
)


def test_summary_counts_lines_and_kinds_of_source():
    result = summarise_lines(LINES, SOURCES)
    assert result.to_dict("records") == [
        {
            "step": "1b",
            "lines": 3,
            "supporting": 2,
            "source_kinds": 3,
            "supporting_source_kinds": 2,
            "rivals": 0,
        },
        {
            "step": "1a",
            "lines": 1,
            "supporting": 1,
            "source_kinds": 0,
            "supporting_source_kinds": 0,
            "rivals": 0,
        },
    ]


@pytest.mark.parametrize(
    ("lines", "sources", "message"),
    [
        (LINES.drop(columns="step"), SOURCES, "missing column"),
        (LINES, SOURCES.drop(columns="source_kind"), "missing column"),
        (pd.concat([LINES, LINES.iloc[:1]]), SOURCES, "'a'"),
        (LINES.iloc[:2], SOURCES, "'d'"),
    ],
)
def test_summary_refuses_broken_keys(lines, sources, message):
    with pytest.raises(InputError, match=message):
        summarise_lines(lines, sources)


def test_only_lines_for_the_step_count_and_kinds_count_once():
    own = LINES[LINES["step"] == "1b"]
    assert tally(own, SOURCES) == Evidence(2, 2)
    assert tally(own.assign(direction="for"), SOURCES) == Evidence(3, 3)
    assert tally(own.assign(direction="against"), SOURCES) == Evidence(0, 0)


def test_lines_without_a_named_source_have_an_unknown_number_of_sources():
    assert tally(LINES[LINES["step"] == "1a"], SOURCES) == Evidence(1, None)


def test_a_rival_is_no_support_but_shows_that_alternatives_were_considered():
    rival = LINES.assign(direction=["supports", "rival", "qualifies", "qualifies"])
    assert tally(rival, SOURCES) == Evidence(1, 2, alternatives_considered=True)
    assert summarise_lines(rival, SOURCES)["rivals"].tolist() == [1, 0]


@pytest.mark.parametrize(
    ("pilots", "of_pilots", "count", "share"),
    [
        ([7, 3, None, 12], [None, None, None, None], 13, 7 / 13),
        ([7, 3, None, 12], [None, 3, None, None], 13, 1.0),
        ([7, 3, None, 12], [None, None, None, None], None, None),
        ([None, None, 5, 5], [None, None, 5, 5], 13, None),
    ],
)
def test_the_share_of_pilots_is_the_largest_that_a_supporting_line_states(pilots, of_pilots, count, share):
    own = LINES.assign(
        pilots=pilots, of_pilots=of_pilots, direction=["supports", "supports", "rival", "against"]
    )
    assert tally(own, SOURCES, pilots_count=count).pilot_share == share


def test_summary_by_pilot_and_step():
    own = LINES.assign(pilot=["here", "there", "here", "here"])
    result = summarise_lines(own, SOURCES, by=("pilot", "step"))
    assert result[["pilot", "step", "lines"]].to_numpy().tolist() == [
        ["here", "1b", 2],
        ["there", "1b", 1],
        ["here", "1a", 1],
    ]
