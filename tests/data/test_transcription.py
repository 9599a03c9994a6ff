"""Every number in every table occurs in the section of the report that its row cites.

The report itself is not bundled. Set the environment variable PFPP_REPORT to a copy of its text;
without it, these tests are skipped, but for those of the reader below.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from pfpp_utils.data import tables

HEADING = re.compile(
    r"^(?:#+\s*\**\s*|\*{0,2}(?=\d\.\d\.\d ))(\d+(?:\.\d+)*)\b(?!\.)|^# (Conclusions|Our standards)"
)
WORDS = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split(),
        range(20),
        strict=True,
    )
)
WORDS |= dict(
    zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True)
)
MONTHS = "January February March April May June July August September October November December".split()
WORDS |= {month.lower(): number for number, month in enumerate(MONTHS, start=1)}
WORDS |= {
    "hundred": 100,
    "half": 50,
    "quarter": 25,
    "no": 0,
    "none": 0,
    "once": 1,
    "twice": 2,
    "both": 2,
    "first": 1,
}
NUMBER = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?")
SCALES = {"k": 1_000, "million": 1_000_000, "m": 1_000_000}


def sections(report: str) -> dict[str, str]:
    """Split the report at its numbered headings; a section does not include those below it."""
    found: dict[str, list[str]] = {"": []}
    current = ""
    for line in report.splitlines():
        heading = HEADING.match(line)
        if heading:
            current = heading[1] or heading[2]
        found.setdefault(current, []).append(line)
    return {name: "\n".join(lines) for name, lines in found.items()}


def numbers(text: str) -> set[float]:
    """Collect the numbers in a text: digits, number words, thousands and millions, months."""
    found: set[float] = set()
    for match in NUMBER.finditer(text):
        value = float(match[0].replace(",", ""))
        scale = re.match(r"\s?(k|million|m)\b", text[match.end() :])
        found |= {value, value * SCALES[scale[1]]} if scale else {value}
    found |= {WORDS[word] * 100.0 for word in re.findall(r"([a-z]+) hundred", text.lower()) if word in WORDS}
    return found | {float(WORDS[word]) for word in re.findall(r"[a-z]+", text.lower()) if word in WORDS}


def stated(name: str) -> Iterator[tuple[int, str, str, float]]:
    """Yield line, section, column and value of every number a table takes from the report."""
    frame, schema = tables.load(name), tables.describe(name)["schema"]
    if "section" not in frame:
        return
    keys = {field for key in schema.get("foreignKeys", []) for field in key["fields"]}
    for field in schema["fields"]:
        column = field["name"]
        is_name = field["type"] == "string" and column in schema["primaryKey"]
        if column in keys | {"document", "section", "item"} or is_name or field.get("pfpp:role") == "index":
            continue
        for row, value in frame.loc[frame["document"] == "report", column].dropna().items():
            for number in _numbers_of(value, field["type"]):
                yield int(row) + 2, str(frame["section"][row]), column, number


def _numbers_of(value: object, kind: str) -> set[float]:
    if kind in {"integer", "number"}:
        return {float(value)}  # type: ignore[arg-type]
    return {float(n.replace(",", "")) for n in NUMBER.findall(str(value))} if kind == "string" else set()


@pytest.fixture(scope="module")
def report() -> dict[str, set[float]]:
    path = os.environ.get("PFPP_REPORT")
    if not path:
        pytest.skip("PFPP_REPORT does not name the report's text")
    return {name: numbers(text) for name, text in sections(Path(path).read_text(encoding="utf-8")).items()}


@pytest.mark.parametrize("name", tables.names())
def test_every_number_occurs_in_the_section_it_cites(name: str, report: dict[str, set[float]]) -> None:
    absent = [
        f"data/tables/{name}.csv, line {line}, column {column}: {value:g} is not in section {section}"
        for line, section, column, value in stated(name)
        if value not in report.get(section, set())
    ]
    assert not absent, "\n".join(absent)


def test_a_wrong_number_is_found(report: dict[str, set[float]], monkeypatch: pytest.MonkeyPatch) -> None:
    moved = tables.load("breakeven_pilots").assign(target_beneficiaries=23)
    monkeypatch.setattr(tables, "load", lambda _: moved)
    wrong = [value for _, section, _, value in stated("breakeven_pilots") if value not in report[section]]
    assert wrong == [23.0] * len(moved)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("£335k for 1,613 recipients", {335.0, 335000.0, 1613.0}),
        ("over £2 million in April 2023", {2.0, 2000000.0, 4.0, 2023.0}),
        ("Twelve of 13 pilots, half of them", {12.0, 13.0, 50.0}),
        ("a score of 3.86", {3.86}),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, expected: set[float]) -> None:
    assert numbers(text) == expected


def test_sections_are_split_at_numbered_headings() -> None:
    text = "# 1 One\na\n## 1.1 Sub\nb\n### 3. Not a heading\n4.1.3 Odd one\nc\n# Conclusions\nd"
    assert list(sections(text)) == ["", "1", "1.1", "4.1.3", "Conclusions"]


def test_every_row_names_its_source() -> None:
    documents = set(tables.load("documents")["document"])
    for name in tables.names():
        frame = tables.load(name)
        if "document" in frame and "section" in frame:
            assert frame[["document", "section", "item"]].notna().all(axis=None), name
            assert set(frame["document"]) <= documents, name
    assert isinstance(frame, pd.DataFrame)
