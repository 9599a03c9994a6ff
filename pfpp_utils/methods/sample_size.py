"""Sample size: how many people a follow-up survey must hear from, and how many that is of those reached."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, inf, sqrt
from typing import Literal, get_args

import pandas as pd
from scipy import stats

from pfpp_utils.errors import InputError
from pfpp_utils.methods.quantities import between, positive

Interval = Literal["wilson", "exact"]
CONFIDENCE = 0.95


def for_precision(
    share: float,
    half_width: float,
    *,
    population: float = inf,
    confidence: float = CONFIDENCE,
    interval: Interval = "wilson",
) -> int:
    """Find the answers needed to know a share to within a half-width.

    Wilson: half-width z / (1 + z^2 / n) sqrt(p (1 - p) / n + z^2 / (4 n^2)). Exact: half the distance of the
    Clopper and Pearson limits with p n of n, not rounded. The least n is then corrected for the population.

    Parameters
    ----------
    share
        Share p that is expected, 0 to 1; 0.5 asks for most.
    half_width
        Half the width of the interval, between 0 and 0.5 (0.05 is five percentage points).
    population
        People whose share it is, such as all those reached; infinite if unknown.
    confidence
        Between 0 and 1.
    interval
        Which interval.

    Returns
    -------
    int
        Answers, not people asked: those who do not answer come on top.

    Raises
    ------
    InputError
        If a number is impossible or the interval unknown.

    References
    ----------
    Wilson (1927), Probable inference, the law of succession, and statistical inference, Journal of the
    American Statistical Association 22, 209-212. Clopper and Pearson (1934), Biometrika 26, 404-413.

    Examples
    --------
    >>> for_precision(0.5, 0.05), for_precision(0.5, 0.05, population=148)
    (381, 107)
    """
    expected, limit = a_share(share, "share"), inside(half_width, "half_width", most=0.5)
    tail = (1 + inside(confidence, "confidence")) / 2
    if interval not in get_args(Interval):
        raise InputError("unknown interval", where="interval", found=interval, allowed=get_args(Interval))
    width = _wilson if interval == "wilson" else _exact
    return corrected(_least(lambda answers: width(expected, answers, tail) <= limit), population)


def table(frame: pd.DataFrame, half_widths: tuple[float, ...] = (0.05, 0.1)) -> pd.DataFrame:
    """Find for every row the answers that a follow-up survey needs.

    Parameters
    ----------
    frame
        One row a pilot: ``reached`` (people; missing = unknown) and ``share`` (expected, 0 to 1; missing =
        unknown, taken for 0.5, which asks for most).
    half_widths
        As for `for_precision`.

    Returns
    -------
    pandas.DataFrame
        A copy with a column for each half-width, such as ``answers_5_points``.

    Raises
    ------
    InputError
        As for `for_precision`.
    """
    result = frame.copy()
    shares, people = frame["share"].fillna(0.5), frame["reached"].fillna(inf)
    for half_width in half_widths:
        name = f"answers_{100 * half_width:g}_points"
        pairs = zip(shares, people, strict=True)
        result[name] = [for_precision(share, half_width, population=reached) for share, reached in pairs]
    return result


def _wilson(share: float, answers: float, tail: float) -> float:
    z = stats.norm.ppf(tail)
    return z / (1 + z**2 / answers) * sqrt(share * (1 - share) / answers + z**2 / (4 * answers**2))


def _exact(share: float, answers: float, tail: float) -> float:
    found, rest = share * answers, (1 - share) * answers
    low = stats.beta.ppf(1 - tail, found, rest + 1) if found else 0.0
    high = stats.beta.ppf(tail, found + 1, rest) if rest else 1.0
    return float(high - low) / 2


def _least(enough: Callable[[int], bool]) -> int:
    """Find the least number that is enough, where every larger one is too."""
    low, high = 0, 1
    while not enough(high):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def corrected(answers: float, population: float) -> int:
    """Correct a number of answers n for a population of N people: n / (1 + (n - 1) / N), upwards, at most N.

    Parameters
    ----------
    answers
        Needed from a population without end, whole or not.
    population
        People; infinite if unknown.

    Returns
    -------
    int
        Answers.

    Raises
    ------
    InputError
        If there is nobody.

    References
    ----------
    Cochran (1977), Sampling Techniques, third edition, section 4.4.

    Examples
    --------
    >>> corrected(385, 192)  # 385 / (1 + 384 / 192)
    129
    """
    if population == inf:
        return ceil(answers)
    people = float(positive(population, "population"))
    return min(ceil(round(answers / (1 + (answers - 1) / people), 9)), ceil(people))


def a_share(value: float, where: str) -> float:
    """Read a share from 0 to 1; InputError, naming `where`, if it is none."""
    return float(between(value, 0, 1, where))


def inside(value: float, where: str, most: float = 1) -> float:
    """Read a number between 0 and `most`, both excluded; InputError, naming `where`, if it is none."""
    if not 0 < value < most:
        raise InputError("impossible number", where=where, found=value, allowed=f"between 0 and {most}")
    return float(value)
