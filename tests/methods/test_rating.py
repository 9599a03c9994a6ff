"""Ratings: every clause of the report's three rubrics, the gaps between them, and what only more can do."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from published_rules import FOOTNOTE_23, TABLE_3, TABLE_6, rubric

from pfpp_utils.errors import InputError
from pfpp_utils.methods.rating import UNDEFINED, rate
from pfpp_utils.methods.rubric import ratings


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
            "closest: clause 3-strong (strong) would need: at least 50% of pilots (found: 30%); "
            "clause 3-limited (limited) would need: a single source (found: 2)",
        ),
        # one source, at least half of the pilots, nobody looked for other explanations
        (
            TABLE_3,
            {"lines": 2, "sources": 1, "pilot_share": 0.6, "alternatives_considered": False},
            "clause 3-medium (medium) would need: alternative explanations considered (found: no)",
        ),
        (
            TABLE_3,
            {"lines": 2, "sources": 1, "pilot_share": 0.6},
            "clause 3-medium (medium) would need: alternative explanations considered (found: not known)",
        ),
        # an unknown share satisfies no clause that asks for one
        (
            TABLE_3,
            {"lines": 3, "sources": 2},
            "clause 3-strong (strong) would need: at least 50% of pilots (found: not known)",
        ),
        (
            TABLE_3,
            {"lines": 1, "sources": 1},
            "clause 3-limited (limited) would need: less than 50% of pilots (found: not known)",
        ),
        # one line from several sources
        (
            TABLE_6,
            {"lines": 1, "sources": 2},
            "clause 6-strong (strong) would need: multiple lines (found: 1)",
        ),
        (
            FOOTNOTE_23,
            {"lines": 1, "sources": 1, "outcome_share": 0.2},
            "clause 23-medium-a (medium) would need: at least 50% of outcomes (found: 20%)",
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
        reason == "clause 3-strong: multiple lines (found: 4), multiple sources (found: 2), "
        "at least 50% of pilots (found: 69.23%)"
    )


@given(st.integers(0, 5), st.integers(0, 5), st.one_of(st.none(), st.floats(0, 1)))
def test_no_rating_without_a_clause(lines, sources, share):
    sources = sources if lines else 0
    result = rate(lines=lines, sources=sources, pilot_share=share, criteria=TABLE_3)
    assert (result.clause is None) == (result.rating == UNDEFINED)
    assert (result.rating == "strong") == (lines > 1 and sources > 1 and share is not None and share >= 0.5)


@given(st.integers(1, 60), st.integers(0, 100))
@settings(max_examples=30, deadline=None)
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
        TABLE_6.assign(clause="one"),
        TABLE_6.assign(pilot_share_minimum_percent=150),
        TABLE_6.assign(alternatives_required="perhaps"),
    ],
)
def test_criteria_that_are_not_one_rubric(criteria):
    with pytest.raises(InputError):
        rate(lines=2, sources=2, criteria=criteria)


def test_an_unknown_number_of_sources_meets_no_clause_that_asks_for_one():
    result = rate(lines=3, sources=None, criteria=TABLE_6.assign(item="Table 6"))
    assert result.rating == UNDEFINED
    assert result.reason == (
        "closest: Table 6, clause 6-strong (strong) would need: multiple sources (found: not known); "
        "Table 6, clause 6-medium (medium) would need: a single source (found: not known); "
        "Table 6, clause 6-limited-b (limited) would need: no source at all (found: not known)"
    )
    assert rate(lines=3, sources=None, outcome_share=0.6, criteria=FOOTNOTE_23).clause == "23-strong"


RUBRICS = st.sampled_from([TABLE_3, TABLE_6, FOOTNOTE_23])
SHARES = st.one_of(st.none(), st.floats(0, 1))
COUNTS = st.integers(0, 5)


def place(result, criteria):
    """How strong a rating is: 0 for the strongest."""
    return ratings(criteria).index(result.rating)


def never_lower(less, more, criteria):
    if UNDEFINED not in (less.rating, more.rating):
        assert place(more, criteria) <= place(less, criteria)


@given(RUBRICS, COUNTS, COUNTS, SHARES, SHARES, st.booleans())
def test_one_more_line_or_source_never_lowers_a_rating(
    criteria, lines, sources, pilots, outcomes, considered
):
    sources = sources if lines else 0
    other = {
        "pilot_share": pilots,
        "outcome_share": outcomes,
        "alternatives_considered": considered,
        "criteria": criteria,
    }
    less = rate(lines=lines, sources=sources, **other)
    never_lower(less, rate(lines=lines + 1, sources=sources, **other), criteria)
    never_lower(less, rate(lines=lines + 1, sources=sources + 1, **other), criteria)
    if lines:
        never_lower(less, rate(lines=lines, sources=sources + 1, **other), criteria)


@given(RUBRICS, COUNTS, COUNTS, st.floats(0, 1), st.floats(0, 1), st.booleans())
def test_a_larger_share_never_lowers_a_rating(criteria, lines, sources, one, other, considered):
    low, high = sorted((one, other))
    found = {"lines": lines, "sources": sources if lines else 0, "alternatives_considered": considered}
    never_lower(
        rate(**found, pilot_share=low, outcome_share=low, criteria=criteria),
        rate(**found, pilot_share=high, outcome_share=high, criteria=criteria),
        criteria,
    )


@given(RUBRICS, COUNTS, COUNTS, SHARES, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(criteria, lines, sources, share, random):
    order = random.sample(range(len(criteria)), len(criteria))
    found = {"lines": lines, "sources": sources if lines else 0, "pilot_share": share, "outcome_share": share}
    assert rate(**found, criteria=criteria) == rate(**found, criteria=criteria.iloc[order])


def test_another_programme_brings_its_own_words_and_numbers():
    own = rubric(
        ("a", "weak", "*", "1+", None, None, None, None, None, False),
        ("b", "convincing", "***", "3+", 2, None, None, None, None, False),
        ("c", "fair", "**", "2+", None, None, None, None, None, False),
    ).assign(rank=[3, 1, 2])
    found = [
        rate(lines=lines, sources=sources, criteria=own).rating for lines, sources in ((3, 2), (3, 3), (1, 1))
    ]
    assert found == ["convincing", "fair", "weak"]
    assert (
        rate(lines=4, sources=2, criteria=own).reason
        == "clause b: at least 3 lines (found: 4), exactly 2 sources (found: 2)"
    )
