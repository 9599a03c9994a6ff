"""Totals that a file states where no layout says to look: on sheets that are not read, and above a header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

import pandas as pd

from pfpp_utils.data.awards import amounts, headers, money
from pfpp_utils.data.awards.entries import UNITS
from pfpp_utils.data.awards.sheets import Sheet

#: Most rows of a sheet that are looked at, and most totals that are taken from it.
_ROWS, _MOST = 2_000, 60
_LABEL: Final = re.compile(
    r"(?:the )?(?:grand |overall |combined )?(?:sub-?)?totals?\b|sum of\b", re.IGNORECASE
)
_COUNT: Final = re.compile(
    r"\b(?:number|count|no\.?|how many|organisations|recipients|rows|awards made)\b", re.IGNORECASE
)
_BEHIND: Final = re.compile(r"[:=]?\s*((?:£|gbp)?\s*[(-]?[0-9][0-9,.]*\s*[a-z]*\)?)\s*$", re.IGNORECASE)


class Claim(NamedTuple):
    """A total: where, its label and text, and each sum in pounds that it may mean, with its last figure's."""

    where: str
    label: str
    text: str
    meanings: tuple[tuple[float, float], ...]


def of_sheet(sheet: Sheet) -> tuple[Claim, ...]:
    """Find the totals that a sheet states.

    Parameters
    ----------
    sheet
        One that is not read as awards.

    Returns
    -------
    tuple of Claim
        In the order of the sheet; counts of awards or recipients are none.
    """
    named = f"sheet {sheet.name!r}" if sheet.name else sheet.file.name
    return tuple(islice(_claims(sheet.cells.head(_ROWS), named), _MOST))


def above(sheet: Sheet, header_row: int) -> tuple[Claim, ...]:
    """Find the totals that a sheet states above its header.

    Parameters
    ----------
    sheet
        The sheet.
    header_row
        Row of its header as a spreadsheet numbers it.

    Returns
    -------
    tuple of Claim
        In the order of the sheet.
    """
    named = f"sheet {sheet.name!r}" if sheet.name else sheet.file.name
    rows = sheet.cells[sheet.cells.index < header_row]
    return tuple(islice(_claims(rows, f"{named}, above the header"), _MOST))


def _claims(cells: pd.DataFrame, named: str) -> Iterator[Claim]:
    table = [[str(text).strip() for text in texts] for texts in cells.fillna("").to_numpy()]
    stated = {unit for texts in table for text in texts if (unit := headers.unit(text))}
    factors = sorted({1, *(UNITS[unit] for unit in stated if unit in UNITS)})
    for at, (row, texts) in enumerate(zip(cells.index, table, strict=True)):
        for place, text in enumerate(texts):
            if len(text) <= 100 and _LABEL.match(text) and not _COUNT.search(text):
                below = table[at + 1][place] if at + 1 < len(table) else ""
                for written in _numbers(text, texts[place + 1 :], below):
                    yield Claim(f"{named}, row {row}", text, written, _meanings(written, factors))


def _numbers(label: str, right: Sequence[str], below: str) -> list[str]:
    """Return the amounts that belong to a label: in its own cell, else right of it, else below it."""
    own = _BEHIND.search(_LABEL.sub("", label, count=1))
    if own and not headers.years(own[1]):
        return [own[1].strip()]
    beside = [text for text in right if _is_amount(text)]
    return beside or [text for text in (below,) if _is_amount(text)]


def _is_amount(text: str) -> bool:
    return bool(money.split(money.tidy(pd.Series([text], dtype="string")))["number"].iloc[0])


def _meanings(text: str, factors: Sequence[int]) -> tuple[tuple[float, float], ...]:
    """Read a total in each unit that the sheet names, and in pounds; with what its last figure stands for."""
    digits = re.search(r"[0-9][0-9,]*(?:\.([0-9]+))?", text)
    bare = float(digits[0].replace(",", "")) if digits else 0.0
    last = 10.0 ** -len(digits[1] or "") if digits else 1.0
    found = [amounts.read(pd.Series([text], dtype="string"), unit=unit).pounds.iloc[0] for unit in factors]
    known = sorted({float(pounds) for pounds in found if not pd.isna(pounds)})
    return tuple((pounds, abs(pounds) / bare * last if bare else 0.0) for pounds in known)
