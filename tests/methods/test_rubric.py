"""Rubrics: their order, their symbols, and one that refines another."""

from __future__ import annotations

import pandas as pd
import pytest

from pfpp_utils.errors import InputError
from pfpp_utils.methods.rating import rate
from pfpp_utils.methods.rubric import COLUMNS, clauses, ratings, refine, spell


def rows(*cells):
    """Clauses: rubric, clause, rating, lines, sources, symbol; nothing else asked."""
    table = pd.DataFrame(cells, columns=["rubric", "clause", "rating", "lines", "sources", "symbol"])
    return table.reindex(columns=[*COLUMNS, "symbol"])


BASE = rows(
    ("base", 1, "strong", "multiple", "multiple", "S"),
    ("base", 2, "medium", "multiple", "single", "M"),
    ("base", 3, "limited", "single", "single", None),
    ("base", 4, "limited", None, "none", None),
)
FOOTNOTE = rows(("note", 1, "strong", "multiple", None, "S"), ("note", 2, "medium", None, "single", "M"))


def test_clauses_come_strongest_first_and_by_number_within_a_rating():
    table = rows(
        *((("r", number, "limited", None, None, None)) for number in (10, 2)),
        ("r", 3, "strong", None, None, None),
    )
    assert [clause["clause"] for clause in clauses(table)] == [3, 2, 10]


def test_ratings_are_listed_once_by_rank():
    assert ratings(BASE.iloc[::-1]) == ("strong", "medium", "limited")
    assert ratings(BASE.assign(rank=[3, 2, 1, 1])) == ("limited", "medium", "strong")


@pytest.mark.parametrize(
    "table",
    [
        BASE.assign(rank=[1, 2, 3, 4]),  # one rating, two ranks
        BASE.assign(rank=[1, 1, 2, 2]),  # two ratings, one rank
        BASE.assign(rank=[1, 2, None, None]),
        BASE.assign(rating=["good", "fair", "poor", "poor"]),  # own words without a rank
        BASE.assign(lines="3-5"),
        BASE.assign(sources=2.5),
    ],
)
def test_a_rubric_that_cannot_be_read_is_refused(table):
    with pytest.raises(InputError):
        clauses(table)


def test_numbers_beside_empty_cells_are_whole():
    table = BASE.assign(lines=pd.Series([3.0, 2.0, None, None]))
    assert rate(lines=3, sources=2, criteria=table).reason.startswith("clause 1: exactly 3 lines (found: 3)")


def test_symbols_become_ratings_and_no_symbol_the_rating_without_one():
    assert spell(pd.Series(["S", None, "M"]), BASE).tolist() == ["strong", "limited", "medium"]


def test_symbols_that_are_unknown_or_ambiguous_are_refused():
    with pytest.raises(InputError, match="'L'"):
        spell(pd.Series(["L"]), BASE)
    with pytest.raises(InputError, match="one rating for each symbol"):
        spell(pd.Series(["S"]), BASE.assign(symbol="S"))


def test_a_refined_rubric_keeps_its_own_clauses_and_takes_the_rest():
    both = refine(pd.concat([BASE, FOOTNOTE]), "note", base="base")
    own = both[both["rubric"] == "note"]
    assert own["clause"].tolist() == [1, 2, "base 3", "base 4"]
    assert own["rating"].tolist() == ["strong", "medium", "limited", "limited"]
    assert rate(lines=0, sources=0, criteria=own).clause == "base 4"
    assert both[both["rubric"] == "base"]["clause"].tolist() == [1, 2, 3, 4]


def test_clauses_are_named_for_readers_by_where_they_are_printed():
    printed = pd.concat([BASE.assign(item="Table 6"), FOOTNOTE.assign(item="footnote 23")])
    own = refine(printed, "note", base="base").query("rubric == 'note'")
    assert [clause["label"] for clause in clauses(own)] == [
        "footnote 23, clause 1",
        "footnote 23, clause 2",
        "Table 6, clause 3",
        "Table 6, clause 4",
    ]
    assert rate(lines=0, sources=0, criteria=own).reason == "Table 6, clause 4: no source at all (found: 0)"
    named = BASE.assign(item="Table 6", label=["the first", None, None, None])
    assert [clause["label"] for clause in clauses(named)][:2] == ["the first", "Table 6, clause 2"]


def test_only_known_rubrics_can_be_refined():
    with pytest.raises(InputError, match="unknown rubric"):
        refine(BASE, "note", base="base")
