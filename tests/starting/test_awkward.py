"""Files as councils hand them over: titles above, headings of their own, dates in words, totals between."""

from __future__ import annotations

import os

import pandas as pd
import pytest
from openpyxl import Workbook
from test_new import pfpp, refused

from pfpp_utils.data import tables
from pfpp_utils.data.own import register

PLACES = ["--programme", "Champions", "--place", "Wexbridge", "--place", "Thornacre"]
WEX, WARM = "Wexbridge Borough Council", "Warm Spaces"
AWARDS = [
    ("CG/1", "Warm Hub", "1098765", WARM, "Heating", "£1,250.00", "16th Jan 2023", WEX, "QX1 2AB"),
    ("CG/2", "Age Well CIC", "n/a", WARM, "Advice", 4800, "8 April 2022", "Thornacre DC", "QX7 4LL"),
    (None, "Sub-total 2022/23", None, None, None, "£6,050.00"),
    ("CG/3", "Repair Café", None, "Winter", "Fuel", "£ 12,000", "3 November 2022", "Out of area", "QY2 2ZZ"),
    (None, "TOTAL", None, None, None, "£18,050.00"),
    ("Note: awards out of area were agreed by the Leader.",),
]
HEADS = (
    *("Our ref", "Group that was paid", "Charity no.", "Scheme", "What it was for", "Grant paid out (£)"),
    *("Date of grant", "District", "Postcode"),
)
COSTS = """\
Outturn by district,,,,
All figures in £,,,,
,,,,
District,Budget heading,2022/23,2023/24,Total
Wexbridge,Staff,"£62,000.00","£64,480.00","£126,480.00"
Wexbridge,Training,"£2,400.00",-,"£2,400.00"
Wexbridge total,,"£64,400.00","£64,480.00",
Thornacre,Staff,"£41,000.50",0,"£41,000.50"
Thornacre,Sub-total,"£41,000.50",0,
Grand total,,"£105,400.50",,
"""


@pytest.fixture
def desk(tmp_path):
    book = Workbook()
    book.active.append(["Draft"])
    sheet = book.create_sheet("Grants paid")
    sheet.append(["Wexbridge County Council"])
    sheet.append(["Grants paid 2022/23 (extract run 14/06/2024)"])
    sheet.append([])
    sheet.append(["Reference", "Who", "", "The award", "", "", "", "Where", ""])
    sheet.merge_cells("D4:G4")
    for row in (HEADS, *AWARDS):
        sheet.append(list(row))
    book.save(tmp_path / "grants.xlsx")
    (tmp_path / "costs.csv").write_bytes(COSTS.encode("cp1252"))
    return tmp_path


@pytest.fixture
def made(desk, monkeypatch):
    words = [*PLACES, "--grants", desk / "grants.xlsx", "--costs", desk / "costs.csv"]
    status, told, said = pfpp("new", desk / "made", *words)
    assert status == 0, said
    monkeypatch.setitem(os.environ, "PFPP_PROJECT", str(desk / "made"))
    return told


def test_grants_under_headings_of_nobody_else_are_read_and_said(made):
    assert "'Grant paid out (£)' is Amount Awarded" in made
    assert "'Group that was paid' is Recipient Org:Name" in made
    assert "Awards read: 3, £18,050.00 in all. Placed in your places: 2." in made
    assert "Out of area (1)" in made
    awards = register.read().awards
    assert awards["award_date"].dt.strftime("%Y-%m-%d").tolist() == ["2023-01-16", "2022-04-08", "2022-11-03"]
    assert awards["place"].fillna("").tolist() == ["Wexbridge", "Thornacre", ""]


def test_costs_with_a_column_for_each_year_are_a_cost_each(made):
    costs = tables.load("costs")[["place", "what", "year", "amount_gbp", "item"]]
    expected = [
        ("wexbridge", "Staff", "2022-23", 62000.0, "row 5"),
        ("wexbridge", "Staff", "2023-24", 64480.0, "row 5"),
        ("wexbridge", "Training", "2022-23", 2400.0, "row 6"),
        ("thornacre", "Staff", "2022-23", 41000.5, "row 8"),
        ("thornacre", "Staff", "2023-24", 0.0, "row 8"),
    ]
    assert [tuple(row) for row in costs.itertuples(index=False)] == expected
    assert "Costs read: £169,880.50 in all." in made


def test_columns_that_are_not_used_are_named(desk):
    path = desk / "odd.csv"
    path.write_text("Supplier,Amount,District,Councillor\nA,1,Wexbridge,Smith\n")
    _, told, _ = pfpp("new", desk / "made", *PLACES, "--grants", path)
    assert "not used: 'Councillor'" in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("District,What,2022/23\nWexbridge,Staff,1\n,Training,2\n", "costs.csv, row 3"),
        ("District,What,2022/23\nWexbridge,Staff,lots\n", "not an amount"),
        ("District,What,2031/32\nWexbridge,Staff,1\n", "a year whose prices are not known"),
        ("District,2022/23\nWexbridge,1\n", "row 1, no year, amount_gbp, what"),
    ],
)
def test_costs_by_year_that_cannot_be_used_are_refused_with_their_row(desk, text, told):
    (desk / "costs.csv").write_text(text)
    assert told in refused(desk, desk / "new", *PLACES[:4], "--costs", desk / "costs.csv")


def test_numbers_alone_are_no_amount_and_headings_alone_no_recipient(desk):
    """A guess needs a word in the heading and, below it, cells of that kind."""
    path = desk / "odd.csv"
    pd.DataFrame({"Recipient no.": [1, 2], "Grant": ["Heating", "Advice"]}).to_csv(path, index=False)
    said = refused(desk, desk / "new", *PLACES, "--grants", path)
    assert "it cannot be told which columns are the amount and the recipient" in said


def test_place_postcode_and_date_are_known_by_what_stands_in_them(desk):
    path = desk / "odd.csv"
    path.write_text(
        "Who got it,Their p/code,£ agreed,Panel,Where held,Officer\n"
        "Hall,WX1 2AB,£10.00,16/01/2023,Thornacre,Smith\n"
        "Club,,£20.00,17/01/2023,Elsewhere,Thornacre Jones\n"
        "Bank,WX1 2AC,£30.00,18/01/2023,,Brown\n"
    )
    _, told, _ = pfpp("new", desk / "made", *PLACES, "--grants", path)
    assert "'Their p/code' is Recipient Org:Postal Code" in told
    assert "'Panel' is Award Date" in told
    assert "'Where held' is Recipient Org:Location:Name" in told
    assert "not used: 'Officer'" in told
    assert "Placed in your places: 1." in told


def test_grants_that_are_nowhere_are_told_at_once_and_by_check(desk, monkeypatch):
    path = desk / "odd.csv"
    path.write_text("Supplier,Amount,Postcode\nA,1,WX1 2AB\n")
    status, told, _ = pfpp("new", desk / "made", *PLACES, "--grants", path)
    assert status == 0
    assert "The book needs one award or more in a place." in told
    monkeypatch.setitem(os.environ, "PFPP_PROJECT", str(desk / "made"))
    status, _, said = pfpp("check")
    assert status == 2
    assert "no award belongs to any place" in said
    assert "postcode WX1" in said
