"""Breakeven: the published conversions, step by step, and the value that a published target implies.

Amounts are in pounds, rates are shares from 0 to 1, counts are people. Results are exact fractions, because a
ceiling taken of a binary float can be one too high; write ``float(result)`` to format one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, inf
from typing import Literal, get_args

import pandas as pd

from pfpp_utils.errors import InputError
from pfpp_utils.methods.claims import Number, exact, rounded

Rule = Literal["published", "exact"]
Convention = Literal["reduce_benefits", "divide_benefits", "uplift_cost"]

#: Value of one wellbeing-adjusted life year, in pounds of 2019, with its low and high: one point of life
#: satisfaction (0 to 10) for one person for one year. HM Treasury (July 2021), Wellbeing Guidance for
#: Appraisal, supplementary to the Green Book.
WELLBY_GBP = 13_000
WELLBY_LOW_GBP = 10_000
WELLBY_HIGH_GBP = 16_000
WELLBY_PRICE_YEAR = 2019

#: What section 5.3.3 of the evaluation report prints for the Bodmin pilot (Cornwall).
CORNWALL_PUBLISHED = {
    "conversion rate": 0.19,
    "conversion rate after deadweight": 0.15,
    "people to be reached": 147,
    "people reached in a year": 148,
    "people with the outcome in a year": 22,
}

_FORMULAS = {
    "conversion rate": "outcomes / people reached",
    "conversion rate after deadweight": "conversion rate x (1 - deadweight)",
    "people to be reached": "target / conversion rate after deadweight",
    "people reached in a year": "people reached x planned months / months observed",
    "people with the outcome in a year": "people reached in a year x conversion rate after deadweight",
}


@dataclass(frozen=True)
class Step:
    """One step of a chain of conversions.

    Attributes
    ----------
    name, formula
        What is computed, and how, in words.
    value_exact
        Result from the values carried into the step, before any rounding of its own.
    value_rounded
        The same, rounded: rates to whole percent and people to whole people half up, people to be reached
        upwards.
    published
        The figure that the evaluation printed, if any.
    """

    name: str
    formula: str
    value_exact: Fraction
    value_rounded: Fraction
    published: float | None = None


@dataclass(frozen=True)
class Interval:
    """The values from `low` (included) to `high` (excluded; infinite if there is no upper limit).

    Examples
    --------
    >>> f"{Interval(Fraction(100), Fraction(150)):,.0f}", 100 in Interval(Fraction(100), Fraction(150))
    ('100 to 150', True)
    """

    low: Fraction
    high: Fraction | float

    def __contains__(self, value: Number) -> bool:
        return self.low <= exact(value) < self.high

    def __format__(self, spec: str) -> str:
        return f"{float(self.low):{spec}} to {float(self.high):{spec}}"


def conversion(outcomes: Number, reached: Number) -> Fraction:
    """Share of the people reached who had the outcome: outcomes / reached.

    Raises
    ------
    InputError
        If nobody was reached, or there are fewer than no outcomes or more than people reached.

    Examples
    --------
    >>> conversion(7, 37)
    Fraction(7, 37)
    """
    base = _positive(reached, "reached")
    return _between(outcomes, 0, base, "outcomes") / base


def net_of_deadweight(rate: Number, deadweight: Number) -> Fraction:
    """Rate without those who would have had the outcome anyway: rate x (1 - deadweight).

    Take the deadweight off here or in the value per beneficiary (`net_value`), never in both.

    Raises
    ------
    InputError
        If either is not a share from 0 to 1.

    Examples
    --------
    >>> float(net_of_deadweight(0.19, 0.2))
    0.152
    """
    return _between(rate, 0, 1, "rate") * (1 - _between(deadweight, 0, 1, "deadweight"))


def reach_needed(target: Number, rate: Number) -> int:
    """People to be reached for the target number of outcomes: ceil(target / rate).

    Raises
    ------
    InputError
        If the target is not positive or the rate is not above 0 and at most 1.

    Examples
    --------
    >>> reach_needed(22, 0.15)
    147
    """
    return ceil(_positive(target, "target") / _between(_positive(rate, "rate"), 0, 1, "rate"))


def annualise(count: Number, months: Number, year_months: Number = 12) -> Fraction:
    """Count over a whole year if it goes on as in the months observed: count x year_months / months.

    Raises
    ------
    InputError
        If the count is negative or a number of months is not positive.

    Examples
    --------
    >>> int(annualise(37, 3))
    148
    """
    period = _positive(year_months, "year_months") / _positive(months, "months")
    return _between(count, 0, inf, "count") * period


def take_up_needed(target: Number, reached: Number, months: Number, year_months: Number = 12) -> Fraction:
    """Share of the people reached in a year who must have the outcome: target / annualise(reached, months).

    Above 1 the target is out of reach at this pace. For Liverpool (364 of over 550 reached in three months)
    the report speaks of 17%.

    Raises
    ------
    InputError
        If a number is not positive.

    Examples
    --------
    >>> round(float(take_up_needed(364, 550, 3)), 4)
    0.1655
    """
    return _positive(target, "target") / annualise(_positive(reached, "reached"), months, year_months)


def chain(
    *,
    reached: Number,
    outcomes: Number,
    deadweight: Number,
    target: Number,
    months: Number,
    year_months: Number = 12,
    rounding: Rule,
    published: Mapping[str, float] | None = None,
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
        ``published`` carries each result on as rounded, which is the report's order; ``exact`` carries it on
        unrounded.
    published
        Name of a step to the figure printed for it.

    Raises
    ------
    InputError
        If a number is impossible, the rate vanishes (also by rounding), or the rounding is unknown.

    Examples
    --------
    >>> steps = chain(reached=37, outcomes=7, deadweight=0.2, target=22, months=3, rounding="exact")
    >>> [(step.name, round(float(step.value_exact), 2), int(step.value_rounded)) for step in steps[2:]]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('people to be reached', 145.36, 146), ('people reached in a year', 148.0, 148),
     ('people with the outcome in a year', 22.4, 22)]
    """
    if rounding not in get_args(Rule):
        raise InputError("unknown rounding", where="rounding", found=rounding, allowed=get_args(Rule))
    steps: list[Step] = []

    def take(name: str, value: Fraction, neat: Fraction) -> Fraction:
        steps.append(Step(name, _FORMULAS[name], value, neat, (published or {}).get(name)))
        return value if rounding == "exact" else neat

    rate = conversion(outcomes, reached)
    rate = take("conversion rate", rate, rounded(rate, 2))
    net = net_of_deadweight(rate, deadweight)
    net = take("conversion rate after deadweight", net, rounded(net, 2))
    take("people to be reached", exact(target) / _positive(net, "rate"), Fraction(reach_needed(target, net)))
    year = annualise(reached, months, year_months)
    year = take("people reached in a year", year, rounded(year))
    take("people with the outcome in a year", year * net, rounded(year * net))
    return tuple(steps)


def cornwall_chain(
    *,
    referrals: Number = 37,
    employed: Number = 7,
    deadweight: Number = 0.2,
    target: Number = 22,
    months: Number = 3,
    year_months: Number = 12,
    rounding: Sequence[Rule] = ("published", "exact"),
) -> pd.DataFrame:
    """Recompute the Bodmin pilot's conversions in the report's rounding order and exactly, side by side.

    Parameters
    ----------
    referrals, employed, deadweight, target, months, year_months
        As `reached`, `outcomes`, ... of `chain`; the defaults are those of section 5.3.3 (deadweight: its
        footnote 30).
    rounding
        The rules to show, each in two columns.

    Returns
    -------
    pandas.DataFrame
        One row a step: ``step``, ``formula``, ``published`` (as printed, whatever the arguments), and for
        each rule ``{rule}_rule`` (unrounded result) and ``{rule}_rule_rounded``. Rates are shares, the rest
        people.

    Raises
    ------
    InputError
        As for `chain`.

    Examples
    --------
    >>> cornwall_chain()[["published", "published_rule_rounded", "exact_rule_rounded"]].T.to_numpy().tolist()
    ... # doctest: +NORMALIZE_WHITESPACE
    [[0.19, 0.15, 147.0, 148.0, 22.0], [0.19, 0.15, 147.0, 148.0, 22.0], [0.19, 0.15, 146.0, 148.0, 22.0]]
    """
    chains = {
        rule: chain(
            reached=referrals,
            outcomes=employed,
            deadweight=deadweight,
            target=target,
            months=months,
            year_months=year_months,
            rounding=rule,
            published=CORNWALL_PUBLISHED,
        )
        for rule in rounding
    }
    table = pd.DataFrame(CORNWALL_PUBLISHED.items(), columns=["step", "published"])
    table.insert(1, "formula", table["step"].map(_FORMULAS))
    for rule, steps in chains.items():
        table[f"{rule}_rule"] = [float(step.value_exact) for step in steps]
        table[f"{rule}_rule_rounded"] = [float(step.value_rounded) for step in steps]
    return table


def implied_value(cost_gbp: Number, target: int) -> Interval:
    """Find the net values per beneficiary with which a target comes out: C / N <= V < C / (N - 1).

    This inverts `beneficiaries_needed`: N = ceil(C / V). With N = 1 there is no upper limit.

    Parameters
    ----------
    cost_gbp
        Cost C of the pilot that its benefits must meet, in pounds.
    target
        Beneficiaries N at which it breaks even, a whole number.

    Raises
    ------
    InputError
        If the cost is not positive or the target is not a whole number of 1 or more.

    Examples
    --------
    >>> f"{implied_value(314_000, 22):,.2f}"
    '14,272.73 to 14,952.38'
    """
    cost, count = _positive(cost_gbp, "cost_gbp"), exact(target, where="target")
    if count < 1 or count.denominator != 1:
        raise InputError("not a target", where="target", found=target, allowed="a whole number, 1 or more")
    return Interval(cost / count, cost / (count - 1) if count > 1 else inf)


def beneficiaries_needed(cost: Number, net_value: Number) -> int:
    """Beneficiaries at which benefits meet the cost: ceil(cost / net_value), both in pounds.

    Raises
    ------
    InputError
        If the cost or the value is not positive.

    Examples
    --------
    >>> beneficiaries_needed(314_000, 14_500)
    22
    """
    return ceil(_positive(cost, "cost") / _positive(net_value, "net_value"))


def net_value(
    unit_value: Number, deadweight: Number, optimism_bias: Number, convention: Convention
) -> Fraction:
    """Turn the gross value of one outcome into the cost, as stated, that one beneficiary pays for.

    With V gross, d deadweight and b optimism bias: ``reduce_benefits`` V (1 - d) (1 - b); ``divide_benefits``
    V (1 - d) / (1 + b); ``uplift_cost`` also V (1 - d) / (1 + b), because (1 + b) C / (V (1 - d)) is the same
    number of beneficiaries: compare the result with the cost before any uplift. The Green Book's optimism
    bias is an uplift on cost; the report states 20% "on top of the deadweight" and not how it enters. Take
    the deadweight off here or in the conversion rate (`net_of_deadweight`), never in both.

    Parameters
    ----------
    unit_value
        Present value of one outcome, in pounds.
    deadweight, optimism_bias
        Shares: 0 to 1, and 0 or more (below 1 for ``reduce_benefits``).
    convention
        How the optimism bias enters.

    Raises
    ------
    InputError
        If a number is impossible or the convention unknown.

    Examples
    --------
    >>> [round(float(net_value(1000, 0.2, 0.2, how)), 1) for how in ("reduce_benefits", "divide_benefits")]
    [640.0, 666.7]
    """
    return _positive(unit_value, "unit_value") * _kept(deadweight, optimism_bias, convention)


def gross_value(net: Number, deadweight: Number, optimism_bias: Number, convention: Convention) -> Fraction:
    """Find the gross value per outcome that leaves a net one; undoes `net_value`.

    Raises
    ------
    InputError
        As for `net_value`, and if nothing would be left (deadweight of 1).

    Examples
    --------
    >>> int(gross_value(640, 0.2, 0.2, "reduce_benefits"))
    1000
    """
    kept = _kept(deadweight, optimism_bias, convention)
    return _positive(net, "net") / _positive(kept, "deadweight and optimism_bias leave")


def surface(
    cost: Number,
    values: Sequence[Number],
    deadweights: Sequence[Number],
    optimism_bias: Number,
    convention: Convention,
) -> pd.DataFrame:
    """Compute the beneficiaries needed over a grid of values and deadweights.

    Parameters
    ----------
    cost
        Pounds, before any uplift.
    values
        Present values of one outcome, in pounds, before any adjustment.
    deadweights
        Shares, 0 or more and below 1.
    optimism_bias, convention
        As for `net_value`.

    Returns
    -------
    pandas.DataFrame
        One row a combination, values in the outer loop: ``value_gbp``, ``deadweight``, ``beneficiaries``.

    Raises
    ------
    InputError
        As for `net_value` and `beneficiaries_needed`.

    Examples
    --------
    >>> surface(314_000, [13_000], [0, 0.2], 0.2, "reduce_benefits")["beneficiaries"].tolist()
    [31, 38]
    """
    rows = [
        (
            float(value),
            float(share),
            beneficiaries_needed(cost, net_value(value, share, optimism_bias, convention)),
        )
        for value in values
        for share in deadweights
    ]
    return pd.DataFrame(rows, columns=["value_gbp", "deadweight", "beneficiaries"])


def wellby_equivalent(value_gbp: Number, wellby_gbp: Number = WELLBY_GBP) -> Fraction:
    """Express a value in life-satisfaction point-years: value / value of one WELLBY, in the same price base.

    One point-year is one point, on the scale from 0 to 10, for one person for one year.

    Raises
    ------
    InputError
        If the value is negative or that of the WELLBY not positive.

    References
    ----------
    HM Treasury (2021), Wellbeing Guidance for Appraisal: `WELLBY_GBP`, 2019 prices.

    Examples
    --------
    >>> round(float(wellby_equivalent(14_500)), 3)
    1.115
    """
    return _between(value_gbp, 0, inf, "value_gbp") / _positive(wellby_gbp, "wellby_gbp")


def _kept(deadweight: Number, optimism_bias: Number, convention: Convention) -> Fraction:
    """Compute the share of the gross value that deadweight and optimism bias leave."""
    if convention not in get_args(Convention):
        raise InputError(
            "unknown convention", where="convention", found=convention, allowed=get_args(Convention)
        )
    rest = 1 - _between(deadweight, 0, 1, "deadweight")
    if convention == "reduce_benefits":
        return rest * (1 - _between(optimism_bias, 0, 1, "optimism_bias"))
    return rest / (1 + _between(optimism_bias, 0, inf, "optimism_bias"))


def _positive(value: Number, where: str) -> Fraction:
    number = exact(value, where=where)
    if number <= 0:
        raise InputError("impossible number", where=where, found=value, allowed="more than 0")
    return number


def _between(value: Number, low: Number, high: Number, where: str) -> Fraction:
    number = exact(value, where=where)
    if not low <= number <= high:
        raise InputError("impossible number", where=where, found=value, allowed=f"{low} to {high}")
    return number
