"""Archives that would do harm or are no workbooks: each refused by name before a library reads them."""

from __future__ import annotations

import struct
import sys
import zipfile
import zlib

import pytest
from spreadsheets import ods_content, with_parts, write_ods, write_xlsx, write_zip

from pfpp_utils.data.awards import archive, sheets, workbooks
from pfpp_utils.errors import InputError

SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def workbook(tmp_path):
    return write_xlsx(tmp_path / "t.xlsx", {"A": [["a", "b"], [1, 2]]})


def refused(path, what):
    with pytest.raises(InputError, match=what) as caught:
        sheets.read(path)
    assert path.name in caught.value.where
    return caught.value


@pytest.mark.parametrize("share", [0.01, 0.3, 0.6, 0.99])
def test_a_workbook_cut_short_is_damaged(workbook, share):
    content = workbook.read_bytes()
    workbook.write_bytes(content[: max(4, int(len(content) * share))])
    refused(workbook, "damaged")


def test_a_changed_byte_is_damage(workbook):
    with zipfile.ZipFile(workbook) as held:
        part = held.getinfo(SHEET)
    content = bytearray(workbook.read_bytes())
    content[part.header_offset + 30 + len(SHEET) + 20] ^= 0xFF
    workbook.write_bytes(content)
    refused(workbook, "damaged|cannot be read")


def test_an_archive_of_something_else_is_no_workbook(tmp_path):
    error = refused(write_zip(tmp_path / "t.xlsx", {"readme.txt": b"hello"}), "not a workbook")
    assert "readme.txt" in error.found


def test_a_bomb_is_refused_by_its_directory(workbook):
    bomb = with_parts(workbook, {SHEET: b"<worksheet>" + b" " * (2 * archive.SMALL)})
    assert "become" in refused(bomb, "unpacks to too much").found


def test_parts_that_are_too_many_too_large_or_twice_there_are_refused(workbook, monkeypatch):
    monkeypatch.setattr(archive, "PARTS", 3)
    refused(workbook, "too many parts")
    monkeypatch.undo()
    monkeypatch.setattr(archive, "BYTES", 1000)
    refused(workbook, "unpacks to too much")
    monkeypatch.undo()
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(workbook, "a") as held:
        held.writestr(SHEET, b"<worksheet/>")
    refused(workbook, "two parts of one name")


def test_a_bomb_that_lies_about_its_size_is_refused_while_it_unpacks(workbook):
    """The directory says ten bytes, with their checksum, where thirty million come out."""
    size = 30_000_000
    bomb = with_parts(workbook, {SHEET: b" " * size})
    start, lie = b" " * 10, struct.pack("<I", 10)
    content = bomb.read_bytes().replace(struct.pack("<I", size), lie)
    content = content.replace(
        struct.pack("<I", zlib.crc32(b" " * size)), struct.pack("<I", zlib.crc32(start))
    )
    bomb.write_bytes(content)
    with zipfile.ZipFile(bomb) as held:
        assert held.read(SHEET) == start  # the standard library believes it
    seen = []
    with pytest.raises(InputError, match="damaged"):
        archive.check(bomb, lambda part, piece: seen.append(len(piece)))
    assert sum(seen) < archive.PIECE


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_unusual_packing_is_refused(workbook, method):
    with zipfile.ZipFile(workbook, "a", method) as held:
        held.writestr("xl/extra.xml", b"<a/>" * 100)
    refused(workbook, "unusual way")


def test_entities_are_refused_wherever_they_stand(workbook):
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]><worksheet>&a;</worksheet>'
    refused(with_parts(workbook, {SHEET: laughs}), "defines entities")
    split = b"<!--" + b" " * (archive.PIECE - 8) + b"--><!DOCTYPE x>"
    refused(with_parts(workbook, {SHEET: split}), "defines entities")


def test_passwords_are_named(tmp_path, workbook):
    encrypted = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    refused(
        write_ods(tmp_path / "t.ods", ods_content({"A": [["a"]]}), manifest=encrypted),
        "locked with a password",
    )
    content = bytearray(workbook.read_bytes())
    with zipfile.ZipFile(workbook) as held:
        first = held.infolist()[0].header_offset
    directory = content.index(b"PK\x01\x02")
    content[first + 6] |= 1
    content[directory + 8] |= 1
    workbook.write_bytes(content)
    refused(workbook, "locked with a password")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not limit memory")
def test_far_off_cells_ask_for_memory_in_vain(tmp_path):
    path = write_xlsx(tmp_path / "t.xlsx", {"A": [["a"]]})
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    start = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    error = refused(with_parts(path, {SHEET: start + cells + b"</sheetData></worksheet>"}), "too much memory")
    assert f"{workbooks.MEMORY:,}" in error.found


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not limit memory")
def test_memory_is_limited_to_what_it_is_said_to_be(tmp_path, monkeypatch):
    monkeypatch.setattr(workbooks, "MEMORY", 2**30)
    path = write_xlsx(tmp_path / "t.xlsx", {"A": [["a"]]})
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="CV1048576"><v>2</v></c></row>'
    start = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    refused(with_parts(path, {SHEET: start + cells + b"</sheetData></worksheet>"}), "too much memory")


def test_a_workbook_that_the_library_cannot_read_says_so(workbook):
    refused(with_parts(workbook, {"xl/workbook.xml": b"<workbook><sheets><sheet"}), "cannot be read")


def test_stored_parts_are_read(tmp_path, workbook):
    with zipfile.ZipFile(workbook) as held, zipfile.ZipFile(tmp_path / "u.xlsx", "w") as stored:
        for name in held.namelist():
            stored.writestr(name, held.read(name))
    assert sheets.read(tmp_path / "u.xlsx")[0].cells.loc[2].tolist() == ["1", "2"]


def test_two_sheets_of_one_name_are_refused(tmp_path):
    content = ods_content({"A": [["a"]], "B": [["b"]]}).replace('"B"', '"A"')
    refused(write_ods(tmp_path / "t.ods", content), "two sheets of one name")
