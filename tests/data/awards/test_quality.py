"""Reports as tables and as plain values."""

import json

import pandas as pd
import pytest

from pfpp_utils.data.awards import findings, quality
from pfpp_utils.data.awards.findings import Repair, SetAside, SheetRows, Suspicion

PLACES = pd.DataFrame({"sheet": ["A"], "row": [4]})
REPORT = quality.FileReport(
    file="f.xlsx",
    layout="register_awards",
    year="2016-17",
    rows_read=3,
    value_read=60.5,
    awards=2,
    value=10.5,
    set_aside=(SetAside("total row", 1, 50.0, ("sheet 'A', rows 9",), ("50",), pd.DataFrame({"row": [9]})),),
    repaired=(Repair("amount with separators", 2, ("1,000", "2,000")),),
    suspicious=(
        Suspicion(
            "zero amount", "Amount Awarded", 1, 0.0, ("0.00",), ("sheet 'A', rows 4",), "Nothing.", PLACES
        ),
    ),
    warnings=("careful",),
    checks=("agrees",),
    sheets=(SheetRows("A", 6, 1, 1, 1, 3),),
    unused=("Colour",),
)


def test_a_report_as_json_has_the_keys_of_the_command_and_survives_the_round_trip():
    plain = json.loads(json.dumps(quality.as_json(REPORT)))
    assert plain == {
        "file": "f.xlsx",
        "layout": "register_awards",
        "year": "2016-17",
        "rows_read": 3,
        "value_read": 60.5,
        "awards": 2,
        "value": 10.5,
        "set_aside": [
            {
                "reason": "total row",
                "rows": 1,
                "value": 50.0,
                "where": ["sheet 'A', rows 9"],
                "examples": ["50"],
            }
        ],
        "repaired": [{"what": "amount with separators", "count": 2, "examples": ["1,000", "2,000"]}],
        "suspicious": [
            {
                "kind": "zero amount",
                "field": "Amount Awarded",
                "rows": 1,
                "value": 0.0,
                "examples": ["0.00"],
                "where": ["sheet 'A', rows 4"],
                "meaning": "Nothing.",
            }
        ],
        "warnings": ["careful"],
        "checks": ["agrees"],
        "sheets": [{"sheet": "A", "rows": 6, "header": 1, "above": 1, "blank": 1, "read": 3}],
        "unused": ["Colour"],
    }


def test_a_report_as_a_table_has_one_row_a_finding_that_add_up():
    frame = quality.to_frame(REPORT, REPORT)
    assert len(frame) == 10
    assert set(frame["file"]) == {"f.xlsx"}
    one = frame.head(5).set_index("outcome")
    assert one["finding"].tolist() == ["", "", "total row", "amount with separators", "zero amount"]
    for number in ("rows", "value_gbp"):
        assert one.loc["read", number] == one.loc[["kept", "set aside"], number].sum()
    assert pd.isna(one.loc["repaired", "value_gbp"])
    assert one.loc["repaired", "examples"] == "1,000; 2,000"


def test_no_report_is_an_empty_table():
    assert quality.to_frame().empty


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ([5], "rows 5"),
        ([5, 6], "rows 5-6"),
        ([9, 5, 6, 7, 12, 9], "rows 5-7, 9, 12"),
        (list(range(2, 46, 2)), f"rows {', '.join(map(str, range(2, 42, 2)))} and 2 more ranges"),
    ],
)
def test_rows_are_told_as_ranges_and_long_lists_cut(rows, text):
    assert findings.where(pd.DataFrame({"sheet": "", "row": rows})) == (text,)


def test_each_sheet_has_its_own_rows():
    rows = pd.DataFrame({"sheet": ["B", "A ", "B"], "row": [3, 3, 2]})
    assert findings.where(rows) == ("sheet 'B', rows 2-3", "sheet 'A ', rows 3")


def test_examples_are_few_different_and_short():
    values = ["a", None, "a", "b" * 100, -2_442_056_000.0, "never shown"]
    assert findings.examples(values) == ("a", "b" * 79 + "…", "-2,442,056,000.00")
    assert findings.examples([pd.Timestamp("1900-01-01"), pd.NaT]) == ("1900-01-01",)


def test_pounds_are_added_to_the_penny():
    assert findings.pounds(pd.DataFrame({"Amount Awarded": [0.1] * 3 + [None]})) == 0.3
