"""Totals on sheets that no layout knows, and schemes of an odd size: listed as doubts, never refused."""

from __future__ import annotations

import pytest
from spreadsheets import REGISTER, write_csv, write_xlsx

from pfpp_utils.data.awards import table

HEAD = ["Department", "Grant Scheme Name", "Amount (£000)"]


def award(number, amount):
    return [
        f"360G-cabinetoffice-GA-{number}",
        "Repairs",
        amount,
        "2016-10-03",
        f"Council {number}",
        "DfT",
        "R",
    ]


def register(folder, summary, *, above=(), factor=1):
    """Report on a register of GBP 3,000,000 with a summary sheet beside it and rows above its header."""
    awards = [award(1, 1_000_000 * factor), award(2, 2_000_000 * factor)]
    sheets = {"#Awards": [*above, REGISTER, *awards]} | ({"Summary": summary} if summary else {})
    (report,) = table.read([write_xlsx(folder / "awards-2016-17.xlsx", sheets)]).files
    assert report.awards == 2
    return report


def of_total(texts):
    return [text for text in texts if "was not read" not in text]


@pytest.mark.parametrize(
    "summary",
    [
        [["Summary"], ["Total value of awards", 3_000_000]],
        [["Summary"], ["Total value of awards", 90], ["Grand total", 2, 3_000_000]],
        [["Overall total: £3,000,000"]],
        [["Total amount (£m)", 3]],
        [["Figures in £ thousand"], ["Department", "Total"], ["DfT", 3_000], ["Total", 3_000]],
        [["Department", "Total value"], ["DfT", "£3,000,000.00"]],
    ],
)
def test_a_total_on_a_sheet_that_is_not_read_and_agrees_is_a_check(tmp_path, summary):
    report = register(tmp_path, summary)
    assert of_total(report.warnings) == []
    (check,) = report.checks
    assert check.startswith("GBP 3,000,000.00 in all, as sheet 'Summary', row ")


@pytest.mark.parametrize(("total", "factor"), [("Total", 0.001), ("Grand total awarded", 1_000)])
def test_a_total_that_is_off_by_a_unit_is_listed_and_not_refused(tmp_path, total, factor):
    report = register(tmp_path, [["Year", "2016-17"], [total, 3_000_000]], factor=factor)
    (text,) = of_total(report.warnings)
    assert "sheet 'Summary', row 2 states 3000000" in text
    assert "1,000 times off: is the unit right?" in text
    assert report.value == 3_000_000 * factor


def test_totals_that_are_none_of_what_was_read_are_listed(tmp_path):
    report = register(tmp_path, [["Total value", 3_000_001.5], ["Total of DfT", 7]])
    (text,) = of_total(report.warnings)
    assert text == (
        "sheet 'Summary' states totals, none of which is the GBP 3,000,000.00 that was read: "
        "'Total value' 3000001.5; 'Total of DfT' 7"
    )


def test_a_total_that_differs_in_the_unit_that_its_sheet_names_is_no_matter_of_units(tmp_path):
    report = register(tmp_path, [["Figures in £ thousand"], ["Total", 2_999.6]])
    (text,) = of_total(report.warnings)
    assert text.endswith("none of which is the GBP 3,000,000.00 that was read: 'Total' 2999.6")


@pytest.mark.parametrize("label", ["Total number of awards", "Totally new"])
def test_a_count_or_a_remark_is_no_total(tmp_path, label):
    report = register(tmp_path, [[label, 3_000]])
    assert (of_total(report.warnings), report.checks) == ([], ())


@pytest.mark.parametrize(("stated", "agrees"), [("£3,000,000", True), ("£3,000", False), ("£5", False)])
def test_a_total_above_the_header_is_compared(tmp_path, stated, agrees):
    report = register(tmp_path, [], above=[["Grants"], [f"Total value: {stated}"]])
    assert len(report.checks) == agrees
    assert ["above the header" in text for text in report.warnings] == [True] * (not agrees)


def test_another_unit_above_the_header_is_listed(tmp_path):
    report = register(tmp_path, [], above=[["All figures in £000"]])
    (text,) = report.warnings
    assert "read in pounds, but above the header stands 'All figures in £000'" in text


def schemes(folder, amounts, head="Amount (£000)"):
    rows = [[*HEAD[:2], head], *(["DfT", f"Roads {at}", str(amount)] for at, amount in enumerate(amounts))]
    (report,) = table.read([write_csv(folder / "schemes.csv", rows)]).files
    return report


@pytest.mark.parametrize(
    ("amounts", "head", "said"),
    [
        ([500_000] * 12, "Amount (£000)", "schemes are above GBP 500,000,000.00"),
        ([500, *[2_915_000] * 11], "Amount (£m)", "above GBP"),
        ([2_915_000, 4_718_000], "Amount (£000)", "above GBP 3,816,500,000.00"),
        ([0.5] * 12, "Amount (£000)", "below GBP 500.00"),
        ([2, 5], "Amount (£000)", "below GBP 3,500.00"),
    ],
)
def test_schemes_of_an_odd_size_for_their_unit_are_listed_and_kept(tmp_path, amounts, head, said):
    report = schemes(tmp_path, amounts, head)
    assert report.awards == len(amounts)
    (text,) = report.warnings
    assert said in text
    assert f"read in {'million' if 'm' in head.split('(')[1] else 'thousand'}" in text
    assert "is the unit right?" in text


@pytest.mark.parametrize("amounts", [[500] * 12, [2_240] * 12, [2_915_000, 500], [12, 31_403_046]])
def test_schemes_of_a_usual_size_need_no_word(tmp_path, amounts):
    assert schemes(tmp_path, amounts).warnings == ()


def test_an_amount_beyond_any_scheme_is_listed(tmp_path):
    report = schemes(tmp_path, [500, 200_000_000])
    kinds = {(item.kind, item.field): (item.rows, item.value) for item in report.suspicious}
    assert kinds["implausible amount", "Amount Awarded"] == (1, 200_000_000_000)
