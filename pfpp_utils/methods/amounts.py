"""Amounts of awards: which there must be, what counts as none, and pence that add up exactly everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import narwhals as nw
import pandas as pd

from pfpp_utils.errors import InputError
from pfpp_utils.methods.engines import Awards, collect, lazy

#: Sums of whole pence are exact in floating point, in any order, up to here: about 90 trillion pounds.
MOST_PENCE = 2**53

AMOUNT = nw.col("amount_gbp").cast(nw.Float64)
BLANK = ~(AMOUNT.is_finite().fill_null(False))
PENCE = nw.when(BLANK).then(0.0).otherwise((AMOUNT * 100 + 0.5).floor())  # the same rounding everywhere


def require(awards: Awards, columns: Iterable[str]) -> None:
    """Refuse an awards table without one of the columns, or without an amount in every row.

    Parameters
    ----------
    awards
        One row an award.
    columns
        Columns needed besides `amount_gbp`.

    Raises
    ------
    InputError
        Naming the missing columns, or the first row without an amount.
    """
    frame = require_columns(awards, columns)
    blank = BLANK.cast(nw.Float64).sum().alias("blank")
    collect_priced(frame.select(blank, PENCE.sum().alias("pence")), frame)


def require_columns(awards: Awards, columns: Iterable[str]) -> nw.LazyFrame[Any]:
    """Refuse an awards table without one of the columns, or with amounts as text; read no row.

    Parameters
    ----------
    awards
        One row an award.
    columns
        Columns needed besides `amount_gbp`.

    Returns
    -------
    narwhals.LazyFrame
        The table, lazily.

    Raises
    ------
    InputError
        Naming the missing columns, or the type of the amounts.
    """
    frame = lazy(awards)
    schema = frame.collect_schema()
    missing = [column for column in dict.fromkeys(["amount_gbp", *columns]) if column not in schema]
    if missing:
        raise InputError("missing column", where="awards", found=missing, allowed=schema.names())
    if schema["amount_gbp"] == nw.String:
        raise InputError("amounts are text", where="awards", found="amount_gbp", allowed="numbers in pounds")
    return frame


def collect_priced(sums: nw.LazyFrame[Any], frame: nw.LazyFrame[Any]) -> pd.DataFrame:
    """Run a query that adds up awards, and refuse the result if an amount is missing or a sum not exact.

    Parameters
    ----------
    sums
        Sums of :data:`PENCE` in a column `pence` and of :data:`BLANK` in a column `blank`.
    frame
        The awards, to say which has no amount.

    Returns
    -------
    pandas.DataFrame
        The result, `pence` as whole numbers.

    Raises
    ------
    InputError
        Naming the first award without an amount, or what is too large.
    """
    table = collect(sums)
    if table["blank"].any():
        where = _first_blank(frame)
        raise InputError("missing amount", where=where, found=None, allowed="an amount in pounds")
    if (table["pence"].abs() >= MOST_PENCE).any():
        allowed = "sums of under 90 trillion pounds"
        raise InputError(
            "too much to add up to the penny", where="awards", found="amount_gbp", allowed=allowed
        )
    return table.astype({"pence": "int64"})


def _first_blank(frame: nw.LazyFrame[Any]) -> str:
    first = frame.filter(BLANK).head(1).collect()
    if isinstance(native := first.to_native(), pd.DataFrame):
        return f"awards, row {native.index[0]}"
    return f"awards, award {first['award'].item()}" if "award" in first.columns else "awards"
