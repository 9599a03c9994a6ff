"""Amounts as publishers write them, read into pounds exact to the penny, or given back with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from pfpp_utils.data.awards import money

NO_AMOUNT: Final = "no amount"
REDACTED: Final = "amount redacted"
AMBIGUOUS: Final = "amount ambiguous"
UNREADABLE: Final = "amount unreadable"
OTHER_CURRENCY: Final = "other currency"
LARGEST: Final = 10**13  # pounds: below it a float64 is exact to the penny
_NOISE: Final = Decimal("0.0001")  # pennies: less than that is how computers write fractions


class Amounts(NamedTuple):
    """Amounts of a column, row by row.

    Attributes
    ----------
    pounds
        Amount in pounds, exact to the penny; missing where it could not be read.
    reason
        Why it could not; missing where it could.
    repair
        What was done to read it; missing for nothing but a number.
    """

    pounds: pd.Series[float]
    reason: pd.Series[str]
    repair: pd.Series[str]


def read(text: pd.Series[str], *, unit: int = 1, currency: pd.Series[str] | None = None) -> Amounts:
    """Read a column of amounts.

    ``1,234.50``, ``£ 1 234``, ``(500)``, ``-500``, ``500k``, ``1.2E+06`` and ``2 million`` are read; the unit
    is applied in decimal arithmetic, and fractions of a penny are rounded half up. Nothing is guessed:
    ``1.234`` may be one pound or a thousand, and is only read if another value of the column shows what its
    dot means (``3239.34``); ``1.5m`` only where the unit is a million.

    Parameters
    ----------
    text
        Amounts as written; missing where a cell is empty.
    unit
        Pounds that a bare 1 stands for: 1, 1,000 or 1,000,000.
    currency
        Code or name of each amount's currency, where the file says so; missing means pounds.

    Returns
    -------
    Amounts
        Three series with the index of `text`.

    Examples
    --------
    >>> found = read(pd.Series(["£ 1 234.5", "(500)", "500k", "TBC", "€20"]))
    >>> found.pounds.tolist()
    [1234.5, -500.0, 500000.0, nan, nan]
    >>> found.reason.tolist()
    [<NA>, <NA>, <NA>, 'no amount', 'other currency']
    """
    codes, values = pd.factorize(text)
    found = _by_value(money.tidy(pd.Series(values)), unit).reindex(codes).set_axis(text.index)
    reason = found["reason"].mask(codes == -1, NO_AMOUNT)
    if currency is not None:
        foreign = money.is_foreign(currency) & ~reason.isin([NO_AMOUNT, REDACTED])
        found, reason = found.mask(foreign), reason.mask(foreign, OTHER_CURRENCY)
    return Amounts(found["pounds"], reason, found["repair"])


def _by_value(tidied: pd.Series[str], unit: int) -> pd.DataFrame:
    parts = money.split(tidied)
    factor = _factors(parts["suffix"], unit)
    reason = _reasons(tidied, parts)
    reason = reason.mask(reason.isna() & (factor.isna() | _two_meanings(tidied, parts)), AMBIGUOUS)
    exact = _exact(parts[reason.isna()], factor)
    reason = reason.mask((exact.abs() >= LARGEST * 100).reindex(reason.index, fill_value=False), UNREADABLE)
    exact = exact[reason[exact.index].isna()]
    whole = exact.map(_to_penny)
    repair = _repairs(parts.loc[exact.index], (exact - whole).abs().gt(_NOISE))
    columns = {"pounds": whole.astype("float64") / 100, "reason": reason, "repair": repair}
    return pd.DataFrame(columns, index=tidied.index)


def pennies(pounds: pd.Series[float]) -> int:
    """Add up amounts without rounding error.

    Parameters
    ----------
    pounds
        Amounts in pounds, each exact to the penny; missing ones count as 0.

    Returns
    -------
    int
        Their sum in pennies.
    """
    return sum(np.rint(pounds.dropna().to_numpy(dtype="float64") * 100).astype("int64").tolist())


def _factors(suffix: pd.Series[str], unit: int) -> pd.Series[float]:
    letters = {"k": 1_000 if unit in {1, 1_000} else None, "m": unit if unit == 1_000_000 else None}
    return suffix.map({"": unit, **letters, **money.WORDS}).astype("float64")


def _reasons(tidied: pd.Series[str], parts: pd.DataFrame) -> pd.Series[str]:
    rules = [
        (tidied.isin(money.NOT_GIVEN), NO_AMOUNT),
        (tidied.isin(money.WITHHELD) | tidied.str.contains("redact", regex=False), REDACTED),
        (parts["number"] & parts["foreign"], OTHER_CURRENCY),
        (~parts["number"], UNREADABLE),
    ]
    return _first(rules, tidied.index)


def _two_meanings(tidied: pd.Series[str], parts: pd.DataFrame) -> pd.Series[bool]:
    """Tell where a dot or a comma may set off decimals or thousands, and no other value decides."""
    short = parts["whole"].str.fullmatch("[1-9][0-9]{0,2}")
    dot = short & (parts["part"].str.len() == 3) & (parts["power"] == "")
    comma = parts["whole"].str.fullmatch("[0-9]{1,3},[0-9]{3}") & (parts["part"] == "")
    points = parts["number"] & (parts["part"] != "") & ~dot
    thousands = parts["whole"].str.contains(",", regex=False) & ~comma
    continental = tidied.str.contains(r"[0-9],[0-9]{1,2}(?:[^0-9,]|$)", regex=True) & ~parts["number"]
    decided = bool((points | thousands).any())
    return (dot & (not decided)) | (comma & (not decided and bool(continental.any())))


def _exact(parts: pd.DataFrame, factor: pd.Series[float]) -> pd.Series[Any]:
    """Exact amounts in pennies, as decimals."""
    whole = parts["whole"].str.replace("[, ]", "", regex=True)
    digits = parts["negative"].map({True: "-", False: ""}) + "0" + whole + "." + parts["part"]
    with localcontext(prec=100):
        exact = [
            Decimal(number) * int(times * 100)
            for number, times in zip(digits + parts["power"], factor[parts.index], strict=True)
        ]
    return pd.Series(exact, index=parts.index, dtype=object)


def _to_penny(value: Decimal) -> int:
    return int(value.to_integral_value(ROUND_HALF_UP))


def _repairs(parts: pd.DataFrame, rounded: pd.Series[bool]) -> pd.Series[str]:
    rules = [
        (rounded, "fraction of a penny rounded"),
        (parts["power"] != "", "amount in scientific notation"),
        (parts["suffix"] != "", "amount with a word or letter for its unit"),
        (parts["brackets"], "amount in brackets read as negative"),
        (parts["whole"].str.contains("[, ]", regex=True), "amount with separators"),
    ]
    return _first(rules, parts.index)


def _first(rules: Sequence[tuple[pd.Series[bool], str]], index: pd.Index[int]) -> pd.Series[str]:
    """Label of the first rule that holds, row by row."""
    labels = pd.Series(pd.NA, index=index, dtype="string")
    for holds, label in rules:
        labels = labels.mask(labels.isna() & holds, label)
    return labels
