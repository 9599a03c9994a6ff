"""Reach against target: people reached as a multiple of the people aimed for."""

from __future__ import annotations

import pandas as pd

from pfpp_utils.errors import InputError
from pfpp_utils.methods import columns

STATUSES = ("met", "within_range", "below", "no_target", "no_value")


def against_target(frame: pd.DataFrame) -> pd.DataFrame:
    """Compare every figure of reach with its target.

    ratio = value / target. Where the target is a range, the ratio is an interval: value / target_high to
    value / target_low. A target with one end only is taken as a single figure.

    Parameters
    ----------
    frame
        One row a figure: ``value``, ``target_low``, ``target_high`` (counts in the same unit; missing = not
        stated).

    Returns
    -------
    pandas.DataFrame
        A copy with ``ratio_low``, ``ratio_high`` (1 = the target; missing without a value or a target) and
        ``status``: ``met`` (value >= target_high), ``within_range`` (target_low <= value < target_high),
        ``below``, ``no_target`` (none stated), ``no_value`` (a target, but no figure).

    Raises
    ------
    InputError
        If a column is missing, a cell is not a number, a value is negative, a target is not positive, or a
        range runs backwards.

    References
    ----------
    Figures and targets: the evaluation report's Table 9. Its footnote 24 warns that not all pilots set
    targets and that some had lost their relevance, so that a ratio says nothing about the programme as a
    whole.

    Examples
    --------
    >>> figures = pd.DataFrame({"value": [37, 215], "target_low": [50, 150], "target_high": [50, 200]})
    >>> against_target(figures)[["ratio_low", "ratio_high", "status"]].round(3).to_numpy().tolist()
    [[0.74, 0.74, 'below'], [1.075, 1.433, 'met']]
    """
    names = ("value", "target_low", "target_high")
    columns.require(frame, names, "frame")
    value, first, last = (_numbers(frame[name]) for name in names)
    low, high = first.fillna(last), last.fillna(first)
    _refuse(frame, value < 0, "value", "0 or more")
    _refuse(frame, low <= 0, "target_low", "more than 0")
    _refuse(frame, high < low, "target_high", "at least target_low")
    status = pd.Series("below", index=frame.index)
    status = status.mask(value >= low, "within_range").mask(value >= high, "met")
    status = status.mask(value.isna(), "no_value").mask(low.isna(), "no_target")
    return frame.assign(ratio_low=value / high, ratio_high=value / low, status=status)


def _numbers(column: pd.Series[float]) -> pd.Series[float]:
    numbers = pd.to_numeric(column, errors="coerce").astype(float)
    strange = column[numbers.isna() & column.notna()].tolist()
    if strange:
        raise InputError("not a number", where=str(column.name), found=strange, allowed="a count, or empty")
    return numbers


def _refuse(frame: pd.DataFrame, wrong: pd.Series[bool], column: str, allowed: str) -> None:
    if wrong.any():
        rows = frame.index[wrong].tolist()
        found = frame.loc[wrong, column].tolist()
        raise InputError("impossible figure", where=f"{column}, rows {rows}", found=found, allowed=allowed)
