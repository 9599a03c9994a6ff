"""The spreadsheet: a header row, notes, no merged cells, nothing that runs, and the same bytes each time."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pandas as pd
import pytest

from pfpp_utils.publish import workbook

FRAME = pd.DataFrame({"Claim": ["a", "=1+1"], "Published": ["13 pilots", None], "Verdict": ["yes", "no"]})
TEXTS = {"name": "Ledger", "title": "The ledger", "scope": "One row is a claim.", "source": "A report."}


def make() -> bytes:
    return workbook.make(FRAME, **TEXTS, notes={"Verdict": "By rule.", "Published": "As printed."})


@pytest.fixture(scope="module")
def parts() -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(make())) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_there_is_one_header_row_and_no_merged_cell(parts) -> None:
    assert not [name for name, text in parts.items() if "mergeCell" in text]
    (table,) = [text for name, text in parts.items() if "tables/" in name and 'name="Ledger"' in text]
    assert 'ref="A5:C7"' in table
    assert table.count("<tableColumn ") == 3
    assert 'headerRowCount="0"' not in table


def test_cover_notes_and_source_are_there(parts) -> None:
    sheets = parts["xl/workbook.xml"]
    assert all(f'name="{name}"' in sheets for name in ("Cover", "Contents", "Notes", "Ledger"))
    texts = parts["xl/sharedStrings.xml"]
    assert all(text in texts for text in ("By rule.", "As printed.", "A report.", "[note 1]", "not stated"))


def test_nothing_in_it_runs(parts) -> None:
    assert "'=1+1" in parts["xl/sharedStrings.xml"]
    assert not [name for name, text in parts.items() if "<f>" in text]


def test_notes_on_the_whole_table_stand_at_its_title() -> None:
    book = opened(workbook.make(FRAME, **TEXTS, remarks=("As at May.",), notes={"Verdict": "By rule."}))
    assert book["Ledger"]["A1"].value == "The ledger [note 1]"
    assert [cell.value for cell in book["Ledger"]["C"]][-3].startswith("Verdict")
    notes = [[cell.value for cell in row] for row in book["Notes"].rows]
    assert [row[:2] for row in notes if row[0] in {1, 2}] == [[1, "As at May."], [2, "By rule."]]


def test_a_table_without_notes_has_no_sheet_for_them() -> None:
    assert opened(workbook.make(FRAME, **TEXTS)).sheetnames == ["Cover", "Contents", "Ledger"]


def test_no_cell_is_blank_and_marks_of_gptables_in_the_data_are_text() -> None:
    hostile = pd.DataFrame({"Name": ["$$note$$", " ", None], "[a](b)": ["[x](https://a.org)", "", 3]})
    sheet = opened(workbook.make(hostile, **TEXTS))["Ledger"]
    rows = [[cell.value for cell in row] for row in sheet.rows][-4:]
    assert rows == [
        ["Name", "[a] (b)"],
        ["$ $note$ $", "[x] (https://a.org)"],
        ["not stated", "not stated"],
        ["not stated", 3],
    ]
    assert not [cell for row in sheet.rows for cell in row if cell.hyperlink]


def test_numbers_are_numbers_and_codes_are_text() -> None:
    read = workbook.read('Code,Year,Share,"Company",Long\n1,2016,0.5,00123,12345678901234567\n2,,-3,456,1\n')
    assert read["Year"].tolist()[0] == 2016
    assert read["Year"].isna().tolist() == [False, True]
    assert read["Share"].tolist() == [0.5, -3]
    assert read["Company"].tolist() == ["00123", "456"]
    assert read["Long"].tolist() == ["12345678901234567", "1"]


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_the_same_table_gives_the_same_bytes() -> None:
    assert make() == make()


@pytest.mark.parametrize("name", ["中華協會", "Ελληνική Κοινότητα", "–", "<!-->", "Łódź"])  # noqa: RUF001
def test_names_in_any_script_come_through(name):
    frame = pd.DataFrame({"Recipient": [name, "Ely"], "Grants": [1, 2]})
    made = workbook.make(frame, name="Table_1", title="Recipients", scope="Test, 2022", source="Test")
    cells = [cell.value for row in openpyxl.load_workbook(io.BytesIO(made))["Table_1"] for cell in row]
    assert any(str(cell).startswith(name) for cell in cells)
