"""Switching values: what one assumption must be, the others as they are, for benefits to equal the cost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from pfpp_utils.errors import InputError
from pfpp_utils.methods.appraisal import benefits, npsv, per_beneficiary, present_cost
from pfpp_utils.methods.case import Case, Outcome
from pfpp_utils.methods.discounting import duration_for, level_value
from pfpp_utils.methods.prices import in_prices_of
from pfpp_utils.methods.quantities import NOTHING, Money, People, Share, Years

Name = Literal["beneficiaries", "cost", "optimism_bias", "unit_value", "deadweight", "duration"]
UNITS: dict[Name, str] = {
    "beneficiaries": "people",
    "cost": "pounds of the case's price year, before discounting and uplift",
    "optimism_bias": "share",
    "unit_value": "pounds of the value's own price year",
    "deadweight": "share",
    "duration": "years",
}
#: How often a setting to probe is halved until a driver can have it.
PROBES = 64


@dataclass(frozen=True)
class Driver:
    """One assumption that can be turned round.

    Attributes
    ----------
    name
        Which; its unit is in `UNITS`.
    outcome
        Of which outcome; empty for those of the whole case.
    """

    name: Name
    outcome: str = ""


def drivers(case: Case) -> list[Driver]:
    """List the drivers that a case has: three of the case, three of each outcome.

    Parameters
    ----------
    case
        Where its conversion takes deadweight, its outcomes have none to turn round.

    Returns
    -------
    list of Driver
        Beneficiaries first.
    """
    in_conversion = case.conversion is not None and case.conversion.deadweight
    of_each: tuple[Name, ...] = ("unit_value", "duration") if in_conversion else (
        "unit_value", "deadweight", "duration",
    )  # fmt: skip
    whole: tuple[Name, ...] = ("beneficiaries", "cost", "optimism_bias")
    inner = [Driver(name, outcome.name) for outcome in case.outcomes for name in of_each]
    return [*(Driver(name) for name in whole), *inner]


def setting(case: Case, driver: Driver) -> Fraction | None:
    """Read what a driver is set to in a case, in its unit; None for an unknown number of beneficiaries."""
    match driver.name:
        case "beneficiaries":
            return case.beneficiaries
        case "optimism_bias":
            return case.optimism_bias
        case "cost":
            amounts = (in_prices_of(cost.amount, case.price_year, case.deflator) for cost in case.costs)
            return sum((amount.gbp for amount in amounts), Fraction(0))
    outcome = _outcome(case, driver)
    match driver.name:
        case "unit_value":
            return outcome.unit_value.value.gbp
        case "duration":
            return outcome.duration
    reference = outcome.additionality.reference
    return reference.impact if reference else outcome.additionality.deadweight or NOTHING


def put(case: Case, driver: Driver, value: Fraction) -> Case:
    """Set one driver and leave the others as they are.

    Parameters
    ----------
    case
        The case to start from.
    driver
        What to set. The cost is set by scaling every cost alike; deadweight, where a reference case is spelt
        out, by the impact of that.
    value
        In the driver's unit.

    Returns
    -------
    Case
        A new case.

    Raises
    ------
    InputError
        If the value is not possible for the driver, or the case has no such outcome.
    """
    match driver.name:
        case "beneficiaries":
            return replace(case, beneficiaries=People(value))
        case "optimism_bias":
            return replace(case, optimism_bias=Share(value))
        case "cost":
            now = setting(case, driver)
            if not now:
                allowed = "a case that costs something"
                raise InputError("no cost to scale", where="costs", found=0, allowed=allowed)
            scaled = tuple(replace(cost, amount=cost.amount * (value / now)) for cost in case.costs)
            return replace(case, costs=scaled)
    changed = _set(_outcome(case, driver), driver.name, value)
    others = (changed if each.name == driver.outcome else each for each in case.outcomes)
    return replace(case, outcomes=tuple(others))


def switching_value(case: Case, driver: Driver) -> Fraction | None:
    """Find the value of one driver at which the net present social value is zero.

    Parameters
    ----------
    case
        The other assumptions. All drivers but the beneficiaries need their number to be known.
    driver
        What to turn round.

    Returns
    -------
    fractions.Fraction or None
        Exactly, in the driver's unit (see `UNITS`); put back with `put`, it gives zero. None if no possible
        value of the driver does, or the number of beneficiaries is unknown.

    References
    ----------
    HM Treasury, The Green Book (2022), on switching values.
    """
    try:
        found = _solved(case, driver)
        return None if found is None else setting(put(case, driver, found), driver)
    except InputError:  # not possible for the driver
        return None


def _solved(case: Case, driver: Driver) -> Fraction | None:
    """Solve for a driver, whether or not the solution is possible."""
    if driver.name == "beneficiaries":
        each, none = per_beneficiary(case), npsv(put(case, driver, Fraction(0)))
        return -(none / each) if none is not None and each.gbp else None
    if npsv(case) is None:
        return None
    if driver.name == "duration":
        return _duration(case, driver)
    if driver.name == "optimism_bias" and case.convention == "divide":
        gains, cost = benefits(put(case, driver, Fraction(0))), present_cost(case)
        return gains / cost - 1 if gains and cost.gbp else None
    return _root(case, driver)


def _root(case: Case, driver: Driver) -> Fraction | None:
    """Solve for a driver in which the net value is linear, from its values at two settings."""
    now = setting(case, driver) or _possible(case, driver)
    first, second = (_pounds(put(case, driver, value)) for value in (Fraction(0), now))
    return now * first / (first - second) if first != second else None


def _possible(case: Case, driver: Driver) -> Fraction:
    """Find a setting above 0 that the driver can have: a reference case may leave little room."""
    probe = Fraction(1, 2)
    for _ in range(PROBES):
        try:
            put(case, driver, probe)
        except InputError:
            probe /= 2
        else:
            break
    return probe


def _duration(case: Case, driver: Driver) -> Years | None:
    """Solve for a duration: the net value is linear in the years' worth of the outcome's first year."""
    outcome = _outcome(case, driver)
    terms = (outcome.schedule or case.schedule, outcome.drop_off, outcome.first_year)
    without = _pounds(put(case, Driver("unit_value", outcome.name), Fraction(0)))
    gained = _pounds(case) - without
    return duration_for(level_value(outcome.duration, *terms) * -without / gained, *terms) if gained else None


def _pounds(case: Case) -> Fraction:
    value = npsv(case)
    if value is None:  # `_solved` asks first
        raise InputError("unknown number", where="beneficiaries", found=None, allowed="a number of people")
    return value.gbp


def _outcome(case: Case, driver: Driver) -> Outcome:
    for outcome in case.outcomes:
        if outcome.name == driver.outcome:
            return outcome
    allowed = [outcome.name for outcome in case.outcomes]
    raise InputError("unknown outcome", where="driver", found=driver.outcome, allowed=allowed)


def _set(outcome: Outcome, name: Name, value: Fraction) -> Outcome:
    if name == "unit_value":
        price = Money(value, outcome.unit_value.value.price_year)
        return replace(outcome, unit_value=replace(outcome.unit_value, value=price))
    if name == "duration":
        return replace(outcome, duration=Years(value))
    net, share = outcome.additionality, Share(value)
    if net.reference:
        return replace(outcome, additionality=replace(net, reference=replace(net.reference, impact=share)))
    return replace(outcome, additionality=replace(net, deadweight=share))
