"""Conversions: from people reached to people who benefit, rounded on the way or exactly.

Rates are shares from 0 to 1, counts are people. Results are exact fractions, because a ceiling taken of a
binary float can be one too high; write ``float(result)`` to format one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, inf
from typing import Literal, get_args

import pandas as pd

from pfpp_utils.errors import InputError
from pfpp_utils.methods.claims import Number, Rounding, exact, rounded
from pfpp_utils.methods.quantities import between, positive

Rule = Literal["published", "exact"]
Unit = Literal["percent", "people"]


@dataclass(frozen=True)
class Step:
    """One step of a chain: its result from the values carried into it, and that result rounded.

    Whole percent and whole people, half up; people to be reached are rounded upwards.
    """

    step: str
    formula: str
    unit: Unit
    value: Fraction
    rounded: Fraction


def conversion(outcomes: Number, reached: Number) -> Fraction:
    """Share of the people reached who had the outcome: outcomes / reached.

    Parameters
    ----------
    outcomes
        People with the outcome, from 0 to `reached`.
    reached
        People reached, more than 0.

    Returns
    -------
    fractions.Fraction
        Share from 0 to 1.

    Raises
    ------
    InputError
        If nobody was reached, or there are fewer than no outcomes or more than people reached.

    References
    ----------
    Section 5.3.3 of the evaluation report, bullet on Cornwall.
    """
    base = positive(reached, "reached")
    return between(outcomes, 0, base, "outcomes") / base


def net_of_deadweight(rate: Number, deadweight: Number) -> Fraction:
    """Rate without those who would have had the outcome anyway: rate x (1 - deadweight).

    Take deadweight off here or in the value per beneficiary (`breakeven.cost_met`), never in both.

    Parameters
    ----------
    rate
        Share of the people reached with the outcome, 0 to 1.
    deadweight
        Share of the outcomes that would have come about anyway, 0 to 1.

    Returns
    -------
    fractions.Fraction
        Share from 0 to 1.

    Raises
    ------
    InputError
        If either is not a share from 0 to 1.

    References
    ----------
    Section 5.3.3 of the evaluation report, bullet on Cornwall; for deadweight it points to HCA,
    Additionality Guide (2014).

    Examples
    --------
    >>> float(net_of_deadweight(0.19, 0.2))
    0.152
    """
    return between(rate, 0, 1, "rate") * (1 - between(deadweight, 0, 1, "deadweight"))


def reach_needed(target: Number, rate: Number) -> int:
    """People to be reached for the target number of outcomes: target / rate, rounded up.

    Parameters
    ----------
    target
        People with the outcome at which the pilot breaks even.
    rate
        Share of the people reached with the outcome, above 0 and at most 1; net of deadweight if the
        target is.

    Returns
    -------
    int
        Whole people.

    Raises
    ------
    InputError
        If the target is not positive or the rate is not above 0 and at most 1.

    References
    ----------
    Section 5.3.3 of the evaluation report, bullet on Cornwall.

    Examples
    --------
    >>> reach_needed(22, 0.15)
    147
    """
    return ceil(positive(target, "target") / between(positive(rate, "rate"), 0, 1, "rate"))


def annualise(count: Number, months: Number, year_months: Number = 12) -> Fraction:
    """Count over a year that goes on like the months observed: count x year_months / months.

    Parameters
    ----------
    count
        People counted in the months observed, 0 or more.
    months
        Months observed.
    year_months
        Months of the year, or of planned delivery.

    Returns
    -------
    fractions.Fraction
        People in `year_months`, not rounded.

    Raises
    ------
    InputError
        If the count is negative or a number of months is not positive.

    References
    ----------
    Section 5.3.3 of the evaluation report, bullet on Cornwall.
    """
    period = positive(year_months, "year_months") / positive(months, "months")
    return between(count, 0, inf, "count") * period


def take_up_needed(target: Number, reached: Number, months: Number, year_months: Number = 12) -> Fraction:
    """Share of those reached in a year who must have the outcome: target / annualise(reached, months).

    Parameters
    ----------
    target
        People with the outcome at which the pilot breaks even.
    reached
        People reached in the months observed.
    months
        Months observed.
    year_months
        Months of the year, or of planned delivery.

    Returns
    -------
    fractions.Fraction
        Share of a year's people; above 1 if the target is out of reach.

    Raises
    ------
    InputError
        If a number is not positive.

    References
    ----------
    Section 5.3.3 of the evaluation report, bullet on Liverpool.

    Examples
    --------
    >>> round(float(take_up_needed(364, 550, 3)), 4)
    0.1655
    """
    return positive(target, "target") / annualise(positive(reached, "reached"), months, year_months)


def target_shares(target: Number, counts: Mapping[str, Number], months: Number) -> pd.DataFrame:
    """Set a target against several counts of the people reached, as they are and over a year.

    Parameters
    ----------
    target
        People with the outcome at which the pilot breaks even.
    counts
        People reached, by the name of the count.
    months
        Months in which they were reached.

    Returns
    -------
    pandas.DataFrame
        One row a count: ``count``, ``people``, and in percent the target as a share of the people
        (``share``) and of a year's people at the same pace (``share_of_year``).

    Raises
    ------
    InputError
        As for `take_up_needed`.

    References
    ----------
    Section 5.3.3 of the evaluation report, bullet on Liverpool.

    Examples
    --------
    >>> target_shares(364, {"report": 550}, 3)[["share", "share_of_year"]].round(1).to_numpy().tolist()
    [[66.2, 16.5]]
    """
    now, year = (
        [float(100 * take_up_needed(target, people, months, over)) for people in counts.values()]
        for over in (months, 12)
    )
    people = [float(number) for number in counts.values()]
    return pd.DataFrame({"count": list(counts), "people": people, "share": now, "share_of_year": year})


def chain(
    *,
    reached: Number,
    outcomes: Number,
    deadweight: Number,
    target: Number,
    months: Number,
    year_months: Number = 12,
    rounding: Rule,
) -> tuple[Step, ...]:
    """Go from people reached to people expected to benefit in a year, as section 5.3.3 of the report does.

    Parameters
    ----------
    reached, outcomes
        People reached in the months observed, and those of them with the outcome.
    deadweight
        Share of the outcomes that would have come about anyway.
    target
        People with the outcome at which the pilot breaks even.
    months, year_months
        Months observed, and planned months of delivery.
    rounding
        ``published`` carries each result on as rounded, in the report's order; ``exact`` unrounded.

    Returns
    -------
    tuple of Step
        Five steps: conversion rate and net rate (percent), people to be reached, people in a year and
        outcomes in a year (people). Each has its value and that value rounded.

    Raises
    ------
    InputError
        If a number is impossible, the rate vanishes (also by rounding), or the rounding is unknown.

    References
    ----------
    Section 5.3.3 of the evaluation report, bullet on Cornwall; for deadweight it points to HCA,
    Additionality Guide (2014).

    Examples
    --------
    >>> steps = chain(reached=37, outcomes=7, deadweight=0.2, target=22, months=3, rounding="exact")
    >>> [int(step.rounded) for step in steps[2:]]
    [146, 148, 22]
    """
    if rounding not in get_args(Rule):
        raise InputError("unknown rounding", where="rounding", found=rounding, allowed=get_args(Rule))
    steps: list[Step] = []

    def take(step: str, formula: str, unit: Unit, value: Fraction, how: Rounding = "half up") -> Fraction:
        steps.append(Step(step, formula, unit, value, rounded(value, how=how)))
        return value if rounding == "exact" else steps[-1].rounded

    rate = 100 * conversion(outcomes, reached)
    rate = take("conversion rate", "outcomes / people reached", "percent", rate) / 100
    rate = 100 * net_of_deadweight(rate, deadweight)
    rate = take("net rate", "conversion rate x (1 - deadweight)", "percent", rate) / 100
    needed = positive(target, "target") / positive(rate, "rate")
    take("people to be reached", "target / net rate", "people", needed, "up")
    year = annualise(reached, months, year_months)
    year = take("people in a year", "people reached x months planned / observed", "people", year)
    take("outcomes in a year", "people in a year x net rate", "people", year * rate)
    return tuple(steps)


def side_by_side(**inputs: Number) -> pd.DataFrame:
    """Compute a chain in both orders of rounding.

    Parameters
    ----------
    **inputs
        The arguments of `chain` except `rounding`, in its units.

    Returns
    -------
    pandas.DataFrame
        One row a step: ``step``, ``formula``, ``unit``, ``value_published``, ``rounded_published``,
        ``value_exact``, ``rounded_exact``; the ending says which rounding was carried on.

    Raises
    ------
    InputError
        As for `chain`.

    References
    ----------
    As for `chain`.

    Examples
    --------
    >>> both = side_by_side(reached=37, outcomes=7, deadweight=0.2, target=22, months=3)
    >>> both.loc[[0, 2], ["rounded_published", "rounded_exact"]].to_numpy().tolist()
    [[19.0, 19.0], [147.0, 146.0]]
    """
    numbers = {"value": float, "rounded": float}
    published, unrounded = (
        pd.DataFrame(list(chain(**inputs, rounding=rule))).astype(numbers) for rule in get_args(Rule)
    )
    keys = ["step", "formula", "unit"]
    return published.merge(unrounded, on=keys, suffixes=("_published", "_exact"))


def least_movers(
    before: Number, after: Number, scale_length: Number, people: Number, decimals: int = 2
) -> int:
    """Least number of people whose answers must have moved between two rounded means of the same people.

    Each mean may be off by half a unit of its last decimal, so the true change may be smaller than the
    printed one by a whole unit: least change = |after - before| - 10^-decimals, or 0. No answer can move by
    more than the scale's length (highest less lowest answer), hence people x least change / scale_length,
    rounded up to whole people. It holds only if the same people answered both times.

    Parameters
    ----------
    before, after
        Printed means of the answers, in points of the scale.
    scale_length
        Highest less lowest answer, in points.
    people
        People who answered both times.
    decimals
        Decimals to which both means are printed.

    Returns
    -------
    int
        Whole people.

    Raises
    ------
    InputError
        If the scale has no length, nobody answered, or the mean moved by more than the scale's length.

    References
    ----------
    The bound is this project's own; the means are printed in section 5.3.3 of the evaluation report, bullet
    on Newcastle.

    Examples
    --------
    >>> least_movers(3.86, 2.38, scale_length=5 - 1, people=192)  # 192 x 1.47 / 4 = 70.56
    71
    """
    length = positive(scale_length, "scale_length")
    change = abs(exact(after, where="after") - exact(before, where="before"))
    least = max(between(change, 0, length, "change of the mean") - Fraction(1, 10**decimals), Fraction(0))
    return ceil(positive(people, "people") * least / length)
