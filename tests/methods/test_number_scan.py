"""The scan finds each number of a sentence once, with what it may mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfpp_utils.methods.number_scan import KINDS, scan
from pfpp_utils.methods.passages import Passage


def found(text: str):
    return scan([Passage("1", 1, 1, text)])


def printed(text: str):
    return [(one.printed, one.kind) for one in found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("384 grants to 1,613 recipients", [("384", "count"), ("1,613", "count")]),
        ("over £2 million of £335k", [("£2 million", "money"), ("£335k", "money")]),
        ("Ten percent (3) of the 28", [("Ten percent", "share"), ("3", "count"), ("28", "count")]),
        ("almost half (6/13)", [("half", "share"), ("6/13", "share")]),
        ("two-thirds, around a third", [("two-thirds", "share"), ("a third", "share")]),
        ("a target of 150-200 in 12 places", [("150", "range"), ("200", "range"), ("12", "count")]),
        ("between two and four months", [("two", "range"), ("four", "range")]),
        ("six-to-twelve-month plans", [("six", "range"), ("twelve", "range")]),
        ("between £7,000 and £15,000 each", [("£7,000", "range"), ("£15,000", "range")]),
        ("two places and four plans", [("two", "count"), ("four", "count")]),
        ("a mean score of 9.6", [("9.6", "score")]),
        ("all or none of them", [("all", "quantifier"), ("none", "quantifier")]),
        ("the first and the 3rd", [("first", "ordinal"), ("3rd", "ordinal")]),
        ("in May 2023 and on 5th July", [("May 2023", "date"), ("5th July", "date")]),
        ("January \u2013 February 2023", [("January \u2013 February 2023", "date")]),
        ("in 2020-21, not in mid-2023", [("2020-21", "date"), ("mid-2023", "date")]),
        ("since the 1990s", [("1990s", "date")]),
        ("they may meet", []),
        ("Table 9, Section 3.4.3", [("Table 9", "reference"), ("Section 3.4.3", "reference")]),
        ("sections 2.4.1 and 2.4.2", [("sections 2.4.1 and 2.4.2", "reference")]),
        ("Mechanism (1a); see 4.1.2", [("(1a)", "reference"), ("4.1.2", "reference")]),
        ("Covid-19, CN4C", [("Covid-19", "name"), ("CN4C", "name")]),
        ("Year 11, 1:1", [("Year 11", "name"), ("1:1", "name")]),
        ("several, many, each, every, monthly, someone, tenant, often", []),
        ("a two-tier area, a 12-week period", [("two", "count"), ("12", "count")]),
        ("9" * 5000, [("9" * 5000, "name")]),
    ],
)  # fmt: skip
def test_each_number_is_found_once_with_its_kind(text: str, expected: list[tuple[str, str]]) -> None:
    assert printed(text) == expected


@pytest.mark.parametrize(
    ("text", "qualifier", "value", "unit"),
    [
        ("over one hundred central government teams", "over", 100, "teams"),
        ("with more than 350 companies", "over", 350, "companies"),
        ("at least five departments", "at_least", 5, "departments"),
        ("a minimum of five departments", "at_least", 5, "departments"),
        ("nearly half of pilots", "nearly", 50, "percent"),
        ("less than £100,000", "under", 100_000, "GBP"),
        ("approximately 20%", "around", 20, "percent"),
        ("its c.200 research staff", "around", 200, ""),
        ("an estimated 150,000 residents", "around", 150_000, "residents"),
        ("No pilots did", "exactly", 0, "percent"),
        ("13 pilots", "exactly", 13, "pilots"),
    ],
)
def test_qualifier_value_and_unit(text: str, qualifier: str, value: int, unit: str) -> None:
    (one,) = found(text)
    assert (one.qualifier, one.value, one.unit) == (qualifier, value, unit)


def test_repeated_numbers_are_listed_each_time_with_their_words() -> None:
    text = "It met 16 times. " + "x " * 60 + "Of the 16 meetings two are unrecorded."
    first, second, _ = found(text)
    assert (first.printed, second.printed) == ("16", "16")
    assert first.context.startswith("It met 16 times.")
    assert second.context.startswith("\u2026")
    assert "Of the 16 meetings" in second.context


@given(st.text(max_size=60))
def test_any_text_can_be_scanned(text: str) -> None:
    for one in found(text):
        assert one.printed in text
        assert one.kind in KINDS
        assert (one.value is None) == (one.kind in {"date", "name", "reference"})
