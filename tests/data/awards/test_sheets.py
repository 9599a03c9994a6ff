"""Files of every kind as sheets of text: kinds by content, encodings, exact cells, row numbers."""

from __future__ import annotations

import datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spreadsheets import ods_cell, ods_content, ods_row, with_parts, write_csv, write_ods, write_xlsx

from pfpp_utils.data.awards import formulas, sheets
from pfpp_utils.errors import InputError

#: What both spreadsheets and .csv can hold; a text that looks like a long fraction is a number to a workbook.
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Zs", "Zl", "Zp"]), max_size=8
)
WIDE = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(TEXTS, min_size=width, max_size=width), min_size=1, max_size=6)
)
TABLES = st.lists(st.lists(TEXTS, min_size=1, max_size=4), min_size=1, max_size=6)


def only(path):
    (sheet,) = sheets.read(path)
    return sheet


def filled(sheet):
    """Cells that are not blank, by row number and column."""
    return {
        (row, column): text
        for row, texts in zip(sheet.cells.index, sheet.cells.fillna("").to_numpy(), strict=True)
        for column, text in enumerate(texts)
        if text
    }


def expected(table):
    """The same of a table that was written; a workbook begins with its first column that is not blank."""
    return {
        (row + 1, column): text
        for row, texts in enumerate(table)
        for column, text in enumerate(texts)
        if text
    }


def from_first_column(cells):
    first = min((column for _, column in cells), default=0)
    return {(row, column - first): text for (row, column), text in cells.items()}


@given(
    table=WIDE, end=st.sampled_from(["\n", "\r\n", "\r"]), encoding=st.sampled_from(["utf-8-sig", "utf-16"])
)
def test_a_text_comes_back_as_it_was_written(tmp_path_factory, table, end, encoding):
    path = write_csv(
        tmp_path_factory.mktemp("t") / "t.csv",
        [["a", "b", "c", "d"][: len(table[0])], *table],
        end=end,
        encoding=encoding,
    )
    sheet = only(path)
    assert filled(sheet) == expected([["a", "b", "c", "d"][: len(table[0])], *table])
    assert sheet.encoding == encoding
    assert str(sheet.cells[0].dtype) == "string"


@settings(max_examples=15)
@given(table=TABLES, blank=st.integers(0, 3))
def test_workbooks_come_back_as_they_were_written(tmp_path_factory, table, blank):
    folder, table = tmp_path_factory.mktemp("t"), [[""]] * blank + table
    for path in (
        write_xlsx(
            folder / "t.xlsx", {"A ": [[f"'{text}" if text else "" for text in row] for row in table]}
        ),
        write_ods(
            folder / "t.ods",
            ods_content({"A ": [[f"'{text}" if text else "" for text in row] for row in table]}),
        ),
    ):
        sheet = only(path)
        cells = {place: f"'{text}" for place, text in expected(table).items()}
        assert filled(sheet) == from_first_column(cells)
        assert (sheet.name, sheet.kind) == ("A ", path.suffix[1:])
        assert sheet.height == max((row for row, _ in cells), default=0)


def test_typed_cells_are_written_exactly(tmp_path):
    moment = datetime.datetime(2016, 10, 3, 12, 30)
    row = [
        25000,
        0.1,
        -2442000000.07,
        392098673.339999,
        True,
        datetime.date(2016, 10, 3),
        moment,
        "#N/A",
        "007",
        2**53,
    ]
    sheet = only(write_xlsx(tmp_path / "t.xlsx", {"A": [row]}))
    assert sheet.cells.iloc[0].tolist() == [
        *("25000", "0.1", "-2442000000.07", "392098673.339999", "true", "2016-10-03", "2016-10-03 12:30:00"),
        *("#N/A", "007", "9007199254740992"),
    ]


def test_error_cells_of_each_kind_read_as_shown(tmp_path):
    errors = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"]
    sheet = only(write_xlsx(tmp_path / "t.xlsx", {"A": [["x", *errors], ["y"], ["z", errors[0]]]}))
    assert sheet.cells.iloc[0].tolist() == ["x", *errors]
    assert sheet.cells[1].fillna("").tolist() == [errors[0], "", errors[0]]


def test_blank_rows_by_the_ten_thousand_cost_their_numbers_only(tmp_path):
    blank = ods_row("<table:table-cell/>", "table:number-rows-repeated='30000'")
    end = blank + ods_row(ods_cell("z"))
    many = "<table:table-cell table:number-columns-repeated='16384'/>"
    endless = ods_row(many, "table:number-rows-repeated='1018573'")
    sheet = only(write_ods(tmp_path / "t.ods", ods_content({"A": [["a", "b"]]}, after=end + endless)))
    assert list(sheet.cells.index) == [1, 30002]
    assert (sheet.height, sheet.cells.shape) == (30002, (2, 2))
    csv = only(write_csv(tmp_path / "t.csv", [["a", "b"], *[["", " "]] * 30_000, ["z", ""], *[["", ""]] * 9]))
    assert (list(csv.cells.index), csv.height) == ([1, 30002], 30002)


def test_hidden_and_blank_sheets_and_charts_are_told(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["a"])
    for name, state in {"B": "hidden", "C": "veryHidden"}.items():
        book.create_sheet(name).sheet_state = state
    book.create_chartsheet("D")
    book.save(tmp_path / "t.xlsx")
    found = {sheet.name: (sheet.hidden, sheet.height) for sheet in sheets.read(tmp_path / "t.xlsx")}
    assert found == {"Sheet": (False, 1), "B": (True, 0), "C": (True, 0), "D": (False, 0)}


@pytest.mark.parametrize(
    ("content", "encoding", "text"),
    [
        ("a,£5\r\nb,é\r\n".encode("cp1252"), "cp1252", "£5"),
        ("a,£5\rb,\u2019\r".encode("mac_roman"), "mac_roman", "£5"),
        ("a,£5\n".encode(), "utf-8", "£5"),
        ("a,café".encode("cp1252"), "cp1252", "café"),
        ("a,£5\n".encode("utf-16-le"), "utf-16-le", "£5"),
        ("a\t£5\nb\t1,2\n".encode(), "utf-8, parted by '\\t'", "£5"),
        ("a;£5\nb;1,2\n".encode(), "utf-8, parted by ';'", "£5"),
    ],
)
def test_encoding_and_delimiter_are_decided_and_told(tmp_path, content, encoding, text):
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    sheet = only(path)
    assert (sheet.encoding, sheet.cells.loc[1, 1]) == (encoding, text)


def test_utf8_is_decided_by_all_of_a_file_and_not_its_beginning(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(b"a,b\n" * 400_000 + "é,£\n".encode("cp1252"))
    assert only(path).encoding == "cp1252"


def test_the_kind_is_the_contents_and_not_the_names(tmp_path):
    workbook = write_xlsx(tmp_path / "awards.csv", {"A": [["a"]]})
    text = write_csv(tmp_path / "awards.xlsx", [["a", "b"]])
    assert (only(workbook).kind, only(text).kind) == ("xlsx", "csv")


@pytest.mark.parametrize(
    ("content", "what", "found"),
    [
        (b"", "empty", "nothing"),
        (b"\r\n \n", "empty", "nothing"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "not a table", "web page"),
        (b"\n  <!DOCTYPE html><p>Not found</p>", "not a table", "web page"),
        (b'<?xml version="1.0"?><Workbook/>', "not a table", "XML"),
        (b"%PDF-1.7 ...", "not a table", "PDF"),
        (b"\x1f\x8b\x08aaaa", "not a table", "gzip"),
        (b"\x00\x01\x02\x03binary", "not a table", "binary"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "too old", "before 2007"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "locked with a password",
            "encrypted",
        ),
        (b'{"grants": []}', "not a sheet", "JSON"),
        (b'a,b\n"1,2\n3,4\n', "not a table", "unexpected end"),
        (b'a,b\n"1"x,2\n', "not a table", "expected after"),
    ],
)
def test_what_is_no_sheet_says_what_it_is(tmp_path, content, what, found):
    path = tmp_path / "awards.xls"
    path.write_bytes(content)
    with pytest.raises(InputError, match=what) as caught:
        sheets.read(path)
    assert found in str(caught.value.found)
    assert "awards.xls" in caught.value.where


def test_an_absent_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"awards\.csv"):
        sheets.read(tmp_path / "awards.csv")


def test_a_broken_quotation_is_named_by_its_line(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(b'a,b\n1,2\n"3"x,4\n')
    with pytest.raises(InputError) as caught:
        sheets.read(path)
    assert caught.value.where == "t.csv, line 3"


def test_formulas_are_counted_and_those_without_a_value_named(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["a", "=1+1", 3])
    book.active.append(["b", "=IF(A1=1,1,2)", "=SUM(B1:B2)"])
    book.save(tmp_path / "t.xlsx")
    sheet = only(tmp_path / "t.xlsx")
    assert (sheet.formulas, sheet.unvalued) == (3, ("B1", "B2", "C2"))
    part = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    )
    part += b'<c r="A1"><f t="shared" si="0">1+1</f><v>2</v></c><c r="B1"><f t="shared" si="0"/><v>2</v></c>'
    part += b'<c r="C1" t="str"><f>IF(A1=2,"","x")</f><v></v></c><c r="D1"><f>1/3</f></c>'
    part += b"</row></sheetData></worksheet>"
    sheet = only(with_parts(tmp_path / "t.xlsx", {"xl/worksheets/sheet1.xml": part}))
    assert (sheet.formulas, sheet.unvalued) == (4, ("D1",))
    assert sheet.cells.loc[1, [0, 1]].tolist() == ["2", "2"]


def test_formulas_are_found_wherever_a_piece_ends():
    xml = b'<row r="1"><c r="A1"><f>1+1</f></c></row><row r="2"><c r="A2"><f>A1</f><v>2</v></c></row>'
    for cut in range(len(xml)):
        found = formulas.Formulas()
        for piece in (xml[:cut], xml[cut:]):
            found.watch("xl/worksheets/sheet1.xml", piece)
        assert found.found["xl/worksheets/sheet1.xml"] == formulas.Found(2, ["A1"])


def test_formulas_of_an_ods_are_counted_by_sheet(tmp_path):
    formula = "<table:table-cell table:formula='of:=1+1' %s/>"
    valued = ods_row(formula.replace("'", '"') % 'office:value-type="float" office:value="2"')
    content = ods_content({"A": [["a"]], "B &amp; C": [["b"]]}, after=valued)
    found = sheets.read(write_ods(tmp_path / "t.ods", content))
    assert [(sheet.formulas, sheet.unvalued) for sheet in found] == [(1, ()), (1, ())]
    content = ods_content(
        {"A": [["a"]]}, after=valued.replace(' office:value-type="float" office:value="2"', "")
    )
    (sheet,) = sheets.read(write_ods(tmp_path / "t.ods", content))
    assert (sheet.formulas, sheet.unvalued) == (1, ("",))
