"""HTML that a screen reader can follow, and that no text from data can break out of."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfpp_utils import characters
from pfpp_utils.publish import markup


class Tags(HTMLParser):
    """Collects tags with the names of their attributes, as a browser would see them."""

    def __init__(self, text):
        super().__init__()
        self.seen = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.seen.append((tag, *(name for name, _ in attributes)))


def shown(frame, **options):
    return markup.table(frame, identity="table-x", caption="A caption", **options)


def body(frame):
    return re.findall(r"<t[dh](?: scope=\"row\")?[^>]*>([^<]*)</t[dh]>", shown(frame).split("<tbody>")[1])


@given(st.text())
def test_escaped_text_holds_no_markup_and_loses_nothing(text):
    escaped = markup.escape(text)
    assert not set("<>\"'") & set(escaped)
    assert html.unescape(escaped) == characters.shown(text)


@given(st.text("<>\"'&/ =abscriptonerimg\n"))
def test_no_text_adds_a_tag_or_an_attribute(text):
    def page(words):
        frame = pd.DataFrame({words: [words]})
        parts = [
            markup.table(frame, identity="x", caption=words, subtitle=f"-{words}"),
            markup.heading(words, words),
            markup.foot(words, notes=(words,)),
            markup.details(frame, "Figure 1", words),
        ]
        return Tags("\n".join(parts)).seen

    assert page(text) == page("harmless")


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (87250, 0, "87,250"),
        (-1234.5, 1, "-1,234.5"),
        (0.3949, 2, "0.39"),
        (np.int64(87250), 0, "87,250"),
        (np.float64(0.5), 1, "0.5"),
        (True, 0, "yes"),
        (np.bool_(False), 0, "no"),
        ("a & b", 0, "a &amp; b"),
    ],
)
def test_a_value_is_written_for_a_reader(value, decimals, text):
    assert markup.cell(value, decimals) == text


@pytest.mark.parametrize("value", [None, float("nan"), np.nan, pd.NA, pd.NaT])
def test_a_missing_value_is_said_to_be_missing(value):
    assert markup.cell(value) == "not stated"


@pytest.mark.parametrize(
    ("column", "texts"),
    [
        ([1, 2000], ["1", "2,000"]),
        ([1.0, 2.0], ["1", "2"]),
        ([0.5, 1.0], ["0.5", "1.0"]),
        ([0.25, 1.0], ["0.25", "1.00"]),
        ([1 / 3, None], ["0.33", "not stated"]),
        (pd.array([12345, None], dtype="Int64"), ["12,345", "not stated"]),
        ([True, False], ["yes", "no"]),
        (["39", None], ["39", "not stated"]),
    ],
)
def test_a_column_has_as_few_decimals_as_its_numbers_need(column, texts):
    assert body(pd.DataFrame({"n": column})) == texts


def test_a_number_in_a_mixed_column_is_not_rounded_away():
    assert body(pd.DataFrame({"n": [0.5, 12345.25, 3, "about 4"]})) == ["0.5", "12,345.25", "3", "about 4"]


def test_a_table_has_caption_and_headers_for_columns_and_rows():
    text = shown(pd.DataFrame({"Place": ["North"], "People": [37]}, index=[9]), subtitle="In 2022")
    assert (
        '<p class="pfpp-title" id="table-x-title">A caption</p>\n<p class="pfpp-subtitle">In 2022</p>' in text
    )
    assert re.findall(r'<th scope="col"[^>]*>([^<]*)', text) == ["Place", "People"]
    assert re.findall(r'<th scope="row"[^>]*>([^<]*)', text) == ["North"]
    assert '<td class="pfpp-number">37</td>' in text
    assert "9" not in text.split("<tbody>")[1]


def test_only_a_column_of_sentences_is_given_room_for_them():
    text = shown(
        pd.DataFrame(
            {"Step": ["one"], "Said": ["word " * 11], "Linked": [markup.Html("<b>" * 20 + "a")], "n": [1]}
        )
    )
    heads = dict(re.findall(r'<th scope="col"([^>]*)>([^<]*)', text))
    assert [name for marked, name in heads.items() if "pfpp-long" in marked] == ["Said"]


def test_a_wide_table_can_be_reached_by_keyboard_and_is_named():
    text = shown(pd.DataFrame({"a": [1]}))
    named = 'aria-labelledby="table-x-title"'
    assert f'<div class="pfpp-table" role="region" tabindex="0" {named}>\n<table {named}>' in text
    assert text.index("A caption") < text.index("pfpp-table"), "the caption does not scroll away"


def test_notes_come_numbered_before_the_source():
    text = markup.foot("Report, Table 9", notes=("as at May", "rounded"))
    assert re.findall(r">([^<]+)</p>", text) == [
        "[note 1] as at May",
        "[note 2] rounded",
        "Source: Report, Table 9",
    ]


@pytest.mark.parametrize(("rows", "is_table"), [(markup.ROWS, True), (markup.ROWS + 1, False)])
def test_a_long_table_is_offered_as_a_download_only(rows, is_table):
    text = markup.details(pd.DataFrame({"n": range(rows)}), "Figure 3", "Many")
    assert ("<table " in text) is is_table
    assert ("<summary>Data of Figure 3</summary>" in text) is is_table
    assert (f"{rows:,} rows, in the download" in text) is not is_table


@pytest.mark.parametrize("start", list("=+-@\t\r"))
def test_a_formula_is_made_harmless(start):
    assert markup.defuse(f"{start}1+1") == f"'{characters.shown(start)}1+1"


@pytest.mark.parametrize("start", [" =", "\xa0-", "\uff1d", "\uff0b", "\n="])
def test_nor_is_one_that_some_spreadsheets_only_take_for_a_formula(start):
    assert markup.defuse(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("value", ["Durham", "a=b", "", -3, 0.5, None, True])
def test_everything_else_stays_as_it_is(value):
    assert markup.defuse(value) is value


@given(st.text() | st.text("=+-@\t\r'a", max_size=4))
def test_no_text_starts_as_a_formula_and_none_is_lost(text):
    safe = markup.defuse(text)
    assert not safe.startswith(tuple("=+-@\t\r"))
    assert safe in (characters.shown(text), f"'{characters.shown(text)}")
