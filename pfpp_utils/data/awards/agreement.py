"""What was read from a sheet, against the total that its workbook states of it."""

from __future__ import annotations

from typing import Final

import pandas as pd

from pfpp_utils.data.awards import amounts, columns
from pfpp_utils.data.awards.bodies import Body, Stated
from pfpp_utils.data.awards.entries import REASON
from pfpp_utils.errors import InputError

_FACTORS: Final = (100, 1_000, 1_000_000)
_TOLERANCE: Final = 0.005  # a total in millions is often rounded


def compare(entries: pd.DataFrame, body: Body) -> tuple[str, bool] | None:
    """Compare the awards of a sheet with the total that its workbook states.

    Parameters
    ----------
    entries
        Rows of the sheet.
    body
        The sheet, with what is stated of it.

    Returns
    -------
    tuple of str and bool, or None
        What was compared, and whether both value and number of awards agree, to the penny; None if nothing is
        stated.

    Raises
    ------
    InputError
        If they differ by a factor of 100, a thousand or a million: the amounts are in another unit.
    """
    if body.stated is None:
        return None
    kept = entries[entries[REASON].isna()]
    value, stated = amounts.pennies(kept[columns.AMOUNT]) / 100, _number(body.stated.value)
    sheet = f"sheet {body.sheet.name!r}"
    _refuse_other_unit(value, stated, f"{body.sheet.file.name}, {sheet}", body.stated)
    ours, theirs = _said(value, len(kept), stated, _number(body.stated.awards))
    if ours == theirs:
        return f"{sheet}: {ours}, as {body.stated.where} states", True
    return f"{sheet}: {ours}, but {body.stated.where} states {theirs}", False


def _said(value: float, awards: int, stated: float | None, number: float | None) -> tuple[str, str]:
    ours, theirs = [], []
    if stated is not None:
        ours, theirs = [f"GBP {value:,.2f}"], [f"GBP {stated:,.2f}"]
    if number is not None:
        ours, theirs = [*ours, f"{awards:,} awards"], [*theirs, f"{number:,.0f} awards"]
    return " in ".join(ours), " in ".join(theirs)


def _number(text: str) -> float | None:
    number = amounts.read(pd.Series([text], dtype="string")).pounds.iloc[0]
    return None if pd.isna(number) else float(number)


def factor(value: float, stated: float) -> int | None:
    """Tell by which factor of a unit two totals differ.

    Parameters
    ----------
    value, stated
        Pounds.

    Returns
    -------
    int or None
        100, a thousand or a million, within the rounding of a total; None for no such factor.
    """
    if not value or not stated:
        return None
    ratio = max(abs(value / stated), abs(stated / value))
    return next((each for each in _FACTORS if abs(ratio / each - 1) < _TOLERANCE), None)


def _refuse_other_unit(value: float, stated: float | None, sheet: str, given: Stated) -> None:
    if factor(value, stated or 0):
        raise InputError(
            "amounts are in another unit than the workbook's own total",
            where=sheet,
            found=f"awards of GBP {value:,.2f} in all, but {given.where} states {stated:,.2f}",
            allowed="a mapping file with the unit of the amounts (pounds, thousand or million)",
        )
