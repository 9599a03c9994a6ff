"""Totals that a workbook states of its own sheets, to hold what was read against."""

from __future__ import annotations

import pandas as pd

from pfpp_utils.data.awards import headers
from pfpp_utils.data.awards.bodies import Stated
from pfpp_utils.data.awards.layouts import Total
from pfpp_utils.data.awards.matching import like
from pfpp_utils.data.awards.sheets import Sheet
from pfpp_utils.errors import InputError


def find(total: Total, sheets: list[Sheet]) -> Stated:
    """Find a total.

    Parameters
    ----------
    total
        Where it should be.
    sheets
        All sheets of the file.

    Returns
    -------
    Stated
        The texts as written.

    Raises
    ------
    InputError
        If the sheet, the section or a label is not there: nothing could be held against it, and nobody
        would know.
    """
    sheet = next((each for each in sheets if like(each.name, total.sheet)), None)
    if sheet is None:
        where, allowed = sheets[0].file.name, [each.name for each in sheets]
        raise InputError("no sheet with the totals", where=where, found=total.sheet, allowed=allowed)
    where = f"{sheet.file.name}, sheet {sheet.name!r}"
    start = _row(sheet.cells, total.section, where) if total.section else 0
    below = sheet.cells.loc[start:]
    rows = {label: _row(below, label, where) for label in (total.value, total.awards) if label}
    texts = {label: _beside(below.loc[[row]], label) for label, row in rows.items()}
    row = rows.get(total.value, start)
    return Stated(texts.get(total.value, ""), texts.get(total.awards, ""), f"{where}, row {row}", sheet.name)


def _row(cells: pd.DataFrame, label: str, where: str) -> int:
    wanted = headers.key(label)
    for row, texts in cells.iterrows():
        if any(headers.key(text) == wanted for text in texts.dropna()):
            return int(str(row))
    raise InputError(
        "no row with that label", where=where, found=label, allowed="a label as the sheet writes it"
    )


def _beside(texts: pd.DataFrame, label: str) -> str:
    """Return the first cell after the label that is not blank."""
    present = [str(text) for text in texts.iloc[0].dropna()]
    at = next(position for position, text in enumerate(present) if headers.key(text) == headers.key(label))
    return present[at + 1] if at + 1 < len(present) else ""
