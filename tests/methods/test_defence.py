"""Defence: published and rule side by side, and the line on which a rating hangs."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from published_rules import CASES, CRITERIA, PILOT_LINES, PILOT_SOURCES, TABLE_3, TABLE_6

from pfpp_utils.errors import InputError
from pfpp_utils.methods.defence import NO_SOURCE, compare, defend, line_by_line
from pfpp_utils.methods.evidence import rate_pilots
from pfpp_utils.methods.rating import UNDEFINED

ORDER = ("strong", "medium", "limited")
RATED = pd.DataFrame({"step": list("abcd"), "rating": ["strong", "limited", "medium", UNDEFINED]}).assign(
    clause=["1", "3", "2", None], reason="because"
)
PUBLISHED = pd.DataFrame({"step": list("dcba"), "published": ["medium", "medium", "strong", "limited"]})


def test_each_published_rating_stands_beside_the_rule_with_its_clause():
    result = compare(RATED, PUBLISHED, order=ORDER)
    assert result["step"].tolist() == list("abcd")
    assert result["published"].tolist() == ["limited", "strong", "medium", "medium"]
    assert result["agreement"].tolist() == ["rule higher", "rule lower", "same", "no rating by the rule"]
    assert result["clause"].tolist()[:3] == ["1", "3", "2"]


@pytest.mark.parametrize(
    ("rated", "published"),
    [
        (RATED, PUBLISHED.iloc[1:]),
        (RATED.iloc[1:], PUBLISHED),
        (RATED, pd.concat([PUBLISHED, PUBLISHED.iloc[:1]])),
        (RATED, PUBLISHED.assign(published="S")),
        (RATED.drop(columns="clause"), PUBLISHED),
    ],
)
def test_two_tables_must_rate_the_same_things(rated, published):
    with pytest.raises(InputError):
        compare(rated, published, order=ORDER)


def body(*rows):
    """Lines of one step: direction and kinds of source."""
    names = [f"line {number}" for number in range(len(rows))]
    lines = pd.DataFrame({"line": names, "direction": [row[0] for row in rows]})
    pairs = [(name, kind) for name, row in zip(names, rows, strict=True) for kind in row[1:]]
    return lines, pd.DataFrame(pairs, columns=["line", "source_kind"])


def test_a_line_is_pivotal_if_the_rating_changes_without_it():
    lines, sources = body(
        ("supports", "calls", "data"), ("supports", "calls"), ("supports", "calls"), ("qualifies",)
    )
    result = line_by_line(lines, sources, criteria=TABLE_6)
    assert result["rating"].tolist() == ["strong"] * 4
    assert result["without"].tolist() == ["medium", "strong", "strong", "strong"]
    assert result["pivotal"].tolist() == [True, False, False, False]
    assert result["source_kinds"].tolist() == ["calls, data", "calls", "calls", NO_SOURCE]


def test_a_rival_can_be_pivotal_too():
    lines, sources = body(("supports", "calls"), ("supports", "calls"), ("rival", "calls"))
    lines = lines.assign(pilots=[9, 9, None], of_pilots=13)
    result = line_by_line(lines, sources, criteria=TABLE_3)
    assert result["rating"].tolist() == ["medium"] * 3
    assert result["without"].iloc[2] == UNDEFINED
    assert "alternative explanations" in result["reason_without"].iloc[2]


@given(
    st.lists(
        st.tuples(st.sampled_from(["supports", "against"]), st.sampled_from(["calls", "data"])), max_size=6
    )
)
def test_a_line_that_does_not_support_is_never_pivotal_where_rivals_do_not_count(rows):
    lines, sources = body(*rows)
    result = line_by_line(lines, sources, criteria=TABLE_6)
    assert len(result) == len(rows)
    assert not result.loc[result["direction"] == "against", "pivotal"].any()


def test_every_line_of_every_pilot_is_defended_under_its_own_rubric():
    shares = {"here": 0.5}
    whole = rate_pilots(CASES, PILOT_LINES, PILOT_SOURCES, criteria=CRITERIA, outcome_share=shares)
    result = defend(CASES, PILOT_LINES, PILOT_SOURCES, criteria=CRITERIA, outcome_share=shares)
    assert sorted(result["line"]) == list("abcde")
    found = result.merge(whole, on=["pilot", "step"])
    assert (found["rating_x"] == found["rating_y"]).all()
    assert dict(zip(result["line"], result["pivotal"], strict=True)) == {
        "a": True,
        "b": True,
        "c": False,
        "d": True,
        "e": True,
    }
