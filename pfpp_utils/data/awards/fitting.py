"""Finding the header of a sheet, and the layout that it is of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from pfpp_utils.data.awards import assembling, matching
from pfpp_utils.data.awards.bodies import Body
from pfpp_utils.data.awards.layouts import Layout
from pfpp_utils.data.awards.matching import Match
from pfpp_utils.data.awards.sheets import Sheet
from pfpp_utils.errors import InputError

#: In how many rows from the top that are not blank a header is looked for.
DEEPEST = 100


class Header(NamedTuple):
    """The row of a header, as a spreadsheet numbers it, and what it is the header of."""

    row: int
    match: Match


class UnrecognisedError(InputError):
    """A sheet without a header that is known.

    Attributes
    ----------
    known
        How many columns of the nearest layout are there.
    """

    known: int = 0


def fit(sheet: Sheet, layouts: Sequence[Layout]) -> Body | None:
    """Find the header of a sheet, the layout that it is of, and the rows below it.

    Parameters
    ----------
    sheet
        The sheet.
    layouts
        Those to try.

    Returns
    -------
    Body or None
        None if the sheet is blank, or every layout skips sheets of that name.

    Raises
    ------
    InputError
        As :func:`find` and `assembling.body`.
    """
    header = find(sheet, layouts)
    return header and assembling.body(sheet, header.row, header.match)


def find(sheet: Sheet, layouts: Sequence[Layout]) -> Header | None:
    """Find the header of a sheet, and the layout that it is of.

    Parameters
    ----------
    sheet
        The sheet.
    layouts
        Those to try.

    Returns
    -------
    Header or None
        None if the sheet is blank, or every layout skips sheets of that name.

    Raises
    ------
    InputError
        If the header cannot be recognised: what was found, which layout is nearest and what it lacks; or if
        layouts that mean different things fit equally well.
    """
    tried = [each for each in layouts if _may_hold(each, sheet)]
    if sheet.cells.empty or not tried:
        return None
    headers = _matches(sheet, tried)
    best = max(headers, key=lambda each: each.match.score, default=None)
    if best is None or best.match.missing:
        raise _unrecognised(sheet, best)
    _require_one(sheet, best.match, [each.match for each in headers if each.row == best.row])
    return best


def _may_hold(layout: Layout, sheet: Sheet) -> bool:
    skipped = any(matching.like(sheet.name, name) for name in layout.skip)
    files = layout.recognise.files
    return not skipped and (not files or any(matching.like(sheet.file.name, name) for name in files))


def _matches(sheet: Sheet, layouts: Sequence[Layout]) -> list[Header]:
    """Match every row near the top with every layout; the first of the best is the header."""
    found = []
    for row, texts in zip(sheet.cells.index, sheet.cells.head(DEEPEST).fillna("").to_numpy(), strict=False):
        if sum(map(bool, texts)) > 1:
            for layout in layouts:
                match = matching.match(texts.tolist(), layout)
                if match.missing or matching.recognised(match, _first(sheet.cells, row, match)):
                    found.append(Header(int(row), match))
    return found


def _first(cells: pd.DataFrame, row: int, match: Match) -> dict[str, str]:
    """Return the first cell below the header of each column that layouts are recognised by."""
    below = {
        name: cells.loc[row + 1 :, match.positions[name][0]].dropna()
        for name in match.layout.recognise.cells
        if name in match.positions
    }
    return {name: str(column.iloc[0]) for name, column in below.items() if len(column)}


def _require_one(sheet: Sheet, best: Match, others: Sequence[Match]) -> None:
    """Refuse to choose between layouts that fit alike but mean different things."""
    a = best.layout
    for b in (each.layout for each in others if each.score == best.score):
        if (a.level, a.unit, a.date_order, a.constants) != (b.level, b.unit, b.date_order, b.constants):
            where, allowed = _where(sheet), "a mapping of your own, or a header that tells them apart"
            found = f"{a.name} and {b.name}"
            raise InputError("two layouts fit", where=where, found=found, allowed=allowed)


def _unrecognised(sheet: Sheet, header: Header | None) -> UnrecognisedError:
    if header is None:
        found, allowed = sheet.cells.iloc[0].dropna().tolist(), "a row of headers"
        return UnrecognisedError("no header in the sheet", where=_where(sheet), found=found, allowed=allowed)
    best, texts = header.match, [text for text in header.match.headers if text]
    needed = "; ".join(_lack(best, name, texts) for name in best.missing)
    allowed = f"all that layout {best.layout.name} needs, which lacks {needed}; or a mapping of your own"
    where = f"{_where(sheet)}, row {header.row}"
    error = UnrecognisedError("the header cannot be recognised", where=where, found=texts, allowed=allowed)
    error.known = best.score[1]
    return error


def _lack(best: Match, name: str, texts: list[str]) -> str:
    """Name a column that is missing, how its header would read, and which one may be meant for it."""
    heads, near = best.layout.columns.get(name, ()), matching.nearest(texts, best.layout, name)
    headed = f" (headed {' or '.join(heads[:4])})" if heads else ""
    return name + headed + (f", perhaps {near!r}" if near else "")


def _where(sheet: Sheet) -> str:
    return sheet.file.name + (f", sheet {sheet.name!r}" if sheet.name else "")
