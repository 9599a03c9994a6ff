"""Rows of a sheet that are no awards: above the header, the header again, totals, notes."""

from __future__ import annotations

import pandas as pd

from pfpp_utils.data.awards.matching import Match
from pfpp_utils.data.awards.sheets import Sheet
from pfpp_utils.data.awards.text_cells import TEXT

#: A row with at most so many cells besides its amounts may be a total or a note.
_SPARSE = 3
_TOTAL = r"^(?:grand |overall |sub-? ?)?totals?(?: (?:amount|awarded|value|grants|awards|funding))*\s*:?$"


def reasons(sheet: Sheet, row: int, match: Match) -> pd.Series[str]:
    """Say of each row that is not an award or a scheme what it is instead.

    Parameters
    ----------
    sheet
        The sheet.
    row
        Row of its header as a spreadsheet numbers it.
    match
        What the header is.

    Returns
    -------
    pandas.Series
        Index as the sheet's cells; NA for awards and schemes, ``header`` for the header.
    """
    cells = sheet.cells
    found = pd.Series(pd.NA, index=cells.index, dtype=TEXT)
    sparse = cells[cells.notna().sum(axis=1) <= _SPARSE + len(match.amounts)]
    found[_notes(sparse, match)] = "note"
    found[_totals(sparse, match)] = "total"
    found[_again(cells, match)] = "header again"
    found[cells.index < row] = "above the header"
    found[row] = "header"
    return found


def _notes(sparse: pd.DataFrame, match: Match) -> pd.Index[int]:
    """Rows with a single cell, which is not an amount: remarks, and headings of parts of a sheet."""
    if len(match.used) < 2:
        return sparse.index[:0]
    amounts = sparse.iloc[:, list(match.amounts)].notna().any(axis=1)
    return sparse.index[(sparse.notna().sum(axis=1) == 1) & ~amounts]


def _totals(sparse: pd.DataFrame, match: Match) -> pd.Index[int]:
    """Rows that call themselves a total and say little else; a recipient's name would be something else."""
    texts = sparse.drop(columns=list(match.amounts))
    says = texts.apply(lambda column: column.str.match(_TOTAL, case=False).fillna(False)).astype(bool)
    other = (texts.notna() & ~says).sum(axis=1) > 1
    return sparse.index[says.any(axis=1) & ~other]


def _again(cells: pd.DataFrame, match: Match) -> pd.Index[int]:
    rows = cells
    for position in sorted(match.used):
        same = rows[position].str.strip() == match.headers[position].strip()
        rows = rows[same.fillna(False).astype(bool)]
    return rows.index


def listed(sheet: Sheet, reasons: pd.Series[str], match: Match) -> pd.DataFrame:
    """List the rows that are neither the header nor in the body.

    Parameters
    ----------
    sheet
        The sheet.
    reasons
        What :func:`reasons` says of all rows but the header.
    match
        What the header is.

    Returns
    -------
    pandas.DataFrame
        Columns ``row``, ``reason``, ``amount``, ``text``, as `Body.outside` says.
    """
    rest = reasons.dropna()
    cells = sheet.cells.loc[rest.index]
    texts = [" | ".join(row.dropna()) for _, row in cells.iterrows()]
    amount = cells[match.amounts[0]].to_numpy()
    return pd.DataFrame(
        {
            "row": rest.index,
            "reason": rest.to_numpy(),
            "amount": amount,
            "text": pd.array(texts, dtype=TEXT),
        }
    ).astype({"row": "int64", "reason": TEXT, "amount": TEXT})
