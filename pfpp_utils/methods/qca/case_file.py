"""A file of cases: one row a case, its name first."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from pfpp_utils.errors import InputError

SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
COLUMNS = "the cases in the first column and one column a set, separated by commas"


def table(cells: Iterable[list[str]], *, file: str) -> pd.DataFrame:
    """Make a table of cases from the cells of a CSV file; blank lines and rows are passed over.

    Parameters
    ----------
    cells
        The rows as text. The first names the columns; the name of the first, that of the cases, may be empty.
    file
        What to call the file in messages.

    Returns
    -------
    pandas.DataFrame
        One row a case, named by the index; cells as text, for `memberships.check`.

    Raises
    ------
    InputError
        If it is empty, has one column only (with a word on semicolons and tabs) or no case; or if a row has
        more or fewer cells than the header.

    Examples
    --------
    >>> table([["", "A"], ["here", "0.8"]], file="sets.csv").loc["here", "A"]
    '0.8'
    """
    rows = [row for row in cells if any(cell.strip() for cell in row)]
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


def _check_header(header: list[str], file: str) -> None:
    """Refuse a single column; other separators are not guessed at, for with them come decimal commas."""
    if len(header) > 1:
        return
    guess = next((name for mark, name in SEPARATORS.items() if mark in header[0]), None)
    what = f"columns separated by {guess}, not by commas" if guess else "only one column"
    raise InputError(what, where=f"{file}, header", found=header[0], allowed=COLUMNS)
