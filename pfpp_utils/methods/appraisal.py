"""Appraisal of a case: net value, people to break even, net present social value, benefit-cost ratio."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from pfpp_utils.methods.case import Case, Outcome, Rounding
from pfpp_utils.methods.discounting import level_value, present_value
from pfpp_utils.methods.optimism import on_benefits, on_cost
from pfpp_utils.methods.prices import in_prices_of
from pfpp_utils.methods.quantities import Money


@dataclass(frozen=True)
class Appraisal:
    """What follows from one case; amounts are present values in the case's prices.

    Attributes
    ----------
    cost
        Present cost, with any uplift.
    net_value_per_beneficiary
        Of all outcomes whose number grows with the people who benefit.
    by_outcome
        Net value for each person with the outcome, by its name.
    beneficiaries
        People who must benefit for benefits to meet the cost; None if no number is enough.
    alone
        The same by outcome, if it were the only one.
    reach
        People to be reached for that; None without a conversion, or if no number is enough.
    npsv, bcr
        Benefits less cost, and benefits over cost, with the people who benefit as known; None if they are
        not, and the ratio also where there is no cost.
    """

    cost: Money
    net_value_per_beneficiary: Money
    by_outcome: dict[str, Money]
    beneficiaries: int | None
    alone: dict[str, int | None]
    reach: int | None
    npsv: Money | None
    bcr: Fraction | None


def appraise(case: Case) -> Appraisal:
    """Work out everything that follows from a case.

    Parameters
    ----------
    case
        The assumptions.

    Returns
    -------
    Appraisal
        The results, in exact arithmetic.

    References
    ----------
    HM Treasury, The Green Book (2022).
    """
    cost, each = present_cost(case), {outcome.name: net_value(case, outcome) for outcome in case.outcomes}
    gains, result = benefits(case), npsv(case)
    return Appraisal(
        cost=cost,
        net_value_per_beneficiary=per_beneficiary(case),
        by_outcome=each,
        beneficiaries=(needed := beneficiaries(case)),
        alone={name: _people(_ratio(cost, value), case.rounding) for name, value in each.items()},
        reach=reach(case, needed),
        npsv=result,
        bcr=_ratio(gains, cost) if gains else None,
    )


def net_value(case: Case, outcome: Outcome) -> Money:
    """Net present value of an outcome for each person who has it.

    Unit value, in the case's prices, x units x present value of the duration x net share after additionality
    x factor of optimism bias (x distributional weight, if the case uses them).

    Parameters
    ----------
    case
        Its prices, schedule and conventions.
    outcome
        One of its outcomes.

    Returns
    -------
    Money
        Pounds of the case's price year.
    """
    plan = outcome.schedule or case.schedule
    value = in_prices_of(outcome.unit_value.value, case.price_year, case.deflator)
    lasting = level_value(outcome.duration, plan, outcome.drop_off, outcome.first_year)
    kept = outcome.additionality.net_share * on_benefits(case.optimism_bias, case.convention)
    weight = outcome.weight if case.distributional_weights else 1
    return value * (outcome.units * lasting * kept * weight)


def per_beneficiary(case: Case) -> Money:
    """Net value of each person who benefits: the outcomes without a number of their own, by their shares."""
    counted = [each for each in case.outcomes if each.beneficiaries is None]
    values = (net_value(case, each) * each.share for each in counted)
    return sum(values, start=Money(Fraction(0), case.price_year))


def benefits(case: Case) -> Money | None:
    """Net present benefits with the people who benefit as known; None if their number is not."""
    each, fixed = per_beneficiary(case), _fixed(case)
    if all(outcome.beneficiaries is not None for outcome in case.outcomes):
        return fixed
    return None if case.beneficiaries is None else fixed + each * case.beneficiaries


def present_cost(case: Case) -> Money:
    """Present cost, in the case's prices: each amount x profile, discounted, x its uplift."""
    total = Money(Fraction(0), case.price_year)
    for cost in case.costs:
        spread = present_value(cost.profile, case.schedule, cost.first_year)
        uplift = (1 + cost.optimism_bias) * on_cost(case.optimism_bias, case.convention)
        total += in_prices_of(cost.amount, case.price_year, case.deflator) * (spread * uplift)
    return total


def npsv(case: Case) -> Money | None:
    """Net present social value: benefits less cost; None if the number of beneficiaries is unknown."""
    gains = benefits(case)
    return gains - present_cost(case) if gains else None


def beneficiaries(case: Case) -> int | None:
    """People who must benefit: (cost - benefits of fixed number) / net value, rounded; None if never enough.

    Parameters
    ----------
    case
        The assumptions.

    Returns
    -------
    int or None
        Whole people, 0 if outcomes of fixed number meet the cost.
    """
    return _people(quotient(case), case.rounding)


def quotient(case: Case) -> Fraction | None:
    """As `beneficiaries`, not rounded."""
    left = present_cost(case) - _fixed(case)
    return Fraction(0) if left.gbp <= 0 else _ratio(left, per_beneficiary(case))


def reach(case: Case, needed: int | None) -> int | None:
    """People to be reached: whole beneficiaries / conversion rate net of its deadweight, rounded.

    Parameters
    ----------
    case
        Its conversion and rounding.
    needed
        Whole people who must benefit.

    Returns
    -------
    int or None
        Whole people; None without a conversion, or if no number is enough.
    """
    if case.conversion is None or needed is None:
        return None
    if not case.conversion.net:  # as when none of those counted benefited
        return None if needed else 0
    return _people(needed / case.conversion.net, case.rounding)


def _fixed(case: Case) -> Money:
    """Benefits of the outcomes whose number is known by itself."""
    values = (net_value(case, each) * (each.beneficiaries or 0) for each in case.outcomes)
    return sum(values, start=Money(Fraction(0), case.price_year))


def _ratio(amount: Money, by: Money) -> Fraction | None:
    return amount / by if by.gbp > 0 else None


def _people(count: Fraction | None, how: Rounding) -> int | None:
    if count is None:
        return None
    if how == "up":
        return ceil(count)
    return max(floor(count + Fraction(1, 2)), 1 if count else 0)  # nobody cannot meet a cost
