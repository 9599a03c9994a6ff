"""Calibration: from marks or measurements to memberships between 0 (fully out) and 1 (fully in)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from pfpp_utils.errors import InputError


def from_marks(marks: pd.DataFrame, memberships: Mapping[str, float]) -> pd.DataFrame:
    """Turn marks such as strong, medium and none into memberships.

    Parameters
    ----------
    marks
        One row a case, one column a set; marks as values.
    memberships
        Membership of each mark, from 0 to 1.

    Returns
    -------
    pandas.DataFrame
        Memberships, labelled as the marks.

    Raises
    ------
    InputError
        If a mark has no membership, or a membership is not from 0 to 1.

    Examples
    --------
    >>> from_marks(pd.DataFrame({"A": ["S", "none"]}), {"S": 1, "none": 0})["A"].tolist()
    [1.0, 0.0]
    """
    for mark, value in memberships.items():
        if not 0 <= value <= 1:
            raise InputError("membership outside 0 to 1", where=f"mark {mark}", found=value, allowed="0 to 1")
    unknown = sorted({str(mark) for mark in pd.unique(np.ravel(marks)) if mark not in memberships})
    if unknown:
        raise InputError("mark without a membership", where="marks", found=unknown, allowed=memberships)
    return marks.replace(dict(memberships)).astype(float)


def crisp(values: pd.Series, threshold: float) -> pd.Series:
    """Turn measurements into memberships of 0 or 1.

    Parameters
    ----------
    values
        Measurements.
    threshold
        The smallest value that is in, in the unit of the measurements.

    Returns
    -------
    pandas.Series
        1 from the threshold on, 0 below it, missing where the measurement is.

    Examples
    --------
    >>> crisp(pd.Series([400, 550, 900]), 550).tolist()
    [0.0, 1.0, 1.0]
    """
    return (values >= threshold).astype(float).where(values.notna())


def direct(values: pd.Series, *, out: float, crossover: float, full: float) -> pd.Series:
    """Turn measurements into fuzzy memberships by Ragin's direct method.

    The log odds of membership are ln(19) x (value - crossover) / (full - crossover) above the crossover, and
    ln(19) x (value - crossover) / (crossover - out) below it: 0.05 at `out`, 0.5 at `crossover`, 0.95 at
    `full`.

    Parameters
    ----------
    values
        Measurements.
    out, crossover, full
        Where a case is fully out, neither in nor out, and fully in, in the unit of the measurements;
        ascending, or descending for a set to which low values belong.

    Returns
    -------
    pandas.Series
        Memberships between 0 and 1, missing where the measurement is.

    Raises
    ------
    InputError
        If the three anchors are neither ascending nor descending.

    References
    ----------
    ---------- Ragin (2008), Redesigning social inquiry, chapter 5; with ln(19), as in the R package QCA, for
    his rounded 3.

    Examples
    --------
    >>> direct(pd.Series([400, 550, 900]), out=400, crossover=550, full=900).round(2).tolist()
    [0.05, 0.5, 0.95]
    """
    if not (out < crossover < full or out > crossover > full):
        found = (out, crossover, full)
        raise InputError(
            "anchors out of order", where="anchors", found=found, allowed="ascending or descending"
        )
    above = (values > crossover) if full > crossover else (values < crossover)
    span = np.where(above, full - crossover, crossover - out)
    memberships: pd.Series = 1 / (1 + np.exp(-np.log(19) * (values - crossover) / span))
    return memberships.where(values.notna())
