"""Spreads of scores: how wide two means allow them to be, and how wide a change can bear."""

from __future__ import annotations

from bisect import bisect_right
from math import sqrt

from scipy.stats import t

from pfpp_utils.errors import InputError

MOST_PEOPLE = 10_000_000_000


def largest_sd(mean: float, minimum: float, maximum: float, people: int | None = None) -> float:
    """Compute the largest standard deviation that a mean on a bounded scale allows.

    sqrt((mean - minimum)(maximum - mean)), reached if everybody chooses one end of the scale or the other.

    Parameters
    ----------
    mean, minimum, maximum
        Mean score and the ends of the scale, in points.
    people
        Number of answers, at least two. With it, the bound is for the sample standard deviation (divisor
        n - 1), which is larger by the factor sqrt(n / (n - 1)); without it, for divisor n.

    Returns
    -------
    float
        In points of the scale.

    Raises
    ------
    InputError
        If the mean is not on the scale, or there are fewer than two people.

    References
    ----------
    Bhatia and Davis (2000), A better bound on the variance, American Mathematical Monthly 107, 353-357.

    Examples
    --------
    >>> largest_sd(3, 1, 5), round(largest_sd(3.86, 1, 5), 3)
    (2.0, 1.806)
    """
    if not minimum <= mean <= maximum or minimum == maximum:
        allowed = f"from {minimum} to {maximum}"
        raise InputError("a mean that is not on the scale", where="mean", found=mean, allowed=allowed)
    factor = 1.0 if people is None else whole_pairs(people) / (people - 1)
    return sqrt((mean - minimum) * (maximum - mean) * factor)


def change_sd(sd_before: float, sd_after: float, correlation: float) -> float:
    """Compute the standard deviation of the change within people.

    sqrt(sd_before^2 + sd_after^2 - 2 correlation sd_before sd_after)

    Parameters
    ----------
    sd_before, sd_after
        Standard deviations of the two scores, in points, 0 or more.
    correlation
        Between the two scores of one person, from -1 to 1. Nought where different people answered.

    Raises
    ------
    InputError
        If a standard deviation is negative or the correlation not between -1 and 1.

    Examples
    --------
    >>> change_sd(1.0, 1.0, 0.5)
    1.0
    """
    for name, spread in (("sd_before", sd_before), ("sd_after", sd_after)):
        if not spread >= 0:
            raise InputError("impossible spread", where=name, found=spread, allowed="0 or more")
    if not -1 <= correlation <= 1:
        raise InputError("impossible correlation", where="correlation", found=correlation, allowed="-1 to 1")
    return sqrt(max(0.0, sd_before**2 + sd_after**2 - 2 * correlation * sd_before * sd_after))


def breaking_sd(change: float, people: int, confidence: float = 0.95) -> float:
    """Compute the spread of the change at which the paired t interval just reaches nought.

    abs(change) sqrt(n) / t, with t the quantile of Student's distribution with n - 1 degrees of freedom. With
    a wider spread the change cannot be told from none; with a narrower one it can.

    Parameters
    ----------
    change
        Mean change, in points.
    people
        People who answered both times, at least two.
    confidence
        Level of the interval, between 0 and 1.

    Raises
    ------
    InputError
        If there are fewer than two people or the confidence is impossible.

    Examples
    --------
    >>> round(breaking_sd(-1.48, 192), 2)
    10.4
    """
    return abs(change) * sqrt(whole_pairs(people)) / quantile(people, confidence)


def lowest_correlation(change: float, sd: float, people: int, confidence: float = 0.95) -> float:
    """Find the correlation of the two scores down to which the change can be told from none.

    1 - b^2 / (2 sd^2), with b the `breaking_sd`, and -1 where every correlation will do. The same standard
    deviation is taken before and after.

    Parameters
    ----------
    change, people, confidence
        As for `breaking_sd`.
    sd
        Standard deviation of the scores, in points, above 0.

    Raises
    ------
    InputError
        As for `breaking_sd`; also if the standard deviation is not above 0.

    Examples
    --------
    >>> lowest_correlation(-1.48, 1.5, 192), round(lowest_correlation(0.2, 1.5, 192), 2)
    (-1.0, 0.56)
    """
    if not sd > 0:
        raise InputError("impossible spread", where="sd", found=sd, allowed="above 0")
    return max(-1.0, 1 - breaking_sd(change, people, confidence) ** 2 / (2 * sd**2))


def fewest_people(change: float, sd: float, confidence: float = 0.95) -> int | None:
    """Find the smallest number of pairs with which the paired t interval leaves nought out.

    Parameters
    ----------
    change
        Mean change, in points, not nought.
    sd
        Standard deviation of the change, in points, with divisor n: so that a bound from `largest_sd` holds
        for any number of people.
    confidence
        Level of the interval, between 0 and 1.

    Returns
    -------
    int or None
        None where it would take more people than there are.

    Raises
    ------
    InputError
        If the change is nought, or the spread negative.

    Examples
    --------
    >>> fewest_people(-1.48, 3.71)
    28
    """
    if change == 0 or not sd >= 0:
        where, allowed = "change, sd", "a change; sd >= 0"
        raise InputError("nothing to find", where=where, found=(change, sd), allowed=allowed)
    tried = range(2, MOST_PEOPLE + 1)
    place = bisect_right(tried, sd, key=lambda people: abs(change) * _telling(people, confidence))
    return tried[place] if place < len(tried) else None


def _telling(people: int, confidence: float) -> float:
    """Divide sqrt(n - 1) by the t quantile: it rises with the number of pairs."""
    return sqrt(people - 1) / quantile(people, confidence)


def whole_pairs(people: int) -> int:
    """Read a number of people who answered: a whole number, two or more.

    Raises
    ------
    InputError
        If it is not.
    """
    if people < 2 or people != int(people):
        raise InputError("too few people", where="people", found=people, allowed="a whole number, 2 or more")
    return int(people)


def quantile(people: int, confidence: float) -> float:
    """Look up the quantile of Student's t distribution for a two-sided interval of so many pairs.

    Raises
    ------
    InputError
        If there are fewer than two people or the confidence is impossible.
    """
    if not 0 < confidence < 1:
        raise InputError("impossible confidence", where="confidence", found=confidence, allowed="0 to 1")
    return float(t.ppf((1 + confidence) / 2, whole_pairs(people) - 1))
