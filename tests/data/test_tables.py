"""Reading a table: types from the schema, and a message that finds the fault in the file."""

from __future__ import annotations

import pandas as pd
import pytest
from conftest import add_table

from pfpp_utils.data import tables
from pfpp_utils.errors import InputError

HEADER = "pilot,place,funding_gbp\n"
REQUIRED = {"constraints": {"required": True}}


def write_pilots(project, text):
    path = project / "data/tables/pilots.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def refusal(name="pilots"):
    with pytest.raises(InputError) as caught:
        tables.load(name)
    return str(caught.value)


def test_columns_have_the_types_of_their_schema(small_project):
    fields = {
        "visits": {"type": "integer", **REQUIRED},
        "guests": {"type": "integer"},
        "share": {"type": "number"},
        "held": {"type": "boolean", **REQUIRED},
        "online": {"type": "boolean"},
        "note": {"type": "string"},
    }
    add_table(
        small_project,
        "forums",
        fields,
        "visits,guests,share,held,online,note\n3,4,0.5,true,,NA\n2,,,false,true,\n",
    )
    frame = tables.load("forums")
    assert frame.dtypes.astype(str).to_dict() == {
        "visits": "int64",
        "guests": "Int64",
        "share": "float64",
        "held": "bool",
        "online": "boolean",
        "note": "str",
    }
    assert frame.isna().to_numpy().tolist() == [
        [False, False, False, False, True, False],
        [False, True, True, False, False, True],
    ]
    assert frame.loc[0, ["visits", "guests", "share", "held", "note"]].tolist() == [3, 4, 0.5, True, "NA"]


@pytest.mark.parametrize("required", [True, False])
def test_a_table_without_rows_has_the_same_types(small_project, required):
    types = ["integer", "number", "boolean", "string"]
    fields = {kind: {"type": kind, "constraints": {"required": required}} for kind in types}
    add_table(small_project, "none", fields, ",".join(types) + "\n")
    frame = tables.load("none")
    whole = ["int64", "float64", "bool", "str"]
    assert frame.dtypes.astype(str).tolist() == (
        whole if required else ["Int64", "float64", "boolean", "str"]
    )
    assert len(frame) == 0


def test_large_whole_numbers_keep_every_digit_beside_missing_ones(small_project):
    found = [2**53 + 1, pd.NA, -(2**63), 2**63 - 1]
    text = "\n".join('""' if one is pd.NA else f"{one:+025d}" for one in found)
    add_table(small_project, "sums", {"sum": {"type": "integer"}}, f"sum\n{text}\n")
    assert tables.load("sums")["sum"].tolist() == found


def test_no_nought_is_below_nought(small_project):
    add_table(small_project, "shares", {"share": {"type": "number"}}, "share\n-0\n-0.0\n0.5\n")
    assert [str(share) for share in tables.load("shares")["share"].tolist()] == ["0.0", "0.0", "0.5"]


def test_tables_are_known_by_name(small_project):
    assert tables.names() == ["pilots", "reach"]
    assert tables.describe("reach")["title"] == "Reach"
    message = refusal("reech")
    assert "unknown table" in message
    assert "'reech'" in message
    assert "allowed: pilots, reach" in message


@pytest.mark.parametrize(
    ("header", "what"),
    [
        ("pilot,place", "missing column funding_gbp"),
        ("pilot,place,funding_gbp,year", "extra column year"),
        ("pilot,place,funding", "missing column funding_gbp; extra column funding"),
        ("place,pilot,funding_gbp", "columns in another order"),
    ],
)
def test_other_columns_are_refused(small_project, header, what):
    write_pilots(small_project, header + "\n" + ",".join("1" * len(header.split(","))) + "\n")
    message = refusal()
    assert message.startswith(what)
    assert "data/tables/pilots.csv, line 1" in message
    assert "allowed: pilot, place, funding_gbp" in message


@pytest.mark.parametrize(
    "value", ["lots", "1.5", "inf", "1 000", "£5", "NA", "١٢", "1_000", "9" * 19, "9" * 400]
)
def test_a_value_of_another_type_is_found(small_project, value):
    write_pilots(small_project, f"{HEADER}north,North,1\nsouth,South,{value}\n")
    message = refusal()
    assert "data/tables/pilots.csv, line 3, column funding_gbp" in message
    assert f"found:   {value!r}" in message
    assert "allowed: integer or empty" in message


@pytest.mark.parametrize(
    "value", ["lots", "inf", "nan", "1,5", "5%", "1_000.5", "\u0660.\u0665", "1.", "1e999", "9" * 400]
)
def test_a_number_is_written_plainly(small_project, value):
    add_table(small_project, "shares", {"share": {"type": "number"}}, f'share\n0.5\n"{value}"\n')
    message = refusal("shares")
    assert "line 3, column share" in message
    assert "allowed: number or empty" in message


def test_a_boolean_is_true_or_false(small_project):
    add_table(small_project, "flags", {"flag": {"type": "boolean"}}, "flag\ntrue\nyes\n")
    message = refusal("flags")
    assert "line 3, column flag" in message
    assert "allowed: true or false" in message


def test_the_line_is_that_of_the_file_also_below_a_cell_of_two_lines(small_project):
    write_pilots(small_project, f'{HEADER}north,"North\nof here",1\nsouth,South,lots\n')
    assert "line 4, column funding_gbp" in refusal()


@pytest.mark.parametrize("row", ["one,two,three,four", "one,two"])
@pytest.mark.parametrize("line", [2, 3])
def test_a_row_with_more_or_fewer_cells_is_never_read_askew(small_project, row, line):
    rows = ["one,two,three", "one,two,three"]
    rows[line - 2] = row
    text = "\n".join(["first,second,third", *rows]) + "\n"
    add_table(small_project, "words", {key: {"type": "string"} for key in ("first", "second", "third")}, text)
    assert f"data/tables/words.csv, line {line}" in refusal("words")


def test_a_file_that_is_not_utf8_names_the_line(small_project):
    write_pilots(small_project, HEADER.encode() + "north,North,1\nsouth,Süd,1\n".encode("latin-1"))
    message = refusal()
    assert "the file is not UTF-8" in message
    assert "data/tables/pilots.csv, line 3" in message
    assert r"found:   b'\xfc'" in message


@pytest.mark.parametrize("text", ["", HEADER + 'north,"North,1\n', HEADER + 'north,"No"rth,1\n'])
def test_a_file_that_is_no_table_is_refused(small_project, text):
    write_pilots(small_project, text)
    assert "data/tables/pilots.csv" in refusal()


def test_an_absent_file_is_named(small_project):
    (small_project / "data/tables/pilots.csv").unlink()
    assert "data/tables/pilots.csv" in refusal()


@pytest.mark.parametrize(
    "text", [b'{"name": ', b"[]", b"{}", b'{"resources": [{}]}', b'{"resources": null}', b"\xff\xfe"]
)
def test_a_broken_description_is_named(small_project, text):
    (small_project / "data/datapackage.json").write_bytes(text)
    assert "data/datapackage.json" in refusal()


def test_rows_are_numbered_from_zero(small_project):
    frame = tables.load("pilots")
    assert frame.index.equals(pd.RangeIndex(2))
    assert frame["funding_gbp"].tolist() == [100000, 50000]
