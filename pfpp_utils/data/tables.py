"""The bundled tables: one CSV each, described by a Frictionless Table Schema in ``datapackage.json``."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pfpp_utils import project
from pfpp_utils.data import reads, rows
from pfpp_utils.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd  # slow to load, and the plan is read without it
    from pandas.api.extensions import ExtensionArray

Schema = dict[str, Any]

#: Where a table's entry says what must be withheld before it is published: see `pfpp_utils.data.publication`.
DISCLOSURE = "pfpp:disclosure"
#: Tables read in this process of which something must be withheld.
protected: set[str] = set()

_INTEGER: Final = re.compile(r"[+-]?0{0,99}[0-9]{1,19}")
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_SMALLEST, _LARGEST = -(2**63), 2**63 - 1


def _is_integer(cell: str) -> bool:
    return bool(_INTEGER.fullmatch(cell)) and _SMALLEST <= int(cell) <= _LARGEST


def _is_number(cell: str) -> bool:
    return bool(_NUMBER.fullmatch(cell)) and isfinite(float(cell))


#: How a cell is written, as what it is read, and how a column is held with missing values and without.
#: All else is text.
_TYPES: Final[dict[str, tuple[Callable[[str], object], Callable[[str], object], tuple[Any, Any]]]] = {
    "integer": (_is_integer, int, ("Int64", "int64")),
    "number": (_is_number, lambda cell: float(cell) + 0.0, ("float64", "float64")),  # no nought below nought
    "boolean": ({"true", "false"}.__contains__, "true".__eq__, ("boolean", "bool")),
}
_ALLOWED: Final = {
    "integer": f"integer or empty, from {_SMALLEST} to {_LARGEST}",
    "number": "number or empty",
    "boolean": "true or false",
}


def package() -> Schema:
    """Return the data package's descriptor (``data/datapackage.json``) as a dictionary.

    Raises
    ------
    InputError
        If it cannot be read or lacks what every table needs: name, path and fields.
    """
    reads.note(_descriptor())
    return _package()


def _descriptor() -> Path:
    return project.data() / "datapackage.json"


def _package() -> Schema:
    try:
        return _parsed(_descriptor().read_bytes())
    except (ValueError, TypeError, KeyError) as error:
        raise InputError(
            "the data package's description cannot be read",
            where="data/datapackage.json",
            found=f"{type(error).__name__}: {error}",
            allowed="JSON in UTF-8 with resources, each with name, path and schema.fields",
        ) from error


@lru_cache(maxsize=1)
def _parsed(content: bytes) -> Schema:
    descriptor: Schema = json.loads(content.decode())
    for resource in descriptor["resources"]:
        _ = resource["name"], resource["path"], [field["name"] for field in resource["schema"]["fields"]]
    return descriptor


def names() -> list[str]:
    """Names of the tables in the data package, in its order."""
    return [resource["name"] for resource in package()["resources"]]


def has(name: str) -> bool:
    """Whether the data package has a table of that name."""
    reads.note(_descriptor(), entry=name)
    return any(resource["name"] == name for resource in _package()["resources"])


def describe(name: str) -> Schema:
    """Return the Frictionless resource of one table: title, description, path and schema.

    Parameters
    ----------
    name
        A name from :func:`names`, such as ``"pilots"``.

    Returns
    -------
    dict
        The table's entry in ``data/datapackage.json``.

    Raises
    ------
    InputError
        If the data package has no table of that name.
    """
    reads.note(_descriptor(), entry=name)
    for resource in _package()["resources"]:
        if resource["name"] == name:
            return dict(resource)
    raise InputError("unknown table", where="data/datapackage.json", found=name, allowed=names())


def load(name: str) -> pd.DataFrame:
    """Read one table, typed by its schema.

    Integers that may be missing become pandas ``Int64``, other integers ``int64``; numbers
    ``float64``; booleans ``bool`` (``boolean`` where they may be missing); text ``str`` with
    missing values where the cell is empty.

    Parameters
    ----------
    name
        A name from :func:`names`, such as ``"pilots"``.

    Returns
    -------
    pandas.DataFrame
        One row per row of the file, columns as in the schema, index 0 to n-1.

    Raises
    ------
    InputError
        If the table is unknown, is not UTF-8, has other columns than its schema, or holds a
        value that is not of its column's type. Ranges and references are checked by
        :func:`pfpp_utils.data.validation.problems`.
    """
    resource = describe(name)
    frame = read(resource, project.data() / resource["path"], file=f"data/{resource['path']}")
    if (resource.get(DISCLOSURE) or {"preset": "none"}).get("preset") != "none":
        frame.attrs["table"] = name
        protected.add(name)
    return frame


def read(resource: Schema, path: Path, *, file: str) -> pd.DataFrame:
    """Read a table of the shape of a bundled one from any file.

    Parameters
    ----------
    resource
        The bundled table's entry, from :func:`describe`.
    path
        The file.
    file
        What to call it in messages.

    Returns
    -------
    pandas.DataFrame
        As from :func:`load`.

    Raises
    ------
    InputError
        As for :func:`load`.
    """
    import pandas as pd  # noqa: PLC0415

    cells, place = _cells(resource, path, file)
    fields = resource["schema"]["fields"]
    columns = zip(*cells, strict=True) if cells else [()] * len(fields)
    return pd.DataFrame(
        {field["name"]: _convert(column, field, place) for field, column in zip(fields, columns, strict=True)}
    )


@dataclass(frozen=True)
class _Place:
    """Where the rows of a table stand in its file."""

    file: str
    lines: list[int]

    def of(self, row: int) -> str:
        return f"{self.file}, line {self.lines[row]}"


def column(name: str, field: str) -> list[str]:
    """Read one column of a table as it is written, with nothing heavy loaded.

    Parameters
    ----------
    name, field
        Names of the table and of the column.

    Returns
    -------
    list of str
        One text a row.

    Raises
    ------
    InputError
        As for :func:`load`, but for types.
    """
    resource = describe(name)
    cells, _ = _cells(resource, project.data() / resource["path"], f"data/{resource['path']}")
    place = [one["name"] for one in resource["schema"]["fields"]].index(field)
    return [row[place] for row in cells]


def _cells(resource: Schema, path: Path, file: str) -> tuple[list[list[str]], _Place]:
    """Read all rows of a table, which must have the columns of its schema."""
    table = rows.read(path, file=file)
    expected = [field["name"] for field in resource["schema"]["fields"]]
    fault = rows.fault_of_header(table.header, expected)
    if fault:
        raise InputError(fault, where=f"{file}, line 1", found=table.header, allowed=expected)
    place = _Place(file, table.lines)
    for row, cells in enumerate(table.cells):
        if len(cells) != len(expected):
            allowed = f"{len(expected)} cells"
            raise InputError("a row of another length", where=place.of(row), found=cells, allowed=allowed)
    return table.cells, place


def _convert(column: tuple[str, ...], field: Schema, place: _Place) -> ExtensionArray | np.ndarray:
    """Give one column its type; an empty cell is a missing value.

    Cell by cell, as most tables are short, and pandas takes longer to begin with a column than to read it.
    """
    import pandas as pd  # noqa: PLC0415

    if field["type"] not in _TYPES:
        return pd.array([cell or None for cell in column], dtype="str")
    fits, value, dtypes = _TYPES[field["type"]]
    for row, cell in enumerate(column):
        if cell and not fits(cell):
            raise InputError(
                "a value is not of its column's type",
                where=f"{place.of(row)}, column {field['name']}",
                found=cell,
                allowed=_ALLOWED[field["type"]],
            )
    whole = field.get("constraints", {}).get("required", False) and "" not in column
    return pd.array([value(cell) if cell else None for cell in column], dtype=dtypes[whole])
