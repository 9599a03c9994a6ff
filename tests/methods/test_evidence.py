"""Strength of evidence: steps rated across pilots, and every pilot rated at every step."""

from __future__ import annotations

import pandas as pd
import pytest
from published_rules import CASES, CRITERIA, PILOT_LINES, PILOT_SOURCES, TABLE_3

from pfpp_utils.errors import InputError
from pfpp_utils.methods.evidence import UNDEFINED, rate_pilots, rate_steps


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


def test_a_single_source_in_few_pilots_is_limited_and_medium_needs_a_named_rival():
    assert rated(("1c", "supports", 1, 13, "interviews")).loc["1c", "rating"] == "limited"
    two = rated(("1c", "supports", 9, 13, "interviews"), ("1c", "supports", None, None, "interviews"))
    assert two.loc["1c", "rating"] == UNDEFINED
    rival = ("1c", "rival", None, None, "focus groups")
    three = rated(
        ("1c", "supports", 9, 13, "interviews"), ("1c", "supports", None, None, "interviews"), rival
    )
    assert three.loc["1c", ["rating", "clause"]].tolist() == ["medium", "3-medium"]


def test_every_pilot_is_rated_at_every_step_also_without_a_line():
    table = rate_pilots(CASES, PILOT_LINES, PILOT_SOURCES, criteria=CRITERIA)
    assert table["rating"].tolist() == ["medium", UNDEFINED, "limited"]
    assert table["supporting"].tolist() == [2, 2, 0]
    assert table["clause"].fillna("").tolist() == ["6-medium", "", "6-limited-b"]
    assert "50% of outcomes (found: not known)" in table.loc[1, "reason"]


@pytest.mark.parametrize(("share", "rating"), [(0.5, "strong"), (0.4, "medium")])
def test_a_known_share_of_outcomes_decides(share, rating):
    table = rate_pilots(CASES, PILOT_LINES, PILOT_SOURCES, criteria=CRITERIA, outcome_share={"here": share})
    assert table["rating"].tolist() == ["medium", rating, "limited"]


@pytest.mark.parametrize(
    ("cases", "lines"),
    [
        (CASES.iloc[1:], PILOT_LINES),
        (pd.concat([CASES, CASES.iloc[:1]]), PILOT_LINES),
        (CASES, PILOT_LINES.drop(columns="role")),
        (CASES.drop(columns="rubric"), PILOT_LINES),
    ],
)
def test_cases_and_lines_must_fit(cases, lines):
    with pytest.raises(InputError):
        rate_pilots(cases, lines, PILOT_SOURCES, criteria=CRITERIA)
