"""Rows that are no awards but the sum of others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from pfpp_utils.data.awards import columns
from pfpp_utils.data.awards.entries import NO_SUM, REASON, TOTAL
from pfpp_utils.data.awards.suspicions import TEXT

_LABEL: Final = (
    r"(?:grand |sub[ -]?|overall |running )?totals?"
    r"(?: (?:of|for|all|the|amount|awarded|value|spend|funding|grants|awards|schemes|gbp|[0-9/-]+))* ?:?"
)
#: What spreadsheets call the total of a group: ``Department for Transport Total``, ``Total for Roads``.
_OF_GROUP: Final = (
    r".+[ :\u2013\u2014-]+(?:sub[ -]?)?totals? ?:?|(?:sub[ -]?)?totals? ?(?:for |of |[:\u2013\u2014-]).+"
)
_LITTLE: Final = 3  # cells of text at most: a row that says more is an award, whoever its recipient is


def labelled(entries: pd.DataFrame, found: Iterable[str]) -> pd.Series[bool]:
    """Tell which rows are called a total.

    Parameters
    ----------
    entries
        Rows of one sheet.
    found
        Canonical columns that the sheet has.

    Returns
    -------
    pandas.Series
        True where some text of the row is ``Total``, ``Grand total`` or the like and nothing more; or the
        total of a group, such as ``Roads Total``, in a row that says little else.
    """
    said = entries[[field for field in TEXT if field in set(found)]].notna().sum(axis=1)
    return _called(entries, _LABEL) | (_called(entries, _OF_GROUP) & (said <= _LITTLE))


def _called(entries: pd.DataFrame, pattern: str) -> pd.Series[bool]:
    called = pd.Series(False, index=entries.index)
    for field in TEXT:
        if entries[field].notna().any():
            called |= entries[field].str.strip().str.fullmatch(pattern, case=False).fillna(False).astype(bool)
    return called


def mark(entries: pd.DataFrame, found: Iterable[str]) -> pd.Series[str]:
    """Set aside rows that are the sum of others: called a total or called nothing, and equal to it.

    Parameters
    ----------
    entries
        Rows of one sheet, in its order.
    found
        Canonical columns that the sheet has.

    Returns
    -------
    pandas.Series
        Column `reason`, filled in for a row equal to the sum of the rows above it, of those since any total
        before it, or, as first row, of all below. A row called a total that is no such sum stays what it is.
    """
    reason = entries[REASON]
    found = set(found)
    texts = [field for field in TEXT if field in found]
    bare = entries[texts].isna().all(axis=1) & (entries[columns.AMOUNT] != 0)
    listed = reason == NO_SUM
    maybe = listed.fillna(False) | ((labelled(entries, found) | bare) & reason.isna())
    if not maybe.any():
        return reason
    groups = [entries, *(rows for _, rows in entries.groupby("year", sort=False))]
    stays = reason.isna() & ~_called(entries, _LABEL)  # counted if it is no sum
    sums = pd.Series(False, index=entries.index)
    for rows in groups:
        sums[rows.index] |= _sums(rows, *(mask[rows.index].to_numpy(dtype=bool) for mask in (maybe, stays)))
    return reason.mask(maybe & (sums | entries[columns.AMOUNT].isna()), TOTAL)


def _sums(
    rows: pd.DataFrame, maybe: npt.NDArray[np.bool_], stays: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    pennies = np.rint(rows[columns.AMOUNT].fillna(0).to_numpy() * 100).astype("int64")
    above = np.cumsum(np.where(maybe | rows[REASON].notna().to_numpy(), 0, pennies))
    is_sum = np.zeros(len(rows), dtype=bool)
    starts, more = {0}, 0  # sums of all rows before a group; what turned out to be no sum and counts
    for place in np.flatnonzero(maybe):
        so_far = above[place] + more
        begins = so_far - pennies[place] if place else pennies[place] - above[-1]
        is_sum[place] = begins in starts and len(rows) > 1
        if is_sum[place]:
            starts.add(so_far)
        elif stays[place]:
            more += pennies[place]
    return is_sum
