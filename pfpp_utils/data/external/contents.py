"""Whether a file looks as ``data/sources.yml`` says: kind, size, tables, rows and sums."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from pfpp_utils.data.external import kinds, sheets
from pfpp_utils.data.external.source import Item, Table

TABULAR = ("xlsx", "ods", "csv", "csv.gz")


def faults(path: Path, item: Item) -> list[str]:
    """Find everything about a file that is not as it must be.

    Parameters
    ----------
    path
        The file; its name does not matter.
    item
        What it ought to be.

    Returns
    -------
    list of str
        One sentence a fault; empty if the file looks right. A file of the wrong kind is not read further.
    """
    kind, size, source = kinds.kind(path), path.stat().st_size, item.source
    found = []
    if not source.smallest <= size <= source.largest:
        allowed = f"{source.smallest:,} to {source.largest:,} bytes"
        found.append(f"it has {size:,} bytes; such a file has {allowed}")
    if kind not in source.kinds:
        return [*found, f"it is {kind}; such a file is {' or '.join(source.kinds)}"]
    if kind == "json":
        return [*found, *_of_json(path, source.keys)]
    return [*found, *_of_tables(path, kind, item.tables())]


def _of_json(path: Path, keys: tuple[str, ...]) -> Iterator[str]:
    try:
        value = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        yield f"it is not JSON: {error}"
        return
    missing = [key for key in keys if not isinstance(value, dict) or key not in value]
    if missing:
        yield f"it lacks {', '.join(missing)}"


def _of_tables(path: Path, kind: str, tables: tuple[Table, ...]) -> Iterator[str]:
    try:
        for table in tables:
            yield from _of_table(path, kind, table)
    except sheets.UnreadableError as error:
        yield f"it cannot be read: {error}"


def _of_table(path: Path, kind: str, table: Table) -> Iterator[str]:
    where = f"sheet {table.sheet!r}" if table.sheet else "it"
    names = sheets.names(path, kind)
    if table.sheet and table.sheet not in [name.strip() for name in names]:
        yield f"it has no sheet {table.sheet!r}, but {', '.join(map(repr, names))}"
        return
    wanted = [name for name in names if table.sheet in ("", name.strip())]
    rows, missing = sheets.closest(path, kind, wanted, table.columns)
    if missing:
        yield f"{where} has no column {', '.join(missing)}"
        return
    if table.rows is not None or table.sums:
        yield from _of_rows(rows.load(), table, where)


def _of_rows(frame: pd.DataFrame, table: Table, where: str) -> Iterator[str]:
    if table.rows is not None and len(frame) != table.rows:
        yield f"{where} has {len(frame):,} rows, not {table.rows:,}"
    for column, expected in table.sums.items():
        plain = frame[column].str.replace(r"[£,\s]", "", regex=True)
        total = math.fsum(pd.to_numeric(plain, errors="coerce").dropna())
        if not math.isclose(total, expected, abs_tol=0.005, rel_tol=0):
            yield f"{where} has {total:,.2f} in all in {column}, not {expected:,.2f}"
