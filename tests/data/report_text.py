"""Reader of the report's text for tests: its numbers and the rows of its tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pfpp_utils.data import tables

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
#: Columns of table claims that are held to the passage, and to the number as printed, by test_ledger_text.
BY_PASSAGE = {"published", "published_high", "out_of"}
ALL_PILOTS, PILOTS = re.compile(r"\ball pilots\b"), 13.0


def numbers(text: str) -> set[float]:
    """Collect the numbers in a text: digits, number words, thousands and millions, months, "all pilots"."""
    found: set[float] = {PILOTS} if ALL_PILOTS.search(text) else set()
    for match in NUMBER.finditer(text):
        value = float(match[0].replace(",", ""))
        scale = re.match(r"\s?(k|million|m)\b", text[match.end() :])
        found |= {value, value * SCALES[scale[1]]} if scale else {value}
    found |= {WORDS[word] * 100.0 for word in re.findall(r"([a-z]+) hundred", text.lower()) if word in WORDS}
    return found | {float(WORDS[word]) for word in re.findall(r"[a-z]+", text.lower()) if word in WORDS}


def cells(line: str) -> list[str]:
    """Cells of one row of a table, without markup."""
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in line.split("\t")]


def rows_after(text: str, header: str) -> list[list[str]]:
    """Rows of the table whose first row begins with `header`; a page break within it is left out."""
    lines = text[text.index(f"\n{header}\t") + 1 :].splitlines()[1:]
    return [cells(line) for line in lines if "\t" in line]


def rows_of(text: str, header: str, labels: dict[str, str]) -> dict[str, list[list[str]]]:
    """Rows of a table by what `labels` gives for their first cell; an empty first cell goes on."""
    found: dict[str, list[list[str]]] = {}
    for row in rows_after(text, header):
        if row[0] in labels:
            found[labels[row[0]]] = [row]
        elif not row[0] and found:
            found[list(found)[-1]].append(row)
    return found


def stated(name: str) -> Iterator[tuple[int, str, str, float]]:
    """Yield line, section, column and value of every number a table takes from the report."""
    frame, schema = tables.load(name), tables.describe(name)["schema"]
    if "section" not in frame:
        return
    keys = {field for key in schema.get("foreignKeys", []) for field in key["fields"]}
    for field in schema["fields"]:
        column = field["name"]
        if name == "claims" and column in BY_PASSAGE:
            continue
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
