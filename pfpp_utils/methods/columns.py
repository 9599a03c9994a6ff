"""Columns that a table must have before a method can use it."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from pfpp_utils.errors import InputError


def require(frame: pd.DataFrame, columns: Iterable[str], where: str) -> None:
    """Refuse a table that lacks one of the columns.

    Parameters
    ----------
    frame
        Any table.
    columns
        Names it must have, in any order, among others.
    where
        What to call the table in the message.

    Raises
    ------
    InputError
        With the columns found and, as what is allowed, those that are missing.

    Examples
    --------
    >>> require(pd.DataFrame({"pilot": ["luton"]}), ["pilot"], "pilots")
    """
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise InputError("missing column", where=where, found=list(frame.columns), allowed=missing)
