"""Proportions with exact confidence intervals: for counts as small as 13 pilots or 119 teams."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import binomtest

from pfpp_utils.errors import InputError
from pfpp_utils.methods import columns


@dataclass(frozen=True)
class Proportion:
    """A proportion with its confidence interval.

    Attributes
    ----------
    successes, trials
        Counts, successes of trials.
    estimate, low, high
        Shares from 0 to 1: successes / trials and the two limits.
    confidence
        Confidence level of the interval, between 0 and 1.
    """

    successes: int
    trials: int
    estimate: float
    low: float
    high: float
    confidence: float


def exact_interval(successes: float, trials: float, confidence: float = 0.95) -> Proportion:
    """Compute a proportion and its Clopper-Pearson interval.

    With a = 1 - confidence, x successes of n: low is the a/2 quantile of Beta(x, n - x + 1), or 0 for x = 0;
    high is the 1 - a/2 quantile of Beta(x + 1, n - x), or 1 for x = n. The interval covers the true share
    with at least the stated confidence if the trials are independent and alike; for a complete count (all 13
    pilots) it speaks about a wider population that one imagines, not about those counted.

    Parameters
    ----------
    successes, trials
        Whole numbers (47.0 is accepted), 0 <= successes <= trials, trials >= 1.
    confidence
        Between 0 and 1, both excluded.

    Raises
    ------
    InputError
        If the counts or the confidence are impossible.

    References
    ----------
    Clopper and Pearson (1934), The use of confidence or fiducial limits illustrated in the case of the
    binomial, Biometrika 26, 404-413.

    Examples
    --------
    >>> share = exact_interval(47, 119)
    >>> [round(value, 3) for value in (share.estimate, share.low, share.high)]
    [0.395, 0.307, 0.489]
    """
    done, of = _count(successes, "successes"), _count(trials, "trials")
    if of == 0:
        raise InputError("a share of nothing", where="trials", found=trials, allowed="1 or more")
    if done > of:
        raise InputError(
            "more successes than trials", where="successes", found=successes, allowed=f"0 to {of}"
        )
    if not 0 < confidence < 1:
        raise InputError(
            "impossible confidence", where="confidence", found=confidence, allowed="between 0 and 1"
        )
    limits = binomtest(done, of).proportion_ci(confidence_level=confidence, method="exact")
    return Proportion(done, of, done / of, float(limits.low), float(limits.high), confidence)


def with_intervals(
    frame: pd.DataFrame,
    successes: str = "value",
    trials: str = "of_value",
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Add the share and its exact interval to every row.

    Parameters
    ----------
    frame
        One row a proportion, with the two count columns named; a row with a missing count gets missing
        results.
    successes, trials
        Names of the columns with the counts.
    confidence
        Confidence level, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        A copy with the columns ``estimate``, ``low`` and ``high`` (shares, 0 to 1) set.

    Raises
    ------
    InputError
        If a column is missing, or a row holds impossible counts (the message names the row).

    Examples
    --------
    >>> with_intervals(pd.DataFrame({"value": [7, None], "of_value": [13, 13]})).round(3)["estimate"].tolist()
    [0.538, nan]
    """
    columns.require(frame, (successes, trials), "frame")
    rows = []
    for label, done, of in zip(frame.index, frame[successes], frame[trials], strict=True):
        try:
            share = None if pd.isna(done) or pd.isna(of) else exact_interval(done, of, confidence)
        except InputError as error:
            where = f"row {label}, {error.where}"
            raise InputError(error.what, where=where, found=error.found, allowed=error.allowed) from error
        rows.append((share.estimate, share.low, share.high) if share else (float("nan"),) * 3)
    results = frame.copy()
    results[["estimate", "low", "high"]] = np.array(rows, dtype=float).reshape(-1, 3)
    return results


def _count(value: float, where: str) -> int:
    """Read a count: a whole number, zero or more."""
    try:
        count = int(value)
        fits = count == value and count >= 0 and not isinstance(value, str)
    except (TypeError, ValueError, OverflowError):
        fits = False
    if not fits:
        raise InputError("not a count", where=where, found=value, allowed="a whole number, 0 or more")
    return count
