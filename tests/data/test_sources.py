"""Citations, as a reader would look them up."""

from __future__ import annotations

import pandas as pd
from conftest import add_table

from pfpp_utils.data import sources

ROWS = pd.DataFrame(
    [
        ("report", "4.1.2", "Table 5", "Report, section 4.1.2, Table 5"),
        ("localis", "Principles", "bullet 3", "Localis, Principles, bullet 3"),
        ("officials_guidance", "Barriers", None, "Officials' guidance, Barriers, text"),
        ("foreword", "Foreword", "paragraph 2", "Foreword, Foreword, paragraph 2"),
        ("minutes", "2", "item 1", "Minutes, section 2, item 1"),
    ],
    columns=["document", "section", "item", "citation"],
    index=[3, 1, 4, 2, 5],
)


def test_each_row_is_cited():
    pd.testing.assert_series_equal(sources.cite(ROWS), ROWS["citation"], check_names=False)


def test_a_table_is_cited_once():
    twice = pd.concat([ROWS.head(2), ROWS.head(1)])
    assert sources.cite_once(twice) == "Report, section 4.1.2, Table 5; Localis, Principles, bullet 3"


def test_documents_are_a_table_of_the_package(small_project):
    add_table(small_project, "documents", {"document": {"type": "string"}}, "document\nreport\n")
    assert sources.documents()["document"].tolist() == ["report"]


def test_repeats_become_one_row_with_every_section_once():
    frame = pd.DataFrame(
        {
            "what": ["a", "b", "a", None, "a", None],
            "section": ["1.2", "1", "3", "4", "1.2", "5"],
            "n": range(6),
        }
    )
    merged = sources.once(frame, ["what"])
    assert merged["section"].tolist() == ["1.2, 3", "1", "4, 5"]
    assert merged["n"].tolist() == [0, 1, 3]
    assert frame["section"].tolist()[0] == "1.2"
