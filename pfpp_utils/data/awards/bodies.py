"""The rows of a file that are awards or schemes, under canonical names, and all else that is in it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pfpp_utils.data.awards.layouts import Layout, Unit
from pfpp_utils.data.awards.sheets import Sheet


@dataclass(frozen=True)
class Stated:
    """A total that the file states of a sheet, as text.

    Attributes
    ----------
    value, awards
        Total in pounds and number of awards, NA-free text or "" where not stated.
    where
        File, sheet and row, for messages.
    sheet
        Name of that sheet.
    """

    value: str
    awards: str
    where: str
    sheet: str = ""


@dataclass(frozen=True)
class Body:
    """The rows of one sheet.

    Attributes
    ----------
    layout
        The layout that fits.
    sheet
        The sheet; of JSON, one without cells.
    header_row
        Row of the header as a spreadsheet numbers it; 0 for JSON.
    cells
        All columns of `columns.CANONICAL` in order, index 0 to n - 1: text (`string`, NA blank), amounts
        and dates too, exactly as the file has them but for blanks around; ``row`` is int64. Where each
        year's amount has its own column, one row a sheet row and year that has an amount.
    rows
        How many rows of the sheet are in `cells`.
    unit
        Of the amounts.
    columns
        Header as written of each canonical column found.
    unused
        Headers as written that no canonical column takes.
    lacking
        Canonical columns that the layout knows and the sheet has not.
    blank_rows
        How many rows of the sheet are blank, up to its last row.
    outside
        Rows that are neither: ``row``, ``reason`` (``above the header``, ``header again``, ``total``,
        ``note``), ``amount`` (text of the amount's cell or NA) and ``text`` (the cells, joined).
        header (1, or 0 for JSON) + rows + blank_rows + len(outside) = sheet.height.
    stated
        Total that the file states of the sheet, or None.
    repaired
        Cells whose text was mended as it was read (double-encoded pound signs): ``row``, ``column``,
        ``found``, ``repaired``.
    notes
        What a reader must know about how it was read, in sentences.
    """

    layout: Layout
    sheet: Sheet
    header_row: int
    cells: pd.DataFrame
    rows: int
    unit: Unit
    columns: dict[str, str]
    unused: tuple[str, ...]
    lacking: tuple[str, ...]
    blank_rows: int
    outside: pd.DataFrame
    stated: Stated | None
    repaired: pd.DataFrame
    notes: tuple[str, ...] = ()
