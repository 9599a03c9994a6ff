"""A file of cases: comma-separated text, one row a case, its name first."""

from __future__ import annotations

import csv
import io

import pandas as pd

from pfpp_utils.errors import InputError

SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
COLUMNS = "the cases in the first column and one column a set, separated by commas"


def parse(content: bytes, *, file: str) -> pd.DataFrame:
    r"""Make a table of cases from the content of a CSV file; blank lines and rows are passed over.

    Parameters
    ----------
    content
        UTF-8, with or without a byte order mark; commas between the cells. The first row names the columns;
        the name of the first, that of the cases, may be empty.
    file
        What to call the file in messages.

    Returns
    -------
    pandas.DataFrame
        One row a case, named by the index; cells as text, for `memberships.check`.

    Raises
    ------
    InputError
        If it is not UTF-8 or not CSV; is empty, has one column only (with a word on semicolons and tabs) or
        no case; or if a row has more or fewer cells than the header.

    Examples
    --------
    >>> parse(b",A\nhere,0.8\n", file="sets.csv").loc["here", "A"]
    '0.8'
    """
    rows = [row for row in _rows(_text(content, file), file) if any(cell.strip() for cell in row)]
    if not rows:
        raise InputError("the table is empty", where=file, found="nothing", allowed="a header and cases")
    header, *body = [[cell.strip() for cell in row] for row in rows]
    _check_header(header, file)
    if not body:
        raise InputError("no cases", where=file, found="no rows", allowed="a header and one row a case")
    for row in body:
        if len(row) != len(header):
            allowed = f"{len(header)} cells, as in the header"
            raise InputError("ragged row", where=f"{file}, case {row[0]}", found=row, allowed=allowed)
    index = pd.Index([name for name, *_ in body])
    return pd.DataFrame([cells for _, *cells in body], columns=header[1:], index=index)


def _text(content: bytes, file: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        found = error.object[error.start : error.start + 1]
        where, allowed = f"{file}, line {line}", "text encoded as UTF-8"
        raise InputError("the file is not UTF-8", where=where, found=found, allowed=allowed) from error


def _rows(text: str, file: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        return list(reader)
    except csv.Error as error:
        where = f"{file}, line {reader.line_num}"
        raise InputError("not CSV", where=where, found=str(error), allowed="CSV") from error


def _check_header(header: list[str], file: str) -> None:
    """Refuse a single column; other separators are not guessed at, for with them come decimal commas."""
    if len(header) > 1:
        return
    guess = next((name for mark, name in SEPARATORS.items() if mark in header[0]), None)
    what = f"columns separated by {guess}, not by commas" if guess else "only one column"
    raise InputError(what, where=f"{file}, header", found=header[0], allowed=COLUMNS)
