"""Layouts: which column of a publisher's file is which, as small YAML files that anyone can write.

Those in the folder ``layouts`` beside this module are of the publishers we know; a user's own mapping has the
same shape, that of ``mapping.schema.json``. Names of sheets, files and headers match whatever their letter
case and the blanks around them, and ``*`` stands for any text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeAlias

from pfpp_utils.data import yaml_lines
from pfpp_utils.data.awards import columns
from pfpp_utils.errors import InputError

Level: TypeAlias = Literal["awards", "schemes"]
Unit: TypeAlias = Literal["pounds", "thousand", "million"]
DateOrder: TypeAlias = Literal["dmy", "mdy", "iso"]


@dataclass(frozen=True)
class Total:
    """Where a workbook states the total of one of its sheets.

    Attributes
    ----------
    sheet
        Sheet that states it.
    section
        Text of a cell below which to look, or "".
    value, awards
        Label of the row with the total in pounds, and with the number of awards; "" where there is none.
    """

    sheet: str
    section: str = ""
    value: str = ""
    awards: str = ""


@dataclass(frozen=True)
class SheetRule:
    """What holds for one sheet (a name or a pattern) of a layout on top of what holds for all.

    Attributes
    ----------
    sheet
        Name or pattern.
    constants
        Value of a canonical column for every row.
    total
        What the workbook itself says the sheet sums to.
    """

    sheet: str
    constants: Mapping[str, str] = field(default_factory=dict)
    total: Total | None = None


@dataclass(frozen=True)
class Recognition:
    """By what a layout is recognised that shares its headers with others.

    Attributes
    ----------
    headers
        Header texts that all must be there.
    files
        Patterns of file names, of which one must match.
    cells
        Pattern that the first cell of a canonical column must match.
    without
        Patterns of headers of which none may be there.
    """

    headers: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Layout:
    """One publisher's layout, or a user's mapping.

    Attributes
    ----------
    name, title, publisher
        Slug, what such a file is, and who publishes it.
    level
        Whether a row is an award or a whole scheme.
    columns
        Accepted header texts of each canonical column, best first.
    needed
        Canonical columns without which a sheet is not of this layout.
    sheets, skip
        Patterns of sheet names that hold rows, and that do not. No `sheets`: any sheet may.
    recognise
        What else must be there, to tell layouts apart.
    ignore
        Patterns of headers that are never an amount of a year, such as ``*total*``.
    constants
        Value of a canonical column for every row that has none of its own.
    unit
        Of amounts: one for all files, by financial year, or None where the header must say.
    date_order
        Order of day and month in dates as text; None: not known, and ambiguous dates are to be refused.
    year
        Financial year of all rows, such as ``2020-21``; None where the sheet's or file's name says.
    year_from
        Accepted header texts of a column that states the year of each row.
    years
        Year by header text (or a pattern), where each year's amount has its own column; ``{year}`` stands for
        the year that the header states.
    by_sheet
        What holds for single sheets.
    source
        File it was read from, for messages.
    """

    name: str
    title: str
    publisher: str
    level: Level
    columns: Mapping[str, tuple[str, ...]]
    needed: tuple[str, ...]
    sheets: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    recognise: Recognition = Recognition()
    ignore: tuple[str, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    unit: Unit | Mapping[str, Unit] | None = None
    date_order: DateOrder | None = None
    year: str | None = None
    year_from: tuple[str, ...] = ()
    years: Mapping[str, str] = field(default_factory=dict)
    by_sheet: tuple[SheetRule, ...] = ()
    source: str = ""


@cache
def known() -> tuple[Layout, ...]:
    """Return the layouts of publishers that come with the package."""
    return tuple(read(path) for path in sorted(Path(__file__).with_name("layouts").glob("*.yml")))


@cache
def schema() -> dict[str, Any]:
    """Return the JSON Schema of a layout."""
    text = Path(__file__).with_name("mapping.schema.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def read(path: Path) -> Layout:
    """Read a layout, such as a user's mapping of a file that no known layout fits.

    Parameters
    ----------
    path
        A YAML file of the shape of `schema`; only ``columns`` and ``unit`` have to be given.

    Returns
    -------
    Layout
        As the file says; name and title are by default the file's name.

    Raises
    ------
    InputError
        Naming file and line, what was found and what is allowed.
    """
    file = path.name
    lined = yaml_lines.read(path, file=file, what="the mapping")
    _require_texts(lined, file)
    if fault := yaml_lines.fault(lined, schema()):
        line = yaml_lines.line_of(fault.absolute_path, lined)
        field = ".".join(map(str, fault.absolute_path))
        raise yaml_lines.refusal(fault, f"{file}, line {line}" + (f", {field}" if field else ""))
    raw = yaml_lines.plain(lined)
    return _layout(raw, path)


def _require_texts(node: yaml_lines.Node, file: str) -> None:
    """Refuse keys such as 2018, which YAML takes for numbers and JSON Schema does not know."""
    if isinstance(node, list):
        for inner in node:
            _require_texts(inner, file)
    if isinstance(node, dict):
        for key, inner in node.items():
            if not isinstance(key, str):
                where = f"{file}, line {node[yaml_lines.LINE]}"
                raise InputError("not a text", where=where, found=key, allowed="keys in quotation marks")
            _require_texts(inner, file)


def _layout(raw: dict[str, Any], path: Path) -> Layout:
    recognise = {key: _frozen(value) for key, value in raw.get("recognise", {}).items()}
    taken = {name: _texts(headers) for name, headers in raw["columns"].items()}
    level = raw.get("level", "awards")
    return Layout(
        name=raw.get("name", path.stem),
        title=raw.get("title", path.stem),
        publisher=raw.get("publisher", ""),
        level=level,
        columns=taken,
        needed=tuple(raw.get("needed", _needed(level, taken, raw))),
        recognise=Recognition(**recognise),
        by_sheet=tuple(_rule(each) for each in raw.get("by_sheet", ())),
        source=path.name,
        sheets=tuple(raw.get("sheets", ())),
        skip=tuple(raw.get("skip", ())),
        ignore=tuple(raw.get("ignore", ())),
        constants=raw.get("constants", {}),
        unit=raw["unit"],
        date_order=raw.get("date_order"),
        year=raw.get("year"),
        year_from=tuple(raw.get("year_from", ())),
        years=raw.get("years", {}),
    )


def _needed(level: Level, taken: Mapping[str, tuple[str, ...]], raw: dict[str, Any]) -> list[str]:
    """Return what a row is nothing without: its amount, and whose it is or what for."""
    whose = columns.RECIPIENT if level == "awards" else columns.PROGRAMME
    amount = [] if "years" in raw else [columns.AMOUNT]
    return amount + [whose] * (whose in taken)


def _rule(raw: dict[str, Any]) -> SheetRule:
    total = Total(**raw["total"]) if "total" in raw else None
    return SheetRule(raw["sheet"], raw.get("constants", {}), total)


def _texts(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _frozen(value: Any) -> Any:  # noqa: ANN401 of YAML
    return tuple(value) if isinstance(value, list) else value
