"""Columns of text, in Arrow, as the cells of a sheet: blanks missing, blank rows left out, rows numbered."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

TEXT = pd.StringDtype("pyarrow")
_MIDNIGHT = r"^(\d{4}-\d\d-\d\d) 00:00:00$"
_LONG_NUMBER = r"^-?\d+\.\d{6,}$"


def frame(columns: list[pa.ChunkedArray], *, typed: bool) -> tuple[pd.DataFrame, int]:
    """Make the cells of a sheet.

    Parameters
    ----------
    columns
        Text of each column, from the first row on.
    typed
        Whether the cells were numbers and dates in the file, to be written as `Sheet` says; a text's cells
        stay as they are.

    Returns
    -------
    pandas.DataFrame
        Columns 0 to n - 1, `string`; index ``row``, from 1.
    int
        Number of the last row that holds something; 0 if none does.
    """
    columns = [_missing(_plain(each) if typed else each) for each in columns]
    full = np.zeros(len(columns[0]) if columns else 0, dtype=bool)
    for column in columns:
        full |= column.is_valid().to_numpy()
    rows = np.flatnonzero(full)
    table = pa.table({str(name): column for name, column in enumerate(columns)})
    if len(rows) < len(full):
        table = table.take(pa.array(rows))
    cells = table.to_pandas(types_mapper=lambda _: TEXT)
    cells.columns = pd.RangeIndex(len(columns))
    cells.index = pd.Index(rows + 1, name="row", dtype="int64")
    return cells, int(rows[-1]) + 1 if len(rows) else 0


def _missing(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Blank cells, and those that hold nothing but blanks, are missing."""
    blank = pc.equal(pc.utf8_trim_whitespace(column), "")
    return pc.if_else(blank, pa.scalar(None, column.type), column)


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Write dates without a midnight and numbers in the fewest digits that mean them."""
    length = pc.binary_length(column)
    if pc.any(pc.equal(length, 19)).as_py():
        column = pc.replace_substring_regex(column, _MIDNIGHT, r"\1")
    long = pc.and_(pc.greater(length, 16), pc.less(length, 32))
    rows = np.flatnonzero(pc.fill_null(long, fill_value=False).to_numpy())
    texts = column.take(pa.array(rows))
    numbers = pc.match_substring_regex(texts, _LONG_NUMBER).to_numpy()
    if not numbers.any():
        return column
    mask = np.zeros(len(column), dtype=bool)
    mask[rows[numbers]] = True
    shortest = [f"{float(text.as_py())!r}" for text in texts.filter(pa.array(numbers))]
    return pc.replace_with_mask(column, pa.array(mask), pa.array(shortest, column.type))
