"""Classes of value for a map's legend: bounds in round numbers, labels in pounds."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pandas as pd

from pfpp_utils.errors import InputError

#: Most classes of value, beside the one of areas without any.
CLASSES = 4
#: Shares of the areas with value that lie below the bounds between classes. Value is in few hands: the
#: highest class is small, so that an area with twenty times the middle is not in one class with one of
#: three hundred times.
SHARES = (0.3, 0.6, 0.9)
NONE = "no award placed here"


def breaks(values: pd.Series[float]) -> list[float]:
    """Choose the bounds of at most four classes, which hold about 30, 30, 30 and 10 in 100 areas.

    Parameters
    ----------
    values
        Value of each area (GBP); only those above nought are divided.

    Returns
    -------
    list of float
        One number more than there are classes, rising: 0, bounds rounded to one figure, the greatest value.

    Raises
    ------
    InputError
        If no value is above nought.

    Examples
    --------
    >>> breaks(pd.Series([0.0, 10, 20, 30, 40, 50, 60, 70, 84]))
    [0.0, 30.0, 50.0, 70.0, 84.0]
    """
    above = values[values > 0]
    if above.empty:
        allowed = "a value above nought"
        raise InputError("nothing to map", where="value_gbp", found="no value", allowed=allowed)
    inner = {_rounded(float(above.quantile(share))) for share in SHARES}
    inside = sorted(bound for bound in inner if above.min() < bound < above.max())
    return [0.0, *inside, float(above.max())]


def grades(values: pd.Series[float], bounds: list[float]) -> list[int]:
    """Say which class each value is in.

    Parameters
    ----------
    values
        Value of each area (GBP).
    bounds
        From :func:`breaks`.

    Returns
    -------
    list of int
        0 for no value above nought, 1 for the lowest class; a bound belongs to the class above it.
    """
    inside = bounds[1:-1]
    return [0 if value <= 0 else 1 + int(np.searchsorted(inside, value, side="right")) for value in values]


def labels(bounds: list[float]) -> list[str]:
    """Name the class without value, then each class from the lowest.

    Parameters
    ----------
    bounds
        From :func:`breaks`.

    Returns
    -------
    list of str
        One label a grade.

    Examples
    --------
    >>> labels([0.0, 30e3, 4e6, 5e9])
    ['no award placed here', 'under £30k', '£30k to £4m', '£4m to £5bn']
    """
    if len(bounds) == 2:
        return [NONE, f"up to {money(bounds[1])}"]
    return [
        NONE,
        f"under {money(bounds[1])}",
        *(f"{money(a)} to {money(b)}" for a, b in pairwise(bounds[1:])),
    ]


def money(pounds: float) -> str:
    """Write an amount briefly: ``£1.5bn``, ``£20m``, ``£300k`` or ``£84``."""
    for unit, size in (("bn", 1e9), ("m", 1e6), ("k", 1e3)):
        if round(pounds / size, 1) >= 1:
            return f"£{pounds / size:,.1f}".removesuffix(".0") + unit
    return f"£{pounds:,.0f}"


def _rounded(number: float) -> float:
    """Round to one figure or to a penny."""
    unit = 10.0 ** max(-2, math.floor(math.log10(number)))
    return float(round(number / unit) * unit)
