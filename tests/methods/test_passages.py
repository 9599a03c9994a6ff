"""Passages: paragraphs, items, table rows and headings of texts as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfpp_utils.methods.passages import passages, plain, sections

MARKED = "# 1 One\na\n## 1.1 Sub\nb\n### 3. Not a heading\n# 4 Four\n4.1.3 Odd one\nc\n# Conclusions\nd"
PLAIN = """Annual report

Contents
1 Aims .......... 2
2 Results . . . . . 7

1 Aims

Twelve schools
took part.

2 Results
2.1 Uptake

1. First item
2. Second item
- third item

3 schools left.
2.2 per cent of pupils left.
10 Downing Street
"""


def test_sections_are_split_at_headings() -> None:
    assert list(sections(MARKED)) == ["", "1", "1.1", "4", "4.1.3", "Conclusions"]
    assert sections(MARKED)["1.1"] == "## 1.1 Sub\nb\n### 3. Not a heading"


def test_plain_headings_must_go_on_from_the_one_before() -> None:
    found = [(p.section, p.paragraph, p.text) for p in passages(PLAIN)]
    assert found == [
        ("", 1, "Annual report"),
        ("", 2, "Contents 1 Aims.......... 2 2 Results..... 7"),
        ("1", 0, "Aims"),
        ("1", 1, "Twelve schools took part."),
        ("2", 0, "Results"),
        ("2.1", 0, "Uptake"),
        ("2.1", 1, "First item"),
        ("2.1", 2, "Second item"),
        ("2.1", 3, "third item"),
        ("2.1", 4, "3 schools left. 2.2 per cent of pupils left. 10 Downing Street"),
    ]


def test_rows_of_a_table_stand_alone() -> None:
    text = "# 2 Funding\nPlace\tSum\nLuton\t£5\nand more\n"
    assert [(p.paragraph, p.line, p.text) for p in passages(text)][1:] == [
        (1, 2, "Place Sum"),
        (2, 3, "Luton £5"),
        (3, 4, "and more"),
    ]


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("<b>seven</b> of *13*<sup>12,13</sup>", "seven of 13"),
        ("on the 20<sup>th</sup> of May", "on the 20th of May"),
        ("see [Annex 2](https://example.org/a_(2).pdf)!", "see Annex 2 !"),
        ("(https://example.org/2014/3.pdf) 4", "4"),
        ("✓ *", ""),
    ],
)
def test_markup_is_taken_away(marked: str, words: str) -> None:
    assert plain(marked) == words


@given(st.text(alphabet="ab1. #*-\t\n", max_size=80))
def test_no_text_is_refused_and_passages_are_counted_without_gaps(text: str) -> None:
    found = passages(text)
    assert [p.line for p in found] == sorted(p.line for p in found)
    for section in {p.section for p in found}:
        counts = [p.paragraph for p in found if p.section == section and p.paragraph]
        assert counts == list(range(1, len(counts) + 1))
