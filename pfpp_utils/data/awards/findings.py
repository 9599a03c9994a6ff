"""What happened to rows of a file and what is odd about them: kind, count, value, examples, places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from pfpp_utils.data.awards.amounts import pennies
from pfpp_utils.data.awards.columns import AMOUNT

EXAMPLES = 3
RANGES = 20


class SheetRows(NamedTuple):
    """Rows of one sheet: `rows` = `header` + `above` (the header) + `blank` + `read`."""

    sheet: str
    rows: int
    header: int
    above: int
    blank: int
    read: int


@dataclass(frozen=True)
class SetAside:
    """Rows that are no awards, and why.

    Attributes
    ----------
    reason
        Why, in a few words.
    rows
        How many.
    value
        Their amounts in pounds; one that could not be read, or is in another currency, counts as 0.
    where
        Sheets and row numbers, long lists cut: ``sheet 'Awards', rows 5, 9-12``.
    examples
        A few of their amounts as written.
    cells
        The rows themselves, as text in canonical columns.
    """

    reason: str
    rows: int
    value: float
    where: tuple[str, ...]
    examples: tuple[str, ...]
    cells: pd.DataFrame


@dataclass(frozen=True)
class Repair:
    """Something that was mended or decided in reading: what, in how many cells, and a few as written."""

    what: str
    count: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Suspicion:
    """Awards that were kept and should be looked at.

    Attributes
    ----------
    kind, field
        What is suspicious, and in which canonical column.
    rows, value
        How many awards, and their amounts in pounds.
    examples
        A few of the values.
    where
        Sheets and row numbers, long lists cut.
    meaning
        What it may mean, in a sentence.
    places
        `sheet` and `row` of every one.
    """

    kind: str
    field: str
    rows: int
    value: float
    examples: tuple[str, ...]
    where: tuple[str, ...]
    meaning: str
    places: pd.DataFrame


def pounds(awards: pd.DataFrame) -> float:
    """Add up the amounts of awards to the penny.

    Parameters
    ----------
    awards
        Rows with an amount in pounds, missing for 0.

    Returns
    -------
    float
        Pounds.
    """
    return pennies(awards[AMOUNT]) / 100


def where(awards: pd.DataFrame) -> tuple[str, ...]:
    """Say where rows stand.

    Parameters
    ----------
    awards
        Rows of one file with `sheet` and `row`.

    Returns
    -------
    tuple of str
        One a sheet, such as ``sheet 'Awards', rows 5, 9-12``; no more than :data:`RANGES` ranges.
    """
    sheets = awards.groupby("sheet", sort=False)["row"]
    return tuple(_place(str(sheet), sorted(set(rows.tolist()))) for sheet, rows in sheets)


def examples(values: Iterable[object]) -> tuple[str, ...]:
    """Return the first few different values as text, long ones cut.

    Parameters
    ----------
    values
        Any; missing ones are left out.

    Returns
    -------
    tuple of str
        At most :data:`EXAMPLES`.
    """
    found = pd.Series(list(values), dtype="object").dropna().drop_duplicates()
    return tuple(_short(value) for value in found.head(EXAMPLES))


def _short(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.2f}"
    text = f"{value:%Y-%m-%d}" if isinstance(value, dt.date) else str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"


def _place(sheet: str, rows: list[int]) -> str:
    starts = [row for row, before in zip(rows, [-1, *rows], strict=False) if row > before + 1]
    ends = [row for row, after in zip(rows, [*rows[1:], rows[-1] + 2], strict=True) if after > row + 1]
    ranges = [str(a) if a == b else f"{a}-{b}" for a, b in zip(starts, ends, strict=True)]
    more = f" and {len(ranges) - RANGES} more ranges" if len(ranges) > RANGES else ""
    return (f"sheet {sheet!r}, " if sheet else "") + "rows " + ", ".join(ranges[:RANGES]) + more
