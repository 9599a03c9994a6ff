"""The tables say what the sections, tables and footnotes of the report say that their rows cite.

The report itself is not bundled. Set the environment variable PFPP_REPORT to a copy of its text;
without it, all of this is skipped.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pandas as pd
import pytest
from report_text import numbers, rows_after, rows_of, stated

from pfpp_utils.data import document_text, tables
from pfpp_utils.methods.passages import sections

if not os.environ.get("PFPP_REPORT"):
    pytest.skip("PFPP_REPORT does not name the report's text", allow_module_level=True)

SECTIONS = sections(document_text.read(Path(os.environ["PFPP_REPORT"])))
NUMBERS = {name: numbers(text) for name, text in SECTIONS.items()}
PLACES = dict(tables.load("pilots")[["place", "pilot"]].itertuples(index=False))
#: Rows of the tables with a row a pilot.
TABLE = {
    "Table 1": rows_of(SECTIONS["2.2.1"], "Local Authority", PLACES),
    "Table 2": rows_of(SECTIONS["2.4.1"], "Pilot", PLACES),
    "Table 9": rows_of(SECTIONS["5.1.1"], "Pilot", PLACES),
}
OWN = {
    (table, pilot): numbers("\n".join(cell for row in rows for cell in row))
    for table, pilots in TABLE.items()
    for pilot, rows in pilots.items()
}


def own_numbers(row: pd.Series[object]) -> set[float] | None:
    """Numbers in the pilot's own row of the table that a row cites, if that table has a row a pilot."""
    table = str(row["item"]).split(",")[0].split(";")[0]
    return OWN.get((table, str(row.get("pilot"))))


def absent(name: str) -> list[str]:
    """Numbers of a table that are not where it says they are."""
    frame, found = tables.load(name), []
    for line, section, column, value in stated(name):
        own = None if column == "as_of" else own_numbers(frame.loc[line - 2])  # a heading dates all rows
        if value not in (NUMBERS.get(section, set()) if own is None else own):
            place = f"data/tables/{name}.csv, line {line}, column {column}"
            found.append(f"{place}: {value:g} is not in section {section}, {frame['item'][line - 2]}")
    return found


@pytest.mark.parametrize("name", tables.names())
def test_every_number_occurs_where_the_row_says(name: str) -> None:
    assert not absent(name), "\n".join(absent(name))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("breakeven_pilots", {"target_beneficiaries": 23}),
        ("pilots", {"funding_gbp": 336000}),
        ("evidence_lines", {"of_pilots": 14}),
    ],
)
def test_a_wrong_number_is_found(name: str, change: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    moved = tables.load(name).assign(**change)
    monkeypatch.setattr(tables, "load", lambda _: moved)
    reported = moved.index[moved["document"] == "report"]
    assert len(absent(name)) == len(reported)


@pytest.mark.parametrize("name", ["reach", "engagement_measures"])
def test_the_value_is_among_the_numbers_as_printed(name: str) -> None:
    frame = tables.load(name)
    for column in {"value", "value_low", "value_high", "percent_published"} & set(frame):
        rows = frame.dropna(subset=[column, "as_printed"])
        wrong = [
            row for row in rows.index if float(rows[column][row]) not in numbers(rows["as_printed"][row])
        ]
        assert not wrong, (column, rows.loc[wrong, ["as_printed", column]])
    printed = frame[(frame["document"] == "report") & frame["as_printed"].notna()]
    for row in printed.index:
        own = own_numbers(printed.loc[row])
        missing = numbers(printed["as_printed"][row]) - (own or NUMBERS[printed["section"][row]])
        assert not missing, (name, row + 2, missing)


@pytest.mark.parametrize("name", tables.names())
def test_what_a_row_cites_exists(name: str) -> None:
    frame = tables.load(name)
    if "section" not in frame or name == "numbers_without_claim":  # its items are words, see test_ledger_text
        return
    rows = frame[frame["document"] == "report"]
    assert set(rows["section"]) <= set(SECTIONS)
    for section, item in rows[["section", "item"]].drop_duplicates().itertuples(index=False):
        for kind, number in re.findall(r"\b(Table|Figure|footnote) (\d+)", item):
            mark = f"<sup>{number}</sup>" if kind == "footnote" else f"\n{kind} {number}"
            assert mark in SECTIONS[section].replace("*", ""), f"{name}: no {kind} {number} in {section}"


def departments(listing: str) -> dict[str, list[str]]:
    """The departments of each pilot as held, in the order of the file."""
    held = tables.load("pilot_departments").query("listing == @listing")
    return held.groupby("pilot")["as_printed"].apply(list).to_dict()


def listed(table: str, column: int) -> dict[str, list[str]]:
    """The departments of each pilot as printed in a column of a table."""
    return {pilot: re.split(r",\s*", rows[0][column]) for pilot, rows in TABLE[table].items()}


def test_table_1_is_held_whole() -> None:
    pilots = tables.load("pilots").set_index("pilot")
    for pilot, rows in TABLE["Table 1"].items():
        assert rows[0][1] == pilots["pilot_name"][pilot]
        assert float(pilots["funding_gbp"][pilot]) in numbers(rows[0][3])
    assert listed("Table 1", 4) == departments("involved")


def test_table_2_is_held_whole() -> None:
    order = tables.load("data_collection_activities").query("item == 'Table 2'")["activity"]
    held = tables.load("data_collection").query("item == 'Table 2'").set_index(["pilot", "activity"])["done"]
    printed = {
        (pilot, activity): "✓" in "".join(rows[0][column : column + 1])
        for pilot, rows in TABLE["Table 2"].items()
        for column, activity in enumerate(order, start=1)
    }
    assert held.to_dict() == printed


def test_table_7_is_held_whole() -> None:
    steps, types = tables.load("pathway_steps")["step"], tables.load("success_types")["success_type"]
    rows = rows_after(SECTIONS["5"], "Was the intervention well implemented?")[: len(types)]
    marks = {
        (kind, step): next((mark for mark in "SM" if mark in cell), "none")
        for kind, row in zip(types, rows, strict=True)
        for step, cell in zip(steps, row[:6], strict=True)
    }
    pilots = {
        PLACES[place.strip()]: kind
        for kind, row in zip(types, rows, strict=True)
        for place in row[7].split(",")
        if place.strip()
    }
    held = tables.load("success_type_steps").set_index(["success_type", "step"])["rating"]
    assert held.to_dict() == marks
    held = tables.load("pilot_success").query("item == 'Table 7'").set_index("pilot")["success_type"]
    assert held.to_dict() == pilots
    held = tables.load("pilot_steps").set_index(["pilot", "step"])["rating"]
    assert held.to_dict() == {(pilot, step): marks[pilots[pilot], step] for pilot in pilots for step in steps}


def test_table_9_lists_the_departments_held() -> None:
    assert set(TABLE["Table 9"]) == set(PLACES.values())
    assert listed("Table 9", 2) == departments("engaged")
