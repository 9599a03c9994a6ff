"""Power of surveys: how many answers it takes to find a change, or a difference from what is needed."""

from __future__ import annotations

from math import inf, isnan, sqrt

import pingouin

from pfpp_utils.errors import InputError
from pfpp_utils.methods.quantities import positive
from pfpp_utils.methods.sample_size import CONFIDENCE, a_share, corrected, inside

POWER = 0.8


def for_change(
    before: float,
    after: float,
    *,
    population: float = inf,
    power: float = POWER,
    confidence: float = CONFIDENCE,
) -> int:
    """Find the answers that each of two surveys needs to tell one share from another.

    A chi-squared test of a two-by-two table with equal groups; its effect size is
    w = |p1 - p2| / (2 sqrt(p (1 - p))), with p the mean of the two shares.

    Parameters
    ----------
    before, after
        The two shares, 0 to 1, which differ.
    population
        People at each time; infinite if unknown.
    power, confidence
        Probability of finding the change if it is there, and 1 - that of finding it if it is not.

    Returns
    -------
    int
        Answers of each survey, of different people; asking the same people twice can need fewer.

    Raises
    ------
    InputError
        If a number is impossible, there is no change, or it is too large or small to be sized.

    References
    ----------
    Cohen (1988), Statistical Power Analysis for the Behavioral Sciences, second edition, chapter 7.

    Examples
    --------
    >>> for_change(0.2, 0.3)
    295
    """
    first, second = a_share(before, "before"), a_share(after, "after")
    middle = (first + second) / 2
    _differ(first, second, "before and after")
    effect = abs(first - second) / (2 * sqrt(middle * (1 - middle)))
    return corrected(_chi_squared(effect, power, confidence) / 2, population)


def for_difference(
    expected: float,
    needed: float,
    *,
    population: float = inf,
    power: float = POWER,
    confidence: float = CONFIDENCE,
) -> int:
    """Find the answers needed to tell a share from one that is fixed, such as the one needed to break even.

    A chi-squared test of fit; its effect size is w = |p - p0| / sqrt(p0 (1 - p0)).

    Parameters
    ----------
    expected, needed
        The share p that is expected, and the share p0 that it is set against, which differ; `needed` is
        neither 0 nor 1.
    population, power, confidence
        As for `for_change`.

    Returns
    -------
    int
        Answers.

    Raises
    ------
    InputError
        If a number is impossible or there is no difference.

    References
    ----------
    As for `for_change`.

    Examples
    --------
    >>> for_difference(0.3, 0.2)
    126
    """
    share, fixed = a_share(expected, "expected"), inside(needed, "needed")
    _differ(share, fixed, "expected and needed")
    return corrected(
        _chi_squared(abs(share - fixed) / sqrt(fixed * (1 - fixed)), power, confidence), population
    )


def for_mean_change(
    change: float,
    deviation: float,
    *,
    population: float = inf,
    power: float = POWER,
    confidence: float = CONFIDENCE,
) -> int:
    """Find the people who must answer both times for a change of their mean answer to be found.

    A paired t test with the effect size d = change / deviation.

    Parameters
    ----------
    change
        Change of the mean, in points of the scale, not 0.
    deviation
        Standard deviation of the answers, in the same points, with differences between a person's two answers
        spread as widely.
    population, power, confidence
        As for `for_change`.

    Returns
    -------
    int
        People.

    Raises
    ------
    InputError
        If a number is impossible.

    References
    ----------
    Cohen (1988), as for `for_change`, chapter 2.

    Examples
    --------
    >>> for_mean_change(0.5, 1)
    34
    """
    _differ(change, 0.0, "change")
    effect = abs(change) / float(positive(deviation, "deviation"))
    answers = pingouin.power_ttest(d=effect, contrast="paired", **_level(power, confidence))
    return corrected(_found(answers, effect), population)


def _chi_squared(effect: float, power: float, confidence: float) -> float:
    return _found(pingouin.power_chi2(dof=1, w=effect, **_level(power, confidence)), effect)


def _level(power: float, confidence: float) -> dict[str, float]:
    return {"power": inside(power, "power"), "alpha": 1 - inside(confidence, "confidence")}


def _found(answers: float, effect: float) -> float:
    """Refuse what pingouin finds no number for: effects so large or small that no survey is about them."""
    if isnan(answers):
        allowed = "a change that some hundreds of millions of answers can show, and that one or two cannot"
        raise InputError("no number of answers was found", where="effect size", found=effect, allowed=allowed)
    return float(answers)


def _differ(first: float, second: float, where: str) -> None:
    if first == second:
        raise InputError("no change to find", where=where, found=first, allowed="two different numbers")
