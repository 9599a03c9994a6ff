"""Ratings: every clause of the report's three rubrics, the gaps between them, and what is refused."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pfpp_utils.errors import InputError
from pfpp_utils.methods.evidence import UNDEFINED, rate, rate_steps, summarise_lines

COLUMNS = [
    "rubric",
    "clause",
    "rating",
    "symbol",
    "lines",
    "sources",
    "pilot_share_minimum_percent",
    "pilot_share_below_percent",
    "outcome_share_minimum_percent",
    "outcome_share_below_percent",
    "alternatives_required",
]


def rubric(*rows):
    return pd.DataFrame([("rubric", *row) for row in rows], columns=COLUMNS)


TABLE_3 = rubric(
    ("3-limited", "limited", None, None, "single", None, 50, None, None, False),
    ("3-medium", "medium", "M", "multiple", "single", 50, None, None, None, True),
    ("3-strong", "strong", "S", "multiple", "multiple", 50, None, None, None, False),
)
TABLE_6 = rubric(
    ("6-strong", "strong", "S", "multiple", "multiple", None, None, None, None, False),
    ("6-medium", "medium", "M", "multiple", "single", None, None, None, None, False),
    ("6-limited-a", "limited", None, "single", "single", None, None, None, None, False),
    ("6-limited-b", "limited", None, None, "none", None, None, None, None, False),
)
FOOTNOTE_23 = rubric(
    ("23-strong", "strong", "S", "multiple", None, None, None, 50, None, False),
    ("23-medium-a", "medium", "M", None, "single", None, None, 50, None, False),
    ("23-medium-b", "medium", "M", None, "multiple", None, None, None, 50, False),
)


@pytest.mark.parametrize(
    ("criteria", "evidence", "clause"),
    [
        (TABLE_3, {"lines": 2, "sources": 2, "pilot_share": 0.5}, "3-strong"),
        (TABLE_3, {"lines": 9, "sources": 3, "pilot_share": 1}, "3-strong"),
        (
            TABLE_3,
            {"lines": 2, "sources": 1, "pilot_share": 7 / 13, "alternatives_considered": True},
            "3-medium",
        ),
        (TABLE_3, {"lines": 1, "sources": 1, "pilot_share": 6 / 13}, "3-limited"),
        (TABLE_3, {"lines": 5, "sources": 1, "pilot_share": 1 / 13}, "3-limited"),
        (TABLE_6, {"lines": 2, "sources": 2}, "6-strong"),
        (TABLE_6, {"lines": 2, "sources": 1}, "6-medium"),
        (TABLE_6, {"lines": 1, "sources": 1}, "6-limited-a"),
        (TABLE_6, {"lines": 0, "sources": 0}, "6-limited-b"),
        (TABLE_6, {"lines": 3, "sources": 0}, "6-limited-b"),
        (FOOTNOTE_23, {"lines": 2, "sources": 1, "outcome_share": 0.5}, "23-strong"),
        (FOOTNOTE_23, {"lines": 1, "sources": 1, "outcome_share": 0.5}, "23-medium-a"),
        (FOOTNOTE_23, {"lines": 2, "sources": 2, "outcome_share": 0.49}, "23-medium-b"),
    ],
)
def test_strongest_satisfied_clause_wins(criteria, evidence, clause):
    result = rate(**evidence, criteria=criteria)
    assert result.clause == clause
    assert result.rating == clause.split("-")[1]


@pytest.mark.parametrize(
    ("criteria", "evidence", "reason"),
    [
        # several sources in under half of the pilots: the gap between strong and limited
        (
            TABLE_3,
            {"lines": 3, "sources": 2, "pilot_share": 0.3},
            "closest: clause 3-strong (strong) lacks at least 50% of pilots (found 30%); "
            "clause 3-limited (limited) lacks a single source (found 2)",
        ),
        # one source, at least half of the pilots, nobody looked for other explanations
        (
            TABLE_3,
            {"lines": 2, "sources": 1, "pilot_share": 0.6, "alternatives_considered": False},
            "clause 3-medium (medium) lacks alternative explanations considered (no)",
        ),
        (
            TABLE_3,
            {"lines": 2, "sources": 1, "pilot_share": 0.6},
            "clause 3-medium (medium) lacks alternative explanations considered (not known)",
        ),
        # an unknown share satisfies no clause that asks for one
        (
            TABLE_3,
            {"lines": 3, "sources": 2},
            "clause 3-strong (strong) lacks at least 50% of pilots (not known)",
        ),
        (
            TABLE_3,
            {"lines": 1, "sources": 1},
            "clause 3-limited (limited) lacks less than 50% of pilots (not known)",
        ),
        # one line from several sources
        (TABLE_6, {"lines": 1, "sources": 2}, "clause 6-strong (strong) lacks multiple lines (found 1)"),
        (
            FOOTNOTE_23,
            {"lines": 1, "sources": 1, "outcome_share": 0.2},
            "clause 23-medium-a (medium) lacks at least 50% of outcomes (found 20%)",
        ),
    ],
)
def test_uncovered_combinations_are_undefined_and_say_why(criteria, evidence, reason):
    result = rate(**evidence, criteria=criteria)
    assert (result.rating, result.clause) == (UNDEFINED, None)
    assert reason in result.reason


def test_reason_of_a_rating_states_what_was_found():
    reason = rate(lines=4, sources=2, pilot_share=9 / 13, criteria=TABLE_3).reason
    assert (
        reason
        == "multiple lines (found 4), multiple sources (found 2), at least 50% of pilots (found 69.23%)"
    )


@given(st.integers(0, 5), st.integers(0, 5), st.one_of(st.none(), st.floats(0, 1)))
def test_no_rating_without_a_clause(lines, sources, share):
    sources = sources if lines else 0
    result = rate(lines=lines, sources=sources, pilot_share=share, criteria=TABLE_3)
    assert (result.clause is None) == (result.rating == UNDEFINED)
    assert (result.rating == "strong") == (lines > 1 and sources > 1 and share is not None and share >= 0.5)


@given(st.integers(1, 60), st.integers(0, 100))
@settings(max_examples=30)
def test_threshold_is_met_at_the_threshold(trials, percent):
    criteria = rubric(("c", "strong", "S", None, None, percent, None, None, None, False))
    for successes in range(trials + 1):
        met = rate(lines=1, sources=1, pilot_share=successes / trials, criteria=criteria).rating == "strong"
        assert met == (100 * successes >= percent * trials)


def test_threshold_survives_binary_floats_and_below_is_strict():
    at_least = rubric(("c", "strong", "S", None, None, 29, None, None, None, False))
    below = rubric(("c", "strong", "S", None, None, None, 29, None, None, False))
    assert 100 * 0.29 < 29  # as binary floats
    assert rate(lines=1, sources=1, pilot_share=0.29, criteria=at_least).rating == "strong"
    assert rate(lines=1, sources=1, pilot_share=0.29, criteria=below).rating == UNDEFINED


@pytest.mark.parametrize(
    "evidence",
    [
        {"lines": -1, "sources": 0},
        {"lines": 1.5, "sources": 1},
        {"lines": 0, "sources": 1},
        {"lines": 1, "sources": 1, "pilot_share": 54},
        {"lines": 1, "sources": 1, "outcome_share": -0.1},
    ],
)
def test_impossible_evidence(evidence):
    with pytest.raises(InputError):
        rate(**evidence, criteria=TABLE_6)


@pytest.mark.parametrize(
    "criteria",
    [
        TABLE_6.drop(columns="alternatives_required"),
        TABLE_6.iloc[:0],
        pd.concat([TABLE_3, TABLE_6.assign(rubric="another")]),
        TABLE_6.assign(rating="S"),
        TABLE_6.assign(rating=None),
        TABLE_6.assign(lines="several"),
    ],
)
def test_criteria_that_are_not_one_rubric(criteria):
    with pytest.raises(InputError):
        rate(lines=2, sources=2, criteria=criteria)


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
        {"step": "1b", "lines": 3, "supporting": 2, "source_kinds": 3, "supporting_source_kinds": 2},
        {"step": "1a", "lines": 1, "supporting": 1, "source_kinds": 0, "supporting_source_kinds": 0},
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


def steps(*rows):
    """Lines of evidence: step, direction, pilots, of_pilots, source kind."""
    names = [f"line_{number}" for number in range(len(rows))]
    columns = ["step", "direction", "pilots", "of_pilots", "source_kind"]
    lines = pd.DataFrame(rows, columns=columns).assign(line=names)
    return lines.drop(columns="source_kind"), lines[["line", "source_kind"]]


def rated(*rows, pilots_count=13):
    table = rate_steps(*steps(*rows), criteria=TABLE_3, pilots_count=pilots_count)
    return table.set_index("step")


def test_a_step_takes_the_largest_share_that_a_supporting_line_states():
    table = rated(
        ("1a", "supports", 7, None, "interviews"),
        ("1a", "supports", None, None, "tracking"),
        ("1a", "contradicts", 12, 13, "interviews"),
    )
    assert table.loc["1a", "pilot_share"] == pytest.approx(7 / 13)
    assert table.loc["1a", ["rating", "clause"]].tolist() == ["strong", "3-strong"]


def test_the_stated_total_comes_before_the_number_of_pilots():
    assert (
        rated(("1a", "supports", 3, 6, "a"), ("1a", "supports", None, None, "b")).loc["1a", "rating"]
        == "strong"
    )


def test_without_a_share_no_clause_that_asks_for_one_is_met():
    table = rated(("1b", "supports", None, None, "interviews"), ("1b", "supports", None, None, "tracking"))
    assert table.loc["1b", "rating"] == UNDEFINED
    assert "not known" in table.loc["1b", "reason"]


def test_a_single_source_in_few_pilots_is_limited_and_medium_needs_published_alternatives():
    assert rated(("1c", "supports", 1, 13, "interviews")).loc["1c", "rating"] == "limited"
    two = rated(("1c", "supports", 9, 13, "interviews"), ("1c", "supports", None, None, "interviews"))
    assert two.loc["1c", "rating"] == UNDEFINED
