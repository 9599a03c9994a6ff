"""Whether the data package obeys its schemas: every fault, each with table, row, column, value and rule."""

from __future__ import annotations

from dataclasses import dataclass

import frictionless
from frictionless import errors as rules

from pfpp_utils import project
from pfpp_utils.data import tables
from pfpp_utils.errors import InputError


@dataclass(frozen=True)
class Problem:
    """One fault in the data package.

    Attributes
    ----------
    table
        Name of the table.
    row
        Line in the file (the header is line 1), or None for a fault of the whole file.
    column
        Column's name, or None for a fault of the whole row or file.
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
    """
    tables.package()  # a clear message if the description itself cannot be read
    report = frictionless.Package(str(project.data() / "datapackage.json")).validate()
    general = [Problem("datapackage", None, None, error.note, error.title) for error in report.errors]
    return general + [_describe(task.name, error) for task in report.tasks for error in task.errors]


def require_sound() -> None:
    """Stop if the data package has any fault.

    Raises
    ------
    InputError
        Listing every fault.
    """
    found = problems()
    if found:
        listed = "\n".join(f"    {problem}" for problem in found)
        raise InputError(
            f"the data package has {len(found)} fault{'s' if len(found) > 1 else ''}:\n{listed}",
            where="data/datapackage.json",
            found=f"{found[0].value} in table {found[0].table}",
            allowed="what each rule above says",
        )


def _describe(table: str, error: frictionless.Error) -> Problem:
    if isinstance(error, rules.CellError):
        return Problem(table, error.row_number, error.field_name, error.cell, _rule(error))
    if isinstance(error, rules.ForeignKeyError):
        target = f"{error.reference_name}.{', '.join(error.reference_field_names)}"
        return Problem(
            table,
            error.row_number,
            ", ".join(error.field_names),
            ", ".join(error.field_cells),
            f"must occur in {target}",
        )
    if isinstance(error, rules.RowError):
        return Problem(table, error.row_number, None, ", ".join(error.cells), f"{error.title}: {error.note}")
    if isinstance(error, rules.MissingLabelError):
        return Problem(table, 1, error.field_name, "", "missing column: the schema requires it")
    if isinstance(error, rules.ExtraLabelError):
        return Problem(table, 1, error.label, error.label, "extra column: the schema does not name it")
    return Problem(table, None, None, error.note, error.title)


def _rule(error: rules.CellError) -> str:
    return error.note.replace('"', "") or error.title
