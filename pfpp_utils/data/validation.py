"""Whether the data package obeys its schemas: every fault, each with table, row, column, value and rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import frictionless
from frictionless import errors as rules

from pfpp_utils import project
from pfpp_utils.data import cases, publication, rows, tables
from pfpp_utils.errors import InputError

#: The only spellings of a boolean, as :func:`pfpp_utils.data.tables.load` reads them.
BOOLEAN = {"trueValues": ["true"], "falseValues": ["false"]}


@dataclass(frozen=True)
class Problem:
    """One fault in the data package.

    Attributes
    ----------
    table
        Name of the table.
    row, column
        Line in the file (the header is line 1) and the column's name, None for a fault of the whole.
    value
        What stands there.
    rule
        The rule it breaks, in words.
    """

    table: str
    row: int | None
    column: str | None
    value: str
    rule: str

    def __str__(self) -> str:
        """Describe the fault in one line."""
        row = f", line {self.row}" if self.row else ""
        column = f", column {self.column}" if self.column else ""
        return f"data/tables/{self.table}.csv{row}{column}: found {self.value!r}; rule: {self.rule}"


def problems() -> list[Problem]:
    """Validate every table of the data package against its schema.

    Returns
    -------
    list of Problem
        Empty if the package is sound.

    Raises
    ------
    InputError
        If the package's own description makes no sense.
    """
    package = tables.package()
    found = [problem for resource in package["resources"] for problem in _file(resource)]
    broken = {problem.table for problem in found}
    try:
        kept = _without(package, broken)
        report = frictionless.Package.from_descriptor(kept, basepath=str(project.data())).validate()
    except frictionless.FrictionlessException as error:
        raise _nonsense(error.error.note) from error
    if report.errors:
        raise _nonsense("; ".join(error.note for error in report.errors))
    schemas = {resource["name"]: resource["schema"] for resource in package["resources"]}
    for task in report.tasks:
        errors = _distinct(task.errors, schemas[task.name].get("primaryKey", []))
        found += [_describe(task.name, error, schemas[task.name]) for error in errors]
    unfit = publication.faults({problem.table for problem in found})
    return found + [_unpublishable(name, error) for name, error in unfit]


def require_sound() -> None:
    """Stop if the data package or a case file has any fault, or a case file must not be published.

    Raises
    ------
    InputError
        Listing every fault of the package; else the first of the case files.
    """
    if found := problems():
        listed = "\n".join(f"    {problem}" for problem in found)
        raise InputError(
            f"the data package has {len(found)} fault{'s' if len(found) > 1 else ''}:\n{listed}",
            where="data/datapackage.json",
            found=f"{found[0].value} in table {found[0].table}",
            allowed="what each rule above says",
        )
    for fault in cases.faults(project.data() / "cases"):
        raise fault


def _file(resource: tables.Schema) -> list[Problem]:
    """Faults of a file as a whole: not to be read, or with other columns than its schema."""
    expected = [field["name"] for field in resource["schema"]["fields"]]
    try:
        table = rows.read(project.data() / resource["path"], file=f"data/{resource['path']}")
    except rows.UnreadableError as error:
        return [Problem(resource["name"], error.line, None, str(error.found), error.what)]
    fault = rows.fault_of_header(table.header, expected)
    return [Problem(resource["name"], 1, None, ", ".join(table.header), fault)] if fault else []


def _without(package: tables.Schema, broken: set[str]) -> tables.Schema:
    """Return the package without broken tables and references to them, with booleans spelled out."""
    kept = []
    for resource in package["resources"]:
        schema = resource["schema"]
        fields = [{**field, **BOOLEAN} if field["type"] == "boolean" else field for field in schema["fields"]]
        keys = [key for key in schema.get("foreignKeys", []) if key["reference"]["resource"] not in broken]
        kept.append({**resource, "schema": {**schema, "fields": fields, "foreignKeys": keys}})
    return {**package, "resources": [resource for resource in kept if resource["name"] not in broken]}


def _nonsense(note: str) -> InputError:
    what = "the data package's description makes no sense"
    return InputError(what, where="data/datapackage.json", found=note, allowed="a Frictionless data package")


def _unpublishable(table: str, error: InputError) -> Problem:
    return Problem(
        table, None, None, str(error.found), f"{error.what} ({error.where}); allowed: {error.allowed}"
    )


def _distinct(errors: list[frictionless.Error], key: list[str]) -> Iterator[frictionless.Error]:
    """Leave out what only follows from another fault: of a row's length, or of its key."""
    length = (rules.MissingCellError, rules.ExtraCellError)
    lengths = {error.row_number: error for error in reversed(errors) if isinstance(error, length)}
    twice = {error.row_number for error in errors if isinstance(error, rules.PrimaryKeyError)}
    for error in errors:
        row = error.row_number if isinstance(error, rules.RowError) else None
        repeated = isinstance(error, rules.UniqueError) and [error.field_name] == key and row in twice
        if not repeated and (row not in lengths or lengths[row] is error):
            yield error


def _describe(table: str, error: frictionless.Error, schema: tables.Schema) -> Problem:
    """Put one of frictionless' errors into our words."""
    if isinstance(error, rules.CellError):
        rule = error.note.replace('"', "") or error.title
        return Problem(table, error.row_number, error.field_name, error.cell, rule)
    if isinstance(error, rules.ForeignKeyError):
        target = f"{error.reference_name or table}.{', '.join(error.reference_field_names)}"
        columns, cells = map(", ".join, (error.field_names, error.field_cells))
        return Problem(table, error.row_number, columns, cells, f"must occur in {target}")
    if isinstance(error, rules.PrimaryKeyError):
        names = [field["name"] for field in schema["fields"]]
        cells = ", ".join(error.cells[names.index(name)] for name in schema["primaryKey"])
        return Problem(table, error.row_number, ", ".join(schema["primaryKey"]), cells, f"key {error.note}")
    if isinstance(error, rules.RowError):
        return Problem(table, error.row_number, None, ", ".join(error.cells), f"{error.title}: {error.note}")
    return Problem(table, None, None, error.note, error.title)
