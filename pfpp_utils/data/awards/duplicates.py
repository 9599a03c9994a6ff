"""Rows that are in the files twice, and rows that may be."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from pfpp_utils.data.awards import columns
from pfpp_utils.data.awards.entries import REASON
from pfpp_utils.data.awards.findings import pounds
from pfpp_utils.data.awards.stand_ins import placeholder

SAME: Final = "same row twice"
GIVEN_TWICE: Final = "same row in an earlier file"
YEAR_IN_OTHER: Final = "same row in a file that names its year"
#: Columns of entries that :func:`mark` adds: awards whose identifier another award has, with another content,
#: and the year is the same or not known of one; awards without identifier that equal another that is counted;
#: awards that equal another of their year in all but the identifier.
SAME_IDENTIFIER, EQUAL, ALIKE = "same identifier", "equal row", "equal but for the identifier"
#: Those of all three whose year is not known, while that of another is.
UNDATED: Final = "may be of that year"
_CONTENT: Final = list(columns.PUBLISHED)
_DESCRIBED: Final = [name for name in _CONTENT if name != columns.IDENTIFIER]


def mark(rows: pd.DataFrame, file: pd.Series[int]) -> pd.DataFrame:
    """Set aside rows that repeat another one in every canonical column, and mark those that may.

    A row whose year no file and no column names is taken to be of the year of one that it equals: the same
    register in two formats is counted once. Awards of two years that are known are two payments. Rows without
    an identifier are not set aside: in the 2016-17 register 40 awards are equal to another in all but the
    identifier, so equal rows may well be two awards.

    Parameters
    ----------
    rows
        Entries of all files, index 0 to n - 1.
    file
        Number of the file that each is in.

    Returns
    -------
    pandas.DataFrame
        The rows with `reason` filled in for repeated ones, and :data:`SAME_IDENTIFIER`, :data:`EQUAL`,
        :data:`ALIKE` and :data:`UNDATED`.
    """
    awards = rows[rows[REASON].isna()]
    named = awards[columns.IDENTIFIER].notna() & ~placeholder(awards[columns.IDENTIFIER])
    reason = _repeated(awards[named & awards[columns.IDENTIFIER].duplicated(keep=False)], file)
    counted, bare = awards[named].drop(index=reason.index), awards[~named]
    shared = counted[counted[columns.IDENTIFIER].duplicated(keep=False)]
    equal, alike = _same(bare, _CONTENT), _same(counted, _DESCRIBED)
    every = [(shared[columns.IDENTIFIER], shared["year"]), (equal, bare["year"]), (alike, counted["year"])]
    marks = {
        SAME_IDENTIFIER: _again(*every[0], first=True),
        EQUAL: _again(*every[1]),
        ALIKE: _again(*every[2], first=True),
        UNDATED: pd.concat([_undated(*each) for each in every]).groupby(level=0).any(),
    }
    filled = {name: mask.reindex(rows.index, fill_value=False) for name, mask in marks.items()}
    return rows.assign(**{REASON: rows[REASON].fillna(reason.reindex(rows.index)), **filled})


def said(rows: pd.DataFrame) -> list[str]:
    """Warn of awards of a file that may be counted a second time, as nothing says of which year they are.

    Parameters
    ----------
    rows
        Entries of one file, marked.

    Returns
    -------
    list of str
        One sentence at most.
    """
    doubted = rows[rows[UNDATED] & rows[REASON].isna()]
    if doubted.empty:
        return []
    return [
        f"{len(doubted):,} awards with GBP {pounds(doubted):,.2f} may be counted twice: their year is not "
        "known, and awards of a known year have the same identifier, or all else the same. Name the year in "
        "the file's name."
    ]


def _repeated(twice: pd.DataFrame, file: pd.Series[int]) -> pd.Series[str]:
    """Say why rows are set aside: of equal ones of one year all but the first, or that of no year."""
    same, file = _same(twice, _CONTENT), file[twice.index]
    again = _again(same, twice["year"])
    stands = file[~again].groupby(same[~again]).first()
    elsewhere = file.groupby([same, twice["year"]], dropna=False).transform("first") != file
    reason = pd.Series(SAME, index=twice.index, dtype="string").mask(elsewhere, GIVEN_TWICE)
    moved = _undated(same, twice["year"]) & (same.map(stands) != file)
    return reason.mask(moved, YEAR_IN_OTHER)[again]


def _same(rows: pd.DataFrame, names: list[str]) -> pd.Series[int]:
    """Give rows of equal content one number."""
    return rows.groupby(names, dropna=False, sort=False).ngroup()


def _undated(same: pd.Series[Any], year: pd.Series[str]) -> pd.Series[bool]:
    """Tell which rows are of no known year and equal to one of a known year."""
    return year.isna() & year.notna().groupby(same).transform("any")


def _again(same: pd.Series[Any], year: pd.Series[str], *, first: bool = False) -> pd.Series[bool]:
    """Tell which rows are there before, of the same year; one of no year is of that of any other.

    With `first`, the first of them too.
    """
    repeated = pd.DataFrame({"same": same, "year": year}).duplicated(keep=False if first else "first")
    undated = _undated(same, year)
    return repeated | (undated.groupby(same).transform("any") if first else undated)
