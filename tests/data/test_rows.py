"""Rows as they are written in a file, and where each one ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfpp_utils.data import rows


def read(folder, content):
    path = folder / "t.csv"
    path.write_bytes(content)
    return rows.read(path, file="data/t.csv")


def test_cells_are_text_and_lines_are_those_of_the_file(tmp_path):
    table = read(tmp_path, b'a,b\r\n1,"x\ny"\r\n2,\r\n')
    assert table == rows.Rows(["a", "b"], [["1", "x\ny"], ["2", ""]], [3, 4])


@pytest.mark.parametrize(
    ("content", "what", "line"),
    [
        (b"", "empty", None),
        (b"a\n\xff\n", "not UTF-8", 2),
        (b'a\n"x\n', "not CSV", 2),
        (b'a\n"x"y\n', "not CSV", 2),
    ],
)
def test_what_is_no_table_says_so_and_where(tmp_path, content, what, line):
    with pytest.raises(rows.UnreadableError, match=what) as caught:
        read(tmp_path, content)
    assert caught.value.line == line
    assert "data/t.csv" in caught.value.where


def test_an_absent_file_is_named(tmp_path):
    with pytest.raises(rows.UnreadableError, match=r"data/t\.csv"):
        rows.read(tmp_path / "t.csv", file="data/t.csv")


@given(st.permutations(["a", "b", "c"]))
def test_only_the_same_header_is_no_fault(found):
    assert (rows.fault_of_header(found, ["a", "b", "c"]) == "") == (found == ["a", "b", "c"])


def test_faults_of_a_header_are_named_together():
    assert (
        rows.fault_of_header(["a", "a", "x"], ["a", "b"])
        == "missing column b; extra column x; repeated column a"
    )
