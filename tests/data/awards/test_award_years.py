"""Of which year an award is: its own cell says it, and what contradicts that is listed."""

from __future__ import annotations

import pytest
from spreadsheets import AWARD, REGISTER, write_csv, write_xlsx

from pfpp_utils.data.awards import readings, table
from pfpp_utils.errors import InputError

SCHEMES = ["Department", "Grant Scheme Name", "Amount (£000)"]


def schemes(folder, *rows, head=(), name="schemes-2016-17.csv"):
    """Read schemes with a column or more besides; return years and notes."""
    table = [[*SCHEMES, *head], *(["DfT", f"Roads {at}", "5", *row] for at, row in enumerate(rows))]
    (body,) = readings.read(write_csv(folder / name, table)).bodies
    return body.cells["year"].fillna("").tolist(), body


@pytest.mark.parametrize("head", ["Year 2013-14", "Financial Year", "YEAR", "FY"])
def test_the_column_of_years_beats_the_name_of_the_file_and_that_is_listed(tmp_path, head):
    years, body = schemes(tmp_path, ["2013/14"], ["2013-14"], head=[head])
    assert years == ["2013-14"] * 2
    assert body.notes == (
        f"schemes-2016-17.csv: the file's name says 2016-17, but the column {head!r} 2013-14, which is taken",
    )


def test_a_column_that_agrees_with_the_name_needs_no_word(tmp_path):
    years, body = schemes(tmp_path, ["2013-14"], [""], head=["Year"], name="schemes-2013-14.csv")
    assert (years, body.notes) == (["2013-14", "2013-14"], ())


def test_a_row_without_a_year_beside_a_contradicted_name_is_of_no_known_year(tmp_path):
    years, body = schemes(tmp_path, ["2013-14"], [""], head=["Year"], name="schemes-2014-15.csv")
    assert years == ["2013-14", ""]
    assert "the file's name says 2014-15" in body.notes[0]
    assert "1 rows state no year: their year is not known" in body.notes[1]


def test_a_year_that_cannot_be_read_is_listed(tmp_path):
    years, body = schemes(tmp_path, ["2013"], ["2013-14"], head=["Year"], name="schemes-2013-14.csv")
    assert years == ["2013-14", "2013-14"]
    (note,) = body.notes
    assert "1 cells of the column 'Year' state no financial year ('2013'): taken as 2013-14" in note


def test_the_year_in_the_header_of_the_amounts_beats_the_name_of_the_file(tmp_path):
    rows = [["Department", "Scheme", "Value 2013-14 (£'000)"], ["DfT", "Roads", "1"]]
    (body,) = readings.read(write_csv(tmp_path / "schemes-2014-15.csv", rows)).bodies
    assert body.cells["year"].tolist() == ["2013-14"]
    assert "the file's name says 2014-15, but the header \"Value 2013-14 (£'000)\" 2013-14" in body.notes[0]


def test_the_unit_is_that_of_the_year_in_the_column(tmp_path):
    rows = [["Department", "Scheme", "Amount", "Year"], ["DfT", "Roads", "5", "2013-14"]]
    path = write_csv(tmp_path / "schemes-2016-17.csv", rows)
    assert table.read([path]).awards["Amount Awarded"].tolist() == [5_000]
    with pytest.raises(InputError, match="unit of amounts is not clear"):
        readings.read(write_csv(path, [*rows, ["DfT", "Rail", "5", "2016-17"]]))
    with pytest.raises(InputError, match="unit of amounts is not known") as caught:
        readings.read(write_csv(path, [*rows, ["DfT", "Rail", "5", "2014-15"]]))
    assert "none for 2014-15" in caught.value.found


def test_a_column_and_a_header_that_contradict_each_other_are_refused(tmp_path):
    rows = [["Department", "Scheme", "Value 2013-14 (£'000)", "Year"], ["DfT", "Roads", "1", "2015-16"]]
    with pytest.raises(InputError, match="year of the amounts is not clear") as caught:
        readings.read(write_csv(tmp_path / "schemes.csv", rows))
    assert "2013-14 in the header" in caught.value.found
    assert "2015-16 in the column" in caught.value.found


def test_a_sheet_and_a_file_of_different_years_are_listed_and_reported(tmp_path):
    path = write_xlsx(
        tmp_path / "register-2017-18.xlsx", {"GGIS_Grant_Awards_2016_to_2017": [REGISTER, AWARD]}
    )
    (report,) = table.read([path]).files
    assert report.year == "2016-17"
    assert "the file's name says 2017-18, but the sheet's name 2016-17, which is taken" in report.warnings[0]
