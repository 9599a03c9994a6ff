"""The reader that the tests of the transcription rest on."""

from __future__ import annotations

import pytest
import report_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("£335k for 1,613 recipients", {335.0, 335000.0, 1613.0}),
        ("over £2 million in April 2023", {2.0, 2000000.0, 4.0, 2023.0}),
        ("Twelve of 13 pilots, half of them", {12.0, 13.0, 50.0}),
        ("a score of 3.86", {3.86}),
        ("across all pilots", {13.0}),
        ("all of the teams", set()),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, expected: set[float]) -> None:
    assert report_text.numbers(text) == expected


def test_a_row_of_a_table_goes_on_over_a_page_break() -> None:
    text = "x\nPlace\tSum\n<b>North</b>\t1\n\n\t2\nSouth\t3\n"
    rows = report_text.rows_of(text, "Place", {"North": "n", "South": "s"})
    assert rows == {"n": [["North", "1"], ["", "2"]], "s": [["South", "3"]]}
