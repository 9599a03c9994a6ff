"""The bundled tables: one CSV each, described by a Frictionless Table Schema in ``datapackage.json``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from pfpp_utils import project
from pfpp_utils.errors import InputError

Schema = dict[str, Any]


def package() -> Schema:
    """Return the data package's descriptor (``data/datapackage.json``) as a dictionary."""
    path = project.data() / "datapackage.json"
    try:
        descriptor: Schema = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InputError(
            "the data package's description cannot be read",
            where="data/datapackage.json",
            found=str(error),
            allowed="JSON in UTF-8",
        ) from error
    return descriptor


def names() -> list[str]:
    """Names of the tables in the data package, in its order."""
    return [resource["name"] for resource in package()["resources"]]


def describe(name: str) -> Schema:
    """Return the Frictionless resource of one table: title, description, path and schema.

    Raises
    ------
    InputError
        If the data package has no table of that name.
    """
    for resource in package()["resources"]:
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
    text = _read_text(project.data() / resource["path"], f"data/{resource['path']}")
    _check_header(text, resource)
    typed = {}
    for field in resource["schema"]["fields"]:
        typed[field["name"]] = _convert(text[field["name"]], field, resource["path"])
    return pd.DataFrame(typed)


def _read_text(path: Path, where: str) -> pd.DataFrame:
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise InputError(
            "the file is not UTF-8",
            where=f"{where}, line {line}",
            found=error.object[error.start : error.end],
            allowed="text encoded as UTF-8",
        ) from error
    except (OSError, ValueError) as error:
        raise InputError(
            "the table cannot be read", where=where, found=str(error), allowed="a CSV file"
        ) from error


def _check_header(text: pd.DataFrame, resource: Schema) -> None:
    expected = [field["name"] for field in resource["schema"]["fields"]]
    found = list(text.columns)
    if found == expected:
        return
    missing = [name for name in expected if name not in found]
    extra = [name for name in found if name not in expected]
    what = "; ".join(
        part
        for part in (
            f"missing column {', '.join(missing)}" if missing else "",
            f"extra column {', '.join(extra)}" if extra else "",
        )
        if part
    )
    raise InputError(
        what or "columns in another order",
        where=f"data/{resource['path']}, line 1",
        found=found,
        allowed=expected,
    )


def _convert(column: pd.Series[str], field: Schema, path: str) -> pd.Series[Any]:
    blank = column == ""
    text = column.mask(blank)
    required = field.get("constraints", {}).get("required", False)
    match field["type"]:
        case "integer" | "number" as kind:
            numbers = pd.to_numeric(text, errors="coerce")
            _refuse(column, numbers.isna() & ~blank, field, path)
            if kind == "number":
                return numbers.astype("float64")
            _refuse(column, numbers.notna() & (numbers % 1 != 0), field, path)
            return numbers.astype("int64" if required and not blank.any() else "Int64")
        case "boolean":
            flags = text.map({"true": True, "false": False})
            _refuse(column, flags.isna() & ~blank, field, path)
            return flags.astype("bool" if required and not blank.any() else "boolean")
        case _:
            return text


def _refuse(column: pd.Series[str], bad: pd.Series[bool], field: Schema, path: str) -> None:
    if bad.any():
        row = int(bad.to_numpy().argmax())
        raise InputError(
            "a value is not of its column's type",
            where=f"data/{path}, line {row + 2}, column {field['name']}",
            found=column.iloc[row],
            allowed={"boolean": "true or false"}.get(field["type"], f"{field['type']} or empty"),
        )
