"""The rows of one sheet with amounts and dates read; each still an award unless a reason says otherwise."""

from __future__ import annotations

from typing import Final

import pandas as pd

from pfpp_utils.data.awards import amounts, columns, dates
from pfpp_utils.data.awards.bodies import Body
from pfpp_utils.data.awards.findings import Repair, examples

UNITS: Final = {"pounds": 1, "thousand": 1_000, "million": 1_000_000}
#: Columns that entries have on top of the canonical ones, all text: why a row is no award (missing: it is
#: one), its amount as written, what was done to read the amount.
REASON, WRITTEN, REPAIR = "reason", "amount as written", "repair"
LATE: Final = "11 pm in universal time"
TOTAL: Final = "total row"
NO_SUM: Final = "called a total, but no sum of the rows above"
OUTSIDE: Final = {"header again": "header repeated", "total": NO_SUM, "note": "note"}


def fault(field: str) -> str:
    """Name the column that says what is wrong with a date.

    Parameters
    ----------
    field
        Canonical column of dates.

    Returns
    -------
    str
        Column of entries; its text is that of :mod:`~pfpp_utils.data.awards.dates`, or :data:`LATE`.
    """
    return f"fault of {field}"


def as_written(field: str) -> str:
    """Name the column with the text of a date that has a fault.

    Parameters
    ----------
    field
        Canonical column of dates.

    Returns
    -------
    str
        Column of entries, missing where the date has no fault.
    """
    return f"{field} as written"


def read(body: Body) -> tuple[pd.DataFrame, list[Repair]]:
    """Read amounts and dates of a sheet.

    Parameters
    ----------
    body
        Its rows as text.

    Returns
    -------
    pandas.DataFrame
        Rows below the header that are not blank, in the order of the sheet: the canonical columns, typed, and
        those above.
    list of Repair
        Decisions taken for whole columns.
    """
    cells = pd.concat([body.cells, _outside(body)], ignore_index=True)
    cells = cells.sort_values("row", kind="stable", ignore_index=True)
    money = amounts.read(cells[columns.AMOUNT], unit=UNITS[body.unit], currency=cells["Currency"])
    cells[WRITTEN] = cells[columns.AMOUNT]
    cells[columns.AMOUNT] = money.pounds
    cells[REPAIR] = money.repair
    cells[REASON] = cells.pop("outside").fillna(money.reason)
    repaired = [_read_dates(cells, field, body) for field in columns.DATES]
    return cells, [item for item in repaired if item.count]


def _outside(body: Body) -> pd.DataFrame:
    """Rows below the header that are neither awards nor blank, as rows of the table."""
    below = body.outside[body.outside["row"] > body.header_row]
    years = body.cells["year"].dropna()
    known = {
        "Title": below["text"],
        columns.AMOUNT: below["amount"].where(below["reason"] == "total"),
        "file": body.sheet.file.name,
        "sheet": body.sheet.name,
        "row": below["row"],
        "year": years.min() if len(years) else None,
        "outside": below["reason"].map(OUTSIDE),
    }
    rows = pd.DataFrame(known, index=below.index).reindex(columns=[*columns.CANONICAL, "outside"])
    return rows.astype({name: "int64" if name == "row" else "string" for name in rows.columns})


def _read_dates(cells: pd.DataFrame, field: str, body: Body) -> Repair:
    """Read one column of dates in place, and tell what settled its order."""
    text, known = cells[field], body.layout.date_order
    found = dates.read(text, order=None if known == "iso" else known)
    faults = found.reason.mask(found.dates.notna() & dates.late_evening(text), LATE)
    cells[field], cells[fault(field)] = found.dates, faults
    cells[as_written(field)] = text.where(faults.notna())
    first = "day" if found.order == "dmy" else "month"
    why = "as one value shows" if found.proof else "as the layout says"
    what = f"{field}: {first} read before the other, {why}"
    return Repair(what, found.settled, examples([found.proof] if found.proof else []))
